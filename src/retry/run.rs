//! The loop: attempt, verdict, wait, until the call is done or a bound is reached.

use std::{future::Future, time::Duration};

use http::StatusCode;
use tokio::time::Instant;

use super::{
    backoff::ceiling,
    brakes::SharedBrakes,
    policy::RetryPolicy,
    server_wish::{Heard, retry_after, whole_seconds},
    verdict::{Happened, Outcome, Verdict, judge},
};
use crate::{answer::Answer, operations::Repetition};

/// Sends a request once. Handed in, so that the loop can be tested without a socket.
pub(crate) trait Attempt {
    /// Makes the `number`th attempt (counted from 1) and is back within `limit`.
    fn attempt(&mut self, number: u32, limit: Duration) -> impl Future<Output = Attempted> + Send;
}

/// What an attempt ended in, with everything that came of it.
#[derive(Debug)]
pub(crate) enum Attempted {
    /// There was no attempt: the brakes of the client held the call until it was too late.
    HeldBack,
    NeverSent(reqwest::Error),
    /// The time for the attempt ran out before anything was sent.
    NeverSentInTime,
    /// What came of the answer, if anything did; the error is `None` where time ran out.
    NoWholeAnswer(Option<Answer>, Option<reqwest::Error>),
    Redirected(Answer),
    Answered(Answer),
}

impl Attempted {
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match self {
            Self::HeldBack | Self::NeverSent(_) | Self::NeverSentInTime => None,
            Self::NoWholeAnswer(answer, _) => answer.as_ref(),
            Self::Redirected(answer) | Self::Answered(answer) => Some(answer),
        }
    }

    fn happened(&self) -> Happened<'_> {
        match self {
            Self::HeldBack | Self::NeverSent(_) | Self::NeverSentInTime => Happened::NeverSent,
            Self::NoWholeAnswer(..) => Happened::NoWholeAnswer,
            // After 101 another protocol is spoken, so the answer to the request never comes.
            Self::Answered(answer) if answer.status.is_informational() => Happened::NoWholeAnswer,
            Self::Redirected(_) => Happened::Redirected,
            Self::Answered(answer) => Happened::Answered {
                status: answer.status,
                graph_error: answer.graph_error.as_ref(),
                has_retry_after: retry_after(&answer.headers, answer.read_at).is_some(),
            },
        }
    }

    /// Whether a time limit ended it.
    fn took_too_long(&self) -> bool {
        matches!(self, Self::NeverSentInTime | Self::NoWholeAnswer(_, None))
    }
}

/// Why the loop stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The verdict on the last attempt: done, or not to be sent again.
    Verdict,
    /// All attempts were made.
    Attempts,
    /// The next attempt could not begin before the deadline.
    Deadline,
    /// The gate would let it through only when the deadline leaves no time for an attempt.
    Held,
    /// The retry budget of the client has too few tokens.
    Budget,
}

/// What a call ended in.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) attempts: u32,
    pub(crate) last: Attempted,
    pub(crate) verdict: Verdict,
    /// Whether an attempt before the last one may have taken effect.
    pub(crate) earlier_may_have_taken_effect: bool,
    /// What the last attempt before the last one amounted to that was sent, if one was.
    pub(crate) earlier_sent: Option<Outcome>,
    /// How long the server asked to be left alone, counted from its last answer; or how long a gate is still closed.
    pub(crate) server_wish: Option<Duration>,
    pub(crate) stopped: Stopped,
}

/// A call whose last answer is to be read as a success.
#[derive(Debug)]
pub(crate) struct Success {
    pub(crate) answer: Answer,
    pub(crate) attempts: u32,
    pub(crate) earlier_may_have_taken_effect: bool,
}

/// On what terms a call is made.
pub(crate) struct Terms<'a> {
    pub(crate) policy: &'a RetryPolicy,
    pub(crate) repetition: Repetition,
    pub(crate) jitter: fn(Duration) -> Duration,
    pub(crate) brakes: &'a SharedBrakes,
    /// The app that the call names in its path.
    pub(crate) app: Option<&'a str>,
}

