//! The verdict on one attempt.

use http::StatusCode;

use super::policy::Resend;
use crate::{
    call::{Effect, ErrorKind},
    transport::{Attempt, Ending},
};

/// A policy block. It is not a rate limit, so it is final even if it claims to be transient.
const POLICY_BLOCK: i64 = 368;

/// Judges one attempt: what its failure amounts to, and whether the call may be sent again. The number of attempts and
/// the time left are not considered here. `None` is a success, if the response can be read as one. The guide
/// `docs::retries` has this function as a table.
pub(crate) fn judge(
    effect: Effect,
    resend: Resend,
    attempt: &Attempt,
) -> Option<(ErrorKind, bool)> {
    // Whether the operation may be sent again after an attempt that may have taken effect.
    let repeatable = effect != Effect::NotIdempotent || resend == Resend::Always;
    let unknown = effect.if_unknown();
    let response = match (attempt.ending, &attempt.response) {
        (Ending::NotSent, _) => return Some((ErrorKind::Unreachable, true)),
        (Ending::Broken, _) | (_, None) => return Some((unknown, repeatable)),
        (_, Some(response)) => response,
    };
    let (status, error) = (response.status, response.graph_error());
    if status.is_informational() {
        // After 101 the connection speaks another protocol, so the response to the request never comes.
        return Some((unknown, repeatable));
    }
    if response.redirected {
        return Some((ErrorKind::Refused, false));
    }
    if status.is_success() && error.is_none() {
        return match (response.success(), effect) {
            (Some(false), Effect::NotIdempotent) => Some((unknown, false)),
            (Some(false), _) => Some((ErrorKind::Refused, false)),
            _ => None,
        };
    }

    let code = error.and_then(|error| error.code);
    let is_transient = error.and_then(|error| error.is_transient);
    let stop = is_transient == Some(false) || code == Some(POLICY_BLOCK);
    // Codes of rate limits, which come with any status (Meta's documentation of rate limiting).
    let throttled = matches!(
        code,
        Some(4 | 17 | 32 | 341 | 613 | 80000..=80009 | 80014 | 130_429)
    );
    if !stop && (throttled || status == StatusCode::TOO_MANY_REQUESTS) {
        return Some((ErrorKind::Throttled, true));
    }
    // Codes of failures inside Meta (Meta's documentation of error handling). Some requests that got them are known to
    // have taken effect.
    let internal_error = matches!(code, Some(1 | 2));
    if status.as_u16() >= 500 || internal_error {
        let documented = is_transient == Some(true)
            || internal_error
            || status == StatusCode::INTERNAL_SERVER_ERROR
            || (status == StatusCode::SERVICE_UNAVAILABLE
                && response.retry_after_header().is_some());
        let again = repeatable || (documented && resend == Resend::AsDocumented);
        return Some((unknown, again && !stop));
    }
    Some((ErrorKind::Refused, is_transient == Some(true) && !stop))
}
