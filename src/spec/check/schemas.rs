//! What every schema has to be in itself.

use heck::ToSnakeCase;

use super::super::cursor::{Cursor, resolve};
use super::super::failure::Failure;
use super::super::node::Data;
use super::patterns;
use super::suggest::question;

/// Keys that say something about values of these types only; elsewhere readers drop them in silence.
const KEYS_OF_TYPES: [(&[&str], &[&str]); 4] = [
    (&["string"], &["pattern", "minLength", "maxLength"]),
    (
        &["integer", "number"],
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
    (
        &["array"],
        &["items", "minItems", "maxItems", "uniqueItems"],
    ),
    (
        &["object"],
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

const PAIRS: [(&str, &str); 4] = [
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
];

/// All schemas that are written out, each by itself.
pub(super) fn check(root: &Cursor<'_>, schemas: &[Cursor<'_>]) -> Vec<Failure> {
    let mut failures = vec![];
    for schema in schemas {
        types(schema, &mut failures);
        bounds(schema, &mut failures);
        required(root, schema, &mut failures);
        properties(schema, &mut failures);
        values(schema, &mut failures);
    }
    failures
}

fn is_composed(schema: &Cursor<'_>) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.get(key).is_some())
}

fn types(schema: &Cursor<'_>, failures: &mut Vec<Failure>) {
    let kind = schema.text("type");
    if kind == Some("array") && schema.get("items").is_none() {
        failures.push(schema.failure("an array needs `items`, the schema of what stands in it"));
    }
    for (types, keys) in KEYS_OF_TYPES {
        for at in keys.iter().filter_map(|key| schema.get(key)) {
            let needed = types.join(" or ");
            let text = match kind {
                Some(kind) if types.contains(&kind) => continue,
                Some(kind) => format!(
                    "this belongs to the type {needed}, and the schema is of type {kind}; change one of the two"
                ),
                None if is_composed(schema) => continue,
                None => format!("this needs `type: {needed}` beside it"),
            };
            failures.push(Failure::new(at.key, at.words, &text));
        }
    }
}

fn bounds(schema: &Cursor<'_>, failures: &mut Vec<Failure>) {
    for (low, high) in PAIRS {
        let (Some(least), Some(most)) = (schema.get(low), schema.get(high)) else {
            continue;
        };
        if least.node.number() > most.node.number() {
            failures.push(least.failure(&format!(
                "`{low}` is greater than `{high}`, so that no value fits"
            )));
        }
    }
    if let Some(pattern) = schema.get("pattern") {
        let fault = pattern.node.text().and_then(patterns::fault);
        failures.extend(fault.map(|text| pattern.failure(&text)));
    }
}

fn required(root: &Cursor<'_>, schema: &Cursor<'_>, failures: &mut Vec<Failure>) {
    let mut names = vec![];
    property_names(root, schema, 0, &mut names);
    let mut seen: Vec<&str> = vec![];
    for entry in schema.get("required").iter().flat_map(Cursor::items) {
        let Some(name) = entry.node.text() else {
            continue;
        };
        if seen.contains(&name) {
            failures.push(entry.failure(&format!("`{name}` stands in this list twice")));
        } else if !names.contains(&name) {
            let question = question(name, names.iter().copied());
            failures.push(entry.failure(&format!(
                "`{name}` is required, and no property has that name{question}"
            )));
        }
        seen.push(name);
    }
}

/// The names of all properties, those of the schemas that this one is composed of included.
fn property_names<'a>(
    root: &Cursor<'a>,
    schema: &Cursor<'a>,
    depth: usize,
    names: &mut Vec<&'a str>,
) {
    names.extend(
        schema
            .get("properties")
            .iter()
            .flat_map(Cursor::entries)
            .map(|(name, _)| name),
    );
    for list in ["allOf", "oneOf", "anyOf"]
        .iter()
        .filter_map(|key| schema.get(key))
    {
        for part in list.items().filter(|_| depth < 16) {
            if let Some(part) = resolve(root, &part) {
                property_names(root, &part, depth + 1, names);
            }
        }
    }
}

fn properties(schema: &Cursor<'_>, failures: &mut Vec<Failure>) {
    let mut seen: Vec<(String, &str)> = vec![];
    for (name, at) in schema.get("properties").iter().flat_map(Cursor::entries) {
        let field = name.to_snake_case();
        match seen.iter().find(|(other, _)| *other == field) {
            Some((_, first)) => {
                let text =
                    format!("`{name}` and `{first}` would be the same field `{field}` in Rust");
                failures.push(Failure::new(at.key, at.words, &text));
            }
            None => seen.push((field, name)),
        }
    }
}

fn values(schema: &Cursor<'_>, failures: &mut Vec<Failure>) {
    let Some(list) = schema.get("enum") else {
        return;
    };
    if list.node.items().is_empty() {
        failures.push(
            list.failure("an empty `enum` lets no value through; name the values or remove it"),
        );
    }
    let nullable = schema.get("nullable").is_some_and(|n| n.node.is_true());
    let mut seen: Vec<String> = vec![];
    for value in list.items() {
        let found = value.node.found();
        let fits = match (schema.text("type"), &value.node.data) {
            (_, Data::Null) => nullable,
            (Some("string"), Data::Text(_)) | (Some("boolean"), Data::Bool(_)) => true,
            (Some("integer"), data) => matches!(data, Data::Whole(_)),
            (Some("number"), data) => matches!(data, Data::Whole(_) | Data::Real(_)),
            (Some("string" | "boolean"), _) => false,
            _ => true,
        };
        if !fits {
            let kind = schema.text("type").unwrap_or_default();
            failures.push(value.failure(&format!(
                "{found} is no value of type {kind}; quote it if text is meant"
            )));
        }
        if seen.contains(&found) && !found.starts_with("a ") {
            failures.push(value.failure(&format!("{found} stands in this `enum` twice")));
        }
        seen.push(found);
    }
}
