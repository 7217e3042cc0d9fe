//! Compares a source with the YAML and the lock.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lock::{Known, Lock, Wording, item_and_aspect};
use super::model::{Aspect, Difference, Facts, Form, Kind, Operation, Page};
use super::report::said;
use super::text::Sentence;

/// The differences of one operation, in the order of the YAML. Acknowledged ones are marked as known.
pub(super) fn compare(yaml: &Operation, page: &Page, lock: &Lock, source: &str) -> Vec<Difference> {
    let found = vec![];
    let mut comparison = Comparison { yaml, page, found };
    comparison.facts();
    if page.form != Form::OpenApi {
        comparison.statuses();
        let forms = lock.wording.get(&yaml.name);
        comparison.wording(forms.and_then(|forms| forms.get(&page.form)));
    }
    let sources = lock.known.get(&yaml.name);
    let known = sources.and_then(|sources| sources.get(source));
    let known = known.map_or(&[][..], Vec::as_slice);
    for difference in &mut comparison.found {
        difference.known = known.contains(&Known::of(difference));
    }
    for known in known {
        let is_there = |one: &Difference| one.item == known.item && one.aspect == known.aspect;
        if !comparison.found.iter().any(is_there) {
            let (item, aspect) = (&known.item, known.aspect);
            comparison.push(item, aspect, Kind::Gone, Value::Null, Value::Null);
        }
    }
    comparison.found.sort_by_key(|one| one.yaml_line);
    comparison.found
}

