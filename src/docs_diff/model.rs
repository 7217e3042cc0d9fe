//! What a source says of the API, in one form for all sources: facts that are compared, and prose whose change is
//! noticed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// One source: the YAML, a saved page, or Meta's published OpenAPI file.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What kind of source it is.
    pub kind: SourceKind,
    /// The operations that it describes, in its order.
    pub operations: Vec<Operation>,
}

/// The kinds of source that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// This repository's YAML.
    Yaml,
    /// A page as Markdown.
    Markdown,
    /// A page's text as copied from a browser, line by line or run together.
    Text,
    /// Meta's published OpenAPI file.
    OpenApi,
}

/// What a source says of one operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// `POST`, in capitals.
    pub method: String,
    /// The path with its parameters in braces.
    pub path: String,
    /// The groups of items that this source states at all. Where it is silent about a group, that is no difference.
    pub stated: BTreeSet<Group>,
    /// Each fact, by item and aspect. An item that is there has at least the aspect [`Aspect::Presence`].
    pub facts: BTreeMap<(Item, Aspect), Value>,
    /// Facts that the source states more than once, and not alike each time.
    pub conflicts: Vec<Conflict>,
    /// The prose, in the order of the source.
    pub prose: Vec<Prose>,
}

/// The name of what a fact or a statement is about, such as `request.log_session_id`.
pub type Item = String;

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Whether the item is there. The value is the item's own, where it has one (`versions`: the list, `base_url`: the
    /// address, `auth`: scheme, type and place in one text), else `true`.
    Presence,
    /// `string`, `integer`, `boolean`, `object`, `array of TYPE`, or the name of a schema.
    Type,
    /// `date-time`; a field without a format has no such fact.
    Format,
    /// `true` or `false`.
    Required,
    /// The values of an enum, as a list.
    Enum,
    /// Bounds, as an object of OpenAPI's own names (`pattern`, `minLength`, `maxItems` …).
    Bound,
    /// Wording; never among the facts, but in differences.
    Prose,
    /// The name of the schema of a body (items `request` and `status.NNN`).
    Schema,
}

/// A group of items that a source states as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// `versions`
    Versions,
    /// `base_url`
    BaseUrl,
    /// `auth`
    Auth,
    /// `header.*`
    Headers,
    /// `path.*`
    PathParameters,
    /// `request` and `request.*`
    Request,
    /// `status.*`
    Statuses,
    /// `response.NNN.*` of one status
    Response(String),
    /// `error.*`
    Error,
    /// `enum.SCHEMA` of one schema
    Enum(String),
    /// Wording of `description.*`
    DescriptionProse,
    /// Wording of parameters, fields and statuses
    FieldProse,
    /// Wording of schemas as a whole (`schema.NAME`), which only some forms of a page show
    SchemaProse(String),
    /// Wording of `introduction`, which only a page's text shows
    IntroductionProse,
    /// Wording of `summary`, which only a page's Markdown shows
    SummaryProse,
    /// `query.*`, `cookie.*` and whatever other parameters a page may come to list
    OtherParameters,
}

/// A statement in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// What it is about: `description.SECTION` (a section of the operation's description; `description.Introduction` for
    /// what stands before the first section), `header.NAME`, `path.NAME`, `request.NAME`, `response.200.NAME`,
    /// `status.NNN`, `error.NAME`, `enum.SCHEMA`, `schema.SCHEMA`; `introduction` (the page's, above its base URL) and
    /// `summary` (the line above the description in Markdown).
    pub item: Item,
    /// The words, in one line, as they stand in the source (entities decoded, white space folded).
    pub text: String,
}

/// A fact that a source states in different ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What it is about.
    pub item: Item,
    /// Which fact.
    pub aspect: Aspect,
    /// What it says, each different statement once (`null` where one of the repetitions lacks it).
    pub says: Vec<Value>,
}

/// Why a source could not be read. `Display` says what was looked for and what was found instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing in it.
    Empty,
    /// It is no text.
    Binary,
    /// A web page as the browser saves it.
    Html,
    /// Larger than any page or published file; the bound in bytes.
    TooLarge(usize),
    /// It is text, but no endpoint was found in it; what was found instead.
    NoEndpoint(String),
    /// The page ends in the middle; after which item, and what was still to come.
    CutShort(String),
    /// It describes operations, but none that is known; which.
    OtherApi(Vec<String>),
    /// A page in another language, or one of a make that is not known; what was found where a known word should be.
    UnknownWording(String),
    /// It has a format, and is broken in it; where and why.
    Malformed(String),
}

impl std::error::Error for ReadError {}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing in it; save the page once more"),
            Self::Binary => f.write_str(
                "it is no text; save the page's Markdown, copy its text, or take the OpenAPI file",
            ),
            Self::Html => f.write_str(
                "it is HTML as the browser saves it; take the page's Markdown, or select all of the page, copy it and \
                 save that text",
            ),
            Self::TooLarge(bound) => write!(
                f,
                "it is larger than {bound} bytes, which no page and no published file is"
            ),
            Self::NoEndpoint(found) => write!(
                f,
                "no endpoint was found (a line such as `POST /{{Version}}/…`, or the curl example); {found}"
            ),
            Self::CutShort(place) => write!(f, "the page ends in the middle: {place}"),
            Self::OtherApi(operations) => write!(
                f,
                "it describes {}, and the YAML has none of that",
                operations.join(", ")
            ),
            Self::UnknownWording(found) => {
                write!(f, "its headings are not those of the page: {found}")
            }
            Self::Malformed(why) => write!(f, "it cannot be read: {why}"),
        }
    }
}
