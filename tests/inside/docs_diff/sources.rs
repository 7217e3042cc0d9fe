//! A small document, and the page that it transcribes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::json;

use crate::docs_diff::model::{Aspect, Conflict, Group, Operation, Prose, Source, SourceKind};
use crate::docs_diff::{Document, Lock};

pub(crate) const YAML: &str = include_str!("small.yaml");

pub(crate) const OPERATION: &str = "POST /{Version}/{Door}/open";

pub(crate) fn document() -> Document {
    Document::read("small.yaml", YAML).unwrap()
}

/// The page: what the YAML says, in the words of a page.
pub(crate) fn page() -> Operation {
    let document = document();
    let mut page = document.source.operations[0].clone();
    for prose in &mut page.prose {
        prose.text = format!("On the page, {} means something.", prose.item);
    }
    // The pages have these of their own, and are silent about bounds.
    page.facts.retain(|(_, aspect), _| *aspect != Aspect::Bound);
    page.prose
        .retain(|prose| !["summary", "auth"].contains(&prose.item.as_str()));
    page.stated.extend([
        Group::DescriptionProse,
        Group::FieldProse,
        Group::IntroductionProse,
    ]);
    for schema in ["Mood", "OpenRequest"] {
        page.stated.insert(Group::SchemaProse(schema.to_owned()));
    }
    page
}

pub(crate) fn source(operation: Operation) -> Source {
    Source {
        kind: SourceKind::Text,
        operations: vec![operation],
    }
}

/// The lock of the page as it is.
pub(crate) fn lock() -> Lock {
    let mut lock = Lock::default();
    lock.update(OPERATION, &page(), &[OPERATION.to_owned()]);
    lock
}

pub(crate) fn set(page: &mut Operation, item: &str, aspect: Aspect, value: serde_json::Value) {
    page.facts.insert((item.to_owned(), aspect), value);
}

pub(crate) fn unset(page: &mut Operation, item: &str) {
    let below = format!("{item}.");
    page.facts
        .retain(|(known, _), _| known != item && !known.starts_with(&below));
    page.prose
        .retain(|prose| prose.item != item && !prose.item.starts_with(&below));
}

pub(crate) fn field(page: &mut Operation, item: &str) {
    set(page, item, Aspect::Presence, json!(true));
    set(page, item, Aspect::Type, json!("string"));
    set(page, item, Aspect::Required, json!(false));
    say(page, item, "A thing that is new.");
}

pub(crate) fn say(page: &mut Operation, item: &str, text: &str) {
    page.prose.retain(|prose| prose.item != item);
    page.prose.push(Prose {
        item: item.to_owned(),
        text: text.to_owned(),
    });
}

pub(crate) fn conflict(
    page: &mut Operation,
    item: &str,
    aspect: Aspect,
    says: &[serde_json::Value],
) {
    page.conflicts.push(Conflict {
        item: item.to_owned(),
        aspect,
        says: says.to_vec(),
    });
}
