//! One call: what generated code read, joined with what the hook saw.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    error::Error,
    generated::{self, ResponseValue},
    reply::Reply,
    transport::{Call, CallEnded, Shared},
};

/// A 2xx as generated code read it; the raw body where it could not.
pub(crate) type Read<T> = Result<T, bytes::Bytes>;

/// What a 2xx turns out to be.
pub(crate) enum Reading<T> {
    /// A success.
    Success(T),
    /// Nobody can tell.
    Unreadable,
}

impl<T> Reading<T> {
    /// A success if it keeps to its schema, unreadable if it does not.
    pub(crate) fn documented(read: Read<T>) -> Self {
        read.map_or(Self::Unreadable, Self::Success)
    }
}

/// A call that is about to be handed to generated code.
pub(crate) struct Pending {
    pub(crate) generated: generated::Client,
}

impl Pending {
    pub(crate) fn new(base_url: &str, http: &reqwest::Client, shared: &Arc<Shared>) -> Self {
        let call = Call::new(shared.clone());
        Self {
            generated: generated::Client::new_with_client(base_url, http.clone(), call),
        }
    }

    /// What the call ended in; `reading` says what a 2xx turns out to be.
    pub(crate) fn finish<T, E>(
        self,
        result: Result<ResponseValue<T>, generated::Error<E>>,
        reading: impl FnOnce(Read<T>) -> Reading<T>,
    ) -> Result<Reply<T>, Error> {
        let Some(CallEnded { operation, ended }) = self.generated.inner.take_ended() else {
            return Err(never_tried(result.err()));
        };
        let success = match ended.into_success() {
            Ok(success) => success,
            Err(ended) => return Err(Error::failed(operation, *ended)),
        };
        if let Some(what) = denial(&success.answer.body) {
            return Err(Error::denied(operation, success, what));
        }
        let (read, why) = match result {
            Ok(value) => (Ok(value.into_inner()), None),
            Err(generated::Error::InvalidResponsePayload(body, why)) => (Err(body), Some(why)),
            Err(_) => (Err(success.answer.body.clone()), None),
        };
        match reading(read) {
            Reading::Success(value) => Ok(Reply::new(value, success)),
            Reading::Unreadable => Err(Error::unreadable(operation, success, why)),
        }
    }
}

const SUCCESS: &[u8] = b"\"success\"";

/// What a 2xx says that states in its body that it is no success, as `success: false` does in any operation.
fn denial(body: &[u8]) -> Option<String> {
    // Most answers are told by this alone, without being parsed a second time.
    if !body.windows(SUCCESS.len()).any(|part| part == SUCCESS) {
        return None;
    }
    let body: Map<String, Value> = serde_json::from_slice(body).ok()?;
    if body.get("success")? != &Value::Bool(false) {
        return None;
    }
    Some(match body.get("message").and_then(Value::as_str) {
        Some(message) => format!("the answer says success: false: {message}"),
        None => "the answer says success: false".to_owned(),
    })
}

/// The hook never came to sending: the request could not be put together, or a bound of the YAML does not hold.
fn never_tried<E>(why: Option<generated::Error<E>>) -> Error {
    Error::invalid(match why {
        Some(generated::Error::InvalidRequest(what) | generated::Error::Custom(what)) => what,
        Some(generated::Error::CommunicationError(why)) => {
            format!("the request cannot be put together: {}", why.without_url())
        }
        _ => "the request cannot be put together".to_owned(),
    })
}
