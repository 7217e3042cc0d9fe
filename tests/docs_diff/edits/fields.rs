//! Fields and parameters: new ones at every place, and every fact of each.

use serde_json::{Value, json};

use super::wording::objects;
use super::{Edits, expect, map};
use crate::page::{Field, Page, fields, put};
use crate::render::Form;

pub(super) fn all(edits: &mut Edits<'_>, page: &Page) {
    for (prefix, object) in objects(page) {
        new_fields(edits, page, prefix, &object);
        for field in fields(page.get(&object)) {
            facts(edits, page, prefix, &object, &field);
            membership(edits, page, prefix, &object, &field);
        }
    }
}

/// Fields stand in the order of their names, so that the name decides where a new one comes.
fn new_fields(edits: &mut Edits<'_>, page: &Page, prefix: &str, object: &str) {
    let new = json!({
        "added": {"type": "string", "description": "Says 1 thing more: why."},
        "is_new": {"type": "boolean", "description": "True from 2027 on"},
        "labels": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Words to find it by (optional)",
        },
        "silent": {"type": "integer"},
    });
    // Parameters are not optional without a word, nor lists.
    let (sign, count) = match prefix {
        "header" | "path" => ('-', 1),
        _ => ('_', 4),
    };
    let places = fields(page.get(object)).into_iter().map(|field| field.name);
    for place in places.chain(["A"]) {
        for (kind, schema) in new.as_object().unwrap().iter().take(count) {
            let item = format!("{place}{sign}{kind}");
            let name = format!("{prefix}.{item}");
            let expected = vec![expect(&name, "presence added")];
            edits.add(name, expected, |page| {
                let object = page.pointer_mut(object).unwrap();
                put(object, &item, schema.clone(), kind == "added");
            });
        }
    }
}

/// The field that is taken out, and whether it was required.
pub(super) fn take(object: &mut Value, name: &str) -> (Value, bool) {
    let field = map(&mut object["properties"]).remove(name).unwrap();
    let required = object["required"].as_array_mut().unwrap();
    let count = required.len();
    required.retain(|one| one != name);
    (field, required.len() < count)
}

/// A type as OpenAPI has it.
fn schema(kind: &str, listed: Option<&str>) -> Value {
    match kind.strip_prefix("array of ") {
        Some(of) => json!({"type": "array", "items": schema(of, listed)}),
        None if Some(kind) == listed => json!({"$ref": format!("#/components/schemas/{kind}")}),
        None => json!({"type": kind}),
    }
}

/// What is said of the field.
fn facts(edits: &mut Edits<'_>, page: &Page, prefix: &str, object: &str, field: &Field<'_>) {
    let item = format!("{prefix}.{}", field.name);
    let place = format!("{object}/properties/{}", field.name);
    let listed = page.listed(field);
    let has = |key: &&str| page.get(&place).get(key).is_some();
    let is_bounded = ["pattern", "minLength", "maxItems"].iter().any(has);
    let has_format = field.format.is_some();

    let kinds = match field.kind.as_str() {
        "string" => vec!["integer", "boolean", "array of string", "object"],
        "integer" => vec!["string", "number"],
        "boolean" => vec!["string"],
        kind if kind.starts_with("array of ") => vec!["array of string", listed.unwrap()],
        _ => vec![],
    };
    for kind in kinds {
        let mut new = schema(kind, listed);
        new["description"] = json!(field.description);
        let edit = edits.set(expect(&item, "type changed"), &place, new);
        edit.touching(if listed.is_some() { &["enum"] } else { &[] });
        // Format and bounds go with the type that had them.
        let format = has_format.then(|| expect(&item, "format removed"));
        let bound = is_bounded.then(|| expect(&item, "bound removed").shown(Form::is_openapi));
        edit.expected.extend(format.into_iter().chain(bound));
    }
    let kind = |is_there: bool| if is_there { "changed" } else { "added" };
    if field.kind == "string" || field.kind == "integer" {
        for format in ["uuid", "int64"] {
            let expected = expect(&item, &format!("format {}", kind(has_format)));
            edits.set(expected, &format!("{place}/format"), format);
        }
        let expected = expect(&item, &format!("bound {}", kind(is_bounded)));
        let place = format!("{place}/pattern");
        edits.set(expected.shown(Form::is_openapi), &place, "^x$");
    }
    if has_format {
        let expected = expect(&item, "format removed");
        edits.set(expected, &format!("{place}/format"), Value::Null);
    }
    let expected = expect(&item, "deprecated added");
    edits.set(expected, &format!("{place}/deprecated"), true);
}

/// Whether it is there, under which name, and whether it has to be.
fn membership(edits: &mut Edits<'_>, page: &Page, prefix: &str, object: &str, field: &Field<'_>) {
    let item = format!("{prefix}.{}", field.name);
    let values = page.listed(field).map(|listed| format!("enum.{listed}"));
    let mut add = |expected, change: fn(&mut Value, &str)| {
        let name = format!("{object}, {}: {expected:?}", field.name);
        let edit = edits.add(name, expected, |page| {
            change(page.pointer_mut(object).unwrap(), field.name);
        });
        // Who else uses the values decides whether they are still on the page.
        edit.touching(if values.is_some() { &["enum"] } else { &[] });
        edit.allowed.extend(values.clone());
    };
    let gone = expect(&item, "presence removed");
    add(vec![gone.clone()], |object, name| drop(take(object, name)));
    add(vec![expect(&item, "required changed")], |object, name| {
        let (field, required) = take(object, name);
        put(object, name, field, !required);
    });
    let new = expect(format!("{item}-v2"), "presence added");
    add(vec![gone, new], |object, name| {
        let (field, required) = take(object, name);
        put(object, &format!("{name}-v2"), field, required);
    });
}
