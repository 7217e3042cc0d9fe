//! Answers: one shape for success and one for errors in each operation, because a generated function returns one
//! type for each.

use super::super::cursor::Cursor;
use super::super::failure::Failure;
use super::super::operations::{Operation, content, is_json, operations};

/// The answers of every operation.
pub(super) fn check(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    for operation in operations(root) {
        let success = |status: &str| status.starts_with('2') || status == "default";
        let error = |status: &str| status.starts_with(['4', '5']) || status == "default";
        one_shape(root, &operation, "success", success, &mut failures);
        one_shape(root, &operation, "error", error, &mut failures);
        let responses = operation.responses(root);
        if !responses.iter().any(|(status, ..)| status.starts_with('2')) {
            let at = operation
                .here
                .get("responses")
                .unwrap_or_else(|| operation.here.clone());
            failures.push(at.failure(
                "no 2xx status is named, so nobody knows what a success looks like; name one",
            ));
        }
        for (_, _, response) in &responses {
            for (_, media) in content(response).iter().filter(|(name, _)| is_json(name)) {
                if media.get("schema").is_none() {
                    let text = "an answer in JSON needs a `schema`";
                    failures.push(Failure::new(media.key, media.words.clone(), text));
                }
                let encoding = media.get("encoding");
                failures.extend(
                    encoding.map(|e| e.failure("the generator takes no `encoding`; remove it")),
                );
            }
        }
    }
    failures
}

fn one_shape(
    root: &Cursor<'_>,
    operation: &Operation<'_>,
    kind: &str,
    counts: impl Fn(&str) -> bool,
    failures: &mut Vec<Failure>,
) {
    let mut first: Option<(&str, Shape)> = None;
    for (status, named, response) in operation.responses(root) {
        if !counts(status) {
            continue;
        }
        let shape = shape(&response);
        match &first {
            None => first = Some((status, shape)),
            Some((before, wanted)) if *wanted != shape => {
                let text = format!(
                    "`{status}` answers with {} and `{before}` with {}; the generator takes one {kind} shape an operation: give both the same",
                    shape.words, wanted.words
                );
                failures.push(Failure::new(named.key, named.words, &text));
            }
            Some(_) => {}
        }
    }
}

/// What a body is made of, to be compared.
#[derive(PartialEq)]
struct Shape {
    words: String,
    json: String,
}

fn shape(response: &Cursor<'_>) -> Shape {
    let content = content(response);
    let Some((name, media)) = content
        .iter()
        .find(|(name, _)| is_json(name))
        .or(content.first())
    else {
        return Shape {
            words: "no body".to_owned(),
            json: String::new(),
        };
    };
    if !is_json(name) {
        return Shape {
            words: "a body that is not JSON".to_owned(),
            json: "raw".to_owned(),
        };
    }
    let schema = media.get("schema");
    let reference = schema.as_ref().and_then(|s| s.text("$ref"));
    let words = match reference.and_then(|r| r.rsplit('/').next()) {
        Some(name) => name.to_owned(),
        None => "a schema of its own".to_owned(),
    };
    let json = schema.and_then(|s| serde_json::to_string(s.node).ok());
    Shape {
        words,
        json: json.unwrap_or_default(),
    }
}
