//! Which operation of a page is which of the YAML.

use serde_json::Value;

use super::document::Document;
use super::fingerprint::fingerprint;
use super::model::{Aspect, Group, Operation, ReadError, Source, SourceKind};

/// An operation of a page, and the index of the one of the YAML that it is.
pub(super) struct Pair {
    pub(super) index: usize,
    pub(super) page: Operation,
}

/// The operations of a page, told apart.
pub(super) struct Pairs<'p> {
    /// In the order of the YAML.
    pub(super) known: Vec<Pair>,
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
    let mut known: Vec<Pair> = vec![];
    let mut unknown = vec![];
    for operation in &page.operations {
        let same = |of: &Operation| of.method == operation.method && of.path == operation.path;
        match wanted.iter().position(same) {
            Some(index) => known.push(Pair {
                index,
                page: wording_by_item(&wanted[index], operation),
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
                page: wording_by_item(&wanted[index], operation),
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
pub fn counterpart(
    document: &Document,
    page: &Source,
) -> Result<Vec<(String, Operation)>, ReadError> {
    let pairs = pair(document, page)?;
    let wanted = &document.source.operations;
    Ok(pairs
        .known
        .into_iter()
        .map(|pair| (name(&wanted[pair.index]), pair.page))
        .collect())
}

/// A field that has no words of its own gets those of its schema in a page's text, and none in its Markdown: they are
/// the schema's in both. Which fields these are the YAML knows.
fn wording_by_item(yaml: &Operation, operation: &Operation) -> Operation {
    let mut page = operation.clone();
    let words = |of: &Operation, item: &str| {
        let prose = of.prose.iter().find(|prose| prose.item == item);
        prose.map(|prose| fingerprint(&prose.text))
    };
    let told = std::mem::take(&mut page.prose);
    for mut prose in told {
        let of_schema = kind(&page, &prose.item)
            .filter(|same| {
                words(yaml, &prose.item).is_none() && kind(yaml, &prose.item).as_ref() == Some(same)
            })
            .map(|schema| (format!("enum.{schema}"), schema))
            .filter(|(item, _)| yaml.facts.contains_key(&(item.clone(), Aspect::Presence)));
        if let Some((item, schema)) = of_schema {
            // Said of the field and of the schema in the same words, it is said once.
            if words(operation, &item) == Some(fingerprint(&prose.text)) {
                continue;
            }
            if words(operation, &item).is_none() {
                prose.item = item;
                page.stated.insert(Group::SchemaProse(schema));
            }
        }
        page.prose.push(prose);
    }
    page
}

fn kind(of: &Operation, item: &str) -> Option<String> {
    let kind = of.facts.get(&(item.to_owned(), Aspect::Type));
    kind.and_then(Value::as_str).map(str::to_owned)
}
