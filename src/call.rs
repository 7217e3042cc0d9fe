//! One call: handed to generated code, and read from what the hook saw.

use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    error::Error,
    generated::{self, ResponseValue},
    reply::Reply,
    transport::{Call, CallEnded, Shared},
};

/// A 2xx read as its documented type; the raw body where it cannot be.
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
    pub(crate) fn finish<T: DeserializeOwned, E>(
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
        let body = &success.answer.body;
        if let Some(what) = denial(body) {
            return Err(Error::denied(operation, success, what));
        }
        let (read, why) = match documented(body) {
            Ok(value) => (Ok(value), None),
            Err(why) => (Err(body.clone()), Some(why)),
        };
        match reading(read) {
            Reading::Success(value) => Ok(Reply::new(value, success)),
            Reading::Unreadable => Err(Error::unreadable(operation, success, why)),
        }
    }
}

/// The documented type of an answer; an operation may document one without a body.
pub(crate) fn documented<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(if body.is_empty() { b"null" } else { body })
}

/// Made once, because every success is searched for it.
static FALSE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"false"));

/// What a 2xx says that states in its body that it is no success, as `success: false` does in any operation.
pub(crate) fn denial(body: &[u8]) -> Option<String> {
    // Most answers are told by this alone, without being parsed a second time. A key may be spelled in other ways.
    FALSE.find(body)?;
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
