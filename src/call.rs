//! A call: its operation, what is known of it so far, and what it returns if it succeeds.

use std::{ops::Deref, time::Duration};

use serde::{Deserialize, Serialize};

use crate::response::Response;

/// Facts about an operation, from the method that calls it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    /// Its operationId.
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    /// ID of the app that calls, and whose rate limit is used; `None` if it is not known.
    pub(crate) app: Option<&'a str>,
}

impl<'a> Operation<'a> {
    pub(crate) fn new(name: &'static str, effect: Effect, app: Option<&'a str>) -> Self {
        Self { name, effect, app }
    }
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
    /// The kind of a failure that leaves it unknown whether the operation was carried out.
    pub(crate) fn if_unknown(self) -> ErrorKind {
        match self {
            Self::None => ErrorKind::Unreachable,
            Self::Idempotent | Self::NotIdempotent => ErrorKind::OutcomeUnknown,
        }
    }
}

/// The kinds of [`Error`](crate::Error), which has a predicate for each.
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
    /// Nothing was ever sent, or a lookup got no usable response.
    Unreachable,
    /// The call may have taken effect.
    OutcomeUnknown,
    /// The state at Meta differs from what was asked for; nothing was changed.
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

/// Why a call ended although its verdict and `max_attempts` allow another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoppedBy {
    /// The next attempt would begin too late, because of the back-off, a wait that the server asked for, or the throttle.
    Deadline,
    RetryBudget,
}

/// Summary of the attempts of a call so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallRecord {
    pub(crate) operation: Option<&'static str>,
    pub(crate) attempts: u32,
    /// What the call amounts to if it ends as a failure now.
    pub(crate) kind: ErrorKind,
    /// Whether the last attempt was throttled, or the wait for the throttle was longer than the deadline allows.
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

    pub(crate) fn begin_attempt(&mut self) {
        self.attempts += 1;
        self.retry_after = None;
        self.earlier_attempt_unknown = self.kind == ErrorKind::OutcomeUnknown;
    }

    /// Adds how an attempt failed: an unknown outcome stays unknown, and an attempt that was never sent says nothing
    /// about those before it.
    pub(crate) fn add_failure(&mut self, failure: ErrorKind, never_sent: bool) {
        self.throttled = failure == ErrorKind::Throttled;
        self.kind = match (self.kind, failure) {
            (ErrorKind::OutcomeUnknown, _) => ErrorKind::OutcomeUnknown,
            (so_far, _) if never_sent => so_far,
            (_, failure) => failure,
        };
    }
}

/// A success: the documented fields (through `Deref`), the response they came in, and what is known about the call.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    pub(crate) value: T,
    pub(crate) response: Response,
    pub(crate) record: CallRecord,
}

impl<T> Reply<T> {
    /// The documented fields alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Attempts made, including the successful one; at least 1.
    pub fn attempts(&self) -> u32 {
        self.record.attempts
    }

    /// Whether an earlier attempt of this call may have taken effect too. After create, this means that a second
    /// solution may exist.
    pub fn earlier_attempt_may_have_taken_effect(&self) -> bool {
        self.record.earlier_attempt_unknown
    }

    /// The response: status, headers, body, trace ID and Graph API version.
    pub fn response(&self) -> &Response {
        &self.response
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
