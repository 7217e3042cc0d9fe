//! The retry loop: attempt, verdict, wait, until the call is done or a limit of the policy is reached.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    RetryPolicy, Shared,
    verdict::{Verdict, judge},
};
use crate::{
    error::{Cause, Error, ErrorKind},
    response::Response,
    secret::Credentials,
};

/// Facts about an operation, from the method that calls it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    /// Its operationId.
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    /// ID of the app that calls, and whose rate limit is used; `None` if it is not known.
    pub(crate) app: Option<&'a str>,
}

/// What carrying an operation out does at Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: it is a lookup.
    None,
    /// Twice has the same effect as once.
    Idempotent,
    /// Twice has twice the effect.
    NotIdempotent,
}

impl Effect {
    /// What a call amounts to if nobody knows whether it was carried out.
    pub(crate) fn if_unknown(self) -> ErrorKind {
        match self {
            Self::None => ErrorKind::Refused,
            Self::Idempotent | Self::NotIdempotent => ErrorKind::OutcomeUnknown,
        }
    }
}

/// One call, and everything that decides how often it is sent.
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation<'a>,
    pub(crate) policy: &'a RetryPolicy,
    pub(crate) shared: &'a Shared,
    pub(crate) credentials: &'a Credentials,
    /// Picks a wait up to the given maximum. Tests use the maximum.
    pub(crate) jitter: fn(Duration) -> Duration,
}

/// Sends a request once. A trait, so that the loop can be tested without a socket.
pub(crate) trait Sender {
    /// Makes one attempt, which ends within `limit`.
    fn attempt(&self, limit: Duration) -> impl Future<Output = Attempt> + Send;
}

/// How one attempt ended. The error is `None` after a time limit.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// Nothing was sent: DNS, connecting or TLS failed or took too long, or a pooled connection was closed.
    NotSent(Option<reqwest::Error>),
    /// The request was sent, at least in part, and no complete response arrived.
    Broken {
        partial: Option<Response>,
        error: Option<reqwest::Error>,
    },
    /// A complete response.
    Answered(Response),
}

impl Attempt {
    pub(crate) fn response(&self) -> Option<&Response> {
        match self {
            Self::NotSent(_) => None,
            Self::Broken { partial, .. } => partial.as_ref(),
            Self::Answered(response) => Some(response),
        }
    }

    fn redact(&mut self, credentials: &Credentials) {
        if let Self::Broken {
            partial: Some(response),
            ..
        }
        | Self::Answered(response) = self
        {
            response.redact(credentials);
        }
    }
}

/// Why a call ended although its verdict and `max_attempts` allow another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoppedBy {
    Deadline,
    /// The throttle would hold it past the deadline.
    Throttle,
    RetryBudget,
}

/// Summary of the attempts of a call so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallRecord {
    pub(crate) operation: Option<&'static str>,
    pub(crate) attempts: u32,
    /// What the call amounts to if it ends as a failure now.
    pub(crate) kind: ErrorKind,
    /// Whether the last attempt was throttled, or the throttle held the call back.
    pub(crate) throttled: bool,
    /// Whether an attempt before the last one may have taken effect.
    pub(crate) earlier_attempt_unknown: bool,
    pub(crate) stopped_by: Option<StoppedBy>,
    /// How long the last response asks to wait, or how long the throttle would hold the call.
    pub(crate) retry_after: Option<Duration>,
}

impl CallRecord {
    /// Before the first attempt.
    pub(crate) fn new(operation: Option<&'static str>, kind: ErrorKind) -> Self {
        Self {
            operation,
            attempts: 0,
            kind,
            throttled: false,
            earlier_attempt_unknown: false,
            stopped_by: None,
            retry_after: None,
        }
    }

    fn begin_attempt(&mut self) {
        self.attempts += 1;
        self.earlier_attempt_unknown = self.kind == ErrorKind::OutcomeUnknown;
    }

    /// Adds how an attempt failed: an unknown outcome stays unknown, and an attempt that was never sent says nothing
    /// about those before it.
    pub(crate) fn add_failure(&mut self, failure: ErrorKind) {
        self.throttled = failure == ErrorKind::Throttled;
        self.kind = match (self.kind, failure) {
            (ErrorKind::OutcomeUnknown, _) => ErrorKind::OutcomeUnknown,
            (so_far, ErrorKind::Unreachable) => so_far,
            (_, failure) => failure,
        };
    }

