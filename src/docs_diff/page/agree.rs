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
    all: BTreeMap<(Item, Aspect), Vec<Statement>>,
}

struct Statement {
    value: Value,
    /// What of the wording counts; nothing for facts.
    essence: Option<String>,
    count: usize,
}

impl Statements {
    pub(super) fn add(&mut self, item: &str, aspect: Aspect, value: Value) {
        let says = self.all.entry((item.to_owned(), aspect)).or_default();
        let essence = value
            .as_str()
            .filter(|_| aspect == Aspect::Prose)
            .map(essence);
        let known = says.iter_mut().find(|other| {
            if essence.is_some() {
                other.essence == essence
            } else {
                other.value == value
            }
        });
        if let Some(known) = known {
            known.count += 1;
        } else if says.len() < MOST_STATEMENTS {
            says.push(Statement {
                value,
                essence,
                count: 1,
            });
        }
    }

    /// What most say, and the conflicts. `times` is how often each statement would have to be there.
    pub(super) fn settle(self, times: usize) -> (BTreeMap<(Item, Aspect), Value>, Vec<Conflict>) {
        let mut facts = BTreeMap::new();
        let mut conflicts: Vec<Conflict> = Vec::new();
        for ((item, aspect), mut says) in self.all {
            let said: usize = says.iter().map(|say| say.count).sum();
            let lacking = times.saturating_sub(said);
            if lacking > 0 {
                says.push(Statement {
                    value: Value::Null,
                    essence: None,
                    count: lacking,
                });
            }
            // An item that is not there each time lacks all its aspects; one conflict says it.
            let told = conflicts.last().is_some_and(|last| {
                last.item == item
                    && last.aspect == Aspect::Presence
                    && last.says.contains(&Value::Null)
            });
            if says.len() > 1 && !(told && says.len() == 2 && lacking > 0) {
                let says = says.iter().map(|say| say.value.clone()).collect();
                conflicts.push(Conflict {
                    item: item.clone(),
                    aspect,
                    says,
                });
            }
            // Of equally many, the first.
            let most = says.into_iter().rev().max_by_key(|say| say.count);
            if let Some(say) = most.filter(|say| !say.value.is_null()) {
                facts.insert((item, aspect), say.value);
            }
        }
        (facts, conflicts)
    }
}
