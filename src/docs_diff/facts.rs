//! What the segments of a page say: facts, and the wording that is left.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::lock::{Lock, Page, Prose};
use super::model::{Aspect, Form, Item, Operation};
use super::openapi::ERROR;
use super::outline::{Heading, Part, is_endpoint};
use super::segments::{Segment, schema, values};
use super::words::{Is, Word, fingerprint, hash, is_code, is_version, position, sentences, shown};

/// Reads the segments one by one.
pub(super) struct Reader<'a> {
    yaml: &'a Operation,
    words: &'a [Word],
    /// Which words state a fact or stand on all pages; all others are wording.
    used: Vec<bool>,
    pub(super) page: Page,
}

impl<'a> Reader<'a> {
    pub(super) fn new(yaml: &'a Operation, words: &'a [Word], page: Page) -> Self {
        let used = vec![false; words.len()];
        Self {
            yaml,
            words,
            used,
            page,
        }
    }

    pub(super) fn read(
        &mut self,
        segments: &[Segment],
        missing: Vec<Heading>,
        has_end: bool,
        lock: &Lock,
    ) {
        self.addresses(segments);
        for segment in segments {
            self.segment(segment, has_end, lock);
        }
        for heading in missing {
            self.missing_heading(heading);
        }
        if self.page.form == Form::Page {
            self.missing_elements(segments);
            self.missing_repetitions(segments);
        }
    }

    /// Method, path and base URL, which a page states more than once.
    fn addresses(&mut self, segments: &[Segment]) {
        let has_url = segments
            .iter()
            .any(|segment| segment.heading.part == Part::BaseUrl);
        let mut method = "";
        for segment in segments {
            let here = &self.words[segment.words.clone()];
            let is_url = match segment.heading.part {
                Part::Endpoints | Part::Endpoint | Part::Sample | Part::BaseUrl => true,
                Part::Top => !has_url,
                _ => continue,
            };
            for two in here.windows(2).filter(|two| is_endpoint(two)) {
                method = &two[0].text;
                let name = format!("{method} {}", two[1].text);
                self.fact("operation", Aspect::Presence, json!(name));
            }
            for word in here.iter().filter(|word| is_url && word.is == Is::Url) {
                self.fact("base_url", Aspect::Presence, json!(word.text));
            }
            let sampled = here.iter().filter(|word| word.is == Is::Path);
            for path in sampled.filter(|_| segment.heading.part == Part::Sample) {
                let name = format!("{method} {}", path.text);
                self.fact("operation", Aspect::Presence, json!(name));
            }
        }
    }

    /// A fact; where a page states it more than once and not alike, it is all that it states.
    fn fact(&mut self, item: &str, aspect: Aspect, value: Value) {
        let facts = &mut self.page.operation.entry(item).facts;
        let known = facts.entry(aspect).or_insert_with(|| value.clone());
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        if *known != value && text(known).split(" / ").all(|one| one != text(&value)) {
            *known = json!(format!("{} / {}", text(known), text(&value)));
        }
    }

    /// Takes words that say no more than is known: a fact, or what all pages have.
    fn take(&mut self, words: impl IntoIterator<Item = usize>) {
        words.into_iter().for_each(|at| self.used[at] = true);
    }

    fn texts(&self, words: Range<usize>) -> Value {
        self.words[words]
            .iter()
            .map(|word| word.text.as_str())
            .collect()
    }

