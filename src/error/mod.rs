//! What a call that did not succeed returns.

pub(crate) mod display;

use std::{borrow::Cow, error::Error as StdError, time::Duration};

use crate::{
    GraphError,
    call::{CallRecord, ErrorKind, StoppedBy},
    response::Response,
    transport::Attempt,
};

/// Why a call did not succeed, or why a client could not be built.
///
/// Branch on the predicates; the text of `Display` is for people. Ask first whether the call
/// [may have taken effect](Self::may_have_taken_effect):
///
/// ```
/// # use whatsapp_multi_partner_solutions::Error;
/// # fn handle(error: &Error) -> &'static str {
/// if error.may_have_taken_effect() {
///     "look up whether it did before you try again"
/// } else if error.is_throttled() {
///     "try again after error.retry_after()"
/// } else if error.is_unreachable() {
///     "try again later: nothing was changed"
/// } else {
///     "fix the request, the token or the permissions first"
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    record: CallRecord,
    cause: Cause,
}

/// The last attempt, or why none was made.
pub(crate) type Cause = Result<Attempt, Cow<'static, str>>;

impl Error {
    pub(crate) fn new(record: CallRecord, cause: Cause) -> Self {
        Self(Box::new(Inner { record, cause }))
    }

    /// An error of a call that made no attempt, for this reason.
    pub(crate) fn unsent(kind: ErrorKind, why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(CallRecord::new(None, kind), Err(why.into()))
    }

    pub(crate) fn conflict(why: String) -> Self {
        Self::unsent(ErrorKind::Conflict, why)
    }

    pub(crate) fn invalid(why: impl Into<Cow<'static, str>>) -> Self {
        Self::unsent(ErrorKind::InvalidRequest, why)
    }

    /// Sets the operation to the method that the user called.
    pub(crate) fn within(mut self, operation: &'static str) -> Self {
        self.0.record.operation = Some(operation);
        self
    }

    /// The kind of the failure, taking all attempts into account.
    pub fn kind(&self) -> ErrorKind {
        self.0.record.kind
    }

    /// Whether the call may have taken effect although it did not succeed. That is so if one of its attempts
    ///
    /// - ended in a 5xx or in code 1 or 2, and was not throttled,
    /// - was sent and got no complete response, or
    /// - got a 2xx that cannot be read, or that says `success: false` to create.
    ///
    /// `true`: check whether it took effect before you try again, or you may create a second solution.
    /// [`ensure_solution`](crate::Client::ensure_solution) and [`ensure_accepted`](crate::Client::ensure_accepted) do
    /// that for you. `false`: it did not take effect.
    pub fn may_have_taken_effect(&self) -> bool {
        self.kind() == ErrorKind::OutcomeUnknown
    }

    /// Whether an attempt before the last one may have taken effect. If accept was refused after such an attempt, the
    /// reason may be that the earlier attempt succeeded.
    pub fn earlier_attempt_may_have_taken_effect(&self) -> bool {
        self.0.record.earlier_attempt_unknown
    }

    /// Whether the request or the client's settings are invalid. Nothing was sent, and trying again does not help.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Whether Meta refused and the call did not take effect. Fix the request, the token or the permissions.
    pub fn is_refused(&self) -> bool {
        self.kind() == ErrorKind::Refused
    }

    /// Whether the last attempt was throttled: status 429 or a code of a rate limit, unless the error says
    /// `is_transient: false` or has code 368. Also `true` if the next attempt was not made because another call of the same
    /// app was throttled, and the wait is longer than the deadline allows; [`attempts`](Self::attempts) may then be 0.
    ///
    /// Try again after [`retry_after`](Self::retry_after). Every call before that prolongs the throttling. If an
    /// earlier attempt may have taken effect, this and [`may_have_taken_effect`](Self::may_have_taken_effect) are both
    /// `true`.
    pub fn is_throttled(&self) -> bool {
        self.0.record.throttled || self.kind() == ErrorKind::Throttled
    }

    /// Whether the state at Meta differs from what was asked for: several solutions match, the solution has ended, the
    /// partner or a term differs, or the token cannot see one of them. The text names each. Nothing was sent to change it.
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// Whether nothing was ever sent: DNS, connecting or TLS failed every time. For a lookup, this is also `true` if no
    /// usable response arrived: none in time, a 5xx, or one that cannot be read. For
    /// [`ensure_solution`](crate::Client::ensure_solution), it is also `true` if another call for the same solution was
    /// still running at the deadline. Trying again is safe.
    pub fn is_unreachable(&self) -> bool {
        self.kind() == ErrorKind::Unreachable
    }

    /// How long the last response asks to wait (`Retry-After`, or `estimated_time_to_regain_access` in the usage
    /// header, whichever is longer), counted from that response. If the call was not sent because its app is throttled:
    /// how long it would have had to wait. `None` if there is no such wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.record.retry_after
    }

    /// Attempts made; 0 if there was none. From an `ensure_` method, those of the request that failed, which may be a
    /// lookup.
    pub fn attempts(&self) -> u32 {
        self.0.record.attempts
    }

    /// Whether the call ended because the deadline leaves no time for another attempt.
    pub fn is_deadline_exceeded(&self) -> bool {
        self.0.record.stopped_by == Some(StoppedBy::Deadline)
    }

    /// Whether the call ended because the [retry budget](crate::ClientBuilder::retry_budget) is used up: many calls of
    /// this client failed lately.
    pub fn is_retry_budget_exhausted(&self) -> bool {
        self.0.record.stopped_by == Some(StoppedBy::RetryBudget)
    }

    /// The operation that was called; `None` if the request or a setting was invalid, except from an `ensure_` method.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.record.operation
    }

    /// The last response, or the part of it that arrived; `None` if there was none. Occurrences of the access token and
    /// of the proof of the app secret are replaced.
    pub fn response(&self) -> Option<&Response> {
        self.0.cause.as_ref().ok()?.response.as_ref()
    }

    /// The error of the Graph API in the last response, if it holds one.
    pub fn graph_error(&self) -> Option<&GraphError> {
        self.response()?.graph_error()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.cause.as_ref().ok()?.error.as_deref()?)
    }
}
