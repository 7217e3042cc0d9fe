//! The verdict on one attempt: one pure function.

use http::StatusCode;

use super::{Attempt, Effect, Resend};
use crate::{error::ErrorKind, graph_error::GraphError};

/// A policy block. It is not a rate limit, so it is final even if it claims to be transient.
const POLICY_BLOCK: i64 = 368;

/// The judgement of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// `None` for a success.
    pub(crate) failure: Option<ErrorKind>,
    /// Whether the policy allows another attempt. The number of attempts and the time left are not considered here.
    pub(crate) again: bool,
}

/// Judges one attempt. The README has this function as a table, in 'When a call is sent again'.
pub(crate) fn judge(effect: Effect, resend: Resend, attempt: &Attempt) -> Verdict {
    let failed = |failure, again| Verdict {
        failure: Some(failure),
        again,
    };
    // Whether the operation may be sent again after an attempt that may have taken effect.
    let repeatable = effect != Effect::NotIdempotent || resend == Resend::Always;
    let unknown = effect.if_unknown();
    let response = match attempt {
        Attempt::NotSent(_) => return failed(ErrorKind::Unreachable, true),
        Attempt::Broken { .. } if effect == Effect::None => {
            return failed(ErrorKind::Unreachable, true);
        }
        Attempt::Broken { .. } => return failed(unknown, repeatable),
        Attempt::Answered(response) => response,
    };
    let (status, error) = (response.status, response.graph_error());
    if status.is_informational() {
        // After 101 the connection speaks another protocol, so the response to the request never comes.
        return failed(unknown, repeatable);
    }
    if response.redirected {
        return failed(ErrorKind::Refused, false);
    }
    if status.is_success() && response.success() == Some(false) {
        let failure = match effect {
            Effect::NotIdempotent => ErrorKind::OutcomeUnknown,
            Effect::None | Effect::Idempotent => ErrorKind::Refused,
        };
        return failed(failure, false);
    }
    if status.is_success() && error.is_none() {
        return Verdict {
            failure: None,
            again: false,
        };
    }

    let code = error.and_then(|error| error.code());
    let is_transient = error.and_then(|error| GraphError::is_transient(&error));
    let stop = is_transient == Some(false) || code == Some(POLICY_BLOCK);
    if !stop && (status == StatusCode::TOO_MANY_REQUESTS || code.is_some_and(is_throttling)) {
        return failed(ErrorKind::Throttled, true);
    }
    let metas_own_failure = code.is_some_and(is_metas_own_failure);
    if status.as_u16() >= 500 || metas_own_failure {
        let documented = is_transient == Some(true)
            || metas_own_failure
            || status == StatusCode::INTERNAL_SERVER_ERROR
            || (status == StatusCode::SERVICE_UNAVAILABLE
                && response.retry_after_header().is_some());
        let again = repeatable || (documented && resend == Resend::AsDocumented);
        return failed(unknown, again && !stop);
    }
    failed(ErrorKind::Refused, is_transient == Some(true) && !stop)
}

/// Codes of rate limits, which come with any status (Meta's documentation of rate limiting).
fn is_throttling(code: i64) -> bool {
    matches!(
        code,
        4 | 17 | 32 | 341 | 613 | 80000..=80009 | 80014 | 130_429
    )
}

/// Codes of failures inside Meta (Meta's documentation of error handling). Requests that got them are known to have
/// taken effect.
fn is_metas_own_failure(code: i64) -> bool {
    matches!(code, 1 | 2)
}
