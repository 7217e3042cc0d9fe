//! Request bodies: one media type, and one that the generator can write.

use super::super::cursor::Cursor;
use super::super::failure::Failure;
use super::super::operations::{content, is_json, operations};

/// The media types that the generator writes, next to JSON.
const OTHERS: [&str; 4] = [
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "text/plain",
    "text/x-markdown",
];

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
