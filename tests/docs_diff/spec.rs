//! What a page says, before it has any form. The renderers make pages of it, the edits change it, and the oracle says
//! what a reader has to find: none of the three looks into the crate.

/// One page: one operation and all that is written of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSpec {
    pub title: String,
    /// What the page says of itself, above the base URL; Markdown from the page's own button leaves it out.
    pub introduction: String,
    pub versions: Vec<String>,
    pub base_url: String,
    pub method: String,
    pub path: String,
    /// One line below the heading of the operation, in Markdown and OpenAPI alone.
    pub summary: String,
    pub description: Description,
    /// What the second printing of the description says (below 'Responses'), where it is not the same.
    pub repeated_description: Option<Description>,
    pub headers: Vec<Field>,
    pub path_parameters: Vec<Field>,
    /// The schema of the body, by name.
    pub request: String,
    pub request_required: bool,
    pub statuses: Vec<Status>,
    /// Objects with fields, but for the error.
    pub schemas: Vec<Object>,
    pub enums: Vec<Enum>,
    pub error: ErrorObject,
    pub auth: Auth,
    /// The body in the code sample, as JSON.
    pub sample_request: String,
    /// The answer in the code sample, as JSON.
    pub sample_response: String,
    /// Whether Markdown shows an example under each refusal.
    pub examples: bool,
}

/// The operation's description.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// What stands before the first section.
    pub introduction: String,
    pub sections: Vec<Section>,
}

/// A part of the description with a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub name: String,
    /// Bullets, or else lines of one paragraph.
    pub bulleted: bool,
    pub body: Vec<String>,
}

/// A field of an object, or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    /// `string`, `array of NAME`, or the name of a schema.
    pub kind: String,
    pub format: Option<String>,
    pub required: bool,
    pub description: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    pub code: String,
    pub description: String,
    pub schema: String,
    /// What this repetition alone says of the error, where it is not what the others say.
    pub own_error: Option<ErrorObject>,
}

/// A schema with fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub name: String,
    /// Markdown and OpenAPI alone.
    pub description: String,
    pub fields: Vec<Field>,
}

/// A schema that lists its values (in Markdown and OpenAPI alone).
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    pub name: String,
    pub description: String,
    pub values: Vec<String>,
}

/// `GraphAPIError`: an object around an object.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorObject {
    pub description: String,
    pub wrapper_required: bool,
    pub fields: Vec<Field>,
}

/// How calls are authenticated.
#[derive(Clone, Debug, PartialEq)]
pub struct Auth {
    pub scheme: String,
    pub kind: String,
    pub header: String,
}

/// The name of the schema of every refusal.
pub const ERROR: &str = "GraphAPIError";

impl PageSpec {
    /// The operation as differences name it.
    pub fn operation(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// What the second printing of the description says.
    pub fn second_description(&self) -> &Description {
        self.repeated_description
            .as_ref()
            .unwrap_or(&self.description)
    }

    /// The error as it is printed under one status.
    pub fn error_under<'a>(&'a self, status: &'a Status) -> &'a ErrorObject {
        status.own_error.as_ref().unwrap_or(&self.error)
    }

    pub fn schema(&self, name: &str) -> Option<&Object> {
        self.schemas.iter().find(|object| object.name == name)
    }

    pub fn an_enum(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|listed| listed.name == name)
    }

    /// What the page's text shows as a field's description: a field that is nothing but a reference borrows its schema's.
    pub fn shown_description<'a>(&'a self, field: &'a Field) -> &'a str {
        if field.description.is_empty() {
            self.an_enum(&field.kind)
                .map_or("", |listed| listed.description.as_str())
        } else {
            &field.description
        }
    }
}

impl Field {
    /// `string (date-time)`
    pub fn shown_kind(&self) -> String {
        match &self.format {
            Some(format) => format!("{} ({format})", self.kind),
            None => self.kind.clone(),
        }
    }
}

/// The element's type, where the type is an array.
pub fn element(kind: &str) -> Option<&str> {
    kind.strip_prefix("array of ")
}
