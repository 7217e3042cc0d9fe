//! Request bodies: one media type, and one that the generator can write.

use super::super::cursor::{Cursor, resolve};
use super::super::failure::Failure;
use super::super::operations::{content, is_json, operations};

/// The media types that the generator writes, next to JSON.
const OTHERS: [&str; 4] = [
    "application/x-www-form-urlencoded",
    OCTETS,
    "text/plain",
    "text/x-markdown",
];

const OCTETS: &str = "application/octet-stream";

/// Whether bodies of this kind are written from the fields of a value.
fn is_structured(kind: &str) -> bool {
    is_json(kind) || kind == "application/x-www-form-urlencoded"
}

/// Whether the schema says no more than that the body is text (or, for octets, bytes).
fn is_plain_text(root: &Cursor<'_>, media: &Cursor<'_>, kind: &str) -> bool {
    let schema = media
        .get("schema")
        .and_then(|schema| resolve(root, &schema));
    schema.is_some_and(|schema| {
        let describes = [
            "type",
            "format",
            "title",
            "description",
            "example",
            "externalDocs",
        ];
        let format = (kind == OCTETS).then_some("binary");
        schema.text("type") == Some("string")
            && schema.text("format") == format
            && schema
                .entries()
                .all(|(key, _)| describes.contains(&key) || key.starts_with("x-"))
    })
}

/// The body of every operation that has one.
pub(super) fn check(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    for body in operations(root).iter().filter_map(|o| o.body(root)) {
        if !body.get("required").is_some_and(|r| r.node.is_true()) {
            let at = body.get("required").unwrap_or_else(|| body.clone());
            failures.push(at.failure("the generator always sends a body; say `required: true`"));
        }
        let types = content(&body);
        if types.is_empty() {
            failures.push(
                body.failure("a request body needs one media type, such as `application/json`"),
            );
        }
        for (index, (name, media)) in types.iter().enumerate() {
            let kind = name.split(';').next().unwrap_or_default();
            let text = if index > 0 {
                format!(
                    "the generator takes one media type for a body; keep one of these {}",
                    types.len()
                )
            } else if !is_json(name) && !OTHERS.contains(&kind) {
                format!(
                    "the generator cannot write `{name}`; it writes application/json, {}",
                    OTHERS.join(", ")
                )
            } else if media.get("schema").is_none() {
                "this media type needs a `schema`".to_owned()
            } else if !is_structured(kind) && !is_plain_text(root, media, kind) {
                let format = if kind == OCTETS {
                    ", format: binary"
                } else {
                    ""
                };
                format!(
                    "a body of `{kind}` is sent as it is; its schema can only be `{{type: string{format}}}`"
                )
            } else {
                continue;
            };
            failures.push(Failure::new(media.key, media.words.clone(), &text));
        }
        for (_, media) in &types {
            let encoding = media.get("encoding");
            failures.extend(
                encoding.map(|e| e.failure("the generator takes no `encoding`; remove it")),
            );
        }
    }
    failures
}
