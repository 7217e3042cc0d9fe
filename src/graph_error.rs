//! The error object of the Graph API, as far as it can be read.

use serde_json::{Map, Value};

/// The `error` object of a response, as Meta sent it.
///
/// The schema `GraphAPIError` marks three fields as required, but real responses leave out even those. So every field
/// is read by itself, and one that is missing or of another type is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GraphError<'a>(pub(crate) &'a Map<String, Value>);

impl<'a> GraphError<'a> {
    /// What is wrong, for people to read (page: `message`).
    pub fn message(&self) -> Option<&'a str> {
        self.text("message")
    }

    /// The class of the error, such as `OAuthException` (page: `type`).
    pub fn type_(&self) -> Option<&'a str> {
        self.text("type")
    }

    /// The number of the error (page: `code`).
    pub fn code(&self) -> Option<i64> {
        self.0.get("code")?.as_i64()
    }

    /// The number that narrows the code down (page: `error_subcode`).
    pub fn error_subcode(&self) -> Option<i64> {
        self.0.get("error_subcode")?.as_i64()
    }

    /// The trace ID, for Meta's support (page: `fbtrace_id`).
    pub fn fbtrace_id(&self) -> Option<&'a str> {
        self.text("fbtrace_id")
    }

    /// Whether Meta says that the error will pass (page: `is_transient`).
    pub fn is_transient(&self) -> Option<bool> {
        self.0.get("is_transient")?.as_bool()
    }

    /// A title that can be shown to users (page: `error_user_title`).
    pub fn error_user_title(&self) -> Option<&'a str> {
        self.text("error_user_title")
    }

    /// A message that can be shown to users (page: `error_user_msg`).
    pub fn error_user_msg(&self) -> Option<&'a str> {
        self.text("error_user_msg")
    }

    /// The object as it was sent, with the fields that the page does not name.
    pub fn as_json(&self) -> &'a Map<String, Value> {
        self.0
    }

    fn text(&self, field: &str) -> Option<&'a str> {
        self.0.get(field)?.as_str()
    }
}
