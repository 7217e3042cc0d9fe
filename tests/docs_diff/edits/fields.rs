//! Fields and parameters: new ones at every place, and every fact of each.

use serde_json::{Value, json};

use super::wording::objects;
use super::{Edits, expect, map};
use crate::page::{Field, Page, fields};
use crate::render::Form;

pub(super) fn all(edits: &mut Edits, page: &Page) {
    for (prefix, object) in objects(page) {
        new_fields(edits, page, prefix, &object);
        for field in fields(page.get(&object)) {
            facts(edits, page, prefix, &object, &field);
            membership(edits, page, prefix, &object, &field);
        }
    }
}

/// Fields stand in the order of their names, so that the name decides where a new one comes.
fn new_fields(edits: &mut Edits, page: &Page, prefix: &str, object: &str) {
    let labels = json!({
        "type": "array",
        "items": {"type": "string"},
        "description": "Words to find it by (optional)",
    });
    let new = [
        (
            "added",
            json!({"type": "string", "description": "Says 1 thing more: why."}),
            true,
        ),
        (
            "is_new",
            json!({"type": "boolean", "description": "True from 2027 on"}),
            false,
        ),
        ("labels", labels, false),
        ("silent", json!({"type": "integer"}), false),
    ];
    let is_parameter = ["header", "path"].contains(&prefix);
    let places = fields(page.get(object)).into_iter().map(|field| field.name);
    for place in places.chain(["A"]) {
        // Parameters are not optional without a word, nor lists.
        for (name, schema, required) in new.iter().take(if is_parameter { 1 } else { 4 }) {
            let name = format!("{place}{}{name}", if is_parameter { '-' } else { '_' });
            let expected = vec![expect(format!("{prefix}.{name}"), "presence added")];
            let (object, schema, required) = (object.to_owned(), schema.clone(), *required);
            edits.add(format!("a field {prefix}.{name}"), expected, move |page| {
                put(
                    page.pointer_mut(&object).unwrap(),
                    &name,
                    schema.clone(),
                    required,
                );
            });
        }
    }
}

fn put(object: &mut Value, name: &str, schema: Value, required: bool) {
    object["properties"][name] = schema;
    if required {
        object["required"].as_array_mut().unwrap().push(json!(name));
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
fn facts(edits: &mut Edits, page: &Page, prefix: &str, object: &str, field: &Field<'_>) {
    let item = format!("{prefix}.{}", field.name);
    let place = format!("{object}/properties/{}", field.name);
    let listed = page.listed(field);
    let bounds = ["pattern", "minLength", "maxItems"];
    let is_bounded = bounds
        .iter()
        .any(|bound| page.get(&place).get(bound).is_some());
    let (has_format, is_simple) = (
        field.format.is_some(),
        ["string", "integer"].contains(&field.kind.as_str()),
    );

    let kinds = match field.kind.as_str() {
        "string" => vec!["integer", "boolean", "array of string", "object"],
        "integer" => vec!["string", "number"],
        "boolean" => vec!["string"],
        kind if kind.starts_with("array of ") => [Some("array of string"), listed]
            .into_iter()
            .flatten()
            .collect(),
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
    let changed = |aspect: &str, is_there: bool| {
        expect(
            &item,
            &format!("{aspect} {}", if is_there { "changed" } else { "added" }),
        )
    };
    let rows = [
        (
            is_simple,
            "format",
            json!("uuid"),
            changed("format", has_format),
        ),
        (
            is_simple,
            "format",
            json!("int64"),
            changed("format", has_format),
        ),
        (
            has_format,
            "format",
            json!(null),
            expect(&item, "format removed"),
        ),
        (
            is_simple,
            "pattern",
            json!("^x$"),
            changed("bound", is_bounded).shown(Form::is_openapi),
        ),
        (
            true,
            "deprecated",
            json!(true),
            changed("deprecated", false),
        ),
    ];
    for (_, key, value, expected) in rows.into_iter().filter(|(can_be, ..)| *can_be) {
        let place = place.clone();
        edits.add(
            format!("{item}: {key} {value}"),
            vec![expected],
            move |page| {
                page.pointer_mut(&place).unwrap()[key] = value.clone();
            },
        );
    }
}

/// Whether it is there, under which name, and whether it has to be.
fn membership(edits: &mut Edits, page: &Page, prefix: &str, object: &str, field: &Field<'_>) {
    let item = format!("{prefix}.{}", field.name);
    let values = page.listed(field).map(|listed| format!("enum.{listed}"));
    let mut add = |expected, change: fn(&mut Value, &str)| {
        let (object, name) = (object.to_owned(), field.name.to_owned());
        let edit = edits.add(
            format!("{object}, {name}: {expected:?}"),
            expected,
            move |page| {
                change(page.pointer_mut(&object).unwrap(), &name);
            },
        );
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
