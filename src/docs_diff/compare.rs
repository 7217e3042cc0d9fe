//! A page against the YAML and the lock.

use std::collections::BTreeSet;

use serde_json::Value;

use super::difference::{Difference, Kind};
use super::document::Document;
use super::facts;
use super::lock::Lock;
use super::model::{Aspect, Item, Operation, ReadError, Source, SourceKind};
use super::pairing::{self, Pair, Pairs};
use super::place::OPERATION;
use super::wording;

/// Every difference between a page and the YAML, in the order of the YAML.
///
/// Only what the page states at all is compared. What is missing on one side is one difference, and nothing is said of its
/// type, its wording or its fields besides.
///
/// # Errors
///
/// [`ReadError::OtherApi`] if the page has none of the YAML's operations.
pub fn compare(
    document: &Document,
    page: &Source,
    lock: &Lock,
) -> Result<Vec<Difference>, ReadError> {
    let Pairs {
        known,
        added,
        removed,
    } = pairing::pair(document, page)?;
    let mut all: Vec<(usize, Vec<Difference>)> = known
        .iter()
        .map(|pair| (pair.index, operation(document, page.kind, pair, lock)))
        .collect();
    for index in removed {
        let yaml = pairing::name(&document.source.operations[index]);
        let mut difference = Found::new(OPERATION, Aspect::Presence, Kind::Removed);
        difference.yaml = Value::String(yaml);
        all.push((index, vec![difference.at(document, index)]));
    }
    // The order is that of the YAML; what is new stands behind it.
    all.sort_by_key(|(index, _)| *index);
    let mut differences: Vec<Difference> = all.into_iter().flat_map(|(_, list)| list).collect();
    differences.extend(added.into_iter().map(|operation| {
        let name = pairing::name(operation);
        Difference {
            operation: name.clone(),
            item: OPERATION.to_owned(),
            aspect: Aspect::Presence,
            kind: Kind::Added,
            yaml: Value::Null,
            page: Value::String(name),
            note: None,
            place: None,
        }
    }));
    Ok(differences)
}

/// A difference that is not yet told where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) item: Item,
    pub(super) aspect: Aspect,
    pub(super) kind: Kind,
    pub(super) yaml: Value,
    pub(super) page: Value,
    pub(super) note: Option<String>,
}

impl Found {
    pub(super) fn new(item: &str, aspect: Aspect, kind: Kind) -> Self {
        Self {
            item: item.to_owned(),
            aspect,
            kind,
            yaml: Value::Null,
            page: Value::Null,
            note: None,
        }
    }

    /// Tells where, and of which operation.
    fn at(self, document: &Document, index: usize) -> Difference {
        Difference {
            place: document.place(index, &self.item, self.aspect),
            operation: pairing::name(&document.source.operations[index]),
            item: self.item,
            aspect: self.aspect,
            kind: self.kind,
            yaml: self.yaml,
            page: self.page,
            note: self.note,
        }
    }
}

fn operation(document: &Document, kind: SourceKind, pair: &Pair, lock: &Lock) -> Vec<Difference> {
    let yaml = &document.source.operations[pair.index];
    let mut found: Vec<Found> = moved(yaml, &pair.page).into_iter().collect();
    let (facts, settled) = facts::compare(yaml, &pair.page, kind);
    found.extend(facts);
    let entries = lock.operation(&pairing::name(yaml));
    found.extend(wording::compare(yaml, &pair.page, entries, &settled));
    contradictions(yaml, &pair.page, &settled, &mut found);
    let mut differences: Vec<Difference> = found
        .into_iter()
        .map(|found| found.at(document, pair.index))
        .collect();
    // Stable, so that what stands at one place keeps the order in which it was found.
    differences.sort_by_key(|difference| difference.place);
    differences
}

/// Another method or path for what is the same operation by the schema that it takes.
fn moved(yaml: &Operation, page: &Operation) -> Option<Found> {
    let (yaml, page) = (pairing::name(yaml), pairing::name(page));
    (yaml != page).then(|| {
        let mut found = Found::new(OPERATION, Aspect::Presence, Kind::Changed);
        found.yaml = Value::String(yaml);
        found.page = Value::String(page);
        found
    })
}

/// What the page says in more than one way: noted where it is a difference already, else a difference of its own.
fn contradictions(
    yaml: &Operation,
    page: &Operation,
    settled: &BTreeSet<Item>,
    found: &mut Vec<Found>,
) {
    for conflict in &page.conflicts {
        let says = Value::Array(conflict.says.clone());
        let note = Some("the page contradicts itself: it says each of these".to_owned());
        let known = found.iter_mut().find(|found| {
            found.item == conflict.item
                && (found.aspect == conflict.aspect || settled.contains(&found.item))
        });
        match known {
            Some(known) if known.aspect == conflict.aspect => {
                known.page = says;
                known.note = note;
            }
            // The item as a whole is a difference already.
            Some(_) => {}
            None if !facts::is_compared(yaml, page, &conflict.item) => {}
            None => {
                let key = (conflict.item.clone(), conflict.aspect);
                let mut difference = Found::new(&conflict.item, conflict.aspect, Kind::Changed);
                difference.yaml = match conflict.aspect {
                    Aspect::Prose => wording::own(yaml, &conflict.item),
                    _ if conflict.item == OPERATION => Value::String(yaml.path.clone()),
                    _ => yaml.facts.get(&key).cloned().unwrap_or(Value::Null),
                };
                difference.page = says;
                difference.note = note;
                found.push(difference);
            }
        }
    }
}

#[cfg(test)]
#[path = "../../tests/inside/docs_diff/compare.rs"]
mod tests;
