//! Parameters: those that the path names are there and hold the path together; none that the generator cannot send.

use heck::ToSnakeCase;

use super::super::cursor::{Cursor, resolve};
use super::super::failure::Failure;
use super::super::operations::{Operation, operations};
use super::names::template;
use super::patterns::way_out;
use super::suggest::question;

/// The parameters of every operation.
pub(super) fn check(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    for operation in operations(root) {
        let parameters = operation.parameters(root);
        in_template(&operation, &parameters, &mut failures);
        repeated(&operation, &parameters, &mut failures);
        for parameter in &parameters {
            sendable(parameter, &mut failures);
            if parameter.text("in") == Some("path") {
                in_path(root, parameter, &mut failures);
            }
        }
    }
    failures
}

fn in_template(operation: &Operation<'_>, parameters: &[Cursor<'_>], failures: &mut Vec<Failure>) {
    let Some(names) = template(operation.path) else {
        return;
    };
    let given: Vec<_> = parameters
        .iter()
        .filter(|p| p.text("in") == Some("path"))
        .collect();
    for name in &names {
        if !given.iter().any(|p| p.text("name") == Some(name)) {
            let text = format!(
                "the path has `{{{name}}}`, and no parameter with `name: {name}` and `in: path` says what it is"
            );
            failures.push(operation.here.failure(&text));
        }
    }
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            failures.push(operation.here.failure(&format!(
                "the path has `{{{name}}}` twice; a name stands in it once"
            )));
        }
    }
    for (parameter, at) in given.iter().filter_map(|p| Some((p, p.get("name")?))) {
        let name = parameter.text("name").unwrap_or_default();
        if !names.contains(&name) {
            let question = question(name, names.iter().copied());
            failures.push(at.failure(&format!(
                "the path `{}` has no `{{{name}}}`{question}",
                operation.path
            )));
        }
    }
}

/// Each parameter becomes an argument of one function, next to the body.
fn repeated(operation: &Operation<'_>, parameters: &[Cursor<'_>], failures: &mut Vec<Failure>) {
    let mut seen: Vec<(String, &str)> = vec![];
    if operation.here.get("requestBody").is_some() {
        seen.push(("body".to_owned(), "the request body"));
    }
    for at in parameters.iter().filter_map(|p| p.get("name")) {
        let Some(name) = at.node.text() else {
            continue;
        };
        let argument = name.to_snake_case();
        match seen.iter().find(|(other, _)| *other == argument) {
            Some((_, first)) => {
                let text = format!(
                    "`{name}` would be the argument `{argument}` in Rust, which `{first}` is already"
                );
                failures.push(at.failure(&text));
            }
            None => seen.push((argument, name)),
        }
    }
}

fn sendable(parameter: &Cursor<'_>, failures: &mut Vec<Failure>) {
    let mut fail = |key: &str, text: &str| {
        let at = parameter.get(key).unwrap_or_else(|| parameter.clone());
        failures.push(at.failure(text));
    };
    let place = parameter.text("in").unwrap_or_default();
    if place == "cookie" {
        return fail(
            "in",
            "the generator sends no cookies; remove this parameter",
        );
    }
    let name = parameter.text("name").unwrap_or_default();
    if place == "header"
        && ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
    {
        fail(
            "name",
            "OpenAPI ignores a header parameter of this name; say it by the media type or by `security`",
        );
    }
    let style = if place == "query" { "form" } else { "simple" };
    if parameter.text("style").is_some_and(|found| found != style) {
        fail(
            "style",
            &format!(
                "the generator writes a parameter in {place} as `{style}` only; remove `style`"
            ),
        );
    }
    let explode = parameter.get("explode").map(|e| e.node.is_true());
    if explode.is_some_and(|found| found != (place == "query")) {
        fail(
            "explode",
            &format!("the generator takes only the default of `explode` for {place}; remove it"),
        );
    }
    if parameter
        .get("allowReserved")
        .is_some_and(|a| a.node.is_true())
    {
        fail(
            "allowReserved",
            "the generator always encodes reserved characters; remove `allowReserved`",
        );
    }
    if parameter.get("content").is_some() {
        fail(
            "content",
            "the generator takes a parameter with `schema`, not with `content`",
        );
    } else if parameter.get("schema").is_none() {
        fail("", "this parameter needs a `schema`");
    }
}

fn in_path(root: &Cursor<'_>, parameter: &Cursor<'_>, failures: &mut Vec<Failure>) {
    if !parameter.get("required").is_some_and(|r| r.node.is_true()) {
        let at = parameter
            .get("required")
            .unwrap_or_else(|| parameter.clone());
        failures
            .push(at.failure("a parameter in the path is always there; it needs `required: true`"));
    }
    let Some(schema) = parameter.get("schema").and_then(|s| resolve(root, &s)) else {
        return;
    };
    match schema.text("type") {
        Some("integer" | "number" | "boolean") => {}
        Some("string") if schema.get("enum").is_some() => {}
        Some("string") => match schema.get("pattern") {
            None => failures.push(schema.failure(
                "a text in the path needs a `pattern`, such as `'^[0-9]+$'`: a value of `..` would reach another path",
            )),
            Some(pattern) => {
                if let Some(value) = pattern.node.text().and_then(way_out) {
                    let text = format!("the pattern lets {value} through, which would reach another path");
                    failures.push(pattern.failure(&text));
                }
            }
        },
        found => {
            let found = found.map_or_else(|| "has none".to_owned(), |t| format!("is of type {t}"));
            failures.push(schema.failure(&format!("a parameter in the path is of type string, integer, number or boolean, and this {found}")));
        }
    }
}
