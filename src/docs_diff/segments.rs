//! A page cut where its headings, statuses, bodies and fields begin: every word belongs to the last of them before it.

use std::ops::Range;

use super::lock::item_and_place;
use super::model::{Aspect, Form, Item, Operation};
use super::openapi::{ERROR, join};
use super::outline::{Heading, Part, locate};
use super::words::{Is, Word};

/// A part of a page.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) part: Part,
    /// The name of its wording in the lock, and the item that it begins with.
    pub(super) key: String,
    /// The item of a field, which may share its wording with others.
    pub(super) item: Item,
    /// How many words its heading has.
    pub(super) heading: usize,
    pub(super) words: Range<usize>,
}

/// Cuts a page.
pub(super) fn segments(
    yaml: &Operation,
    form: Form,
    headings: &[Heading],
    words: &[Word],
) -> Vec<Segment> {
    let places = locate(headings, words);
    let missing = headings
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none());
    let mut cutter = Cutter {
        yaml,
        form,
        words,
        missing: missing
            .filter_map(|(heading, _)| heading.prefix())
            .collect(),
        prefix: None,
        parent: String::new(),
        body: "request".to_owned(),
        shows_schemas: false,
        bodies: vec![],
        found: vec![],
    };
    cutter.begin(0, Part::Top, "introduction", 0);
    let mut at = 0;
    while at < words.len() {
        let heading = places.iter().position(|place| *place == Some(at));
        match heading.map(|heading| &headings[heading]) {
            Some(heading) => {
                cutter.shows_schemas = heading.part == Part::Schemas
                    || cutter.shows_schemas && heading.key.starts_with("schema#");
                cutter.body = "request".to_owned();
                cutter.below(heading.prefix());
                cutter.begin(at, heading.part, &heading.key, heading.words.len());
                at += heading.words.len().max(1);
            }
            None => {
                cutter.word(at);
                at += 1;
            }
        }
    }
    cutter.found
}

/// The schema that is named from here on, and where.
pub(super) fn schema(words: &[Word]) -> Option<(Range<usize>, String)> {
    let is_label = |word: &Word| word.text == "Schema" && word.colon;
    let at = words.iter().position(is_label)?;
    let text = |at: usize| words.get(at).map(|word| word.text.as_str());
    match text(at + 1)? {
        "array" => Some((at..at + 4, format!("array of {}", text(at + 3)?))),
        name => Some((at..at + 2, name.to_owned())),
    }
}

struct Cutter<'a> {
    yaml: &'a Operation,
    form: Form,
    words: &'a [Word],
    /// The prefixes of the fields below headings that are missing.
    missing: Vec<&'a str>,
    /// The prefix of the fields at this place, and of those below the last field.
    prefix: Option<String>,
    parent: String,
    /// The request or the status whose body comes next.
    body: Item,
    /// Whether Meta's Markdown shows its schemas here, and which bodies have which of them.
    shows_schemas: bool,
    bodies: Vec<(String, Item)>,
    found: Vec<Segment>,
}

