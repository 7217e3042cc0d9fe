//! The lock: fingerprints of the wording that the YAML was written from, and the acknowledged differences.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Aspect, Difference, Form, Item, Kind, Page};
use super::text::{fingerprint, hash};

/// The lock that is compiled into this crate.
pub const COMPILED_IN_LOCK: &str = include_str!("../../openapi/multi-partner-solutions.lock");

pub(super) const ABOUT: &str = "Written by `mps docs-diff`; not to be edited by hand. `wording` has the fingerprint of each \
    sentence of Meta's pages, by operation, form and item; `known` has the acknowledged differences, by operation and source.";

/// Wording and known differences, by operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    pub(super) about: String,
    pub(super) wording: BTreeMap<String, BTreeMap<Form, Wording>>,
    pub(super) known: BTreeMap<String, BTreeMap<String, Vec<Known>>>,
}

/// The wording of a page: by item, the fingerprints of its sentences, with spaces between them.
pub(super) type Wording = BTreeMap<String, String>;

/// The wording of a page as fingerprints. Items without wording are left out.
pub(super) fn fingerprints(page: &Page) -> Wording {
    let all = page.wording.iter().filter(|(_, said)| !said.is_empty());
    let all = all.map(|(key, sentences)| {
        let all: Vec<_> = sentences.iter().map(|one| &*one.fingerprint).collect();
        (key.clone(), all.join(" "))
    });
    all.collect()
}

/// The item and the aspect of a key of wording: `#example` marks a code sample.
pub(super) fn item_and_aspect(key: &str) -> (&str, Aspect) {
    match key.strip_suffix("#example") {
        Some(item) => (item, Aspect::Example),
        None => (key, Aspect::Prose),
    }
}

/// A difference that is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) item: Item,
    pub(super) aspect: Aspect,
    kind: Kind,
    page: String,
}

impl Known {
    pub(super) fn of(difference: &Difference) -> Self {
        let said = difference.page.to_string();
        Self {
            item: difference.item.clone(),
            aspect: difference.aspect,
            kind: difference.kind,
            // In a fact, punctuation counts too.
            page: match difference.aspect.is_wording() {
                true => fingerprint(&said),
                false => hash(&said),
            },
        }
    }
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    ///
    /// If `text` is not a lock. The message names the line.
    pub fn read(text: &str) -> Result<Self, String> {
        let advice = "take the lock from git, or delete it and run --update-lock";
        serde_json::from_str(text).map_err(|why| format!("line {}: {why}; {advice}", why.line()))
    }

    /// The content of the lock file.
    #[must_use]
    pub fn text(&self) -> String {
        let lock = serde_json::to_string_pretty(self);
        lock.unwrap_or_else(|why| unreachable!("{why}")) + "\n"
    }
}
