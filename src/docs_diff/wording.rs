//! The wording of a page against the lock.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::compare::Found;
use super::difference::Kind;
use super::facts;
use super::fingerprint::fingerprint;
use super::items::{holders, prose_group};
use super::lock::Entry;
use super::model::{Aspect, Group, Item, Operation};

/// Every statement whose wording is not the one that was locked. Of the items in `settled` it is known already that they
/// have come or gone.
pub(super) fn compare(
    yaml: &Operation,
    page: &Operation,
    entries: Option<&[Entry]>,
    settled: &BTreeSet<Item>,
) -> Vec<Found> {
    let is_settled = |item: &str| {
        settled.contains(item)
            || holders(item).iter().any(|above| settled.contains(above))
            // The fields of an answer whose schema is another one.
            || (!item.starts_with("enum.") && !facts::is_compared(yaml, page, item))
    };
    let stated = |item: &str| page.stated.contains(&prose_group(item));
    let told: Vec<_> = page
        .prose
        .iter()
        .filter(|prose| stated(&prose.item) && !is_settled(&prose.item))
        .collect();
    let Some(entries) = entries else {
        return Vec::from_iter((!told.is_empty()).then(never_locked));
    };
    let mut found = vec![];
    for prose in &told {
        let locked = entries.iter().find(|entry| entry.item == prose.item);
        let kind = match locked {
            Some(entry) if entry.fingerprint == fingerprint(&prose.text) => continue,
            Some(_) => Kind::Changed,
            // What only some forms of a page show may never have been locked, because another form was.
            None if is_optional(&prose.item) => continue,
            None => Kind::Added,
        };
        let mut difference = Found::new(&prose.item, Aspect::Prose, kind);
        difference.yaml = own(yaml, &prose.item);
        difference.page = json!(prose.text);
        found.push(difference);
    }
    for entry in entries {
        let gone = page.prose.iter().all(|prose| prose.item != entry.item);
        if gone && stated(&entry.item) && !is_settled(&entry.item) {
            let mut difference = Found::new(&entry.item, Aspect::Prose, Kind::Removed);
            difference.yaml = own(yaml, &entry.item);
            found.push(difference);
        }
    }
    found
}

/// The YAML's own words for an item; null where it has none of its own.
pub(super) fn own(yaml: &Operation, item: &str) -> Value {
    let own = yaml.prose.iter().find(|prose| prose.item == item);
    own.map_or(Value::Null, |prose| json!(prose.text))
}

/// Whether only some forms of a page show it.
fn is_optional(item: &str) -> bool {
    matches!(
        prose_group(item),
        Group::SchemaProse(_) | Group::SummaryProse | Group::IntroductionProse
    )
}

/// An operation that the lock does not know is one thing to do, not one an item.
fn never_locked() -> Found {
    let mut found = Found::new("description", Aspect::Prose, Kind::Added);
    found.note = Some(
        "the lock has nothing of this operation; read its page against the YAML, then run with --update-lock"
            .to_owned(),
    );
    found
}
