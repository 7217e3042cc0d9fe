//! The lock: what the pages' wording was when the YAML was written after it, and which differences are known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Aspect, Difference, Item, Kind, Page};
use super::text::{fingerprint, hash};

/// The lock as it was when this program was compiled.
pub const COMPILED_IN_LOCK: &str = include_str!("../../openapi/multi-partner-solutions.lock");

const ABOUT: &str = "Written by `mps docs-diff`; not to be edited by hand. `wording` has the fingerprint of each sentence \
    of Meta's pages, by operation, form and item; `known` has the acknowledged differences, by operation and source.";

/// Wording and known differences, by operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    about: String,
    pub(super) wording: BTreeMap<String, BTreeMap<String, Wording>>,
    pub(super) known: BTreeMap<String, BTreeMap<String, Vec<Known>>>,
}

/// The wording of a page: by place, the fingerprints of its sentences, with spaces between them.
pub(super) type Wording = BTreeMap<String, String>;

/// What a page says, as the lock has it. Nothing stands for what has no wording.
pub(super) fn fingerprints(page: &Page) -> Wording {
    let all = page.wording.iter().filter(|(_, said)| !said.is_empty());
    let all = all.map(|(key, sentences)| {
        let all: Vec<&str> = sentences
            .iter()
            .map(|one| one.fingerprint.as_str())
            .collect();
        (key.clone(), all.join(" "))
    });
    all.collect()
}

/// The parts of a name of wording: an item, and whether it is that of a code sample.
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
        let page = match difference.aspect {
            Aspect::Prose | Aspect::Example => fingerprint(&said),
            // Of a fact, the signs count too.
            _ => hash(&said),
        };
        Self {
            item: difference.item.clone(),
            aspect: difference.aspect,
            kind: difference.kind,
            page,
        }
    }
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    ///
    /// The line that cannot be read, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|why| {
            let line = why.line();
            format!(
                "line {line}: it cannot be read ({why}); take the lock from git, or delete it and run --update-lock"
            )
        })
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let about = ABOUT.to_owned();
        let lock = serde_json::to_string_pretty(&Self {
            about,
            ..self.clone()
        });
        lock.unwrap_or_else(|why| unreachable!("{why}")) + "\n"
    }

    /// Takes over what is known of a source. Empty entries are removed.
    pub(super) fn set_known(&mut self, operation: &str, source: String, known: Vec<Known>) {
        let sources = self.known.entry(operation.to_owned()).or_default();
        sources.insert(source, known);
        sources.retain(|_, known| !known.is_empty());
        self.known.retain(|_, sources| !sources.is_empty());
    }
}
