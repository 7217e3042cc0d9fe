//! The retry loop: attempt, verdict, wait, until the call is done or a limit of the policy is reached.

use std::time::Duration;

use http::header::USER_AGENT;
use reqwest::Request;
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::{
    call::{CallRecord, Effect, ErrorKind, Operation, Reply, StoppedBy},
    client::Client,
    error::{Cause, Error},
    generated,
    response::Response,
    retry::judge,
    transport::{self, Ending},
};

/// The longest URL that the crate `http` can send, in bytes.
const MAX_URL: usize = 65_534;

const HELD: &str = "nothing was sent, because an earlier call of this app was throttled";

impl Client {
    /// Sends the request that `api` has built as often as the policy allows, and reads the response of a success.
    pub(crate) async fn call<T>(
        &self,
        operation: Operation<'_>,
        api: generated::Client,
        read: impl Fn(&Response) -> serde_json::Result<T>,
    ) -> Result<Reply<T>, Error> {
        let mut request = api.into_request()?;
        self.settings.credentials.attach(&mut request);
        if request.url().as_str().len() > MAX_URL {
            let why = "the URL of the request is too long; at most 65,534 bytes can be sent";
            return Err(Error::invalid(why));
        }
        let user_agent = self.settings.user_agent.clone();
        request.headers_mut().insert(USER_AGENT, user_agent);
        let span = tracing::info_span!("graph_call", operation = operation.name);
        let run = self.run(operation, &request, read);
        run.instrument(span).await
    }

    /// Makes attempts until one is final or a limit of the policy is reached.
    ///
    /// Nothing runs in the background: dropping the future ends the attempt or the wait that it is in.
    async fn run<T>(
        &self,
        operation: Operation<'_>,
        request: &Request,
        read: impl Fn(&Response) -> serde_json::Result<T>,
    ) -> Result<Reply<T>, Error> {
        let policy = &self.settings.retry_policy;
        let begun = Instant::now();
        let latest = policy.latest_start(begun);
        let mut record = CallRecord::new(Some(operation.name), ErrorKind::Unreachable);
        let mut cause: Cause = Err(HELD.into());
        loop {
            if let Some(app) = operation.app
                && let Err(wait) = self.shared.throttle.admit(app, latest).await
            {
                record.add_failure(ErrorKind::Throttled, false);
                record.retry_after = Some(wait);
                record.stopped_by = Some(StoppedBy::Deadline);
                break;
            }
            record.begin_attempt();
            let lookup = operation.effect == Effect::None;
            tracing::debug!(name: "sending", attempt = record.attempts, lookup, "sending");
            let left = policy.deadline.saturating_sub(begun.elapsed());
            let limit = left.min(policy.attempt_timeout);
            let mut attempt = transport::attempt(&self.http, request, limit).await;

            let failure = judge(operation.effect, policy.resend, &attempt);
            let success = attempt.response.as_ref().filter(|_| failure.is_none());
            if let Some(Ok(value)) = success.map(&read)
                && let Some(response) = attempt.response.take()
            {
                trace_attempt(&record, "success", Some(&response));
                self.shared.budget.put_back();
                return Ok(Reply {
                    value,
                    response,
                    record,
                });
            }
            let unreadable = (operation.effect.if_unknown(), false);
            let (kind, retryable) = failure.unwrap_or(unreadable);
            if let Some(response) = &mut attempt.response {
                self.settings.credentials.redact_response(response);
                record.retry_after = response.retry_after();
                if failure.is_none() {
                    attempt.ending = Ending::Unreadable;
                    // A serde error quotes what it cannot read, so it is made from the redacted response.
                    attempt.error = read(response).err().map(Into::into);
                }
            }
            trace_attempt(&record, kind.as_str(), attempt.response.as_ref());
            record.add_failure(kind, attempt.ending == Ending::NotSent);
            cause = Ok(attempt);

            let back_off = policy.back_off(record.attempts);
            let wait = record.retry_after.unwrap_or_default().max(back_off);
            let throttled_app = operation.app.filter(|_| record.throttled);
            if let Some(app) = throttled_app {
                self.shared.throttle.close(app, wait);
            }
            record.stopped_by = if !retryable || record.attempts >= policy.max_attempts {
                None
            } else if wait >= latest.saturating_duration_since(Instant::now()) {
                Some(StoppedBy::Deadline)
            } else if !record.throttled && !self.shared.budget.take() {
                Some(StoppedBy::RetryBudget)
            } else {
                trace_wait(kind, wait, record.attempts + 1, policy.max_attempts);
                // A throttled call waits in the throttle, where it gets its turn among the others.
                if throttled_app.is_none() {
                    sleep(wait).await;
                }
                continue;
            };
            break;
        }
        let kind = record.kind.as_str();
        tracing::debug!(attempts = record.attempts, kind, "call failed");
        Err(Error::new(record, cause))
    }
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

fn trace_attempt(record: &CallRecord, outcome: &str, response: Option<&Response>) {
    let error = response.and_then(Response::graph_error);
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
