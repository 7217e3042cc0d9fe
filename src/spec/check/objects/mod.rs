//! The objects of OpenAPI 3.0 as tables: which keys each has, and what stands under each key.

mod document;
mod operation;
mod schema;

pub(super) use document::OPENAPI;
pub(super) use schema::SCHEMA;

/// What may stand at a place.
pub(super) enum Shape {
    /// Anything; not looked into.
    Free,
    /// Text.
    Text,
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A number from 0, without a fraction.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object of OpenAPI.
    Object(&'static Object),
    /// An object of OpenAPI, or a `$ref` to one.
    OrReference(&'static Object),
    /// A list of these.
    List(&'static Shape),
    /// A map from names to these.
    Map(&'static Shape),
    /// A schema, a `$ref` to one, or `true` or `false`.
    SchemaOrBool,
}

/// An object of OpenAPI.
pub(super) struct Object {
    /// With its article, for messages.
    pub(super) name: &'static str,
    /// Where under `components` such objects stand that a `$ref` can name; empty if none can.
    pub(super) section: &'static str,
    /// The keys that must be there.
    pub(super) required: &'static [&'static str],
    /// All fixed keys.
    pub(super) keys: &'static [(&'static str, Shape)],
    /// Keys that are not fixed.
    pub(super) others: Option<Others>,
}

/// Keys that are not fixed.
pub(super) struct Others {
    /// Whether a key is one of them.
    pub(super) fits: fn(&str) -> bool,
    /// What they are, as the end of the sentence that a key is none.
    pub(super) what: &'static str,
    /// What stands under them.
    pub(super) shape: Shape,
}

/// What most objects have in common.
const NONE: Object = Object {
    name: "",
    section: "",
    required: &[],
    keys: &[],
    others: None,
};