    fn segment(&mut self, segment: &Segment, has_end: bool, lock: &Lock) {
        let heading = &segment.heading;
        let (item, all) = (heading.item.as_str(), segment.words.clone());
        let words = self.words;
        let mut from = all.end.min(all.start + heading.words.len());
        self.take(all.start..from);
        let mut gone = vec![];
        for label in &heading.labels {
            match (from..all.end).find(|at| words[*at].text == *label) {
                Some(at) => {
                    self.take([at]);
                    from = at + 1;
                }
                None => gone.push(label.clone()),
            }
        }
        let rest = from..all.end;
        // The words of some kind that stand in a row from here.
        let row = |from: usize, is: fn(&Word) -> bool| {
            from..all.end.min(
                from + words[from..all.end]
                    .iter()
                    .take_while(|word| is(word))
                    .count(),
            )
        };
        let first =
            |is: fn(&Word) -> bool| rest.clone().find(|at| is(&words[*at])).unwrap_or(all.end);
        match heading.part {
            Part::Top => {
                let versions = row(first(is_version), is_version);
                if !versions.is_empty() {
                    self.fact("versions", Aspect::Presence, json!(true));
                    self.fact("versions", Aspect::Enum, self.texts(versions.clone()));
                }
                self.take(versions.clone());
                self.take(
                    rest.filter(|at| at + 1 == versions.start && words[*at].text == "Version"),
                );
            }
            Part::BaseUrl | Part::Sample | Part::Endpoints | Part::Endpoint => {
                // In a sample, the method stands behind `--request`.
                let is_method = |at: usize| {
                    heading.part == Part::Sample && at == all.start + heading.words.len()
                };
                let is_address = |at: &usize| {
                    let is_one = matches!(words[*at].is, Is::Url | Is::Path);
                    is_one || is_endpoint(&words[*at..]) || is_method(*at)
                };
                self.take(all.clone().filter(is_address));
                let (needed, name) = match heading.part {
                    Part::BaseUrl => (Is::Url, "URL"),
                    _ => (Is::Path, self.yaml.path.as_str()),
                };
                if words[all.clone()].iter().all(|word| word.is != needed) {
                    gone.push(name.to_owned());
                }
            }
            Part::Codes => {
                let codes = row(first(is_code), is_code);
                let listed = if codes.is_empty() {
                    json!("none")
                } else {
                    self.texts(codes.clone())
                };
                self.take(codes);
                self.fact("status", Aspect::Enum, listed);
            }
            Part::Request => {
                let mark = words.get(from).map_or("", |next| next.text.as_str());
                self.take(rest.take(usize::from(matches!(mark, "Required" | "Optional"))));
                self.fact("request", Aspect::Presence, json!(true));
                self.fact("request", Aspect::Required, json!(mark == "Required"));
            }
            Part::Status => {
                self.take([all.start]);
                self.fact(item, Aspect::Presence, json!(true));
            }
            Part::Content => self.content(item, &all),
            Part::Field | Part::Element => self.field(heading.part, item, &all),
            Part::Schema => self.take([all.start]),
            Part::Values => self.values(item, &all),
            Part::Auth => {
                let ours = fingerprint([self.yaml.text("auth", Aspect::Presence)]);
                let known = (from..=all.end).find(|end| hash(&words[from..*end]) == ours);
                let row = from..known.unwrap_or(all.end);
                self.take(row.clone());
                let row = shown(&words[row]).replace(['|', '`'], ",");
                self.fact("auth", Aspect::Presence, json!(row));
            }
            // Behind the end of a page stand links of the site; sentences are the page's.
            Part::End if !has_end && self.page.form == Form::Page => {
                let is_site = sentences(&words[rest.clone()]).is_empty();
                self.take(rest.filter(|_| is_site));
            }
            _ => {}
        }
        let left = all
            .filter(|at| !self.used[*at])
            .map(|at| words[at].clone())
            .collect();
        let is_summary = heading.part == Part::Endpoint && self.page.form == Form::Markdown;
        if is_summary {
            self.summary(left, gone, lock);
        } else {
            self.prose(item, heading.key.clone(), left, gone);
        }
    }

    fn prose(&mut self, item: &str, key: Option<String>, words: Vec<Word>, gone: Vec<String>) {
        let item = item.to_owned();
        self.page.prose.push(Prose {
            item,
            key,
            words,
            gone,
        });
    }

    /// Summary and introduction stand in paragraphs below each other: the lock knows where the one begins, or it is the
    /// second.
    fn summary(&mut self, mut words: Vec<Word>, gone: Vec<String>, lock: &Lock) {
        const INTRODUCTION: &str = "description.Introduction";
        let paragraphs = (1..words.len()).filter(|at| words[*at].starts_paragraph);
        let paragraphs: Vec<usize> = paragraphs.collect();
        let is = |key: &str, words: &[Word]| {
            let wording = lock.wording(&self.yaml.name());
            let entry = wording.and_then(|wording| wording.entries.get(key));
            entry.is_some_and(|entry| entry.fingerprint == hash(words))
        };
        let is_known =
            |at: &&usize| is("summary", &words[..**at]) || is(INTRODUCTION, &words[**at..]);
        let known = paragraphs.iter().find(is_known).or(paragraphs.first());
        let rest = words.split_off(known.copied().unwrap_or(words.len()));
        self.prose("summary", Some("summary".to_owned()), words, gone);
        self.prose(INTRODUCTION, Some(INTRODUCTION.to_owned()), rest, vec![]);
    }

    /// Content type and schema of a body.
    fn content(&mut self, item: &str, all: &Range<usize>) {
        let here = &self.words[all.clone()];
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(content_type) = here.get(2) {
            self.fact(item, Aspect::ContentType, json!(content_type.text));
            self.take([all.start + 2]);
        }
        let Some((place, name)) = schema(here) else {
            return;
        };
        self.fact(item, Aspect::Schema, json!(name));
        // A browser shows the name once more above the fields.
        let again = here.get(place.end).is_some_and(|next| next.text == name);
        self.take(all.start + place.start..all.start + place.end + usize::from(again));
        // The fields of a new status, or of another schema, follow from its name.
        let ours = self.yaml.text(item, Aspect::Schema);
        if self.page.form == Form::Page && name != ERROR && (ours.is_empty() || ours == ERROR) {
            self.take(all.clone());
        }
    }

