//! What a page says, in one shape for all its forms, before it is sorted into facts and prose.

use crate::docs_diff::model::SourceKind;

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) kind: SourceKind,
    /// The versions offered, where the form shows them.
    pub(super) versions: Option<Vec<String>>,
    /// Every statement of the base URL; the first is that of the section of this name.
    pub(super) base_urls: Vec<String>,
    /// Scheme, type and place, in one text.
    pub(super) auth: String,
    /// What stands between the title and the base URL, where the form shows it.
    pub(super) introduction: Option<String>,
    pub(super) operations: Vec<PageOperation>,
    /// Schemas that the page shows on their own; only Markdown does.
    pub(super) schemas: Vec<Schema>,
}

/// One operation of a page.
#[derive(Debug, Default)]
pub(super) struct PageOperation {
    pub(super) method: String,
    /// Every statement of the path; the first is the heading's.
    pub(super) paths: Vec<String>,
    pub(super) summary: Option<String>,
    /// The description each time that it stands there, by section.
    pub(super) descriptions: Vec<Vec<Section>>,
    pub(super) parameters: Vec<Parameters>,
    pub(super) request: Option<Body>,
    /// Each list of the statuses, where the form has such lists.
    pub(super) status_lists: Vec<Vec<String>>,
    pub(super) responses: Vec<Response>,
}

/// A section of a description, and its words.
#[derive(Debug, PartialEq)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) text: String,
}

/// The parameters of one place: `header`, `path` or whatever else a page may come to have.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) place: String,
    pub(super) fields: Vec<Field>,
}

/// The body of the request or of a response.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) required: bool,
    pub(super) schema: Option<String>,
    /// The schema's name above its fields, where it is another one.
    pub(super) shown: Option<String>,
    /// Words between the schema and its first field.
    pub(super) about: String,
    /// Its fields, where the page shows them.
    pub(super) fields: Option<Vec<Field>>,
}

/// A status and what comes with it.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: String,
    pub(super) about: String,
    pub(super) body: Option<Body>,
}

/// A parameter, or a field of a body.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) format: Option<String>,
    pub(super) required: bool,
    pub(super) about: String,
    pub(super) children: Vec<Field>,
    /// What the page says below an array of the schema of its elements: the schema's name and the words.
    pub(super) element: Option<(String, String)>,
}

/// A schema that stands on the page by itself.
#[derive(Debug, Default)]
pub(super) struct Schema {
    pub(super) name: String,
    pub(super) about: String,
    /// A field without words of its own shows these, and no array shows them for its elements.
    pub(super) told_by_field: bool,
    /// The values of an enum.
    pub(super) values: Option<Vec<String>>,
}
