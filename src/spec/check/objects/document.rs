//! The document, its paths, and who may use it.

use super::Shape::{List, Map, Object as Is, OrReference, Text, Word};
use super::operation::{
    CALLBACK, EXAMPLE, HEADER, LINK, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE,
};
use super::schema::SCHEMA;
use super::{NONE, Object, Others};

pub(in super::super) static OPENAPI: Object = Object {
    name: "an OpenAPI document",
    required: &["openapi", "info", "paths"],
    keys: &[
        ("openapi", Text),
        ("info", Is(&INFO)),
        ("servers", List(&Is(&SERVER))),
        ("paths", Is(&PATHS)),
        ("components", Is(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", List(&Is(&TAG))),
        ("externalDocs", Is(&EXTERNAL_DOCS)),
    ],
    ..NONE
};

pub(super) static INFO: Object = Object {
    name: "an info object",
    required: &["title", "version"],
    keys: &[
        ("title", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Is(&CONTACT)),
        ("license", Is(&LICENSE)),
        ("version", Text),
    ],
    ..NONE
};

pub(super) static CONTACT: Object = Object {
    name: "a contact",
    keys: &[("name", Text), ("url", Text), ("email", Text)],
    ..NONE
};

pub(super) static LICENSE: Object = Object {
    name: "a license",
    required: &["name"],
    keys: &[("name", Text), ("url", Text)],
    ..NONE
};

pub(super) static SERVER: Object = Object {
    name: "a server",
    required: &["url"],
    keys: &[
        ("url", Text),
        ("description", Text),
        ("variables", Map(&Is(&SERVER_VARIABLE))),
    ],
    ..NONE
};

pub(super) static SERVER_VARIABLE: Object = Object {
    name: "a server variable",
    required: &["default"],
    keys: &[
        ("enum", List(&Text)),
        ("default", Text),
        ("description", Text),
    ],
    ..NONE
};

pub(super) static COMPONENTS: Object = Object {
    name: "a components object",
    keys: &[
        ("schemas", Map(&OrReference(&SCHEMA))),
        ("responses", Map(&OrReference(&RESPONSE))),
        ("parameters", Map(&OrReference(&PARAMETER))),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        ("headers", Map(&OrReference(&HEADER))),
        ("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        ("links", Map(&OrReference(&LINK))),
        ("callbacks", Map(&OrReference(&CALLBACK))),
    ],
    ..NONE
};

pub(super) static PATHS: Object = Object {
    name: "the paths",
    others: Some(Others {
        fits: |key| key.starts_with('/'),
        what: "path, because a path begins with `/`",
        shape: Is(&PATH_ITEM),
    }),
    ..NONE
};

pub(super) static PATH_ITEM: Object = Object {
    name: "a path item",
    keys: &[
        ("$ref", Text),
        ("summary", Text),
        ("description", Text),
        ("get", Is(&OPERATION)),
        ("put", Is(&OPERATION)),
        ("post", Is(&OPERATION)),
        ("delete", Is(&OPERATION)),
        ("options", Is(&OPERATION)),
        ("head", Is(&OPERATION)),
        ("patch", Is(&OPERATION)),
        ("trace", Is(&OPERATION)),
        ("servers", List(&Is(&SERVER))),
        ("parameters", List(&OrReference(&PARAMETER))),
    ],
    ..NONE
};

pub(super) static TAG: Object = Object {
    name: "a tag",
    required: &["name"],
    keys: &[
        ("name", Text),
        ("description", Text),
        ("externalDocs", Is(&EXTERNAL_DOCS)),
    ],
    ..NONE
};

pub(super) static EXTERNAL_DOCS: Object = Object {
    name: "an external documentation object",
    required: &["url"],
    keys: &[("description", Text), ("url", Text)],
    ..NONE
};

pub(super) static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    section: "securitySchemes",
    required: &["type"],
    keys: &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", Text),
        ("name", Text),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Is(&OAUTH_FLOWS)),
        ("openIdConnectUrl", Text),
    ],
    ..NONE
};

pub(super) static OAUTH_FLOWS: Object = Object {
    name: "an OAuth flows object",
    keys: &[
        ("implicit", Is(&OAUTH_FLOW)),
        ("password", Is(&OAUTH_FLOW)),
        ("clientCredentials", Is(&OAUTH_FLOW)),
        ("authorizationCode", Is(&OAUTH_FLOW)),
    ],
    ..NONE
};

pub(super) static OAUTH_FLOW: Object = Object {
    name: "an OAuth flow",
    required: &["scopes"],
    keys: &[
        ("authorizationUrl", Text),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", Map(&Text)),
    ],
    ..NONE
};
