//! What must be true of the document before the generator sees it.
//!
//! First the form, against the tables of OpenAPI 3.0; only a document of the right form is then asked what it means.
//! Otherwise one misspelt key would show as several failures, most of them consequences.

mod answers;
mod bodies;
mod limits;
mod names;
mod objects;
mod parameters;
mod patterns;
mod references;
mod schemas;
mod shape;
mod suggest;

use super::cursor::Cursor;
use super::failure::Failure;
use super::node::{Data, Node};

/// Everything that is wrong with the document, in no particular order.
pub(crate) fn check(document: &Node) -> Vec<Failure> {
    let root = Cursor::root(document);
    if let Some(failure) = version(&root) {
        return vec![failure];
    }
    let walk = shape::walk(&root);
    if !walk.failures.is_empty() {
        return walk.failures;
    }
    let mut failures = references::check(&root, &walk);
    if failures.iter().any(references::is_circle) {
        return failures;
    }
    failures.extend(schemas::check(&root, &walk.schemas));
    failures.extend(names::check(&root));
    failures.extend(parameters::check(&root));
    failures.extend(bodies::check(&root));
    failures.extend(answers::check(&root));
    failures.extend(limits::check(&root));
    failures
}

/// A document of another version would show as a heap of unknown keys, so this is asked alone.
fn version(root: &Cursor<'_>) -> Option<Failure> {
    if !matches!(root.node.data, Data::Map(_)) {
        let text = format!(
            "an OpenAPI document is a map that begins with `openapi: 3.0.3`, and this is {}",
            root.node.found()
        );
        return Some(root.failure(&text));
    }
    let reads = "the generator reads OpenAPI 3.0 only, such as `openapi: 3.0.3`";
    let Some(version) = root.get("openapi") else {
        if let Some(swagger) = root.get("swagger") {
            let text = format!("this is a document of Swagger 2, and {reads}");
            return Some(swagger.failure(&text));
        }
        let near = root
            .entries()
            .find(|(key, _)| suggest::nearest(key, ["openapi"]).is_some());
        return Some(match near {
            Some((key, at)) => Failure::new(
                at.key,
                key,
                &format!(
                    "the document does not say its version: `{key}` is not known; did you mean `openapi`?"
                ),
            ),
            None => root.failure(&format!("the key `openapi` is missing; {reads}")),
        });
    };
    let is_3_0 = version
        .node
        .text()
        .and_then(|text| text.strip_prefix("3.0."))
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()));
    (!is_3_0).then(|| version.failure(&format!("found {}; {reads}", version.node.found())))
}
