//! Operations, what is sent and what comes back.

use super::Shape::{Bool, Free, List, Map, Object as Is, OrReference, Text, Word};
use super::document::{EXTERNAL_DOCS, PATH_ITEM, SERVER};
use super::schema::SCHEMA;
use super::{NONE, Object, Others, Shape};

pub(super) static OPERATION: Object = Object {
    name: "an operation",
    required: &["responses"],
    keys: &[
        ("tags", List(&Text)),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Is(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", List(&OrReference(&PARAMETER))),
        ("requestBody", OrReference(&REQUEST_BODY)),
        ("responses", Is(&RESPONSES)),
        ("callbacks", Map(&OrReference(&CALLBACK))),
        ("deprecated", Bool),
        ("security", List(&Map(&List(&Text)))),
        ("servers", List(&Is(&SERVER))),
    ],
    ..NONE
};

const STYLES: Shape = Word(&[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

pub(super) static PARAMETER: Object = Object {
    name: "a parameter",
    section: "parameters",
    required: &["name", "in"],
    keys: &[
        ("name", Text),
        ("in", Word(&["path", "query", "header", "cookie"])),
        ("description", Text),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", STYLES),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", OrReference(&SCHEMA)),
        ("example", Free),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("content", Map(&Is(&MEDIA_TYPE))),
    ],
    ..NONE
};

pub(super) static REQUEST_BODY: Object = Object {
    name: "a request body",
    section: "requestBodies",
    required: &["content"],
    keys: &[
        ("description", Text),
        ("content", Map(&Is(&MEDIA_TYPE))),
        ("required", Bool),
    ],
    ..NONE
};

pub(super) static MEDIA_TYPE: Object = Object {
    name: "a media type",
    keys: &[
        ("schema", OrReference(&SCHEMA)),
        ("example", Free),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("encoding", Map(&Is(&ENCODING))),
    ],
    ..NONE
};

pub(super) static ENCODING: Object = Object {
    name: "an encoding",
    keys: &[
        ("contentType", Text),
        ("headers", Map(&OrReference(&HEADER))),
        ("style", STYLES),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
    ..NONE
};

pub(super) static RESPONSES: Object = Object {
    name: "the responses",
    keys: &[("default", OrReference(&RESPONSE))],
    others: Some(Others {
        fits: is_status,
        what: "status; known are three digits (`404`), a range (`4XX`) and `default`",
        shape: OrReference(&RESPONSE),
    }),
    ..NONE
};

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && (b'1'..=b'5').contains(&bytes[0])
        && (&bytes[1..] == b"XX" || bytes[1..].iter().all(u8::is_ascii_digit))
}

pub(super) static RESPONSE: Object = Object {
    name: "a response",
    section: "responses",
    required: &["description"],
    keys: &[
        ("description", Text),
        ("headers", Map(&OrReference(&HEADER))),
        ("content", Map(&Is(&MEDIA_TYPE))),
        ("links", Map(&OrReference(&LINK))),
    ],
    ..NONE
};

pub(super) static CALLBACK: Object = Object {
    name: "a callback",
    section: "callbacks",
    others: Some(Others {
        fits: |_| true,
        what: "",
        shape: Is(&PATH_ITEM),
    }),
    ..NONE
};

pub(super) static EXAMPLE: Object = Object {
    name: "an example",
    section: "examples",
    keys: &[
        ("summary", Text),
        ("description", Text),
        ("value", Free),
        ("externalValue", Text),
    ],
    ..NONE
};

pub(super) static LINK: Object = Object {
    name: "a link",
    section: "links",
    keys: &[
        ("operationRef", Text),
        ("operationId", Text),
        ("parameters", Map(&Free)),
        ("requestBody", Free),
        ("description", Text),
        ("server", Is(&SERVER)),
    ],
    ..NONE
};

pub(super) static HEADER: Object = Object {
    name: "a header",
    section: "headers",
    keys: &[
        ("description", Text),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", STYLES),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", OrReference(&SCHEMA)),
        ("example", Free),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("content", Map(&Is(&MEDIA_TYPE))),
    ],
    ..NONE
};
