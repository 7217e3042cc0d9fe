//! A source beside the YAML and the lock.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use similar::{Algorithm, capture_diff_slices};

use super::lock::{Entry, Known, Lock, Page, Prose, Wording};
use super::model::{Aspect, Difference, Form, Item, Kind, Operation, Said};
use super::words::{Word, fingerprint, hash, letter, one_line, shown};

/// The differences of one operation in the order of the YAML, with what is known of them.
pub(super) fn compare(yaml: &Operation, page: &Page, lock: &Lock, source: &str) -> Vec<Difference> {
    let mut comparison = Comparison {
        yaml,
        said: &page.operation,
        form: page.form,
        closed: BTreeSet::new(),
        found: vec![],
    };
    comparison.facts();
    if page.form != Form::OpenApi {
        comparison.page(page, lock);
    }
    let mut found = comparison.found;
    let known = lock.known(&yaml.name(), source);
    for difference in &mut found {
        difference.known = known.contains(&Known::of(difference));
    }
    for known in known {
        let is_there = |one: &Difference| one.item == known.item && one.aspect == known.aspect;
        if !found.iter().any(is_there) {
            found.push(difference(yaml, &known.item, known.aspect, Kind::Gone));
        }
    }
    found.sort_by_key(|difference| difference.line);
    found
}

