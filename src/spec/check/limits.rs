//! What the generator would take and then not do: bounds of requests that it does not check, and answers that it
//! would refuse.

use std::collections::HashSet;

use super::super::array_bounds;
use super::super::cursor::Cursor;
use super::super::failure::Failure;
use super::super::generate::REPLACED;
use super::super::operations::operations;
use super::super::reach::{answers, reach, request};
use super::super::relax::BOUNDS;

/// Bounds that generated types do not check; array bounds have their own check at run time.
const UNCHECKED: [&str; 8] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Requests and answers of all operations.
pub(super) fn check(root: &Cursor<'_>) -> Vec<Failure> {
    let operations = operations(root);
    let mut failures = array_bounds::collect(root).1;
    let requests = reach(
        root,
        operations.iter().flat_map(|o| request(root, o)).collect(),
    );
    for at in requests
        .iter()
        .flat_map(|s| UNCHECKED.iter().filter_map(|key| s.get(key)))
    {
        let text = "the generator does not check this bound of a request, so nothing would hold it; it is not supported yet";
        failures.push(Failure::new(at.key, at.words, text));
    }
    for at in requests.iter().filter_map(|s| s.get("format")) {
        let format = at.node.text().unwrap_or_default();
        if ["uuid", "date"].contains(&format) {
            let text = format!(
                "the generator makes of the format `{format}` a type of a crate that is no dependency here; say it with a `pattern`"
            );
            failures.push(at.failure(&text));
        }
    }
    let asked: HashSet<&str> = requests
        .iter()
        .map(|schema| schema.words.as_str())
        .collect();
    for schema in reach(
        root,
        operations.iter().flat_map(|o| answers(root, o)).collect(),
    ) {
        failures.extend(closed(&schema));
        if asked.contains(schema.words.as_str()) {
            for at in BOUNDS.iter().filter_map(|key| schema.get(key)) {
                let text = "this schema stands in a request and in an answer, and only a request may be held to a bound; give the answer a schema of its own";
                failures.push(Failure::new(at.key, at.words, text));
            }
        }
    }
    failures
}

/// One value that Meta adds would make the whole answer unreadable if its type were a closed enum.
fn closed(schema: &Cursor<'_>) -> Option<Failure> {
    let at = schema.get("enum")?;
    let name = schema.words.strip_prefix("components.schemas.");
    let name = name.filter(|name| !name.contains('.'));
    match name {
        Some(name) if REPLACED.iter().any(|(replaced, _)| *replaced == name) => None,
        Some(name) => Some(at.failure(&format!(
            "`{name}` is an enum in an answer, and a value that Meta adds would make the answer unreadable; give it an open type in src/ and name it in src/spec/generate.rs"
        ))),
        None => Some(at.failure(
            "this is an enum in an answer; move it to `components.schemas`, give it an open type in src/ and name that in src/spec/generate.rs",
        )),
    }
}
