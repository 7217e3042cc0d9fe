//! The error object of the Graph API, as far as it can be read.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde_json::{Map, Value};

use crate::generated::types::GraphApiError;

/// Made once, because every success is searched for it.
static KEY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"error\""));

/// The `error` object of an answer, as Meta sent it.
///
/// The schema `GraphAPIError` marks three fields as required; real answers leave out even those. So every field is
/// read by itself, and a field that is missing or of another type is `None`. Where the answer keeps to the schema,
/// [`typed`](Self::typed) gives the generated type.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphError(Map<String, Value>);

impl GraphError {
    /// Reads a body that holds an `error` object; `None` if it holds none.
    pub(crate) fn from_body(body: &[u8]) -> Option<Self> {
        match object(body)?.remove("error")? {
            Value::Object(error) => Some(Self(error)),
            _ => None,
        }
    }

    /// Reads a body that is an `error` object and nothing else. Where there is more (other than Meta's own
    /// `__…__` entries), a success may stand beside the error, and a success must not be lost.
    pub(crate) fn from_whole_body(body: &[u8]) -> Option<Self> {
        // Nearly every success is told by this alone, without being parsed a second time.
        KEY.find(body)?;
        let mut body = object(body)?;
        body.retain(|name, _| !name.starts_with("__"));
        if body.len() > 1 {
            return None;
        }
        match body.remove("error")? {
            Value::Object(error) => Some(Self(error)),
            _ => None,
        }
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str()
    }

    /// What is wrong, in words for people (page: `message`).
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.text("message")
    }

    /// The class of the error, such as `OAuthException` (page: `type`).
    #[must_use]
    pub fn type_(&self) -> Option<&str> {
        self.text("type")
    }

    /// The number of the error (page: `code`).
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.0.get("code")?.as_i64()
    }

    /// The number that narrows the code down (page: `error_subcode`).
    #[must_use]
    pub fn error_subcode(&self) -> Option<i64> {
        self.0.get("error_subcode")?.as_i64()
    }

    /// The trace ID, for Meta's support (page: `fbtrace_id`).
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        self.text("fbtrace_id")
    }

    /// Whether Meta states that the error passes, or that it does not (page: `is_transient`).
    #[must_use]
    pub fn is_transient(&self) -> Option<bool> {
        self.0.get("is_transient")?.as_bool()
    }

    /// A title that is fit to be shown to users (page: `error_user_title`).
    #[must_use]
    pub fn error_user_title(&self) -> Option<&str> {
        self.text("error_user_title")
    }

    /// A message that is fit to be shown to users (page: `error_user_msg`).
    #[must_use]
    pub fn error_user_msg(&self) -> Option<&str> {
        self.text("error_user_msg")
    }

    /// The generated type, if the object keeps to its schema.
    #[must_use]
    pub fn typed(&self) -> Option<GraphApiError> {
        let body = Map::from_iter([("error".to_owned(), Value::Object(self.0.clone()))]);
        serde_json::from_value(Value::Object(body)).ok()
    }

    /// The object as it was sent, with whatever the page does not name.
    #[must_use]
    pub fn as_json(&self) -> &Map<String, Value> {
        &self.0
    }
}

fn object(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}
