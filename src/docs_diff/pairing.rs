//! Which operation of a page is which of the YAML.

use serde_json::Value;

use super::document::Document;
use super::model::{Aspect, Operation, ReadError, Source, SourceKind};

/// An operation of a page, and the index of the one of the YAML that it is.
pub(super) struct Pair<'p> {
    pub(super) index: usize,
    pub(super) page: &'p Operation,
}

/// The operations of a page, told apart.
pub(super) struct Pairs<'p> {
    /// In the order of the YAML.
    pub(super) known: Vec<Pair<'p>>,
    /// On the page and not in the YAML.
    pub(super) added: Vec<&'p Operation>,
    /// In the YAML and not in a file that has all operations.
    pub(super) removed: Vec<usize>,
}

/// `POST /…`
pub(super) fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// Pairs by method and path; then, since a path can be edited too, by the schema that is sent.
///
/// # Errors
///
/// [`ReadError::OtherApi`] if no operation of the page is one of the YAML's.
pub(super) fn pair<'p>(document: &Document, page: &'p Source) -> Result<Pairs<'p>, ReadError> {
    let wanted = &document.source.operations;
    let mut known: Vec<Pair<'p>> = vec![];
    let mut unknown = vec![];
    for operation in &page.operations {
        let same = |of: &Operation| of.method == operation.method && of.path == operation.path;
        match wanted.iter().position(same) {
            Some(index) => known.push(Pair {
                index,
                page: operation,
            }),
            None => unknown.push(operation),
        }
    }
    let mut added = vec![];
    for operation in unknown {
        let schema = request_schema(operation);
        let moved = wanted.iter().enumerate().position(|(index, of)| {
            schema.is_some()
                && request_schema(of) == schema
                && known.iter().all(|pair| pair.index != index)
        });
        match moved {
            Some(index) => known.push(Pair {
                index,
                page: operation,
            }),
            None => added.push(operation),
        }
    }
    if known.is_empty() {
        return Err(ReadError::OtherApi(added.into_iter().map(name).collect()));
    }
    known.sort_by_key(|pair| pair.index);
    let has_all = page.kind == SourceKind::OpenApi;
    let removed = (0..wanted.len())
        .filter(|index| has_all && known.iter().all(|pair| pair.index != *index))
        .collect();
    Ok(Pairs {
        known,
        added,
        removed,
    })
}

fn request_schema(operation: &Operation) -> Option<&Value> {
    operation.facts.get(&("request".to_owned(), Aspect::Schema))
}

/// The operations of a page that the YAML has, each with the YAML's name for it.
///
/// # Errors
///
/// [`ReadError::OtherApi`] if there is none.
pub fn counterpart<'p>(
    document: &Document,
    page: &'p Source,
) -> Result<Vec<(String, &'p Operation)>, ReadError> {
    let pairs = pair(document, page)?;
    let wanted = &document.source.operations;
    Ok(pairs
        .known
        .into_iter()
        .map(|pair| (name(&wanted[pair.index]), pair.page))
        .collect())
}