    fn field(&mut self, part: Part, item: &str, all: &Range<usize>) {
        let words = self.words;
        let is_stated =
            |at: &usize| !matches!(words[*at].is, Is::Plain | Is::Url | Is::Path | Is::Code);
        let stated: Vec<usize> = all.clone().filter(is_stated).collect();
        let of = |is: Is| {
            stated
                .iter()
                .map(|at| &words[*at])
                .filter(move |word| word.is == is)
        };
        let text = |is: Is| of(is).next().map(|word| word.text.clone());
        let is_marked = |mark: &str| of(Is::Mark).any(|word| word.text == mark);
        let kind = text(Is::Type).unwrap_or_default();
        if part == Part::Element {
            self.fact(item, Aspect::Type, json!(format!("array of {kind}")));
        } else {
            self.fact(item, Aspect::Presence, json!(true));
            if let Some(bound) = text(Is::Bound) {
                self.fact(item, Aspect::Bound, bounds(&bound, &kind));
            }
            self.fact(item, Aspect::Type, json!(kind));
            self.fact(item, Aspect::Format, json!(text(Is::Format)));
            self.fact(item, Aspect::Required, json!(is_marked("required")));
            self.fact(item, Aspect::Deprecated, json!(is_marked("deprecated")));
        }
        self.take(stated);
    }

    fn values(&mut self, item: &str, all: &Range<usize>) {
        let words = self.words;
        self.take([all.start]);
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(at) = position(&words[all.clone()], "Type string Enum Values") {
            let (label, first) = (all.start + at, all.start + at + 4);
            let last = (first..all.end).find(|at| words[*at].ends_line);
            let end = last.map_or(all.end, |last| last + 1);
            self.take(label..end);
            self.fact(item, Aspect::Enum, self.texts(first..end));
        }
    }

    /// A heading that is not there, unless a fact says so.
    fn missing_heading(&mut self, heading: Heading) {
        let has_fields = |prefix: &String| self.page.operation.has_below(prefix);
        match heading.part {
            Part::Section => self.prose(&heading.item, heading.key, vec![], vec![]),
            Part::Request => {}
            _ if heading.prefix.as_ref().is_none_or(has_fields) => {
                self.prose(&heading.item, None, vec![], heading.words);
            }
            _ => {}
        }
    }

    /// Elements of arrays that are not described though the array still has them.
    fn missing_elements(&mut self, segments: &[Segment]) {
        for said in &self.yaml.said {
            let item = said.item.as_str();
            let kind = self.yaml.text(item, Aspect::Type);
            let is_same = self.page.operation.text(item, Aspect::Type) == kind;
            let is_shown = |segment: &Segment| {
                segment.heading.part == Part::Element && segment.heading.item == item
            };
            if kind.starts_with("array of ")
                && is_same
                && !segments.iter().any(is_shown)
                && let Some(key) = values(self.yaml, item)
            {
                self.prose(item, Some(key), vec![], vec![]);
            }
        }
    }

    /// Each status repeats the fields of the error; where one lacks a field of it, the page contradicts itself.
    fn missing_repetitions(&mut self, segments: &[Segment]) {
        let has_error = |status: &&str| {
            let schema = self
                .page
                .operation
                .text(&format!("status.{status}"), Aspect::Schema);
            schema == ERROR
        };
        let items = self
            .page
            .operation
            .said
            .iter()
            .map(|said| said.item.as_str());
        let statuses = items
            .clone()
            .filter_map(|item| item.strip_prefix("status."))
            .filter(has_error);
        let is_there = |item: &str, status: &str| {
            segments.iter().any(|segment| {
                segment.heading.item == item && segment.status.as_deref() == Some(status)
            })
        };
        let is_known = |item: &&str| self.yaml.get(item).is_some();
        let fields = items
            .filter(|item| *item == "error" || item.starts_with("error."))
            .filter(is_known);
        let missing = fields.filter(|item| !statuses.clone().all(|status| is_there(item, status)));
        let missing: Vec<Item> = missing.map(str::to_owned).collect();
        for item in missing {
            let facts = &mut self.page.operation.entry(&item).facts;
            facts.insert(Aspect::Presence, json!(false));
        }
    }
}

/// `min: 2, max: 75` by the names that OpenAPI has for them.
fn bounds(text: &str, kind: &str) -> Value {
    let of = match kind {
        "string" => "Length",
        kind if kind.starts_with("array") => "Items",
        _ => "imum",
    };
    let mut bounds = Map::new();
    for (name, value) in text.split(',').filter_map(|bound| bound.split_once(':')) {
        let name = match name.trim() {
            name @ ("min" | "max") => format!("{name}{of}"),
            name => name.to_owned(),
        };
        let value = value.trim();
        let value = value.parse::<Value>().unwrap_or_else(|_| json!(value));
        bounds.insert(name, value);
    }
    Value::Object(bounds)
}
