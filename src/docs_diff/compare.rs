//! A source beside the YAML and the lock.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lock::{Known, Lock, Wording, fingerprints, item_and_place};
use super::model::{Aspect, Difference, Form, Kind, Operation, Page};
use super::words::Sentence;

/// The differences of one operation in the order of the YAML, with what is known of them.
pub(super) fn compare(yaml: &Operation, page: &Page, lock: &Lock, source: &str) -> Vec<Difference> {
    let mut comparison = Comparison {
        yaml,
        page,
        found: vec![],
        reported: BTreeSet::new(),
    };
    comparison.facts();
    if page.form != Form::OpenApi {
        comparison.statuses();
        let forms = lock.wording.get(&yaml.name);
        comparison.wording(forms.and_then(|forms| forms.get(&page.form)));
    }
    let mut found = comparison.found;
    let known = lock
        .known
        .get(&yaml.name)
        .and_then(|sources| sources.get(source));
    let known = known.map_or(&[][..], Vec::as_slice);
    for difference in &mut found {
        difference.known = known.contains(&Known::of(difference));
    }
    for known in known {
        let is_there = |one: &Difference| one.item == known.item && one.aspect == known.aspect;
        if !found.iter().any(is_there) {
            found.push(difference(yaml, &known.item, known.aspect, Kind::Gone));
        }
    }
    found.sort_by_key(|difference| difference.yaml_line);
    found
}

struct Comparison<'a> {
    yaml: &'a Operation,
    page: &'a Page,
    found: Vec<Difference>,
    /// Items that were added or removed, or have another type. Differences within them are not reported.
    reported: BTreeSet<String>,
}

