//! Schemas.

use super::Shape::{
    Bool, Count, Free, List, Map, Number, Object as Is, OrReference, SchemaOrBool, Text, Word,
};
use super::document::EXTERNAL_DOCS;
use super::{NONE, Object};

pub(in super::super) static SCHEMA: Object = Object {
    name: "a schema",
    section: "schemas",
    keys: &[
        ("title", Text),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Bool),
        ("minimum", Number),
        ("exclusiveMinimum", Bool),
        ("maxLength", Count),
        ("minLength", Count),
        ("pattern", Text),
        ("maxItems", Count),
        ("minItems", Count),
        ("uniqueItems", Bool),
        ("maxProperties", Count),
        ("minProperties", Count),
        ("required", List(&Text)),
        ("enum", List(&Free)),
        (
            "type",
            Word(&["array", "boolean", "integer", "number", "object", "string"]),
        ),
        ("allOf", List(&OrReference(&SCHEMA))),
        ("oneOf", List(&OrReference(&SCHEMA))),
        ("anyOf", List(&OrReference(&SCHEMA))),
        ("not", OrReference(&SCHEMA)),
        ("items", OrReference(&SCHEMA)),
        ("properties", Map(&OrReference(&SCHEMA))),
        ("additionalProperties", SchemaOrBool),
        ("description", Text),
        ("format", Text),
        ("default", Free),
        ("nullable", Bool),
        ("discriminator", Is(&DISCRIMINATOR)),
        ("readOnly", Bool),
        ("writeOnly", Bool),
        ("xml", Is(&XML)),
        ("externalDocs", Is(&EXTERNAL_DOCS)),
        ("example", Free),
        ("deprecated", Bool),
    ],
    ..NONE
};

pub(super) static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    required: &["propertyName"],
    keys: &[("propertyName", Text), ("mapping", Map(&Text))],
    ..NONE
};

pub(super) static XML: Object = Object {
    name: "an XML object",
    keys: &[
        ("name", Text),
        ("namespace", Text),
        ("prefix", Text),
        ("attribute", Bool),
        ("wrapped", Bool),
    ],
    ..NONE
};
