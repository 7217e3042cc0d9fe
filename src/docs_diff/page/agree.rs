//! Statements that a page makes several times, brought together: the fact is what most of them say, and where they
//! are not alike, that is a conflict.

use std::collections::BTreeMap;

use serde_json::Value;

use super::words::essence;
use crate::docs_diff::model::{Aspect, Conflict, Item};

/// Of how many different statements about one thing a conflict tells at most.
const MOST_STATEMENTS: usize = 8;

/// Statements by item and aspect.
#[derive(Default)]
pub(super) struct Statements {
    all: BTreeMap<(Item, Aspect), Vec<(Value, usize)>>,
}

impl Statements {
    pub(super) fn add(&mut self, item: &str, aspect: Aspect, value: Value) {
        let says = self.all.entry((item.to_owned(), aspect)).or_default();
        if let Some((_, count)) = says
            .iter_mut()
            .find(|(other, _)| alike(aspect, other, &value))
        {
            *count += 1;
        } else if says.len() < MOST_STATEMENTS {
            says.push((value, 1));
        }
    }

    /// What most say, and the conflicts. `times` is how often each statement would have to be there.
    pub(super) fn settle(self, times: usize) -> (BTreeMap<(Item, Aspect), Value>, Vec<Conflict>) {
        let mut facts = BTreeMap::new();
        let mut conflicts: Vec<Conflict> = Vec::new();
        for ((item, aspect), mut says) in self.all {
            let said: usize = says.iter().map(|(_, count)| count).sum();
            let lacking = times.saturating_sub(said);
            if lacking > 0 {
                says.push((Value::Null, lacking));
            }
            // An item that is not there each time lacks all its aspects; one conflict says it.
            let told = conflicts.last().is_some_and(|last| {
                last.item == item
                    && last.aspect == Aspect::Presence
                    && last.says.contains(&Value::Null)
            });
            if says.len() > 1 && !(told && says.len() == 2 && lacking > 0) {
                let says = says.iter().map(|(value, _)| value.clone()).collect();
                conflicts.push(Conflict {
                    item: item.clone(),
                    aspect,
                    says,
                });
            }
            // Of equally many, the first.
            let most = says.into_iter().rev().max_by_key(|(_, count)| *count);
            if let Some((value, _)) = most.filter(|(value, _)| !value.is_null()) {
                facts.insert((item, aspect), value);
            }
        }
        (facts, conflicts)
    }
}

fn alike(aspect: Aspect, one: &Value, other: &Value) -> bool {
    match (aspect, one.as_str(), other.as_str()) {
        (Aspect::Prose, Some(one), Some(other)) => essence(one) == essence(other),
        _ => one == other,
    }
}
