//! The facts of one operation, page against YAML.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::compare::Found;
use super::difference::Kind;
use super::items::{fact_group, holders};
use super::model::{Aspect, Group, Item, Operation, SourceKind};

/// The aspects of an item that is on both sides.
const ASPECTS: [Aspect; 6] = [
    Aspect::Type,
    Aspect::Format,
    Aspect::Required,
    Aspect::Enum,
    Aspect::Bound,
    Aspect::Schema,
];

/// Every fact that the page states and the YAML does not, or states otherwise, and every one that a page of this kind
/// would state and does not; with the items that are thereby settled, so that nothing below them is looked at.
pub(super) fn compare(
    yaml: &Operation,
    page: &Operation,
    kind: SourceKind,
) -> (Vec<Found>, BTreeSet<Item>) {
    let mut found = vec![];
    // Items whose fields are not looked at, because they have themselves gone, come or become something else.
    let mut closed: BTreeSet<Item> = BTreeSet::new();
    let items: BTreeSet<&Item> = yaml
        .facts
        .keys()
        .chain(page.facts.keys())
        .map(|(item, _)| item)
        .collect();
    // In the order of the names, what holds an item comes before it; only answers come before their statuses.
    let (answers, others): (Vec<&Item>, Vec<&Item>) = items
        .into_iter()
        .partition(|item| item.starts_with("response."));
    for item in others.into_iter().chain(answers) {
        if !is_compared(yaml, page, item)
            || holders(item).iter().any(|above| closed.contains(above))
        {
            continue;
        }
        match (has(yaml, item), has(page, item)) {
            (true, false) => {
                let mut gone = Found::new(item, Aspect::Presence, Kind::Removed);
                gone.yaml = whole(yaml, item);
                closed.insert(item.clone());
                found.push(gone);
            }
            (false, true) => {
                let mut come = Found::new(item, Aspect::Presence, Kind::Added);
                come.page = whole(page, item);
                closed.insert(item.clone());
                found.push(come);
            }
            (false, false) => {}
            (true, true) => {
                found.extend(value(yaml, page, item));
                for aspect in ASPECTS {
                    let Some(differs) = differs(yaml, page, item, aspect, kind) else {
                        continue;
                    };
                    if aspect == Aspect::Type && has_fields(yaml, item) != has_fields(page, item) {
                        closed.insert(item.clone());
                    }
                    found.push(differs);
                }
            }
        }
    }
    (found, closed)
}

/// Whether both sides speak of such an item.
pub(super) fn is_compared(yaml: &Operation, page: &Operation, item: &str) -> bool {
    match fact_group(item) {
        // The fields of an answer are compared where the YAML has that answer, and with fields.
        Some(group @ Group::Response(_)) => {
            page.stated.contains(&group) && yaml.stated.contains(&group)
        }
        Some(Group::Error) => {
            page.stated.contains(&Group::Error) && yaml.stated.contains(&Group::Error)
        }
        Some(group) => page.stated.contains(&group),
        None => true,
    }
}

/// Whether the item is there; a source can also say that it is not.
fn has(of: &Operation, item: &str) -> bool {
    let presence = of.facts.get(&(item.to_owned(), Aspect::Presence));
    presence.is_some_and(|value| *value != Value::Bool(false))
}

/// Whether the source shows fields below this item.
fn has_fields(of: &Operation, item: &str) -> bool {
    let below = format!("{item}.");
    of.facts.keys().any(|(other, _)| other.starts_with(&below))
}

/// The item's own value, where it has one, or all that is said of it.
fn whole(of: &Operation, item: &str) -> Value {
    let mut all = Map::new();
    for aspect in ASPECTS {
        if let Some(value) = of.facts.get(&(item.to_owned(), aspect)) {
            all.insert(aspect.as_str().to_owned(), value.clone());
        }
    }
    if let Some(prose) = of.prose.iter().find(|prose| prose.item == item) {
        all.insert(Aspect::Prose.as_str().to_owned(), json!(prose.text));
    }
    match of.facts.get(&(item.to_owned(), Aspect::Presence)) {
        Some(own) if *own != Value::Bool(true) => own.clone(),
        _ if all.is_empty() => Value::Bool(true),
        _ => Value::Object(all),
    }
}

