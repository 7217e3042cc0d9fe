//! Meta's published OpenAPI file, of which only what the YAML has too is read.
//!
//! Facts alone are taken from it, bounds included. Its prose is not compared: it is worded otherwise than the pages that
//! the YAML transcribes, and the lock holds the wording of the pages. `info.version` names the file and not the versions
//! that an operation is offered in, so that nothing is stated of `versions`.

use crate::yaml::cursor::Cursor;
use crate::yaml::failure;
use crate::yaml::node::Node;

use super::document::Document;
use super::model::{Aspect, Group, Operation, ReadError, Source, SourceKind};
use super::openapi::{self, Found};

/// So many operations of another API are named in a message.
const NAMED: usize = 5;

/// What the file says of the operations that the document has, by method and path; also of one that has moved to another
/// path but takes the same schema.
///
/// # Errors
///
/// [`ReadError::NoEndpoint`] if it has no operation, [`ReadError::OtherApi`] if it has none of the document's.
pub(crate) fn read(tree: &Node, document: &Document) -> Result<Source, ReadError> {
    let root = Cursor::root(tree);
    check_version(&root)?;
    if let Some(failure) = openapi::dangling(tree) {
        let lines = failure::report("the file", vec![failure]);
        return Err(ReadError::CutShort(lines.join("; ")));
    }
    let all = openapi::operations(&root);
    if all.is_empty() {
        let found = "the file is OpenAPI, and it has no operation under `paths`".to_owned();
        return Err(ReadError::NoEndpoint(found));
    }
    let operations: Vec<Operation> = document
        .source
        .operations
        .iter()
        .filter_map(|wanted| counterpart(&root, &all, wanted))
        .map(|found| facts_alone(found.read(&root).operation))
        .collect();
    if operations.is_empty() {
        let mut names: Vec<String> = all.iter().take(NAMED).map(Found::name).collect();
        if all.len() > NAMED {
            names.push(format!("{} more operations", all.len() - NAMED));
        }
        return Err(ReadError::OtherApi(names));
    }
    Ok(Source {
        kind: SourceKind::OpenApi,
        operations,
    })
}

fn check_version(root: &Cursor<'_>) -> Result<(), ReadError> {
    match root.text("openapi") {
        Some(version) if version.starts_with("3.") => Ok(()),
        _ => {
            let found = root
                .get("openapi")
                .or_else(|| root.get("swagger"))
                .map_or_else(|| "nothing".to_owned(), |at| at.node.found());
            Err(ReadError::Malformed(format!(
                "it has to say `openapi: 3.…`, and it says {found}"
            )))
        }
    }
}

fn counterpart<'f, 'n>(
    root: &Cursor<'_>,
    all: &'f [Found<'n>],
    wanted: &Operation,
) -> Option<&'f Found<'n>> {
    let same = |found: &&Found<'_>| found.method == wanted.method && found.path == wanted.path;
    all.iter().find(same).or_else(|| {
        let schema = wanted
            .facts
            .get(&("request".to_owned(), Aspect::Schema))?
            .as_str()?;
        all.iter()
            .find(|found| found.request_schema(root).as_deref() == Some(schema))
    })
}

fn facts_alone(mut operation: Operation) -> Operation {
    operation.prose.clear();
    operation.stated.remove(&Group::Versions);
    operation
}
