//! What one attempt leaves true, and whether the call may be sent again: one pure function.

use http::StatusCode;

use super::policy::Replay;
use crate::{graph_error::GraphError, operations::Repetition};

/// A policy block. It is not a limit that passes, so no statement of being transient opens it again.
const POLICY_BLOCK: i64 = 368;

const USER_LIMIT: i64 = 17;

/// What an attempt ended in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happened<'a> {
    /// Nothing of the request left this machine: DNS, connecting or TLS failed.
    NeverSent,
    /// The request was sent, at least in part, and no whole answer came.
    NoWholeAnswer,
    /// The answer came from another address, because a `reqwest::Client` of the caller followed a redirect.
    Redirected,
    /// A whole answer.
    Answered {
        status: StatusCode,
        graph_error: Option<&'a GraphError>,
        has_retry_after: bool,
    },
}

impl Happened<'_> {
    /// Whether a limit is reached that no app has for itself: code 17 is that of the token's user (Meta's documentation
    /// of rate limiting).
    pub(crate) fn is_limit_of_the_user(&self) -> bool {
        match self {
            Self::Answered { graph_error, .. } => {
                graph_error.and_then(GraphError::code) == Some(USER_LIMIT)
            }
            _ => false,
        }
    }
}

/// What an attempt, or a whole call, amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A 2xx that is to be read as a success.
    Answered,
    /// Meta said no.
    Refused,
    /// Meta said: not now.
    Throttled,
    /// It was never sent.
    Unreachable,
    /// Nobody here can tell.
    Unknown,
}

impl Outcome {
    /// The word for it in events, as in `kind` of the command line.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
            Self::Unknown => "outcome_unknown",
        }
    }
}

/// The judgement on one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    /// Whether what was asked for may have happened, although no success was reported.
    pub(crate) may_have_taken_effect: bool,
    /// Whether the policy lets the call be sent again; attempts and time are not looked at here.
    pub(crate) again: bool,
}

/// Judges one attempt. The README's section 'When a call is sent again' is this function as a table.
pub(crate) fn judge(repetition: Repetition, replay: Replay, happened: Happened<'_>) -> Verdict {
    // Whether an attempt that may have taken effect may be followed by another.
    let repeatable = repetition == Repetition::Safe || replay == Replay::Always;
    let (status, graph_error, has_retry_after) = match happened {
        Happened::NeverSent => {
            return Verdict {
                outcome: Outcome::Unreachable,
                may_have_taken_effect: false,
                again: true,
            };
        }
        Happened::NoWholeAnswer => {
            return Verdict {
                outcome: Outcome::Unknown,
                may_have_taken_effect: true,
                again: repeatable,
            };
        }
        Happened::Redirected => {
            return Verdict {
                outcome: Outcome::Refused,
                may_have_taken_effect: false,
                again: false,
            };
        }
        Happened::Answered {
            status,
            graph_error,
            has_retry_after,
        } => (status, graph_error, has_retry_after),
    };
    if status.is_success() && graph_error.is_none() {
        return Verdict {
            outcome: Outcome::Answered,
            may_have_taken_effect: false,
            again: false,
        };
    }

    let code = graph_error.and_then(GraphError::code);
    let transient = graph_error.and_then(GraphError::is_transient);
    let stop_stated = transient == Some(false) || code == Some(POLICY_BLOCK);
    let throttled = !stop_stated
        && (status == StatusCode::TOO_MANY_REQUESTS || code.is_some_and(is_throttling));
    let failed_inside =
        status.as_u16() >= 500 || (status.is_success() && code.is_some_and(is_service));
    let may_have_taken_effect = failed_inside && !throttled;
    let retryable = !stop_stated
        && (throttled
            || transient == Some(true)
            || status == StatusCode::INTERNAL_SERVER_ERROR
            || (status == StatusCode::SERVICE_UNAVAILABLE && has_retry_after)
            || (failed_inside && repeatable));
    Verdict {
        outcome: match (throttled, may_have_taken_effect) {
            (true, _) => Outcome::Throttled,
            (_, true) => Outcome::Unknown,
            _ => Outcome::Refused,
        },
        may_have_taken_effect,
        again: retryable && (!may_have_taken_effect || repeatable || replay == Replay::Documented),
    }
}

/// Codes that say 'a limit is reached' at whatever status they come (Meta's documentation of rate limiting).
fn is_throttling(code: i64) -> bool {
    matches!(
        code,
        4 | USER_LIMIT | 32 | 341 | 613 | 80000..=80009 | 80014 | 130_429
    )
}

/// Codes of failures inside Meta (Meta's documentation of error handling). At a 2xx no status says what kind of
/// error it is, and requests answered by these have been known to take effect.
fn is_service(code: i64) -> bool {
    matches!(code, 1 | 2)
}

#[cfg(test)]
#[path = "../../tests/inside/verdict.rs"]
mod tests;