struct Comparison<'a> {
    yaml: &'a Operation,
    page: &'a Page,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn push(&mut self, item: &str, aspect: Aspect, kind: Kind, ours: Value, theirs: Value) {
        self.found.push(Difference {
            operation: self.yaml.name.clone(),
            item: item.to_owned(),
            aspect,
            kind,
            yaml: ours,
            page: theirs,
            marked: None,
            yaml_file: self.yaml.file.clone(),
            yaml_line: self.yaml.line(item),
            known: false,
        });
    }

    /// Says in words how the last difference looks on the page.
    fn mark(&mut self, words: String) {
        if let Some(last) = self.found.last_mut() {
            last.marked = Some(words);
        }
    }

    fn facts(&mut self) {
        let (ours, theirs) = (&self.yaml.items, &self.page.operation.items);
        let items: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for item in items {
            if self.is_stated(item) {
                self.item(item);
            }
        }
        let all = self.found.clone().into_iter();
        self.found = all.filter(|one| !self.is_within(&one.item)).collect();
    }

    fn item(&mut self, item: &str) {
        let facts = |of: &Operation| {
            let facts = of.items.get(item)?;
            let is_there = facts.get(&Aspect::Presence)? != false;
            is_there.then(|| facts.clone())
        };
        let (ours, theirs) = match (facts(self.yaml), facts(&self.page.operation)) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (None, None) => return,
            (ours, theirs) => {
                let kind = ours.as_ref().map_or(Kind::Added, |_| Kind::Removed);
                return self.push(item, Aspect::Presence, kind, json!(ours), json!(theirs));
            }
        };
        let mut aspects: BTreeSet<&Aspect> = ours.keys().chain(theirs.keys()).collect();
        aspects.remove(&Aspect::Prose);
        for aspect in aspects {
            let fact = |of: &Facts| of.get(aspect).cloned().unwrap_or_default();
            let (ours, theirs) = (fact(&ours), fact(&theirs));
            // A page may leave out bounds, the type of an enum, and the values of one that has no name.
            let is_silent = self.page.form != Form::OpenApi
                && theirs.is_null()
                && matches!(aspect, Aspect::Bound | Aspect::Enum | Aspect::Type);
            if let Some(kind) = self.differ(&ours, &theirs).filter(|_| !is_silent) {
                self.push(item, *aspect, kind, ours, theirs);
            }
        }
    }

    /// Whether the item belongs to a status or a field that was added, removed or given another type, or to an operation that
    /// is gone. If so, only that difference is reported.
    fn is_within(&self, item: &str) -> bool {
        let is_below = |holder: &str| {
            let rest = item.strip_prefix(holder);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let mut found = self.found.iter();
        found.any(|one| {
            let body = one.item.replacen("status.", "response.", 1);
            let is_gone = one.item == "operation" && one.kind == Kind::Removed;
            matches!(one.aspect, Aspect::Presence | Aspect::Type)
                && (is_below(&one.item) || is_below(&body) || is_gone && item != one.item)
        })
    }

    /// Whether a source of this form can state the item at all.
    fn is_stated(&self, item: &str) -> bool {
        match item.strip_prefix("enum.") {
            Some(name) => self.page.form != Form::Page && self.is_used(name),
            None => item != "versions" || self.page.operation.has(item),
        }
    }

    /// Whether the page shows the enum, or has a field of this type. If neither, the changed field is reported instead.
    fn is_used(&self, name: &str) -> bool {
        let page = &self.page.operation;
        let kinds = page.stated(Aspect::Type);
        let mut kinds = kinds.filter_map(|(_, kind)| kind.as_str());
        page.has(&format!("enum.{name}"))
            || kinds.any(|kind| kind.trim_start_matches("array of ") == name)
    }

    fn differ(&self, ours: &Value, theirs: &Value) -> Option<Kind> {
        let is_same = match (ours, theirs) {
            // The order of values does not matter.
            (Value::Array(ours), Value::Array(theirs)) => {
                let more = theirs.iter().any(|value| !ours.contains(value));
                let fewer = ours.iter().any(|value| !theirs.contains(value));
                match (more, fewer) {
                    (true, false) => return Some(Kind::Added),
                    (false, true) => return Some(Kind::Removed),
                    _ => !more,
                }
            }
            // A page may tell some of the bounds.
            (Value::Object(ours), Value::Object(theirs)) => {
                let same = |(name, bound): (&String, &Value)| {
                    let own = ours.get(name);
                    own == Some(bound)
                        || bound.is_number() && own.and_then(Value::as_f64) == bound.as_f64()
                };
                theirs.iter().all(same)
                    && (self.page.form != Form::OpenApi || ours.len() == theirs.len())
            }
            _ => ours == theirs,
        };
        match (ours, theirs) {
            _ if is_same => None,
            (Value::Null, _) => Some(Kind::Added),
            (_, Value::Null) => Some(Kind::Removed),
            _ => Some(Kind::Changed),
        }
    }

    /// The code samples list the statuses again. If the lists differ, the page contradicts itself.
    fn statuses(&mut self) {
        let told = |of: &Operation| -> Value {
            let items = of.items.keys();
            let codes = items.filter_map(|item| item.strip_prefix("status."));
            codes.collect()
        };
        let (ours, theirs) = (told(self.yaml), told(&self.page.operation));
        if let Some(listed) = self.page.operation.fact("status", Aspect::Enum)
            && self.differ(&theirs, listed).is_some()
        {
            self.push("status", Aspect::Enum, Kind::Changed, ours, listed.clone());
            let (list, described) = (said(listed), said(&theirs));
            self.mark(format!(
                "the code samples list {list}; the page describes {described}"
            ));
        }
    }

    fn wording(&mut self, lock: Option<&Wording>) {
        let Some(lock) = lock else {
            let all = self.page.wording.values().flatten();
            let all: Vec<&str> = all.map(|one| one.text.as_str()).collect();
            let (item, aspect, text) = ("description", Aspect::Prose, json!(all.join(". ")));
            self.push(item, aspect, Kind::Added, Value::Null, text);
            let note = "the lock has no wording of this form yet; compare the page with the YAML, then run --update-lock";
            return self.mark(note.to_owned());
        };
        let keys: BTreeSet<&String> = lock.keys().chain(self.page.wording.keys()).collect();
        for key in keys {
            let old: Vec<&str> = lock.get(key).map_or(vec![], |old| old.split(' ').collect());
            let new = self.page.wording.get(key).map_or(&[][..], Vec::as_slice);
            let prints: Vec<&str> = new.iter().map(|one| one.fingerprint.as_str()).collect();
            let says = |print: &&str| !print.starts_with('#');
            let kind = match (old.iter().any(says), prints.iter().any(says)) {
                _ if prints == old => continue,
                (false, says) if says || old.is_empty() => Kind::Added,
                (true, true) => Kind::Changed,
                _ => Kind::Removed,
            };
            let (item, aspect) = item_and_aspect(key);
            if !self.is_covered(item, aspect) {
                let ours = self.yaml.fact(item, aspect).cloned().unwrap_or_default();
                let text: Vec<&str> = new.iter().map(|one| one.text.as_str()).collect();
                let text = (!new.is_empty()).then(|| text.join(". "));
                self.push(item, aspect, kind, ours, json!(text));
                self.mark(marked(&old, new));
            }
        }
    }

    /// Whether a difference of facts already covers the wording of an item. On a page as a browser shows it, code samples do
    /// not stand with their body, and are compared even if the body was added or removed.
    fn is_covered(&self, item: &str, aspect: Aspect) -> bool {
        let is_beside = aspect == Aspect::Prose || self.page.form == Form::Markdown;
        let mut found = self.found.iter();
        let is_unused = |name: &str| !self.is_used(name);
        is_beside && found.any(|one| one.item == item && one.aspect == Aspect::Presence)
            || self.is_within(item)
            || item.strip_prefix("enum.").is_some_and(is_unused)
    }
}

/// The sentences that are new, and the number of removed ones.
fn marked(old: &[&str], new: &[Sentence]) -> String {
    let is_new = |one: &&Sentence| !old.contains(&one.fingerprint.as_str());
    let is_gone = |old: &&&str| !new.iter().any(|one| one.fingerprint == **old);
    let new_ones = new.iter().filter(is_new);
    let mut marked: Vec<String> = new_ones.map(|one| format!("[+{}+]", one.text)).collect();
    match old.iter().filter(is_gone).count() {
        0 if marked.is_empty() => marked.push("the same sentences, moved or repeated".to_owned()),
        0 => {}
        1 => marked.push("[-1 sentence-]".to_owned()),
        gone => marked.push(format!("[-{gone} sentences-]")),
    }
    marked.join(" ")
}
