//! What a call that succeeded ends in.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use crate::{answer::Answer, retry::Success, usage::Usage};

/// A success: the documented fields (through `Deref`), and what is known about the call.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    value: T,
    answer: Answer,
    attempts: u32,
    earlier_may_have_taken_effect: bool,
}

impl<T> Reply<T> {
    pub(crate) fn new(value: T, success: Success) -> Self {
        let Success {
            answer,
            attempts,
            earlier_may_have_taken_effect,
        } = success;
        Self {
            value,
            answer,
            attempts,
            earlier_may_have_taken_effect,
        }
    }

    /// The documented fields alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Attempts made, this one included; at least 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether an attempt before this one may have taken effect too. After create that means that a second solution
    /// may exist.
    #[must_use]
    pub fn earlier_attempt_may_have_taken_effect(&self) -> bool {
        self.earlier_may_have_taken_effect
    }

    /// The Graph API version that really served the call (header `facebook-api-version`): an expired one falls to the
    /// oldest that is still served. `None` if Meta did not say.
    #[must_use]
    pub fn graph_version(&self) -> Option<&str> {
        self.answer.header("facebook-api-version")
    }

    /// How much of the rate limits is used up.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage::from_headers(&self.answer.headers)
    }

    /// The ID under which Meta's support finds the request (header `x-fb-trace-id`).
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.answer.trace_id()
    }

    /// Status of the answer, a 2xx.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// Headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// Body of the answer as it was sent, with whatever the page does not name.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.answer.body
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
