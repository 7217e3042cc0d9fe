//! A point in time, kept in the form in which it was sent.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A point in time as Graph sent it.
///
/// The page says `date-time`, but Graph sends `2024-01-15T10:30:00+0000`, which is no RFC 3339 date, as often as
/// `2024-01-15T10:30:00Z`. An answer is never refused for the form of a time, so the value is kept as it came and
/// reading it is left to the caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(Value);

impl Timestamp {
    /// The text that was sent; `None` if it was not text (a number, say).
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// The value that was sent, whatever its type.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}

/// The text without quotes; anything else as JSON.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.as_str() {
            Some(text) => f.write_str(text),
            None => self.0.fmt(f),
        }
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(Value::from(text))
    }
}
