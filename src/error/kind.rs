//! The kinds of errors.

use serde::{Deserialize, Serialize};

/// The kinds of [`Error`](super::Error), which has a predicate for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request or the client's settings are invalid; nothing was sent.
    InvalidRequest,
    /// Meta refused; the call did not take effect.
    Refused,
    /// Meta throttled the call; it did not take effect.
    Throttled,
    /// Nothing was ever sent; or, of a lookup, no usable response arrived.
    Unreachable,
    /// The call may have taken effect.
    OutcomeUnknown,
    /// What Meta holds is not what was asked for; nothing was sent to change it.
    Conflict,
}

impl ErrorKind {
    /// The name of the kind, as `mps` and the trace events print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::Conflict => "conflict",
        }
    }
}

impl std::fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
