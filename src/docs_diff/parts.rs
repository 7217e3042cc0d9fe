//! What the parts of a page say. A part begins with a heading, a status, a body, a schema or a field; all that stands
//! before the next one is a fact or wording of it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::{Value, json};

use super::fields::{COLUMN, Fields, bounds};
use super::lock::item_and_aspect;
use super::model::{Aspect, Form, Item, Operation, Page};
use super::openapi::{ERROR, join};
use super::outline::{Heading, METHODS, Part, locate, outline};
use super::text::{
    END, PATH, Sentence, URL, WORD, ends_line, notices, one_line, pattern, positions, sentences,
    shown, starts_line,
};

/// In a code sample, an option and the base URL stand between method and path.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?P<method>{METHODS})\b\W*?(?P<option>--url\W+?)?(?P<url>{URL})?(?P<path>{PATH})|(?P<alone>{URL})"
    ))
});
static VERSIONS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bVersion\b\s*(?:v[0-9]+\.[0-9]+\s*)*"));
static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"v[0-9]+\.[0-9]+"));
const CODE: &str = "(?:[1-5](?:[0-9]{2}|XX|xx)|default)";
static CODES: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b(?:{CODE}\s*)+\b")));
static EACH_CODE: LazyLock<Regex> = LazyLock::new(|| pattern(CODE));
static CODE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    let end = r"[^\w\n]*(?:\(deprecated\)[^\w\n]*)?$";
    pattern(&format!(r"(?m)^[^\w\n]*({CODE}){end}"))
});
static DEPRECATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[^\w\n]*\(deprecated\)"));
static REQUIRED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*(?:Required|Optional)\b"));
static CONTENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bContent +Type\b"));
static CONTENT_TYPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*[\w.+/-]+"));
static SCHEMA: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bSchema\b\W*?:\W*(?:array\W+of\W+)?\w+"));
static VALUES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bType\W+string\W+Enum\W+Values\b[^\n]*"));
static VALUE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\w+"));
static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("[·{COLUMN}] ?(?:required|deprecated|optional)\\b")));
static LAST: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"{END}\W+\w+")));

/// Takes out of a text what fits a pattern first.
fn cut(text: &mut String, pattern: &Regex) -> Option<String> {
    let found = pattern.find(text)?.as_str().to_owned();
    *text = pattern.replacen(text, 1, " ").into_owned();
    Some(found)
}

/// The schema that is named first in a text.
pub(super) fn schema(text: &str) -> Option<String> {
    let found = SCHEMA.find(text)?.as_str();
    let (_, name) = found.split_once(':')?;
    Some(one_line(name.trim_matches(['*', ' ', '\n', '`'])))
}

/// Where statuses stand in lines of their own. Where lines have run together, the code samples list them, and a content
/// type follows each.
fn codes(text: &str, bodies: &[Range<usize>]) -> Vec<usize> {
    let lines = CODE_LINE.captures_iter(text).filter_map(|line| line.get(1));
    let mut found: Vec<usize> = lines.map(|code| code.start()).collect();
    let list = positions(text, "status code");
    let list = list
        .first()
        .and_then(|heading| CODES.find(&text[heading.end..]));
    let list: Vec<_> = list.map_or(vec![], |list| EACH_CODE.find_iter(list.as_str()).collect());
    if found.len() < 3 && !list.is_empty() {
        found.clear();
        let from = bodies.len().saturating_sub(list.len());
        let mut start = from.checked_sub(1).map_or(0, |before| bodies[before].end);
        for (code, body) in list.iter().zip(&bodies[from..]) {
            let here = positions(&text[start..body.start], code.as_str());
            found.extend(here.first().map(|here| start + here.start));
            start = body.end;
        }
    }
    found
}

