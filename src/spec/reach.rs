//! Which schemas a request or an answer is made of.

use std::collections::HashSet;

use super::cursor::{Cursor, resolve};
use super::operations::{Operation, content};

/// The schemas that the starting ones lead to, themselves included, references followed; each once, in order.
pub(crate) fn reach<'a>(root: &Cursor<'a>, from: Vec<Cursor<'a>>) -> Vec<Cursor<'a>> {
    let mut seen = HashSet::new();
    let mut found = vec![];
    let mut open = from;
    open.reverse();
    while let Some(next) = open.pop() {
        let Some(schema) = resolve(root, &next) else {
            continue;
        };
        if seen.insert(schema.words.clone()) {
            open.extend(children(&schema).into_iter().rev());
            found.push(schema);
        }
    }
    found
}

/// The schemas that stand directly inside a schema.
pub(crate) fn children<'a>(schema: &Cursor<'a>) -> Vec<Cursor<'a>> {
    let mut found: Vec<_> = schema
        .get("properties")
        .iter()
        .flat_map(Cursor::entries)
        .map(|(_, c)| c)
        .collect();
    for key in ["allOf", "oneOf", "anyOf"] {
        found.extend(schema.get(key).iter().flat_map(Cursor::items));
    }
    for key in ["items", "additionalProperties", "not"] {
        found.extend(schema.get(key));
    }
    found
}

/// The schemas of an operation's request: parameters and body.
pub(crate) fn request<'a>(root: &Cursor<'a>, operation: &Operation<'a>) -> Vec<Cursor<'a>> {
    let parameters = operation.parameters(root);
    let mut found: Vec<_> = parameters.iter().filter_map(|p| p.get("schema")).collect();
    let body = operation.body(root);
    found.extend(
        body.iter()
            .flat_map(content)
            .filter_map(|(_, media)| media.get("schema")),
    );
    found
}

/// The schemas of an operation's answers.
pub(crate) fn answers<'a>(root: &Cursor<'a>, operation: &Operation<'a>) -> Vec<Cursor<'a>> {
    let responses = operation.responses(root);
    let media = responses
        .iter()
        .flat_map(|(_, _, response)| content(response));
    media.filter_map(|(_, media)| media.get("schema")).collect()
}