/// Makes attempts until one is final or a bound of the policy is reached.
///
/// Nothing runs in the background: dropping the future ends the attempt or the wait that it is in.
pub(crate) async fn run(terms: &Terms<'_>, sender: &mut impl Attempt) -> Ended {
    let Terms {
        policy,
        brakes,
        app,
        ..
    } = *terms;
    let begun = Instant::now();
    let latest = begun.checked_add(policy.deadline);
    let mut ended = Ended::without_an_attempt();
    let mut paid = None;
    let mut ready = begun;
    loop {
        if let Err(at) = brakes.gate.pass(app, ready, latest).await {
            let opens_in = at.duration_since(Instant::now());
            brakes.give_back(paid);
            ended.server_wish = Some(opens_in);
            return ended.stop(Stopped::Held);
        }
        ended.earlier_may_have_taken_effect |= ended.verdict.may_have_taken_effect;
        if ended.attempts > 0 && ended.verdict.outcome != Outcome::Unreachable {
            ended.earlier_sent = Some(ended.verdict.outcome);
        }
        ended.attempts += 1;
        let number = ended.attempts;
        tracing::debug!(attempt = number, "sending");
        let limit = policy.deadline.saturating_sub(begun.elapsed());
        ended.last = sender
            .attempt(number, limit.min(policy.attempt_timeout))
            .await;
        ended.verdict = judge(terms.repetition, policy.replay, ended.last.happened());
        let verdict = ended.verdict;
        let heard = ended
            .last
            .answer()
            .map(Heard::in_answer)
            .unwrap_or_default();
        ended.server_wish = heard.wish;
        note_attempt(&ended);
        brakes.note_usage(app, policy, heard.usage);
        if verdict.outcome == Outcome::Answered {
            brakes.succeeded(paid);
            return ended.stop(Stopped::Verdict);
        }

        let back_off = (terms.jitter)(ceiling(policy.base_delay, policy.max_delay, number));
        let stated = heard.wish.filter(|wish| !wish.is_zero());
        let wait = back_off.max(stated.unwrap_or_default());
        let next = Instant::now().checked_add(wait);
        if verdict.outcome == Outcome::Throttled {
            let user = ended.last.happened().is_limit_of_the_user();
            let limit = if user { None } else { app };
            brakes.gate.close(limit, stated.unwrap_or(back_off));
        }
        let free = verdict.outcome == Outcome::Throttled && stated.is_some();
        if !verdict.again {
            return ended.stop(Stopped::Verdict);
        }
        if number >= policy.max_attempts {
            return ended.stop(Stopped::Attempts);
        }
        let fits = wait < policy.deadline.saturating_sub(begun.elapsed());
        let Some(next) = next.filter(|_| fits) else {
            return ended.stop(Stopped::Deadline);
        };
        paid = match brakes.pay(free, ended.last.took_too_long()) {
            Ok(paid) => Some(paid),
            Err(_) => return ended.stop(Stopped::Budget),
        };
        tracing::info!(
            reason = verdict.outcome.as_str(),
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            next_attempt = number + 1,
            max_attempts = policy.max_attempts,
            "waiting"
        );
        ready = next;
    }
}

fn note_attempt(ended: &Ended) {
    let answer = ended.last.answer();
    let graph_error = answer.and_then(|answer| answer.graph_error.as_ref());
    tracing::debug!(
        attempt = ended.attempts,
        outcome = ended.verdict.outcome.as_str(),
        status = answer
            .map(|answer| answer.status)
            .as_ref()
            .map(StatusCode::as_u16),
        code = graph_error.and_then(|error| error.code()),
        error_subcode = graph_error.and_then(|error| error.error_subcode()),
        error_user_title = graph_error.and_then(|error| error.error_user_title()),
        error_user_msg = graph_error.and_then(|error| error.error_user_msg()),
        trace_id = answer.and_then(Answer::trace_id),
        retry_after_seconds = ended.server_wish.map(whole_seconds),
        may_have_taken_effect = ended.verdict.may_have_taken_effect,
        "attempt ended"
    );
}

impl Ended {
    /// What a call ends in that the brakes never let begin.
    fn without_an_attempt() -> Self {
        Self {
            attempts: 0,
            last: Attempted::HeldBack,
            verdict: Verdict {
                outcome: Outcome::Throttled,
                may_have_taken_effect: false,
                again: true,
            },
            earlier_may_have_taken_effect: false,
            earlier_sent: None,
            server_wish: None,
            stopped: Stopped::Held,
        }
    }

    fn stop(mut self, stopped: Stopped) -> Self {
        tracing::debug!(attempts = self.attempts, ?stopped, "the call ended");
        self.stopped = stopped;
        self
    }

    /// What the call as a whole amounts to: one attempt that may have taken effect is enough to leave it unknown.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.verdict.outcome != Outcome::Answered && self.may_have_taken_effect() {
            Outcome::Unknown
        } else if self.verdict.outcome == Outcome::Unreachable {
            // 'Never sent' is said of a call only if none of its attempts was.
            self.earlier_sent.unwrap_or(Outcome::Unreachable)
        } else {
            self.verdict.outcome
        }
    }

    /// The success, or what the call ended in instead.
    pub(crate) fn into_success(self) -> Result<Success, Box<Self>> {
        match self.last {
            Attempted::Answered(answer) if self.verdict.outcome == Outcome::Answered => {
                Ok(Success {
                    answer,
                    attempts: self.attempts,
                    earlier_may_have_taken_effect: self.earlier_may_have_taken_effect,
                })
            }
            last => Err(Box::new(Self { last, ..self })),
        }
    }

    /// Whether any attempt may have taken effect.
    pub(crate) fn may_have_taken_effect(&self) -> bool {
        self.verdict.may_have_taken_effect || self.earlier_may_have_taken_effect
    }
}

#[cfg(test)]
#[path = "../../tests/inside/run.rs"]
mod tests;
