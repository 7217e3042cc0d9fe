//! What is known of a call: its operation, how each attempt ended, and what they add up to.

use std::time::Duration;

use crate::{error::kind::ErrorKind, response::Response};

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
            Self::None => ErrorKind::Unreachable,
            Self::Idempotent | Self::NotIdempotent => ErrorKind::OutcomeUnknown,
        }
    }
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

    pub(crate) fn response_mut(&mut self) -> Option<&mut Response> {
        match self {
            Self::NotSent(_) => None,
            Self::Broken { partial, .. } => partial.as_mut(),
            Self::Answered(response) => Some(response),
        }
    }
}

/// Why a call ended although its verdict and `max_attempts` allow another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoppedBy {
    /// It would begin too late, because of the back-off, a wait that the server asked for, or the throttle.
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

    pub(crate) fn begin_attempt(&mut self) {
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
}
