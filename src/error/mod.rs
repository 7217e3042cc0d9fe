//! What a call that did not succeed ends in.

mod display;
mod made;

use std::{error::Error as StdError, time::Duration};

use http::{HeaderMap, StatusCode};

use crate::{answer::Answer, graph_error::GraphError, retry::Stopped, usage::Usage};

/// Why a call did not succeed, or why a client could not be built.
///
/// Branch on the predicates; the text of `Display` is for people. The question to ask first is
/// [`may_have_taken_effect`](Self::may_have_taken_effect):
///
/// ```
/// # use whatsapp_multi_partner_solutions::Error;
/// # fn handle(error: &Error) -> &'static str {
/// if error.may_have_taken_effect() {
///     "look up whether it happened before asking again"
/// } else if error.is_throttled() {
///     "ask again after error.retry_after()"
/// } else if error.is_unreachable() {
///     "ask again later: nothing was sent"
/// } else {
///     "mend the request, the token or the permissions first"
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

/// What a failed call amounts to. Each has a predicate on [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request or the client's settings are invalid; nothing was sent.
    InvalidRequest,
    /// Meta refused; surely nothing happened.
    Refused,
    /// Meta throttled the call; surely nothing happened.
    Throttled,
    /// Nothing was ever sent.
    Unreachable,
    /// The call may have taken effect.
    OutcomeUnknown,
}

impl ErrorKind {
    /// The name of the kind, as the command line prints it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
            Self::OutcomeUnknown => "outcome_unknown",
        }
    }
}

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    /// What is wrong, where neither the answer nor the source says it.
    what: Option<String>,
    attempts: u32,
    throttled: bool,
    earlier_may_have_taken_effect: bool,
    stopped: Option<Stopped>,
    retry_after: Option<Duration>,
    answer: Option<Answer>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What the failure amounts to.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether what was asked for may have happened, although no success was reported: some attempt ended in a 5xx that
    /// was no throttling, in no whole answer, or in a success that cannot be read.
    ///
    /// `true`: look up whether it happened before asking again, or a second solution may come of it. Partner Dashboard
    /// shows the solutions of an app; so does `GET /{Version}/{Application-ID}/whatsapp_business_solutions`, which this
    /// crate does not have. `false`: it surely did not happen.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        self.0.kind == ErrorKind::OutcomeUnknown
    }

    /// Whether an attempt before the last one may have taken effect. If accept was refused after such an attempt,
    /// the refusal may come of that attempt's success.
    #[must_use]
    pub fn earlier_attempt_may_have_taken_effect(&self) -> bool {
        self.0.earlier_may_have_taken_effect
    }

    /// Whether the request, or the client's settings, are invalid. Nothing was sent; sending it again changes
    /// nothing.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == ErrorKind::InvalidRequest
    }

    /// Whether Meta refused, and surely nothing happened. Mend the request, the token or the permissions.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.0.kind == ErrorKind::Refused
    }

    /// Whether the last attempt was throttled: status 429 or a code that says so, unless the answer states that the error
    /// will not pass (`is_transient: false`, or code 368), which makes it a refusal. Also whether the call was not
    /// sent at all, because an answer to another call of the same client was throttled (or its usage headers were
    /// high) and this one's turn comes after its deadline; [`attempts`](Self::attempts) is 0 then.
    ///
    /// Ask again after [`retry_after`](Self::retry_after); meanwhile every further call prolongs the throttling. If an
    /// earlier attempt may have taken effect, this and [`may_have_taken_effect`](Self::may_have_taken_effect) are
    /// both `true`.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.0.throttled
    }

    /// Whether nothing was ever sent: DNS, connecting or TLS failed each time. Asking again is safe.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        self.0.kind == ErrorKind::Unreachable
    }

    /// How long the last answer asks to be left alone (`Retry-After`, or `estimated_time_to_regain_access` in the
    /// usage header, whichever is longer), counted from that answer. If the call ended because the client's gate holds
    /// it: how long until its turn would come. `None` if nobody says.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Attempts made; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the call ended because the deadline left no room for the next attempt.
    #[must_use]
    pub fn is_deadline_exceeded(&self) -> bool {
        matches!(self.0.stopped, Some(Stopped::Deadline | Stopped::Held))
    }

    /// Whether the call ended because the client's [retry budget](crate::RetryPolicy::retry_budget) has too few tokens
    /// to send it again: many calls failed lately.
    #[must_use]
    pub fn is_retry_budget_exhausted(&self) -> bool {
        self.0.stopped == Some(Stopped::Budget)
    }

    /// The operationId of the call; `None` if the error is not one of a call.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Status of the last answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// Headers of the last answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// Body of the last answer, as far as it came, at most 64 KiB of it. If it repeats the access token, that is
    /// taken out.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.answer.as_ref().map(|answer| &answer.body[..])
    }

    /// Whether [`body`](Self::body) is only the beginning of what was sent.
    #[must_use]
    pub fn is_body_cut_at_limit(&self) -> bool {
        self.0
            .answer
            .as_ref()
            .is_some_and(|answer| answer.cut_at_limit)
    }

    /// The error of the Graph API in the last answer, if it holds one.
    #[must_use]
    pub fn graph_error(&self) -> Option<&GraphError> {
        self.0.answer.as_ref()?.graph_error.as_ref()
    }

    /// The ID under which Meta's support finds the request: `fbtrace_id` of the error, or else the header
    /// `x-fb-trace-id`.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.answer.as_ref()?.trace_id()
    }

    /// The usage headers of the last answer.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.headers().map(Usage::from_headers).unwrap_or_default()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
