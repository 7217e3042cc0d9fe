//! The common model into which the YAML, a page and an OpenAPI file are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::text::Sentence;

/// What a statement is about, such as `request.log_session_id`, `status.429` or `description.Validation`.
pub type Item = String;

/// The aspect of an item that a fact describes, in `snake_case` in JSON and in the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Whether the item is there; for `operation`, `base_url` and `auth`, what is there.
    Presence,
    /// `string`, `array of TYPE`, or the name of a schema.
    Type,
    /// Such as `date-time`.
    Format,
    /// Whether it has to be sent, or always comes.
    Required,
    /// The values of an enum, or the versions offered.
    Enum,
    /// Bounds, by OpenAPI's names (`pattern`, `minLength`, …).
    Bound,
    /// The schema of a body.
    Schema,
    /// The content type of a body.
    ContentType,
    /// Whether it is deprecated.
    Deprecated,
    /// A code sample.
    Example,
    /// Wording.
    Prose,
}

impl Aspect {
    /// Whether it is compared as fingerprints of sentences.
    pub(super) fn is_wording(self) -> bool {
        matches!(self, Self::Prose | Self::Example)
    }
}

/// The name of an enum variant in JSON and in the lock.
pub(super) fn name(of: impl Serialize) -> String {
    json!(of).as_str().unwrap_or_default().to_owned()
}

/// The facts of one item. Under [`Aspect::Prose`], the words of the YAML.
pub(super) type Facts = BTreeMap<Aspect, Value>;

/// All that a source says of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// `POST /…`
    pub name: String,
    /// The title of the page, which the YAML has as `x-page`; empty if there is none.
    pub title: String,
    /// The OpenAPI file that it is read from; empty on a page.
    pub file: String,
    /// The lines of that file without indentation, each after a line break. The line of an item is found in it.
    pub(super) yaml: Arc<str>,
    /// What is said of each item, in the order of the source; the fields of a schema by name.
    pub(super) items: IndexMap<Item, Facts>,
}

impl Operation {
    /// The path, with its parameters in braces.
    pub(super) fn path(&self) -> &str {
        self.name.split_once(' ').unwrap_or_default().1
    }

    /// The name of the security scheme.
    pub(super) fn scheme(&self) -> &str {
        let auth = self.text("auth", Aspect::Presence);
        auth.split(',').next().unwrap_or_default()
    }

    /// Whether anything is said of an item.
    pub(super) fn has(&self, item: &str) -> bool {
        self.items.contains_key(item)
    }

    /// One fact.
    pub(super) fn fact(&self, item: &str, aspect: Aspect) -> Option<&Value> {
        self.items.get(item)?.get(&aspect)
    }

    /// One fact that is text, or nothing.
    pub(super) fn text(&self, item: &str, aspect: Aspect) -> &str {
        let fact = self.fact(item, aspect).and_then(Value::as_str);
        fact.unwrap_or_default()
    }

    /// The items that have a fact of this aspect.
    pub(super) fn stated(&self, aspect: Aspect) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.items.iter();
        all.filter_map(move |(item, facts)| Some((item.as_str(), facts.get(&aspect)?)))
    }

    /// Whether items stand below another.
    pub(super) fn has_below(&self, item: &str) -> bool {
        let below = format!("{item}.");
        self.items.keys().any(|item| item.starts_with(&below))
    }

    /// The facts of an item, created if they are missing.
    pub(super) fn entry(&mut self, item: &str) -> &mut Facts {
        self.items.entry(item.to_owned()).or_default()
    }
}

/// What a source says of an operation, and in which words.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) form: Form,
    /// The index of the operation in the YAML.
    pub(super) index: usize,
    pub(super) operation: Operation,
    /// The wording, by its key in the lock; empty for an OpenAPI file.
    pub(super) wording: BTreeMap<String, Vec<Sentence>>,
}

/// What kind of source a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// The Markdown that Meta serves for a page.
    Markdown,
    /// An OpenAPI file, of all operations or of a single page.
    #[serde(rename = "OpenAPI")]
    OpenApi,
    /// A page as a browser shows it: copied text, or that text clipped to Markdown.
    #[serde(rename = "page")]
    Page,
}

/// The ways in which a source and the YAML differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The source has it and the YAML does not.
    Added,
    /// The YAML has it and the source does not.
    Removed,
    /// Both have it, with different values.
    Changed,
    /// It was acknowledged, and no longer exists.
    Gone,
}

/// One difference between a source and the YAML.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The name of the operation in the YAML, such as `POST /…`.
    pub operation: String,
    /// What differs.
    pub item: Item,
    /// In which respect.
    pub aspect: Aspect,
    /// In which way.
    pub kind: Kind,
    /// What the YAML says; null where it says nothing.
    pub yaml: Value,
    /// What the source says; null where it says nothing.
    pub page: Value,
    /// What reports show in place of `page`; for wording, the new sentences and the number of removed ones.
    #[serde(skip)]
    pub marked: Option<String>,
    /// The YAML file that has the operation.
    pub yaml_file: String,
    /// The line of the item there, or of what stands beside it if the YAML lacks it.
    pub yaml_line: usize,
    /// Whether it was acknowledged.
    pub known: bool,
}

/// Why a source cannot be compared, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is empty, not UTF-8 text, or HTML.
    #[error(
        "it is {0}; save the page's Markdown ('View as Markdown'), its text, or the OpenAPI file"
    )]
    NotText(&'static str),
    /// It is larger than this many bytes or words.
    #[error("it has more than {0}, which no page has; save the page alone")]
    TooLarge(&'static str),
    /// It is text, and has no endpoint.
    #[error("no endpoint was found in it, such as `POST /{{Version}}/…`; {0}")]
    NoEndpoint(String),
    /// It ends in the middle; what is missing.
    #[error("it is not the whole page: {0}; save all of it")]
    CutShort(String),
    /// It describes operations, and none that the YAML has; which.
    #[error("it describes {}, which the YAML does not have; save the page of an operation that it has", .0.join(", "))]
    OtherApi(Vec<String>),
    /// It is in another language, or of another layout; which words are missing.
    #[error("{0} was not found; if the page is translated, save it in English")]
    UnknownWording(String),
    /// It is broken; where and why.
    #[error("it cannot be read: {0}")]
    Malformed(String),
}
