//! The retry loop: attempt, verdict, wait, until the call is done or a limit of the policy is reached.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    policy::RetryPolicy,
    shared::Shared,
    verdict::{Verdict, judge},
};
use crate::{
    call::{Attempt, CallRecord, Effect, Operation, StoppedBy},
    error::{Cause, Error, kind::ErrorKind},
    response::Response,
    secret::Credentials,
};

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
            record.stopped_by = Some(StoppedBy::Throttle);
            return Err(Error::of_call(record, cause));
        }
        record.begin_attempt();
        let lookup = operation.effect == Effect::None;
        tracing::debug!(name: "sending", attempt = record.attempts, lookup, "sending");
        let limit = policy.deadline.saturating_sub(begun.elapsed());
        let mut attempt = sender.attempt(limit.min(policy.attempt_timeout)).await;
        let verdict = judge(operation.effect, policy.resend, &attempt);
        if verdict != Verdict::Success {
            if let Some(response) = attempt.response_mut() {
                call.credentials.redact_response(response);
            }
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
        record.stopped_by = if !retryable || record.attempts >= policy.max_attempts {
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
        return Err(Error::of_call(record, cause));
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
        code = error.and_then(|error| error.code),
        error_subcode = error.and_then(|error| error.error_subcode),
        trace_id = response.and_then(Response::trace_id),
        retry_after_ms = record.retry_after.map(|wait| wait.as_millis()),
        "attempt ended"
    );
}
