//! Requests are held to bounds, answers never are: an answer that breaks a bound is still an answer.

use std::collections::HashSet;

use super::cursor::Cursor;
use super::node::{Data, Entry, Node};
use super::operations::operations;
use super::reach::{answers, reach, request};

/// The keys of a schema that refuse values of the right type.
pub(crate) const BOUNDS: [&str; 13] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// The document without the bounds of those schemas that stand in answers only.
pub(crate) fn relax(document: &Node) -> Node {
    let root = Cursor::root(document);
    let operations = operations(&root);
    let words = |of: Vec<Cursor<'_>>| -> HashSet<String> {
        reach(&root, of)
            .into_iter()
            .map(|schema| schema.words)
            .collect()
    };
    let requests = words(operations.iter().flat_map(|o| request(&root, o)).collect());
    let mut only_answers = words(operations.iter().flat_map(|o| answers(&root, o)).collect());
    only_answers.retain(|schema| !requests.contains(schema));
    without_bounds(&root, &only_answers)
}

fn without_bounds(here: &Cursor<'_>, schemas: &HashSet<String>) -> Node {
    let relaxed = schemas.contains(&here.words);
    let data = match &here.node.data {
        Data::List(_) => Data::List(here.items().map(|i| without_bounds(&i, schemas)).collect()),
        Data::Map(_) => Data::Map(
            here.entries()
                .filter(|(key, value)| !(relaxed && refuses(key, value.node)))
                .map(|(key, value)| Entry {
                    key: key.to_owned(),
                    place: value.key,
                    value: without_bounds(&value, schemas),
                })
                .collect(),
        ),
        other => other.clone(),
    };
    Node {
        place: here.node.place,
        data,
    }
}

/// Whether this key of a schema could make an answer unreadable.
///
/// `additionalProperties: false` would refuse a field that Meta adds. A `format` narrows the type that the generator
/// takes (`int32`, `uuid`); only `date-time` stays, because the type that stands in for it takes everything.
pub(crate) fn refuses(key: &str, value: &Node) -> bool {
    BOUNDS.contains(&key)
        || (key == "additionalProperties" && matches!(value.data, Data::Bool(false)))
        || (key == "format" && value.text() != Some("date-time"))
}
