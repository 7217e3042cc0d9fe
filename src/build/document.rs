//! An OpenAPI document as JSON: the mistakes that would otherwise pass in silence, and the bounds of responses.

use std::collections::HashSet;

use openapiv3::{OpenAPI, Operation, Parameter, Schema, SchemaKind};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Finds what the generator would drop in silence or panic on. References may lead into the `earlier` documents too.
pub(crate) fn check(document: &Value, earlier: &Value) -> Result<(), Vec<String>> {
    let mut errors = dangling_references(document, earlier);
    if errors.is_empty() {
        errors.extend(unknown_keys(document)?);
        errors.extend(any_schemas(document));
    }
    errors.is_empty().then_some(()).ok_or(errors)
}

/// Reads a document as OpenAPI 3.0.
pub(crate) fn parse(document: &Value) -> Result<OpenAPI, Vec<String>> {
    serde_path_to_error::deserialize(document).map_err(|error| {
        let inner = nodes(document).iter().rev().find_map(unreadable);
        vec![inner.unwrap_or_else(|| describe("", &error))]
    })
}

/// Why a part of a document cannot be read. `openapiv3` reads most parts through a buffer that loses their paths, so
/// the innermost part that cannot be read by itself names the place.
fn unreadable(node: &Node<'_>) -> Option<String> {
    let mut keys = node.pointer.rsplit('/');
    let (key, parent) = (keys.next()?, keys.next()?);
    let is_operation = parent_of(parent_of(&node.pointer)) == "/paths" && key != "parameters";
    match (parent, key) {
        _ if node.is_schema => unreadable_as::<Schema>(node),
        _ if is_operation => unreadable_as::<Operation>(node),
        ("parameters", _) => unreadable_as::<Parameter>(node),
        _ => None,
    }
}

fn unreadable_as<T: DeserializeOwned>(node: &Node<'_>) -> Option<String> {
    if !node.value.is_object() || node.value.get("$ref").is_some() {
        return None;
    }
    let result = serde_path_to_error::deserialize::<_, T>(node.value);
    result.err().map(|error| describe(&node.pointer, &error))
}

fn describe(pointer: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let place = format!("{}.{}", path(pointer), error.path());
    match place.trim_matches('.') {
        "" => error.inner().to_string(),
        place => format!("{place}: {}", error.inner()),
    }
}

/// The generator panics on a `$ref` that leads nowhere.
fn dangling_references(document: &Value, earlier: &Value) -> Vec<String> {
    references(document)
        .filter(|(_, target)| {
            document
                .pointer(target)
                .or(earlier.pointer(target))
                .is_none()
        })
        .map(|(at, target)| format!("{}.$ref: there is no {target} in this document", path(&at)))
        .collect()
}

/// Adds the paths and schemas of a document to the earlier ones. Its references into them become local.
pub(crate) fn merge(earlier: &mut Value, mut document: Value) {
    let local: Vec<(String, String)> = references(&document)
        .map(|(at, target)| (format!("{at}/$ref"), format!("#{target}")))
        .collect();
    for (at, target) in local {
        if let Some(reference) = document.pointer_mut(&at) {
            *reference = json!(target);
        }
    }
    if earlier.is_null() {
        *earlier = document;
        return;
    }
    for part in ["/paths", "/components/schemas"] {
        let parts = (earlier.pointer_mut(part), document.pointer_mut(part));
        if let (Some(Value::Object(earlier)), Some(Value::Object(new))) = parts {
            earlier.append(new);
        }
    }
}

/// Where each `$ref` stands, and the JSON pointer in it.
fn references(document: &Value) -> impl Iterator<Item = (String, &str)> {
    nodes(document).into_iter().filter_map(|node| {
        let target = node.value.get("$ref")?.as_str()?;
        let pointer = target
            .split_once('#')
            .map_or(target, |(_, pointer)| pointer);
        Some((node.pointer, pointer))
    })
}

/// `openapiv3` drops a key that it does not know, so the key is missing in what it writes.
fn unknown_keys(document: &Value) -> Result<Vec<String>, Vec<String>> {
    // It does not write `false` or an empty list either, where that is the default.
    let mut without_defaults = document.clone();
    for node in nodes(document).iter().filter(|node| *node.value == false) {
        if let Some(value) = without_defaults.pointer_mut(&node.pointer) {
            *value = json!(true);
        }
    }
    let written = json!(parse(&without_defaults)?);
    let unknown = nodes(document).into_iter().filter(|node| {
        written.pointer(&node.pointer).is_none()
            // Below an unknown key there is nothing more to report.
            && written.pointer(parent_of(&node.pointer)).is_some()
            && ![json!([]), json!({})].contains(node.value)
    });
    Ok(unknown
        .map(|node| format!("{}: OpenAPI 3.0 has no such key here", path(&node.pointer)))
        .collect())
}