    fn stop(mut self, by: Option<StoppedBy>, cause: Cause) -> Error {
        self.stopped_by = by;
        Error::of_call(self, cause)
    }
}

/// Makes attempts until one is final or a limit of the policy is reached.
///
/// Nothing runs in the background: dropping the future ends the attempt or the wait that it is in.
pub(crate) async fn run(
    call: &Call<'_>,
    sender: &impl Sender,
) -> Result<(Response, CallRecord), Error> {
    let Call {
        operation, policy, ..
    } = call;
    let Shared {
        throttle, budget, ..
    } = call.shared;
    let begun = Instant::now();
    let latest = policy.latest_start(begun);
    let mut record = CallRecord::new(Some(operation.name), ErrorKind::Unreachable);
    let mut cause = Cause::Throttled;
    loop {
        if let Some(app) = operation.app
            && let Err(wait) = throttle.admit(app, latest).await
        {
            record.add_failure(ErrorKind::Throttled);
            record.retry_after = Some(wait);
            return Err(record.stop(Some(StoppedBy::Throttle), cause));
        }
        record.begin_attempt();
        let lookup = operation.effect == Effect::None;
        tracing::debug!(name: "sending", attempt = record.attempts, lookup, "sending");
        let limit = policy.deadline.saturating_sub(begun.elapsed());
        let mut attempt = sender.attempt(limit.min(policy.attempt_timeout)).await;
        let verdict = judge(operation.effect, policy.resend, &attempt);
        if verdict != Verdict::Success {
            attempt.redact(call.credentials);
            record.retry_after = attempt.response().and_then(Response::retry_after);
        }
        trace_attempt(&record, verdict, &attempt);
        let (kind, retryable) = match (verdict, attempt) {
            (Verdict::Success, Attempt::Answered(response)) => {
                budget.put_back();
                return Ok((response, record));
            }
            (Verdict::Failure { kind, retryable }, attempt) => {
                cause = Cause::Attempt(attempt);
                (kind, retryable)
            }
            (Verdict::Success, _) => unreachable!("only a response is a success"),
        };
        record.add_failure(kind);

        let back_off = (call.jitter)(policy.longest_backoff(record.attempts));
        let wait = record.retry_after.unwrap_or_default().max(back_off);
        let throttled_app = operation.app.filter(|_| record.throttled);
        if let Some(app) = throttled_app {
            throttle.close(app, wait);
        }
        let stopped_by = if !retryable || record.attempts >= policy.max_attempts {
            None
        } else if is_past(latest, wait) {
            Some(StoppedBy::Deadline)
        } else if !record.throttled && !budget.take() {
            Some(StoppedBy::RetryBudget)
        } else {
            trace_wait(kind, wait, record.attempts + 1, policy.max_attempts);
            // A throttled call waits in the throttle, where it gets its turn among the others.
            if throttled_app.is_none() {
                sleep(wait).await;
            }
            continue;
        };
        return Err(record.stop(stopped_by, cause));
    }
}

/// Whether a wait would end after the last moment at which an attempt may start.
fn is_past(latest: Option<Instant>, wait: Duration) -> bool {
    let next = Instant::now().checked_add(wait);
    latest.is_some_and(|latest| next.is_none_or(|next| next > latest))
}

fn trace_wait(kind: ErrorKind, wait: Duration, next_attempt: u32, max_attempts: u32) {
    let reason = kind.as_str();
    tracing::info!(
        name: "waiting",
        reason,
        wait_ms = wait.as_millis(),
        next_attempt,
        "{}; waiting {:.1} s before attempt {next_attempt} of {max_attempts}",
        reason.replace('_', " "),
        wait.as_secs_f64(),
    );
}

fn trace_attempt(record: &CallRecord, verdict: Verdict, attempt: &Attempt) {
    let response = attempt.response();
    let error = response.and_then(Response::graph_error);
    let outcome = match verdict {
        Verdict::Success => "success",
        Verdict::Failure { kind, .. } => kind.as_str(),
    };
    tracing::debug!(
        attempt = record.attempts,
        outcome,
        status = response.map(|response| response.status.as_u16()),
        code = error.and_then(|error| error.code()),
        error_subcode = error.and_then(|error| error.error_subcode()),
        trace_id = response.and_then(Response::trace_id),
        retry_after_ms = record.retry_after.map(|wait| wait.as_millis()),
        "attempt ended"
    );
}
