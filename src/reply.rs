//! What a call that succeeded returns.

use std::ops::Deref;

use crate::{call::CallRecord, response::Response};

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

    /// The response: status, headers, body, trace ID, Graph API version and usage of the rate limits.
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
