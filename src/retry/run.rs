//! The loop: attempt, verdict, wait, until the call is done or a bound is reached.

use std::{future::Future, time::Duration};

use http::StatusCode;
use tokio::time::{Instant, sleep};

use super::{
    backoff::ceiling,
    policy::RetryPolicy,
    server_wish::{retry_after, server_wish},
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
            Self::NeverSent(_) | Self::NeverSentInTime => None,
            Self::NoWholeAnswer(answer, _) => answer.as_ref(),
            Self::Redirected(answer) | Self::Answered(answer) => Some(answer),
        }
    }

    fn happened(&self) -> Happened<'_> {
        match self {
            Self::NeverSent(_) | Self::NeverSentInTime => Happened::NeverSent,
            Self::NoWholeAnswer(..) => Happened::NoWholeAnswer,
            Self::Redirected(_) => Happened::Redirected,
            Self::Answered(answer) => Happened::Answered {
                status: answer.status,
                graph_error: answer.graph_error.as_ref(),
                has_retry_after: retry_after(&answer.headers, answer.read_at).is_some(),
            },
        }
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
}

/// What a call ended in.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) attempts: u32,
    pub(crate) last: Attempted,
    pub(crate) verdict: Verdict,
    /// Whether an attempt before the last one may have taken effect.
    pub(crate) earlier_may_have_taken_effect: bool,
    /// How long the server asked to be left alone, counted from its last answer.
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

/// Makes attempts until one is final or a bound of the policy is reached.
///
/// Nothing runs in the background: dropping the future ends the attempt or the wait that it is in.
pub(crate) async fn run(
    policy: &RetryPolicy,
    repetition: Repetition,
    jitter: fn(Duration) -> Duration,
    sender: &mut impl Attempt,
) -> Ended {
    let begun = Instant::now();
    let mut earlier_may_have_taken_effect = false;
    let mut number = 1;
    loop {
        let left = policy.deadline.saturating_sub(begun.elapsed());
        tracing::debug!(attempt = number, "sending");
        let last = sender
            .attempt(number, left.min(policy.attempt_timeout))
            .await;
        let verdict = judge(repetition, policy.replay, last.happened());
        let wish = last
            .answer()
            .and_then(|answer| server_wish(&answer.headers, answer.read_at));
        note_attempt(number, &last, verdict, wish);
        let back_off = jitter(ceiling(policy.base_delay, policy.max_delay, number));
        let wait = back_off.max(wish.unwrap_or_default());
        let left = policy.deadline.saturating_sub(begun.elapsed());
        let stopped = if !verdict.again {
            Some(Stopped::Verdict)
        } else if number >= policy.max_attempts {
            Some(Stopped::Attempts)
        } else if wait >= left {
            Some(Stopped::Deadline)
        } else {
            None
        };
        if let Some(stopped) = stopped {
            tracing::debug!(attempts = number, ?stopped, "the call ended");
            return Ended {
                attempts: number,
                last,
                verdict,
                earlier_may_have_taken_effect,
                server_wish: wish,
                stopped,
            };
        }

        earlier_may_have_taken_effect |= verdict.may_have_taken_effect;
        number += 1;
        tracing::info!(
            reason = verdict.outcome.as_str(),
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            next_attempt = number,
            max_attempts = policy.max_attempts,
            "waiting"
        );
        sleep(wait).await;
    }
}

fn note_attempt(number: u32, attempted: &Attempted, verdict: Verdict, wish: Option<Duration>) {
    let answer = attempted.answer();
    let graph_error = answer.and_then(|answer| answer.graph_error.as_ref());
    tracing::debug!(
        attempt = number,
        outcome = verdict.outcome.as_str(),
        status = answer
            .map(|answer| answer.status)
            .as_ref()
            .map(StatusCode::as_u16),
        code = graph_error.and_then(|error| error.code()),
        error_subcode = graph_error.and_then(|error| error.error_subcode()),
        error_user_title = graph_error.and_then(|error| error.error_user_title()),
        error_user_msg = graph_error.and_then(|error| error.error_user_msg()),
        trace_id = answer.and_then(Answer::trace_id),
        retry_after_seconds = wish.map(|wish| wish
            .as_secs()
            .saturating_add(u64::from(wish.subsec_nanos() > 0))),
        may_have_taken_effect = verdict.may_have_taken_effect,
        "attempt ended"
    );
}

impl Ended {
    /// What the call as a whole amounts to: one attempt that may have taken effect is enough to leave it unknown.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.verdict.outcome != Outcome::Answered && self.may_have_taken_effect() {
            Outcome::Unknown
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