/// The value of an item that has one: versions, base URL, authentication.
fn value(yaml: &Operation, page: &Operation, item: &Item) -> Option<Found> {
    let key = (item.clone(), Aspect::Presence);
    let (ours, theirs) = (yaml.facts.get(&key)?, page.facts.get(&key)?);
    if let (Value::Array(ours), Value::Array(theirs)) = (ours, theirs) {
        return list(item, ours, theirs);
    }
    let same = match (ours.as_str(), theirs.as_str()) {
        (Some(ours), Some(theirs)) if item == "auth" => letters(ours) == letters(theirs),
        (Some(ours), Some(theirs)) => ours.trim_end_matches('/') == theirs.trim_end_matches('/'),
        _ => ours == theirs,
    };
    (!same).then(|| both(item, Aspect::Presence, Kind::Changed, ours, theirs))
}

fn differs(
    yaml: &Operation,
    page: &Operation,
    item: &Item,
    aspect: Aspect,
    kind: SourceKind,
) -> Option<Found> {
    let key = (item.clone(), aspect);
    let (ours, theirs) = (yaml.facts.get(&key), page.facts.get(&key));
    match (ours, theirs) {
        (None, None) => None,
        (Some(ours), Some(theirs)) => {
            if let (Aspect::Enum, Value::Array(ours), Value::Array(theirs)) = (aspect, ours, theirs)
            {
                return list(item, ours, theirs);
            }
            let same = match aspect {
                Aspect::Bound => same_bounds(ours, theirs, kind),
                _ => ours == theirs,
            };
            (!same).then(|| both(item, aspect, Kind::Changed, ours, theirs))
        }
        (None, Some(theirs)) => Some(both(item, aspect, Kind::Added, &Value::Null, theirs)),
        // A page is silent about bounds, and about whether it takes a body; the published file is not.
        (Some(_), None)
            if matches!(aspect, Aspect::Bound | Aspect::Required | Aspect::Enum)
                && kind != SourceKind::OpenApi =>
        {
            None
        }
        (Some(ours), None) => Some(both(item, aspect, Kind::Removed, ours, &Value::Null)),
    }
}

/// Lists are compared as sets: their order says nothing.
fn list(item: &Item, ours: &[Value], theirs: &[Value]) -> Option<Found> {
    let more = theirs.iter().any(|value| !ours.contains(value));
    let fewer = ours.iter().any(|value| !theirs.contains(value));
    let kind = match (more, fewer) {
        (false, false) => return None,
        (true, false) => Kind::Added,
        (false, true) => Kind::Removed,
        (true, true) => Kind::Changed,
    };
    Some(both(item, Aspect::Enum, kind, &json!(ours), &json!(theirs)))
}

/// Of a page, the bounds that it states; of the published file, all.
fn same_bounds(ours: &Value, theirs: &Value, kind: SourceKind) -> bool {
    let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
        return ours == theirs;
    };
    let stated = theirs
        .iter()
        .all(|(name, value)| ours.get(name).is_some_and(|ours| same_number(ours, value)));
    stated && (kind != SourceKind::OpenApi || ours.len() == theirs.len())
}

/// `2` and `2.0` are one bound.
fn same_number(ours: &Value, theirs: &Value) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => ours.total_cmp(&theirs).is_eq(),
        _ => ours == theirs,
    }
}

/// Letters and digits, in small letters: how a scheme is punctuated says nothing.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn both(item: &str, aspect: Aspect, kind: Kind, yaml: &Value, page: &Value) -> Found {
    Found {
        yaml: yaml.clone(),
        page: page.clone(),
        ..Found::new(item, aspect, kind)
    }
}