struct Comparison<'a> {
    yaml: &'a Operation,
    said: &'a Operation,
    form: Form,
    /// Items of which enough is said, so that nothing below them is looked at.
    closed: BTreeSet<Item>,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn facts(&mut self) {
        let ours = self.yaml.said.iter();
        let theirs = self.said.said.iter();
        let new = theirs.filter(|said| self.yaml.get(&said.item).is_none());
        let mut items: Vec<&str> = ours.chain(new).map(|said| said.item.as_str()).collect();
        // A body comes before what is in it.
        items.sort_by_key(|item| item.starts_with("response."));
        for item in items {
            if self.is_stated(item) && !self.is_closed(item) {
                self.item(item);
            }
        }
    }

    fn push(
        &mut self,
        item: &str,
        aspect: Aspect,
        kind: Kind,
        ours: Value,
        theirs: Value,
    ) -> &mut Difference {
        let same = |found: &Difference| found.item == item && found.aspect == aspect;
        let at = self.found.iter().position(same).unwrap_or_else(|| {
            let difference = difference(self.yaml, item, aspect, kind);
            self.found.push(Difference {
                yaml: ours,
                ..difference
            });
            self.found.len() - 1
        });
        let found = &mut self.found[at];
        if found.kind != kind {
            found.kind = Kind::Changed;
        }
        // What a page says more than once, and each time in another way, it says in all of these.
        found.page = match (found.page.as_str(), theirs.as_str()) {
            (Some(one), Some(other)) if one != other => json!(format!("{one} / {other}")),
            _ if found.page.is_null() => theirs,
            _ => std::mem::take(&mut found.page),
        };
        found
    }

    /// Whether sources of this form say anything of an item.
    fn is_stated(&self, item: &str) -> bool {
        match item.split('.').next().unwrap_or_default() {
            "versions" => self.said.get(item).is_some() && self.form != Form::OpenApi,
            // Values that no field has any longer went with it.
            "enum" => {
                self.form != Form::Page && (self.said.get(item).is_some() || uses(self.said, item))
            }
            "response" => {
                let body: Vec<&str> = item.split('.').take(2).collect();
                self.yaml.has_below(&body.join("."))
            }
            "description" | "introduction" | "summary" | "schema" => false,
            _ => true,
        }
    }

    /// Whether enough is said of what an item stands in: of a field, a body, a status.
    fn is_closed(&self, item: &str) -> bool {
        let mut above = item;
        while let Some((holder, _)) = above.rsplit_once('.') {
            let status = holder.replacen("response.", "status.", 1);
            if self.closed.contains(holder) || self.closed.contains(&status) {
                return true;
            }
            above = holder;
        }
        false
    }

    fn item(&mut self, item: &str) {
        let presence = |of: &Operation| {
            of.fact(item, Aspect::Presence)
                .filter(|fact| **fact != false)
                .cloned()
        };
        let whole = |of: &Operation| of.get(item).map_or(Value::Null, whole);
        let kind = match (presence(self.yaml), presence(self.said)) {
            (Some(ours), Some(theirs)) => {
                let letters = |value: &Value| fingerprint([value.as_str().unwrap_or_default()]);
                if ours != theirs && (item != "auth" || letters(&ours) != letters(&theirs)) {
                    self.push(item, Aspect::Presence, Kind::Changed, ours, theirs);
                }
                return self.both(item);
            }
            (Some(_), None) => Kind::Removed,
            (None, Some(_)) => Kind::Added,
            (None, None) => return,
        };
        self.closed.insert(item.to_owned());
        let (ours, theirs) = match kind {
            Kind::Removed => (whole(self.yaml), Value::Null),
            _ => (Value::Null, whole(self.said)),
        };
        self.push(item, Aspect::Presence, kind, ours, theirs);
    }

    fn both(&mut self, item: &str) {
        let said = self.yaml.get(item).into_iter().chain(self.said.get(item));
        let mut aspects: BTreeSet<Aspect> =
            said.flat_map(|said| said.facts.keys().copied()).collect();
        aspects.retain(|aspect| !matches!(aspect, Aspect::Presence | Aspect::Prose));
        for aspect in aspects {
            let fact = |of: &Operation| {
                let fact = of.fact(item, aspect).filter(|fact| !fact.is_null());
                fact.filter(|fact| aspect != Aspect::Deprecated || **fact != false)
                    .cloned()
                    .unwrap_or_default()
            };
            let (ours, theirs) = (fact(self.yaml), fact(self.said));
            // A page does not tell bounds, nor the values of a field whose type has no name.
            let is_silent = theirs.is_null() && matches!(aspect, Aspect::Bound | Aspect::Enum);
            let kind = self
                .differ(aspect, &ours, &theirs)
                .filter(|_| self.form == Form::OpenApi || !is_silent);
            if let Some(kind) = kind {
                if aspect == Aspect::Type && self.yaml.has_below(item) != self.said.has_below(item)
                {
                    self.closed.insert(item.to_owned());
                }
                self.push(item, aspect, kind, ours, theirs);
            }
        }
    }

    fn differ(&self, aspect: Aspect, ours: &Value, theirs: &Value) -> Option<Kind> {
        if let (Aspect::Enum, Some(ours), Some(theirs)) =
            (aspect, ours.as_array(), theirs.as_array())
        {
            // The order of values says nothing.
            let more = theirs.iter().any(|value| !ours.contains(value));
            let fewer = ours.iter().any(|value| !theirs.contains(value));
            return match (more, fewer) {
                (false, false) => None,
                (true, false) => Some(Kind::Added),
                (false, true) => Some(Kind::Removed),
                (true, true) => Some(Kind::Changed),
            };
        }
        let is_same = match (ours.as_object(), theirs.as_object()) {
            // A page may tell some of the bounds.
            (Some(ours), Some(theirs)) => {
                let same = |(name, bound): (&String, &Value)| {
                    ours.get(name).is_some_and(|own| {
                        own == bound || own.as_f64().is_some() && own.as_f64() == bound.as_f64()
                    })
                };
                theirs.iter().all(same)
                    && (self.form != Form::OpenApi || ours.len() == theirs.len())
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

    /// What pages alone have: a list of endpoints, a list of statuses, and wording.
    fn page(&mut self, page: &Page, lock: &Lock) {
        // The code samples list the statuses; where both disagree, the page contradicts itself.
        if let Some(listed) = page.operation.fact("status", Aspect::Enum) {
            let told = page.operation.said.iter();
            let told: Value = told
                .filter_map(|said| said.item.strip_prefix("status."))
                .collect();
            if self.differ(Aspect::Enum, &told, listed).is_some() {
                self.push("status", Aspect::Enum, Kind::Changed, told, listed.clone());
            }
        }
        match lock.wording(&self.yaml.name()) {
            Some(wording) => page
                .prose
                .iter()
                .for_each(|prose| self.prose(prose, wording)),
            None => {
                let note = json!(
                    "the lock has no wording of this operation; compare page and YAML, then run --update-lock"
                );
                self.push("description", Aspect::Prose, Kind::Added, Value::Null, note);
            }
        }
    }

    fn prose(&mut self, prose: &Prose, wording: &Wording) {
        let key = prose.key.as_deref();
        let sample = key.and_then(|key| key.strip_suffix(".sample"));
        let example = sample.or(key.and_then(|key| key.strip_suffix(".example")));
        let item = example.or(key).unwrap_or(&prose.item);
        let entry = key.and_then(|key| wording.entries.get(key));
        // A sample is on the page, whatever became of the body that it is of; the scheme is named in what is said of it.
        let is_settled = sample.is_none() && self.closed.contains(item)
            || self.is_closed(item)
            || item == "auth" && self.found.iter().any(|found| found.item == item);
        // Of what only other forms of a page show, the lock may not know yet what this one has.
        let is_known = key.is_none() || entry.is_some() || wording.forms.contains(&self.form);
        let is_same = entry.map_or(prose.words.is_empty(), |entry| {
            entry.fingerprint == hash(&prose.words)
        });
        if is_settled || prose.gone.is_empty() && (is_same || !is_known) {
            return;
        }
        let kind = match (entry, prose.words.is_empty()) {
            (Some(_), true) if prose.gone.is_empty() => Kind::Removed,
            (None, false) if prose.gone.is_empty() => Kind::Added,
            (None, true) => Kind::Removed,
            _ => Kind::Changed,
        };
        let page = match prose.words.as_slice() {
            [] => Value::Null,
            words => json!(shown(words)),
        };
        let mut marked = marked(entry, &prose.words);
        if !prose.gone.is_empty() {
            marked = format!("[-{}-] {marked}", prose.gone.join(" "));
        }
        let (aspect, ours) = match example {
            Some(_) => (Aspect::Example, None),
            None => (Aspect::Prose, self.yaml.fact(item, Aspect::Prose).cloned()),
        };
        let difference = self.push(item, aspect, kind, ours.unwrap_or_default(), page);
        difference.marked.get_or_insert(marked);
    }
}

fn difference(yaml: &Operation, item: &str, aspect: Aspect, kind: Kind) -> Difference {
    Difference {
        operation: yaml.name(),
        item: item.to_owned(),
        aspect,
        kind,
        yaml: Value::Null,
        page: Value::Null,
        marked: None,
        line: yaml.line(item),
        known: false,
    }
}

/// Whether a field has the values of an enum.
fn uses(said: &Operation, item: &str) -> bool {
    let name = item.trim_start_matches("enum.");
    let mut kinds = said
        .said
        .iter()
        .map(|one| said.text(&one.item, Aspect::Type));
    kinds.any(|kind| kind.trim_start_matches("array of ") == name)
}

/// All that is said of an item.
fn whole(said: &Said) -> Value {
    let tells = |(aspect, value): &(&Aspect, &Value)| {
        **aspect != Aspect::Presence && !value.is_null() && **value != false
    };
    let facts = said.facts.iter().filter(tells);
    let all: Map<String, Value> = facts
        .map(|(aspect, value)| (aspect.to_string(), value.clone()))
        .collect();
    match said.facts.get(&Aspect::Presence) {
        Some(own @ Value::String(_)) => own.clone(),
        _ if all.is_empty() => Value::Bool(true),
        _ => Value::Object(all),
    }
}

/// The sentences that changed, with what is new as `[+…+]` and what is gone as `[-…-]`.
fn marked(entry: Option<&Entry>, words: &[Word]) -> String {
    let old = entry.map_or(&[][..], |entry| entry.letters.as_bytes());
    let new: Vec<u8> = words.iter().map(|word| letter(&word.text)).collect();
    // By the word that each sentence ends with: its text, and whether anything in it changed.
    let ends = |word: &Word| word.ends_line || word.shown.trim_end().ends_with('.');
    let sentence = |at: usize| words[..at].iter().filter(|word| ends(word)).count();
    let mut sentences: BTreeMap<usize, (String, bool)> = BTreeMap::new();
    let mut say = |at: usize, text: &str, is_new: bool| {
        let (said, changed) = sentences.entry(sentence(at)).or_default();
        said.push_str(text);
        *changed |= is_new;
    };
    for op in capture_diff_slices(Algorithm::Myers, old, &new) {
        let (_, gone, come) = op.as_tag_tuple();
        if matches!(op, similar::DiffOp::Equal { .. }) {
            come.for_each(|at| say(at, &words[at].shown, false));
            continue;
        }
        if !gone.is_empty() {
            let plural = if gone.len() == 1 { "" } else { "s" };
            say(
                come.start,
                &format!(" [-{} word{plural}-]", gone.len()),
                true,
            );
        }
        if !come.is_empty() {
            say(come.start, &format!(" [+{}+]", shown(&words[come])), true);
        }
    }
    let changed = sentences.into_values().filter(|(_, changed)| *changed);
    let changed: Vec<String> = changed.map(|(text, _)| one_line(&text)).collect();
    match changed.as_slice() {
        [] => "one word changed; the lock cannot tell which".to_owned(),
        changed => changed.join(" … "),
    }
}
