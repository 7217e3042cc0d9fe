//! What the segments of a page say: facts, and the wording that is left.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::model::{Aspect, Form, Operation, Page};
use super::outline::{METHODS, Part};
use super::segments::{Segment, schema};
use super::words::{
    END, Is, Sentence, Word, fingerprint, is_code, is_version, notices, position, sentences, shown,
    texts,
};

/// Reads the segments one by one.
pub(super) fn read(yaml: &Operation, words: &[Word], segments: &[Segment], page: &mut Page) {
    let mut reader = Reader {
        yaml,
        words,
        used: vec![false; words.len()],
        page,
    };
    for segment in segments {
        reader.segment(segment);
    }
    if reader.page.form == Form::Page {
        reader.missing_repetitions(segments);
    }
}

struct Reader<'a> {
    yaml: &'a Operation,
    words: &'a [Word],
    /// Which words state a fact or are a heading; all others are wording.
    used: Vec<bool>,
    page: &'a mut Page,
}

impl Reader<'_> {
    /// A fact. Where a page states it more than once and not alike, the values are joined with ` / `.
    fn fact(&mut self, item: &str, aspect: Aspect, value: Value) {
        if value.is_null() {
            return;
        }
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

    fn take(&mut self, words: Range<usize>) {
        self.used[words].fill(true);
    }

    /// Where words of some kind stand in a row for the first time.
    fn row(&self, within: Range<usize>, is: fn(&Word) -> bool) -> Range<usize> {
        let here = &self.words[within.clone()];
        let start = here.iter().position(is).unwrap_or(here.len());
        let length = here[start..].iter().take_while(|word| is(word)).count();
        within.start + start..within.start + start + length
    }

    fn segment(&mut self, segment: &Segment) {
        let (item, all) = (segment.item.as_str(), segment.words.clone());
        let words = self.words;
        let rest = all.end.min(all.start + segment.heading)..all.end;
        self.take(all.start..rest.start);
        let mark = words.get(rest.start).map_or("", |next| next.text.as_str());
        match segment.part {
            Part::Top => self.versions(rest),
            Part::BaseUrl => self.addresses(all.clone(), Is::Url, "base_url"),
            Part::Endpoint => self.addresses(all.clone(), Is::Path, "operation"),
            Part::Codes => {
                let codes = self.row(rest, is_code);
                self.fact("status", Aspect::Enum, texts(&words[codes.clone()]));
                self.take(codes);
            }
            Part::Request => {
                let marks = usize::from(matches!(mark, "Required" | "Optional"));
                self.take(rest.start..rest.start + marks);
                self.fact("request", Aspect::Presence, json!(true));
                self.fact("request", Aspect::Required, json!(mark == "Required"));
            }
            Part::Status => {
                let is_deprecated = mark == "deprecated";
                self.fact(item, Aspect::Presence, json!(true));
                self.fact(
                    item,
                    Aspect::Deprecated,
                    json!(is_deprecated.then_some(true)),
                );
                self.take(rest.start..rest.start + usize::from(is_deprecated));
            }
            Part::Content => self.content(item, rest),
            Part::Field | Part::Element => self.field(segment.part, item, all.clone()),
            Part::Values => self.values(item, rest),
            Part::Auth => {
                let ours = self.yaml.text("auth", Aspect::Presence);
                let lower = |text: &str| fingerprint([text.to_lowercase().as_str()]);
                let is_ours = |end: &usize| lower(&shown(&words[rest.start..*end])) == lower(ours);
                let known = (rest.start..=rest.end).find(is_ours);
                let row = rest.start..known.unwrap_or(rest.end);
                let said = match known {
                    Some(_) => ours.to_owned(),
                    None => shown(&words[row.clone()]).replace(['|', '`'], ","),
                };
                self.fact("auth", Aspect::Presence, json!(said));
                self.take(row);
            }
            // Behind the end of a page, the links of the site are ignored, and sentences are kept.
            Part::End if self.page.form == Form::Page => {
                let end = position(&words[rest.clone()], END)
                    .map_or(rest.end, |end| rest.start + end + 4);
                let site = end.min(rest.end)..rest.end;
                if notices(&words[site.clone()]).is_empty() {
                    self.take(site);
                }
            }
            _ => {}
        }
        let left: Vec<Word> = all
            .filter(|at| !self.used[*at])
            .map(|at| words[at].clone())
            .collect();
        let said = sentences(&left);
        // A page repeats itself. Where it does not say the same each time, all of it is kept.
        let known = self.page.wording.entry(segment.key.clone());
        let known = known.or_insert_with(|| said.clone());
        if *known != said {
            known.extend(said);
            known.push(Sentence {
                fingerprint: "repeated".to_owned(),
                text: "not the same each time".to_owned(),
            });
        }
    }

    fn versions(&mut self, rest: Range<usize>) {
        let words = self.words;
        let versions = self.row(rest.clone(), is_version);
        if !versions.is_empty() {
            self.fact("versions", Aspect::Presence, json!(true));
            self.fact("versions", Aspect::Enum, texts(&words[versions.clone()]));
        } else if let Some(url) = words[rest.clone()].iter().find(|word| word.is == Is::Url) {
            // Without its heading, the base URL stands here.
            self.fact("base_url", Aspect::Presence, json!(url.text));
        }
        let label = versions
            .start
            .checked_sub(1)
            .filter(|at| words[*at].text == "Version");
        self.take(label.unwrap_or(versions.start)..versions.end);
    }

    /// Method, path and base URL, which a page states more than once; `none` where the needed one is missing.
    fn addresses(&mut self, all: Range<usize>, needed: Is, item: &str) {
        let words = self.words;
        if words[all.clone()].iter().all(|word| word.is != needed) {
            self.fact(item, Aspect::Presence, json!("none"));
        }
        let mut method = all.start;
        for at in all {
            match words[at].is {
                Is::Plain if METHODS.contains(&words[at].text.as_str()) => method = at,
                Is::Url => {
                    self.fact("base_url", Aspect::Presence, json!(words[at].text));
                    self.take(at..at + 1);
                }
                // In a code sample, the words `url` and the base URL stand between both.
                Is::Path if at <= method + 3 => {
                    let name = format!("{} {}", words[method].text, words[at].text);
                    self.fact("operation", Aspect::Presence, json!(name));
                    self.take(method..method + 1);
                    self.take(at..at + 1);
                }
                _ => {}
            }
        }
    }

    /// Content type and schema of a body.
    fn content(&mut self, item: &str, rest: Range<usize>) {
        let here = &self.words[rest.clone()];
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(content_type) = here.first() {
            self.fact(item, Aspect::ContentType, json!(content_type.text));
            self.take(rest.start..rest.start + 1);
        }
        if let Some((place, name)) = schema(here) {
            // A browser shows the name once more above the fields.
            let again = here.get(place.end).is_some_and(|next| next.text == name);
            self.fact(item, Aspect::Schema, json!(name));
            self.take(rest.start + place.start..rest.start + place.end + usize::from(again));
        }
    }

    fn field(&mut self, part: Part, item: &str, all: Range<usize>) {
        let words = self.words;
        let text = |is: Is| {
            let mut all = words[all.clone()].iter().filter(|word| word.is == is);
            all.next().map(|word| word.text.clone())
        };
        let is_marked = |mark: &str| {
            let mut all = words[all.clone()].iter();
            all.any(|word| word.is == Is::Mark && word.text == mark)
        };
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
            self.fact(
                item,
                Aspect::Deprecated,
                json!(is_marked("deprecated").then_some(true)),
            );
        }
        for at in all {
            self.used[at] = !matches!(words[at].is, Is::Plain | Is::Url | Is::Path | Is::Code);
        }
    }

    fn values(&mut self, item: &str, rest: Range<usize>) {
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(at) = position(&self.words[rest.clone()], "Type string Enum Values") {
            let (label, first) = (rest.start + at, rest.start + at + 4);
            let last = (first..rest.end).find(|at| self.words[*at].ends_line);
            let end = last.map_or(rest.end, |last| last + 1);
            self.take(label..end);
            self.fact(item, Aspect::Enum, texts(&self.words[first..end]));
        }
    }

    /// Each status repeats the fields of the error; where one lacks a field of it, the page contradicts itself.
    fn missing_repetitions(&mut self, segments: &[Segment]) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for segment in segments
            .iter()
            .filter(|segment| segment.part == Part::Field)
        {
            if segment.item.split('.').next() == Some("error") {
                *counts.entry(&segment.item).or_default() += 1;
            }
        }
        let all = counts.values().max().copied();
        counts.retain(|item, count| Some(*count) < all && self.yaml.get(item).is_some());
        for item in counts.into_keys() {
            let facts = &mut self.page.operation.entry(item).facts;
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
    for (name, value) in text.split(", ").filter_map(|bound| bound.split_once(':')) {
        let name = match name.trim() {
            name @ ("min" | "max") => format!("{name}{of}"),
            name => name.to_owned(),
        };
        let value = value.trim();
        bounds.insert(name, value.parse().unwrap_or_else(|_| json!(value)));
    }
    Value::Object(bounds)
}