impl Cutter<'_> {
    fn begin(&mut self, at: usize, part: Part, key: &str, heading: usize) {
        if let Some(last) = self.found.last_mut() {
            last.words.end = at;
        }
        self.found.push(Segment {
            part,
            key: key.to_owned(),
            item: item_and_place(key).0.to_owned(),
            heading,
            words: at..self.words.len(),
        });
    }

    fn below(&mut self, prefix: Option<&str>) {
        self.parent = prefix.unwrap_or_default().to_owned();
        self.prefix = prefix.map(str::to_owned);
    }

    fn word(&mut self, at: usize) {
        let word = &self.words[at];
        let next = self.words.get(at + 1);
        match word.is {
            Is::Code => {
                self.body = format!("status.{}", word.text);
                self.below(None);
                self.begin(at, Part::Status, &self.body.clone(), 1);
            }
            Is::Head => self.field(at, &word.text),
            Is::Plain if word.text == "Content" && next.is_some_and(|next| next.text == "Type") => {
                self.content(at);
            }
            Is::Plain if self.shows_schemas && word.starts_line && word.ends_line => {
                self.schema(at, &word.text);
            }
            _ => {}
        }
    }

    fn content(&mut self, at: usize) {
        let is_body = |word: &&Word| !matches!(word.is, Is::Head | Is::Code);
        let length = self.words[at..].iter().take_while(is_body).count();
        let (_, name) = schema(&self.words[at..at + length]).unwrap_or_default();
        self.bodies.push((name.clone(), self.body.clone()));
        // Where the YAML has no schema, or the error, the fields of another schema are not read: its name says enough.
        let ours = self.yaml.text(&self.body, Aspect::Schema);
        let is_other = name != ERROR && self.body != "request" && ["", ERROR].contains(&ours);
        let place = match self.form {
            Form::Markdown => "example",
            _ if is_other => "fields",
            _ => "body",
        };
        self.begin(at, Part::Content, &format!("{}#{place}", self.body), 2);
        // Meta's Markdown shows the fields elsewhere.
        let prefix = fields_of(&name, &self.body);
        let has_fields = self.form != Form::Markdown && !is_other;
        self.below(has_fields.then_some(prefix.as_str()));
    }

    /// The heading of a schema that Meta's Markdown shows.
    fn schema(&mut self, at: usize, name: &str) {
        let said = self.yaml.said.iter().map(|said| &said.item);
        let mut ours = said.filter(|item| self.yaml.text(item, Aspect::Schema) == name);
        let theirs = self.bodies.iter().find(|(known, _)| known == name);
        let body = ours.next().or(theirs.map(|(_, body)| body)).cloned();
        let values = format!("enum.{name}");
        if self.yaml.get(&values).is_some() {
            self.below(None);
            self.begin(at, Part::Values, &values, 1);
        } else if name == "Error" {
            self.below(Some("error"));
            self.begin(at, Part::Schema, "error#object", 1);
        } else if let Some(body) = body {
            let prefix = fields_of(name, &body);
            let ours = self.yaml.text(&body, Aspect::Schema);
            let key = format!("schema.{}", if ours.is_empty() { name } else { ours });
            self.below(Some(&prefix));
            self.begin(at, Part::Schema, &key, 1);
        }
    }

    fn field(&mut self, at: usize, name: &str) {
        let (name, is_element) = match name.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let Some(item) = self.item(name) else { return };
        let values = values(self.yaml, &item);
        let kind = self.yaml.text(&item, Aspect::Type);
        // A field without a description shows that of its enum, where the page does not show the enum.
        let borrows = self.form == Form::Page
            && self.yaml.fact(&item, Aspect::Prose).is_none()
            && !kind.starts_with("array of ");
        let key = match values {
            Some(values) if is_element || borrows => format!("{values}#{item}"),
            _ if is_element => format!("{item}#element"),
            _ => item.clone(),
        };
        let part = if is_element {
            Part::Element
        } else {
            Part::Field
        };
        self.begin(at, part, &key, 0);
        if let Some(last) = self.found.last_mut() {
            last.item.clone_from(&item);
        }
        if self.form == Form::Page && !is_element {
            self.parent = match item.rsplit_once('.') {
                _ if self.yaml.has_below(&item) => item,
                Some((above, _)) => above.to_owned(),
                None => String::new(),
            };
        }
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
}

/// What the fields of a body begin with.
fn fields_of(schema: &str, body: &str) -> String {
    match body.strip_prefix("status.") {
        Some(_) if schema == ERROR => String::new(),
        Some(status) => format!("response.{status}"),
        None => body.to_owned(),
    }
}

/// The enum that a field takes its values from.
fn values(yaml: &Operation, item: &str) -> Option<Item> {
    let kind = yaml.text(item, Aspect::Type);
    let values = format!("enum.{}", kind.strip_prefix("array of ").unwrap_or(kind));
    yaml.get(&values).map(|_| values)
}