/// Reads the parts one by one.
pub(super) fn read(yaml: &Operation, fields: &Fields, text: &str, page: &mut Page) {
    let headings = outline(yaml, page.form);
    let places = locate(&headings, text);
    let missing = headings.iter().zip(&places);
    let missing = missing.filter(|(_, place)| place.is_none());
    let bodies: Vec<Range<usize>> = CONTENT.find_iter(text).map(|body| body.range()).collect();
    let codes = codes(text, &bodies);
    let mut reader = Reader {
        yaml,
        text,
        missing: missing
            .filter_map(|(heading, _)| heading.prefix())
            .collect(),
        part: Part::Top,
        key: "introduction".to_owned(),
        item: "introduction".to_owned(),
        from: 0,
        prefix: None,
        parent: String::new(),
        body: "request".to_owned(),
        shows_schemas: false,
        schemas: vec![],
        error_fields: BTreeMap::new(),
        page,
    };
    let mut at = 0;
    while let Some(word) = WORD.find_at(text, at).map(|word| word.range()) {
        let starts_here = |place: &Range<usize>| place.start == word.start;
        let heading = places
            .iter()
            .position(|place| place.as_ref().is_some_and(starts_here));
        let field = || fields.begins(&text[word.start..], starts_line(text, word.start));
        at = word.end;
        if let Some((heading, Some(place))) = heading.map(|at| (&headings[at], &places[at])) {
            reader.heading(heading, place.clone());
            at = at.max(place.end);
        } else if codes.contains(&word.start) {
            reader.body = format!("status.{}", &text[word.clone()]);
            reader.below(None);
            reader.begin(word, Part::Status, &reader.body.clone());
        } else if let Some(body) = bodies.iter().position(starts_here) {
            let end = bodies.get(body + 1).map_or(text.len(), |next| next.start);
            reader.content(bodies[body].clone(), end);
            at = bodies[body].end;
        } else if let Some(field) = field() {
            at = reader.field(word.start, &field).max(at);
        } else if reader.shows_schemas && starts_line(text, word.start) && ends_line(text, at) {
            reader.schema(word);
        }
    }
    reader.end(text.len());
    if reader.page.form == Form::Page {
        reader.missing_repetitions();
    }
}

