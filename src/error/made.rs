//! How errors come about: before sending, from what a call ended in, and from a 2xx that is no success.

use super::{Error, ErrorKind, Inner};
use crate::{
    graph_error::GraphError,
    operations::{Repetition, repetition},
    retry::{Attempted, Ended, Outcome, Success},
};

impl Error {
    /// Invalid before anything was sent.
    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind: ErrorKind::InvalidRequest,
            operation: None,
            what: Some(what.into()),
            attempts: 0,
            throttled: false,
            earlier_may_have_taken_effect: false,
            stopped: None,
            retry_after: None,
            answer: None,
            source: None,
        }))
    }

    /// A call whose last attempt was no success.
    pub(crate) fn failed(operation: &'static str, ended: Ended) -> Self {
        let kind = match ended.outcome() {
            Outcome::Refused => ErrorKind::Refused,
            Outcome::Throttled => ErrorKind::Throttled,
            Outcome::Unreachable => ErrorKind::Unreachable,
            Outcome::Unknown | Outcome::Answered => ErrorKind::OutcomeUnknown,
        };
        let (what, answer, source) = match ended.last {
            Attempted::HeldBack => (
                Some(
                    "nothing was sent, because an earlier call reached a rate limit or came close to one",
                ),
                None,
                None,
            ),
            Attempted::NeverSent(error) => (Some("no connection"), None, Some(error)),
            Attempted::NeverSentInTime => (Some("no connection within the time limit"), None, None),
            Attempted::NoWholeAnswer(answer, None) => {
                (Some("no whole answer within the time limit"), answer, None)
            }
            Attempted::NoWholeAnswer(answer, error) => (
                Some("the connection ended before a whole answer came"),
                answer,
                error,
            ),
            Attempted::Redirected(answer) => (
                Some(
                    "the reqwest::Client that was handed in followed a redirect; build it with \
                     redirect::Policy::none()",
                ),
                Some(answer),
                None,
            ),
            Attempted::Answered(answer) => (None, Some(answer), None),
        };
        Self(Box::new(Inner {
            kind,
            operation: Some(operation),
            what: what.map(str::to_owned),
            attempts: ended.attempts,
            throttled: kind == ErrorKind::Throttled || ended.verdict.outcome == Outcome::Throttled,
            earlier_may_have_taken_effect: ended.earlier_may_have_taken_effect,
            stopped: Some(ended.stopped),
            retry_after: ended.server_wish,
            answer,
            source: source.map(Into::into),
        }))
    }

    /// A 2xx that cannot be read as a success: it took effect, as far as anyone knows.
    pub(crate) fn unreadable(
        operation: &'static str,
        success: Success,
        why: Option<serde_json::Error>,
    ) -> Self {
        Self::of_success(
            ErrorKind::OutcomeUnknown,
            operation,
            success,
            "the answer reports success but cannot be read".to_owned(),
            why,
        )
    }

    /// A 2xx that says in its body that it is no success. Of an operation that nobody declared safe to repeat it is not
    /// known what that means, so nothing is promised of it.
    pub(crate) fn denied(operation: &'static str, mut success: Success, what: String) -> Self {
        let kind = if success.earlier_may_have_taken_effect
            || repetition(operation) == Repetition::MayDuplicate
        {
            ErrorKind::OutcomeUnknown
        } else {
            ErrorKind::Refused
        };
        if success.answer.graph_error.is_none() {
            success.answer.graph_error = GraphError::from_body(&success.answer.body);
        }
        Self::of_success(kind, operation, success, what, None)
    }

    fn of_success(
        kind: ErrorKind,
        operation: &'static str,
        success: Success,
        what: String,
        why: Option<serde_json::Error>,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: Some(operation),
            what: Some(what),
            attempts: success.attempts,
            throttled: false,
            earlier_may_have_taken_effect: success.earlier_may_have_taken_effect,
            stopped: None,
            retry_after: None,
            answer: Some(success.answer),
            source: why.map(Into::into),
        }))
    }
}