/// `openapiv3` takes a schema that contradicts itself for one that allows any value.
fn any_schemas(document: &Value) -> Vec<String> {
    let is_any = |schema: Schema| matches!(schema.schema_kind, SchemaKind::Any(_));
    let message = "`type` is missing or unknown, or another key does not go with it";
    nodes(document)
        .into_iter()
        .filter(|node| node.is_schema && node.value.get("$ref").is_none())
        .filter(|node| Schema::deserialize(node.value).is_ok_and(is_any))
        .map(|node| format!("{}: {message}", path(&node.pointer)))
        .collect()
}

/// Requests are held to bounds and responses never are: a response that breaks a bound is still a response. So every
/// schema that no request uses loses the keys that could refuse a value. Meta's errors leave out even required fields, so
/// in a schema that only errors use no field is required.
pub(crate) fn without_bounds_in_responses(document: &Value) -> Value {
    let mut relaxed = document.clone();
    let requests = used_by(document, is_request);
    let successes = used_by(document, is_success);
    for Node { pointer, .. } in nodes(document).iter().filter(|node| node.is_schema) {
        let (is_request, is_error) = (requests.contains(pointer), !successes.contains(pointer));
        if let Some(Value::Object(schema)) = relaxed.pointer_mut(pointer).filter(|_| !is_request) {
            schema.retain(|key, value| !(is_bound(key, value) || is_error && key == "required"));
        }
    }
    relaxed
}

/// Pointers of all values in a part of a document and in the components that it uses, directly or through others.
pub(crate) fn used_by(document: &Value, part: fn(&str) -> bool) -> HashSet<String> {
    let references: Vec<_> = references(document).collect();
    let mut components: Vec<&str> = vec![];
    let is_used = |at: &str, components: &[&str]| {
        part(at) || components.iter().any(|component| is_within(at, component))
    };
    while let Some((_, component)) = references
        .iter()
        .find(|(at, target)| is_used(at, &components) && !components.contains(target))
    {
        components.push(component);
    }
    let pointers = nodes(document).into_iter().map(|node| node.pointer);
    pointers.filter(|at| is_used(at, &components)).collect()
}

/// Whether a pointer leads into the responses of an operation.
pub(crate) fn is_response(pointer: &str) -> bool {
    pointer.starts_with("/paths/") && pointer.split('/').nth(4) == Some("responses")
}

/// Whether a pointer leads into the responses of an operation with a status of success.
fn is_success(pointer: &str) -> bool {
    let status = pointer.split('/').nth(5);
    is_response(pointer) && status.is_some_and(|status| status.starts_with('2'))
}

/// Whether a pointer leads into a path, but not into a response.
pub(crate) fn is_request(pointer: &str) -> bool {
    pointer.starts_with("/paths/") && !is_response(pointer)
}

fn is_within(pointer: &str, outer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a key of a schema makes its type refuse some values, or narrows the type.
pub(crate) fn is_bound(key: &str, value: &Value) -> bool {
    match key {
        "pattern" | "minLength" | "maxLength" | "minimum" | "maximum" | "exclusiveMinimum"
        | "exclusiveMaximum" | "multipleOf" | "minItems" | "maxItems" | "uniqueItems"
        | "minProperties" | "maxProperties"
        // Graph also sends times that are not RFC 3339, and Meta adds values to enums.
        | "format" | "enum" => true,
        "additionalProperties" => *value == false,
        _ => false,
    }
}

/// A value somewhere in a document.
pub(crate) struct Node<'a> {
    /// Its JSON pointer.
    pub(crate) pointer: String,
    pub(crate) value: &'a Value,
    pub(crate) is_schema: bool,
}

/// Every value of a document, outer ones first, without extensions and without what is inside plain data.
pub(crate) fn nodes(document: &Value) -> Vec<Node<'_>> {
    let mut found = vec![];
    visit(document, "", Kind::Object, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Object,
    Schema,
    /// Schemas by name or in a list.
    Schemas,
    /// Examples and the like.
    Data,
}

fn visit<'a>(value: &'a Value, at: &str, kind: Kind, found: &mut Vec<Node<'a>>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, v)| (key.clone(), v)).collect(),
        Value::Array(list) => (0..list.len()).map(|i| i.to_string()).zip(list).collect(),
        _ => vec![],
    };
    for (key, value) in children {
        let kind = match (kind, key.as_str()) {
            (Kind::Schemas, _) => Kind::Schema,
            (_, key) if key.starts_with("x-") => continue,
            (_, "example" | "examples") | (Kind::Schema, "default" | "enum") => Kind::Data,
            (_, "schema" | "items" | "additionalProperties" | "not") => Kind::Schema,
            (_, "schemas" | "properties" | "allOf" | "oneOf" | "anyOf") => Kind::Schemas,
            _ => Kind::Object,
        };
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(Node {
            pointer: pointer.clone(),
            value,
            is_schema: kind == Kind::Schema,
        });
        if kind != Kind::Data {
            visit(value, &pointer, kind, found);
        }
    }
}

fn parent_of(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// A JSON pointer for people, such as `components.schemas.GraphAPIError`.
pub(crate) fn path(pointer: &str) -> String {
    let keys = pointer.trim_start_matches('/').replace('/', ".");
    keys.replace("~1", "/").replace("~0", "~")
}
