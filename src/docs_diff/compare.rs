//! A source beside the YAML and the lock.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lock::{Entry, Known, Lock, Wording};
use super::model::{Aspect, Difference, Form, Item, Kind, Operation};
use super::page::{Page, Prose, shown};
use super::words::{Word, fingerprint, letter};

/// The aspects of what both sides have.
const ASPECTS: [Aspect; 8] = [
    Aspect::Type,
    Aspect::Format,
    Aspect::Required,
    Aspect::Enum,
    Aspect::Bound,
    Aspect::Schema,
    Aspect::ContentType,
    Aspect::Deprecated,
];

/// The differences of one operation.
pub(super) struct Comparison<'a> {
    yaml: &'a Operation,
    form: Form,
    /// Items of which enough is said, so that nothing below them is looked at.
    closed: BTreeSet<Item>,
    found: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    /// The facts of a source.
    pub(super) fn facts(yaml: &'a Operation, said: &Operation, form: Form) -> Self {
        let mut comparison = Self {
            yaml,
            form,
            closed: BTreeSet::new(),
            found: vec![],
        };
        let ours = yaml.said.iter().map(|said| said.item.as_str());
        let theirs = said.said.iter().map(|said| said.item.as_str());
        let mut items: Vec<&str> = ours.collect();
        items.extend(theirs.filter(|item| yaml.get(item).is_none()));
        // A body comes before what is in it.
        items.sort_by_key(|item| item.starts_with("response."));
        for item in items {
            comparison.item(said, item);
        }
        comparison
    }

    /// A page, and its wording.
    pub(super) fn page(yaml: &'a Operation, page: &Page, lock: &Lock) -> Self {
        let mut comparison = Self::facts(yaml, &page.operation, page.form);
        for other in &page.others {
            let value = json!(other);
            comparison.push(
                "operation",
                Aspect::Presence,
                Kind::Added,
                Value::Null,
                value,
            );
        }
        // The code samples list the statuses; where both disagree, the page contradicts itself.
        if let Some(listed) = page.operation.fact("status", Aspect::Enum) {
            let told = page
                .operation
                .said
                .iter()
                .filter_map(|said| said.item.strip_prefix("status."));
            let told: Value = told.collect();
            if comparison.differ(Aspect::Enum, &told, listed).is_some() {
                comparison.push("status", Aspect::Enum, Kind::Changed, told, listed.clone());
            }
        }
        match lock.wording(&yaml.name()) {
            Some(wording) => page
                .prose
                .iter()
                .for_each(|prose| comparison.prose(prose, wording)),
            None => {
                let note = json!(
                    "the lock has no wording of this operation; compare page and YAML, then run --update-lock"
                );
                comparison.push("description", Aspect::Prose, Kind::Added, Value::Null, note);
            }
        }
        comparison
    }

    /// The differences in the order of the YAML, with what is known of them.
    pub(super) fn finish(self, lock: &Lock, source: &str) -> Vec<Difference> {
        let (yaml, mut found) = (self.yaml, self.found);
        let known = lock.known(&yaml.name(), source);
        for difference in &mut found {
            difference.known = known.contains(&Known::of(difference));
        }
        for known in known {
            let aspect = Aspect::ALL
                .into_iter()
                .find(|aspect| aspect.as_str() == known.aspect);
            let is_there = found
                .iter()
                .any(|one| one.item == known.item && Some(one.aspect) == aspect);
            if let Some(aspect) = aspect.filter(|_| !is_there) {
                found.push(Difference {
                    kind: Kind::Gone,
                    ..difference(yaml, &known.item, aspect)
                });
            }
        }
        found.sort_by_key(|difference| difference.line);
        found
    }

    fn push(
        &mut self,
        item: &str,
        aspect: Aspect,
        kind: Kind,
        ours: Value,
        theirs: Value,
    ) -> &mut Difference {
        let same = self
            .found
            .iter()
            .position(|found| found.item == item && found.aspect == aspect);
        let at = same.unwrap_or_else(|| {
            self.found.push(Difference {
                kind,
                yaml: ours,
                ..difference(self.yaml, item, aspect)
            });
            self.found.len() - 1
        });
        let found = &mut self.found[at];
        if found.kind != kind {
            found.kind = Kind::Changed;
        }
        // What a page says more than once, and each time in another way, it says in all of these.
        let said = [&found.page, &theirs].map(|value| value.as_str().map(str::to_owned));
        found.page = match said {
            [Some(one), Some(other)] if one != other => json!(format!("{one} / {other}")),
            [None, _] if found.page.is_null() => theirs,
            _ => std::mem::take(&mut found.page),
        };
        found
    }

    fn item(&mut self, said: &Operation, item: &str) {
        let (ours, theirs) = (self.yaml.get(item), said.get(item));
        let is_there = |of: &Operation| {
            let presence = of.fact(item, Aspect::Presence);
            presence.is_some_and(|presence| *presence != json!(false))
        };
        let is_stated = match item.split('.').next().unwrap_or_default() {
            "versions" => theirs.is_some() && self.form != Form::OpenApi,
            // Values that no field has any longer went with it.
            "enum" => self.form != Form::Page && (theirs.is_some() || uses(said, item)),
            "response" => {
                let body = item.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
                below(self.yaml, &body) > 0
            }
            "description" | "introduction" | "summary" | "schema" => false,
            _ => true,
        };
        let holders = holders(item);
        if !is_stated || holders.iter().any(|holder| self.closed.contains(holder)) {
            return;
        }
        match (is_there(self.yaml), is_there(said)) {
            (true, false) => {
                let ours = ours.map_or(Value::Null, |said| whole(&said.facts));
                self.closed.insert(item.to_owned());
                self.push(item, Aspect::Presence, Kind::Removed, ours, Value::Null);
            }
            (false, true) => {
                let theirs = theirs.map_or(Value::Null, |said| whole(&said.facts));
                self.closed.insert(item.to_owned());
                self.push(item, Aspect::Presence, Kind::Added, Value::Null, theirs);
            }
            (true, true) => self.both(said, item),
            (false, false) => {}
        }
    }

    fn both(&mut self, said: &Operation, item: &str) {
        let text = |of: &Operation| {
            of.text(item, Aspect::Presence)
                .trim_end_matches('/')
                .to_owned()
        };
        let (ours, theirs) = match item {
            "operation" => (
                self.yaml.name(),
                if text(said).is_empty() {
                    said.name()
                } else {
                    text(said)
                },
            ),
            _ => (text(self.yaml), text(said)),
        };
        let letters = |text: &str| fingerprint([text]);
        if ours != theirs && (item != "auth" || letters(&ours) != letters(&theirs)) {
            self.push(
                item,
                Aspect::Presence,
                Kind::Changed,
                json!(ours),
                json!(theirs),
            );
        }
        for aspect in ASPECTS {
            let fact = |of: &Operation| {
                let fact = of.fact(item, aspect).filter(|fact| !fact.is_null());
                fact.filter(|fact| aspect != Aspect::Deprecated || **fact != json!(false))
                    .cloned()
            };
            match (fact(self.yaml), fact(said)) {
                (None, None) => {}
                (Some(ours), Some(theirs)) => {
                    if let Some(kind) = self.differ(aspect, &ours, &theirs) {
                        if aspect == Aspect::Type
                            && (below(self.yaml, item) > 0) != (below(said, item) > 0)
                        {
                            self.closed.insert(item.to_owned());
                        }
                        self.push(item, aspect, kind, ours, theirs);
                    }
                }
                (None, Some(theirs)) => {
                    self.push(item, aspect, Kind::Added, Value::Null, theirs);
                }
                // A page does not tell bounds, nor the values of a field whose type has no name.
                (Some(_), None)
                    if self.form != Form::OpenApi
                        && matches!(aspect, Aspect::Bound | Aspect::Enum) => {}
                (Some(ours), None) => {
                    self.push(item, aspect, Kind::Removed, ours, Value::Null);
                }
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
        let same = match (ours.as_object(), theirs.as_object()) {
            (Some(ours), Some(theirs)) if aspect == Aspect::Bound => {
                let stated = theirs.iter().all(|(name, bound)| {
                    ours.get(name).is_some_and(|ours| {
                        ours == bound || ours.as_f64().is_some() && ours.as_f64() == bound.as_f64()
                    })
                });
                stated && (self.form != Form::OpenApi || ours.len() == theirs.len())
            }
            _ => ours == theirs,
        };
        (!same).then_some(Kind::Changed)
    }

    fn prose(&mut self, prose: &Prose, wording: &Wording) {
        let key = prose.key.as_deref();
        let example =
            key.and_then(|key| key.strip_suffix(".example").or(key.strip_suffix(".sample")));
        let item = example.or(key).unwrap_or(&prose.item);
        let is_example = example.is_some();
        let entry = key.and_then(|key| wording.entries.get(key));
        // A sample is on the page, whatever became of the body that it is of.
        let is_sample = key.is_some_and(|key| key.ends_with(".sample"));
        let is_settled = !is_sample && self.closed.contains(item)
            || holders(item).iter().any(|holder| self.closed.contains(holder))
            // The scheme is named in the sentences about it.
            || item == "auth" && self.found.iter().any(|found| found.item == item);
        // Of what only other forms of a page show, the lock may not know yet what this one has.
        let is_new_section = item.starts_with("description.") && self.yaml.get(item).is_none();
        let is_known = key.is_none()
            || entry.is_some()
            || is_new_section
            || wording.forms.contains(&self.form);
        let texts = prose.words.iter().map(|word| word.text.as_str());
        let same = match entry {
            Some(entry) => entry.fingerprint == fingerprint(texts),
            None => prose.words.is_empty(),
        };
        if is_settled || prose.gone.is_empty() && (same && !is_new_section || !is_known) {
            return;
        }
        let kind = match (entry, prose.words.is_empty()) {
            (Some(_), true) if prose.gone.is_empty() => Kind::Removed,
            (None, false) if prose.gone.is_empty() => Kind::Added,
            (None, true) => Kind::Removed,
            _ => Kind::Changed,
        };
        // A section that the YAML does not have is new, whatever is in it.
        let kind = if is_new_section { Kind::Added } else { kind };
        let words: Vec<&Word> = prose.words.iter().collect();
        let page = if words.is_empty() {
            Value::Null
        } else {
            json!(shown(&words))
        };
        let mut marked = marked(entry, &words);
        if !prose.gone.is_empty() {
            marked = format!("[-{}-] {marked}", prose.gone.join(" "));
        }
        let aspect = if is_example {
            Aspect::Example
        } else {
            Aspect::Prose
        };
        let ours = self
            .yaml
            .fact(item, Aspect::Prose)
            .cloned()
            .filter(|_| !is_example);
        let difference = self.push(item, aspect, kind, ours.unwrap_or_default(), page);
        difference.marked.get_or_insert(marked);
    }
}

fn difference(yaml: &Operation, item: &str, aspect: Aspect) -> Difference {
    // What is new belongs beside its like.
    let beside = item
        .rsplit_once('.')
        .map(|(holder, _)| format!("{holder}."));
    let beside = beside.and_then(|holder| {
        yaml.said
            .iter()
            .rfind(|said| said.item.starts_with(&holder) && said.line > 0)
    });
    let line = match beside.filter(|_| yaml.get(item).is_none()) {
        Some(beside) => beside.line,
        None => yaml.line(item, aspect),
    };
    Difference {
        operation: yaml.name(),
        item: item.to_owned(),
        aspect,
        kind: Kind::Changed,
        yaml: Value::Null,
        page: Value::Null,
        marked: None,
        line,
        known: false,
    }
}

/// Whether a field has the values of an enum.
fn uses(said: &Operation, item: &str) -> bool {
    let name = item.trim_start_matches("enum.");
    said.said.iter().any(|said| {
        let kind = said
            .facts
            .get(&Aspect::Type)
            .and_then(Value::as_str)
            .unwrap_or_default();
        kind.trim_start_matches("array of ") == name
    })
}

/// How many items stand directly below another.
fn below(operation: &Operation, item: &str) -> usize {
    let names = operation
        .said
        .iter()
        .filter_map(|said| said.item.strip_prefix(item)?.strip_prefix('.'));
    names.filter(|name| !name.contains('.')).count()
}

/// The items that this one stands in, the nearest first: a field below a field, in a body, under a status.
fn holders(item: &str) -> Vec<Item> {
    let mut holders = vec![];
    let mut here = item;
    while let Some((above, _)) = here.rsplit_once('.') {
        holders.push(above.to_owned());
        if let Some(status) = above
            .strip_prefix("response.")
            .filter(|status| !status.contains('.'))
        {
            holders.push(format!("status.{status}"));
        }
        here = above;
    }
    holders
}

/// All that is said of an item.
fn whole(facts: &std::collections::BTreeMap<Aspect, Value>) -> Value {
    let told = facts.iter().filter(|(aspect, value)| {
        !value.is_null() && !matches!(aspect, Aspect::Presence) && **value != json!(false)
    });
    let all: Map<String, Value> = told
        .map(|(aspect, value)| (aspect.as_str().to_owned(), value.clone()))
        .collect();
    match facts.get(&Aspect::Presence) {
        Some(own @ Value::String(_)) => own.clone(),
        _ if all.is_empty() => Value::Bool(true),
        _ => Value::Object(all),
    }
}

/// The sentences that changed, with what is new as `[+…+]` and what is gone as `[-…-]`.
fn marked(entry: Option<&Entry>, words: &[&Word]) -> String {
    let old = entry.map_or(&[][..], |entry| entry.letters.as_bytes());
    let new: Vec<u8> = words.iter().map(|word| letter(&word.text)).collect();
    // Each sentence, and whether anything in it changed.
    let mut sentences = vec![(String::new(), false)];
    let mut say = |text: &str, ends: bool, changed: bool| {
        if let Some((sentence, has_changed)) = sentences.last_mut() {
            sentence.push_str(text);
            *has_changed |= changed;
        }
        if ends {
            sentences.push((String::new(), false));
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, old, &new) {
        let (_, gone, come) = op.as_tag_tuple();
        if matches!(op, DiffOp::Equal { .. }) {
            for word in &words[come] {
                let ends = word.ends_line || word.shown.trim_end().ends_with('.');
                say(&word.shown, ends, false);
            }
            continue;
        }
        if !gone.is_empty() {
            let plural = if gone.len() == 1 { "" } else { "s" };
            say(&format!(" [-{} word{plural}-]", gone.len()), false, true);
        }
        if !come.is_empty() {
            let ends = words[come.end - 1].ends_line;
            say(&format!(" [+{}+]", shown(&words[come])), ends, true);
        }
    }
    let changed = sentences.iter().filter(|(_, changed)| *changed);
    let changed: Vec<String> = changed
        .map(|(text, _)| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    match changed.as_slice() {
        [] => "one word changed; the lock cannot tell which".to_owned(),
        changed => changed.join(" … "),
    }
}