struct Reader<'a> {
    yaml: &'a Operation,
    text: &'a str,
    /// What is read now: the part, the name of its wording, its item, and where it begins.
    part: Part,
    key: String,
    item: Item,
    from: usize,
    /// The prefixes of the fields below headings that are missing.
    missing: Vec<&'a str>,
    /// The prefix of the fields at this place, and of those below the last field.
    prefix: Option<String>,
    parent: String,
    /// The request or the status whose body comes next.
    body: Item,
    /// Whether Meta's Markdown shows its schemas here, and which bodies have which of them.
    shows_schemas: bool,
    schemas: Vec<(String, Item)>,
    /// How often each field of the error is there.
    error_fields: BTreeMap<Item, usize>,
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

    /// Ends a part, and begins the next one.
    fn begin(&mut self, heading: Range<usize>, part: Part, key: &str) {
        self.end(heading.start);
        self.part = part;
        self.key = key.to_owned();
        self.item = item_and_aspect(key).0.to_owned();
        self.from = heading.end;
    }

    fn below(&mut self, prefix: Option<&str>) {
        self.parent = prefix.unwrap_or_default().to_owned();
        self.prefix = prefix.map(str::to_owned);
    }

    fn heading(&mut self, heading: &Heading, place: Range<usize>) {
        self.shows_schemas = heading.part == Part::Schemas;
        self.body = "request".to_owned();
        self.below(heading.prefix());
        self.begin(place, heading.part, &heading.key);
    }

    fn content(&mut self, heading: Range<usize>, end: usize) {
        let name = schema(&self.text[heading.end..end]).unwrap_or_default();
        self.schemas.push((name.clone(), self.body.clone()));
        let key = match self.page.form {
            Form::Markdown => format!("{}#example", self.body),
            _ => self.body.clone(),
        };
        self.begin(heading, Part::Content, &key);
        // Meta's Markdown shows the fields elsewhere.
        let prefix = fields_of(&name, &self.body);
        let has_fields = self.page.form == Form::Page && !self.is_other(&name);
        self.below(has_fields.then_some(prefix.as_str()));
    }

    /// Whether a body has a schema where the YAML has none, or the error: its fields are not read, the name says enough.
    fn is_other(&self, schema: &str) -> bool {
        let ours = self.yaml.text(&self.item, Aspect::Schema);
        schema != ERROR && self.item != "request" && ["", ERROR].contains(&ours)
    }

    /// The heading of a schema that Meta's Markdown shows.
    fn schema(&mut self, heading: Range<usize>) {
        let name = &self.text[heading.clone()];
        let said = self.yaml.said.iter().map(|said| &said.item);
        let mut ours = said.filter(|item| self.yaml.text(item, Aspect::Schema) == name);
        let theirs = self.schemas.iter().find(|(known, _)| known == name);
        let body = ours.next().or(theirs.map(|(_, body)| body)).cloned();
        let values = format!("enum.{name}");
        if self.yaml.get(&values).is_some() {
            self.below(None);
            self.begin(heading, Part::Values, &values);
        } else if name == "Error" {
            self.below(Some("error"));
            self.begin(heading, Part::Schema, "error");
        } else if let Some(body) = body {
            let ours = self.yaml.text(&body, Aspect::Schema);
            let key = format!("schema.{}", if ours.is_empty() { name } else { ours });
            self.below(Some(&fields_of(name, &body)));
            self.begin(heading, Part::Schema, &key);
        }
    }

    /// Begins a field, and tells where its marks stand.
    fn field(&mut self, at: usize, field: &Captures<'_>) -> usize {
        let Some(item) = self.item(&field["name"]) else {
            return at;
        };
        let is_element = field.name("list").is_some();
        let kind = self.yaml.text(&item, Aspect::Type);
        let values = format!("enum.{}", kind.trim_start_matches("array of "));
        // A field without a description shows that of its enum, where the page does not show the enum.
        let borrows = self.page.form == Form::Page
            && self.yaml.fact(&item, Aspect::Prose).is_none()
            && !kind.starts_with("array of ");
        let key = match self.yaml.get(&values) {
            Some(_) if is_element || borrows => values,
            _ => item.clone(),
        };
        let text = |group: &str| field.name(group).map(|part| part.as_str());
        // Marks are read with the text behind them.
        let (kind, end) = match field["type"].trim_start_matches(COLUMN) {
            "required" | "deprecated" | "optional" => ("", field["name"].len()),
            kind => (kind, field[0].len() - field["marks"].len()),
        };
        let part = if is_element {
            Part::Element
        } else {
            Part::Field
        };
        self.begin(at..at + end, part, &key);
        self.item.clone_from(&item);
        if is_element {
            self.fact(&item, Aspect::Type, json!(format!("array of {kind}")));
        } else {
            if item.split('.').next() == Some("error") {
                *self.error_fields.entry(item.clone()).or_default() += 1;
            }
            self.fact(&item, Aspect::Presence, json!(true));
            self.fact(&item, Aspect::Type, json!(kind));
            self.fact(&item, Aspect::Format, json!(text("format")));
            self.fact(
                &item,
                Aspect::Bound,
                json!(text("bound").map(|bound| bounds(bound, kind))),
            );
        }
        if self.page.form == Form::Page && !is_element {
            self.parent = match item.rsplit_once('.') {
                _ if self.yaml.has_below(&item) => item,
                Some((above, _)) => above.to_owned(),
                None => String::new(),
            };
        }
        at + field[0].len()
    }

    /// The item that a name is of: names are unique where they stand.
    fn item(&self, name: &str) -> Option<Item> {
        let prefix = self.prefix.iter().map(String::as_str);
        let near = prefix.clone().map(|_| self.parent.as_str()).chain(prefix);
        let mut near = near
            .chain(self.missing.iter().copied())
            .map(|prefix| join(prefix, name));
        let first = near.clone().next().filter(|_| self.prefix.is_some());
        near.find(|item| self.yaml.fact(item, Aspect::Type).is_some())
            .or(first)
    }

    /// Takes the facts out of the text of a part, and keeps the rest as wording.
    fn end(&mut self, at: usize) {
        let mut text = self.text[self.from..at].to_owned();
        let item = self.item.clone();
        match self.part {
            Part::Top => {
                let versions = cut(&mut text, &VERSIONS).unwrap_or_default();
                let versions: Vec<_> = VERSION
                    .find_iter(&versions)
                    .map(|one| one.as_str())
                    .collect();
                if !versions.is_empty() {
                    self.fact("versions", Aspect::Presence, json!(true));
                    self.fact("versions", Aspect::Enum, json!(versions));
                } else {
                    // Without its heading, the base URL stands here.
                    self.addresses(&mut text, "", "");
                }
            }
            Part::BaseUrl => self.addresses(&mut text, "url", "base_url"),
            Part::Endpoint => self.addresses(&mut text, "path", "operation"),
            Part::Codes => {
                let codes = cut(&mut text, &CODES).unwrap_or_default();
                let codes: Value = EACH_CODE
                    .find_iter(&codes)
                    .map(|one| one.as_str())
                    .collect();
                self.fact("status", Aspect::Enum, codes);
            }
            Part::Request => {
                let mark = cut(&mut text, &REQUIRED).unwrap_or_default();
                self.fact(&item, Aspect::Presence, json!(true));
                self.fact(&item, Aspect::Required, json!(mark.ends_with("Required")));
            }
            Part::Status => {
                self.fact(&item, Aspect::Presence, json!(true));
                let mark = cut(&mut text, &DEPRECATED);
                self.fact(&item, Aspect::Deprecated, json!(mark.map(|_| true)));
            }
            Part::Content => {
                self.fact(&item, Aspect::Presence, json!(true));
                let kind = cut(&mut text, &CONTENT_TYPE).map(|kind| shown(&kind));
                self.fact(&item, Aspect::ContentType, json!(kind));
                let name = schema(&text);
                self.fact(&item, Aspect::Schema, json!(name));
                let at = SCHEMA.find(&text).map_or(0..0, |found| found.range());
                let behind = text.split_off(at.end);
                text.truncate(at.start);
                // A browser shows the name once more above the fields.
                let name = name.unwrap_or_default();
                let again = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
                text += again.strip_prefix(name.as_str()).unwrap_or(&behind);
                if self.page.form == Form::Page && self.is_other(&name) {
                    text.clear();
                }
            }
            Part::Field => {
                let marks: Vec<String> = std::iter::from_fn(|| cut(&mut text, &MARK)).collect();
                let has = |mark: &str| marks.iter().any(|one| one.ends_with(mark));
                self.fact(&item, Aspect::Required, json!(has("required")));
                self.fact(
                    &item,
                    Aspect::Deprecated,
                    json!(has("deprecated").then_some(true)),
                );
            }
            Part::Values => {
                self.fact(&item, Aspect::Presence, json!(true));
                if let Some(values) = cut(&mut text, &VALUES) {
                    let values = VALUE.find_iter(&values).skip(4).map(|one| one.as_str());
                    self.fact(&item, Aspect::Enum, values.collect());
                }
            }
            Part::Auth => {
                let ours = self.yaml.text("auth", Aspect::Presence);
                let words: Vec<&str> = VALUE.find_iter(ours).map(|one| one.as_str()).collect();
                let row = pattern(&format!(r"(?i)^\W*{}\b", words.join(r"\W+")));
                let said = match cut(&mut text, &row) {
                    Some(_) => ours.to_owned(),
                    None => shown(&std::mem::take(&mut text)).replace(['|', '`'], ","),
                };
                self.fact("auth", Aspect::Presence, json!(said));
            }
            // Behind the end of a page, the links of the site are ignored, and sentences are kept.
            Part::End if self.page.form == Form::Page => {
                let end = LAST.find(&text).map_or(text.len(), |last| last.end());
                if notices(&text[end..]).is_empty() {
                    text.truncate(end);
                }
            }
            _ => {}
        }
        let said = sentences(&text);
        // The same field may be on a page more than once. Where it is not described alike, all of it is kept.
        let repeats = matches!(self.part, Part::Field | Part::Element);
        match self.page.wording.entry(self.key.clone()) {
            Entry::Occupied(known) if repeats && *known.get() == said => {}
            Entry::Occupied(known) if repeats => {
                let known = known.into_mut();
                known.extend(said);
                known.push(Sentence {
                    fingerprint: "repeated".to_owned(),
                    text: "not the same each time".to_owned(),
                });
            }
            known => known.or_default().extend(said),
        }
    }

    /// Method, path and base URL, which a page states more than once; `none` where the needed one is missing.
    fn addresses(&mut self, text: &mut String, needed: &str, item: &str) {
        let mut is_there = needed.is_empty();
        for found in ADDRESS.captures_iter(&text.clone()) {
            let url = found.name("url").or(found.name("alone"));
            if let Some(url) = url {
                self.fact("base_url", Aspect::Presence, json!(url.as_str()));
            }
            if let Some(path) = found.name("path") {
                let name = format!("{} {}", &found["method"], path.as_str());
                self.fact("operation", Aspect::Presence, json!(name));
            }
            is_there |= if needed == "path" {
                found.name("path")
            } else {
                url
            }
            .is_some();
        }
        if !is_there {
            self.fact(item, Aspect::Presence, json!("none"));
        }
        *text = ADDRESS.replace_all(text, " $option ").into_owned();
    }

    /// Each status repeats the fields of the error; where one lacks a field of it, the page contradicts itself.
    fn missing_repetitions(&mut self) {
        let counts = std::mem::take(&mut self.error_fields);
        let most = counts.values().max().copied();
        let some = counts.iter().filter(|(_, count)| Some(**count) < most);
        for (item, _) in some.filter(|(item, _)| self.yaml.get(item).is_some()) {
            let facts = &mut self.page.operation.entry(item).facts;
            facts.insert(Aspect::Presence, json!(false));
        }
    }
}

/// What the fields of a body begin with.
fn fields_of(schema: &str, body: &str) -> String {
    match body.strip_prefix("status.") {
        Some(_) if schema == ERROR => String::new(),
        Some(status) => format!("response.{status}"),
        None => body.to_owned(),
    }
}