impl Comparison<'_> {
    fn facts(&mut self) {
        let said = self.yaml.said.iter().chain(&self.page.operation.said);
        let items: BTreeSet<&str> = said.map(|said| said.item.as_str()).collect();
        for item in items {
            if self.is_stated(item) {
                self.item(item);
            }
        }
        let mut found = std::mem::take(&mut self.found);
        found.retain(|one| !self.is_within(&one.item));
        self.found = found;
    }

    fn item(&mut self, item: &str) {
        let facts = |of: &Operation| {
            let presence = of.fact(item, Aspect::Presence)?;
            let said = of.get(item).filter(|_| *presence != false);
            said.map(|said| json!(said.facts))
        };
        let (kind, ours, theirs) = match (facts(self.yaml), facts(&self.page.operation)) {
            (Some(_), Some(_)) => return self.both(item),
            (None, None) => return,
            (Some(ours), None) => (Kind::Removed, ours, Value::Null),
            (None, Some(theirs)) => (Kind::Added, Value::Null, theirs),
        };
        self.reported.insert(item.to_owned());
        self.push(item, Aspect::Presence, kind, ours, theirs);
    }

    /// Whether a field, a body or a status that holds the item is reported already.
    fn is_within(&self, item: &str) -> bool {
        let mut above = item;
        while let Some((holder, _)) = above.rsplit_once('.') {
            let status = holder.replacen("response.", "status.", 1);
            if self.reported.contains(holder) || self.reported.contains(&status) {
                return true;
            }
            above = holder;
        }
        false
    }

    fn push(&mut self, item: &str, aspect: Aspect, kind: Kind, ours: Value, theirs: Value) {
        self.found.push(Difference {
            yaml: ours,
            page: theirs,
            ..difference(self.yaml, item, aspect, kind)
        });
    }

    /// Whether sources of this form say anything of an item.
    fn is_stated(&self, item: &str) -> bool {
        let said = &self.page.operation;
        match item.split_once('.') {
            None if item == "versions" => {
                said.get(item).is_some() && self.page.form != Form::OpenApi
            }
            // The values of an enum that no field uses are not reported: the field is.
            Some(("enum", name)) => {
                let kinds = said
                    .said
                    .iter()
                    .map(|one| said.text(&one.item, Aspect::Type));
                let mut uses = kinds.filter(|kind| kind.trim_start_matches("array of ") == name);
                self.page.form != Form::Page && (said.get(item).is_some() || uses.next().is_some())
            }
            _ => true,
        }
    }

    fn both(&mut self, item: &str) {
        let said = [self.yaml.get(item), self.page.operation.get(item)];
        let said = said.into_iter().flatten();
        let aspects: BTreeSet<Aspect> = said.flat_map(|said| said.facts.keys().copied()).collect();
        for aspect in aspects
            .into_iter()
            .filter(|aspect| *aspect != Aspect::Prose)
        {
            let fact = |of: &Operation| of.fact(item, aspect).cloned().unwrap_or_default();
            let (ours, theirs) = (fact(self.yaml), fact(&self.page.operation));
            // A page does not tell bounds, nor the values of a field whose type has no name.
            let is_silent = theirs.is_null() && matches!(aspect, Aspect::Bound | Aspect::Enum);
            if let Some(kind) = self.differ(&ours, &theirs)
                && (self.page.form == Form::OpenApi || !is_silent)
            {
                if aspect == Aspect::Type {
                    self.reported.insert(item.to_owned());
                }
                self.push(item, aspect, kind, ours, theirs);
            }
        }
    }

    fn differ(&self, ours: &Value, theirs: &Value) -> Option<Kind> {
        let is_same = match (ours, theirs) {
            // The order of values says nothing.
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

    /// The code samples list the statuses; where both disagree, the page contradicts itself.
    fn statuses(&mut self) {
        let Some(listed) = self.page.operation.fact("status", Aspect::Enum) else {
            return;
        };
        let told = |of: &Operation| -> Value {
            let items = of.said.iter().map(|said| said.item.as_str());
            items
                .filter_map(|item| item.strip_prefix("status."))
                .collect()
        };
        let (ours, theirs) = (told(self.yaml), told(&self.page.operation));
        if self.differ(&theirs, listed).is_some() {
            self.push("status", Aspect::Enum, Kind::Changed, ours, listed.clone());
        }
    }

    fn wording(&mut self, lock: Option<&Wording>) {
        let Some(lock) = lock else {
            let note = json!(
                "the lock has no wording of such a page; compare it with the YAML, then run --update-lock"
            );
            return self.push("description", Aspect::Prose, Kind::Added, Value::Null, note);
        };
        let prints = fingerprints(self.page);
        let keys: BTreeSet<&String> = lock.keys().chain(prints.keys()).collect();
        for key in keys {
            let (old, new) = (lock.get(key), prints.get(key));
            let kind = match (old.map(String::as_str), new.map(String::as_str)) {
                (old, new) if old == new => continue,
                (None, Some("")) => continue,
                (_, None | Some("")) => Kind::Removed,
                (None | Some(""), _) => Kind::Added,
                _ => Kind::Changed,
            };
            if !self.is_covered(key) {
                self.reworded(key, kind, old.map_or("", String::as_str));
            }
        }
    }

    /// Whether a difference of facts already covers this wording.
    fn is_covered(&self, key: &str) -> bool {
        let (item, place) = item_and_place(key);
        let differs = |item: &str, aspect: Aspect| {
            let mut found = self.found.iter();
            found.any(|one| one.item == item && one.aspect == aspect)
        };
        // A sample is on the page, whatever became of the body that it is of.
        let is_sample = place.starts_with("sample") && item != "auth";
        let is_fields =
            place == "fields" || place == "body" && !self.page.wording.contains_key(key);
        !is_sample && differs(item, Aspect::Presence)
            || is_fields && differs(item, Aspect::Schema)
            || place.contains('.') && (self.reported.contains(place) || self.is_within(place))
            || self.is_within(item)
    }

    fn reworded(&mut self, key: &str, kind: Kind, old: &str) {
        let (item, place) = item_and_place(key);
        let new = self.page.wording.get(key).map_or(&[][..], Vec::as_slice);
        let is_sample = item != "auth" && (place.starts_with("sample") || place == "example");
        let (aspect, ours) = match is_sample {
            true => (Aspect::Example, None),
            false => (Aspect::Prose, self.yaml.fact(item, Aspect::Prose).cloned()),
        };
        let text: Vec<&str> = new.iter().map(|one| one.text.as_str()).collect();
        let text = json!(text.join(". "));
        let marked = marked(old, new);
        // The same wording may stand on the page more than once.
        let same = |one: &&mut Difference| one.item == item && one.aspect == aspect;
        if let Some(found) = self.found.iter_mut().find(same) {
            if found.kind != kind {
                found.kind = Kind::Changed;
            }
            if found.page != text {
                found.page = json!([found.page, text]);
                found.marked = Some(format!(
                    "{} / {marked}",
                    found.marked.as_deref().unwrap_or_default()
                ));
            }
            return;
        }
        let page = if new.is_empty() { Value::Null } else { text };
        self.push(item, aspect, kind, ours.unwrap_or_default(), page);
        if let Some(last) = self.found.last_mut() {
            last.marked = Some(marked);
        }
    }
}

fn difference(yaml: &Operation, item: &str, aspect: Aspect, kind: Kind) -> Difference {
    Difference {
        operation: yaml.name.clone(),
        item: item.to_owned(),
        aspect,
        kind,
        yaml: Value::Null,
        page: Value::Null,
        marked: None,
        yaml_file: yaml.file.clone(),
        yaml_line: yaml.line(item),
        known: false,
    }
}

/// The sentences that are new, and how many are gone.
fn marked(old: &str, new: &[Sentence]) -> String {
    let old: Vec<&str> = old.split_whitespace().collect();
    let is_new = |one: &&Sentence| !old.contains(&one.fingerprint.as_str());
    let is_gone = |old: &&&str| !new.iter().any(|one| one.fingerprint == **old);
    let mut marked: Vec<String> = new
        .iter()
        .filter(is_new)
        .map(|one| format!("[+{}+]", one.text))
        .collect();
    match old.iter().filter(is_gone).count() {
        0 if marked.is_empty() => marked.push("the same sentences in another order".to_owned()),
        0 => {}
        1 => marked.push("[-1 sentence-]".to_owned()),
        gone => marked.push(format!("[-{gone} sentences-]")),
    }
    marked.join(" ")
}
