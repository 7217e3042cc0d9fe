//! Types, bounds and names of schemas.

use serde_json::{Map, Value};

use crate::yaml::cursor::{Cursor, resolve};
use crate::yaml::node::Data;

/// What OpenAPI calls a bound.
const BOUNDS: [&str; 14] = [
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
    "maxProperties",
    "const",
];

/// The name of a schema that is referred to, also by way of an `allOf` of one, which OpenAPI 3.0 needs for a description
/// beside a reference.
pub(super) fn name(schema: &Cursor<'_>) -> Option<String> {
    if let Some(reference) = schema.text("$ref") {
        return reference.rsplit('/').next().map(str::to_owned);
    }
    let parts: Vec<_> = schema.get("allOf")?.items().collect();
    match parts.as_slice() {
        [only] if schema.get("properties").is_none() => name(only),
        _ => None,
    }
}

/// The type in the words of a page: `string`, `array of TYPE`, or the name of a schema.
pub(super) fn kind(schema: &Cursor<'_>) -> String {
    if let Some(name) = name(schema) {
        return name;
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(choices) = schema.get(key) {
            return joined(choices.items().map(|choice| kind(&choice)));
        }
    }
    let stated = schema.get("type");
    let types: Vec<&str> = match stated.as_ref().map(|stated| &stated.node.data) {
        Some(Data::Text(one)) => vec![one],
        // 3.1 has lists of types; `null` among them makes a value that may be null, not one of another type.
        Some(Data::List(several)) => several.iter().filter_map(|node| node.text()).collect(),
        _ if schema.get("properties").is_some() || schema.get("allOf").is_some() => vec!["object"],
        _ if schema.get("items").is_some() => vec!["array"],
        _ => vec!["any"],
    };
    joined(types.into_iter().filter(|kind| *kind != "null").map(|one| {
        match schema.get("items").filter(|_| one == "array") {
            Some(items) => format!("array of {}", kind(&items)),
            None => one.to_owned(),
        }
    }))
}

fn joined(kinds: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = vec![];
    for kind in kinds {
        if !all.contains(&kind) {
            all.push(kind);
        }
    }
    all.join(" or ")
}

/// The bounds; those of an array's items stand under `items`.
pub(super) fn bounds(root: &Cursor<'_>, schema: &Cursor<'_>) -> Map<String, Value> {
    let mut bounds = Map::new();
    let Some(schema) = resolve(root, schema) else {
        return bounds;
    };
    for (key, value) in schema.entries() {
        if BOUNDS.contains(&key) {
            bounds.insert(key.to_owned(), json(&value));
        }
    }
    if let Some(items) = schema.get("items") {
        // Items that have a name are a schema of their own.
        let own = match name(&items) {
            Some(_) => Map::new(),
            None => self::bounds(root, &items),
        };
        if !own.is_empty() {
            bounds.insert("items".to_owned(), Value::Object(own));
        }
    }
    bounds
}

/// The values of an enum, as text where they are text.
pub(super) fn values(schema: &Cursor<'_>) -> Option<Vec<Value>> {
    let listed = schema.get("enum")?;
    Some(listed.items().map(|value| json(&value)).collect())
}

/// A node as JSON.
pub(super) fn json(cursor: &Cursor<'_>) -> Value {
    // The tree holds only what JSON can.
    serde_json::to_value(cursor.node).unwrap_or(Value::Null)
}
