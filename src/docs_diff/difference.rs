//! One difference between a page and the YAML.

use serde_json::Value;

use super::model::{Aspect, Item};
use super::place::Place;

/// One difference between a page and the YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `POST /…`, as the YAML has it where it has it.
    pub operation: String,
    /// What differs, such as `request.log_session_id`.
    pub item: Item,
    /// In which respect.
    pub aspect: Aspect,
    /// In which way.
    pub kind: Kind,
    /// What the YAML says; null where it says nothing.
    pub yaml: Value,
    /// What the page says; null where it says nothing.
    pub page: Value,
    /// What a reader has to know besides, such as that the page contradicts itself.
    pub note: Option<String>,
    /// Where the YAML says it, or, where it does not, where it would have to.
    pub place: Option<Place>,
}

/// The ways in which a page and the YAML differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// On the page and not in the YAML.
    Added,
    /// In the YAML and not on the page.
    Removed,
    /// On both, and not alike.
    Changed,
}

impl Kind {
    /// `added`, `removed` or `changed`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

impl Aspect {
    /// `presence`, `type`, `format`, `required`, `enum`, `bound`, `prose` or `schema`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Type => "type",
            Self::Format => "format",
            Self::Required => "required",
            Self::Enum => "enum",
            Self::Bound => "bound",
            Self::Prose => "prose",
            Self::Schema => "schema",
        }
    }
}
