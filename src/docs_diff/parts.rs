//! The parts of a page. A part begins with a heading, a status, a body, a schema or a field. Everything up to the next part
//! is a fact or wording of it.

use std::ops::Range;

use regex::Captures;

use super::facts::{CODE_LINE, Facts, codes, schema};
use super::fields::Fields;
use super::lock::item_and_aspect;
use super::model::{Aspect, Form, Item, Operation, Page};
use super::openapi::{ERROR, join};
use super::outline::{Heading, Part, locate, outline};
use super::text::{Pattern, Sentence, WORD, ends_line, pattern, positions, starts_line};

static CONTENT: Pattern = Pattern::new(|| pattern(r"\bContent +Type\b"));

/// Finds the statuses. Each is on a line of its own. If lines have run together, the code samples list the statuses, and each
/// is found before its content type.
fn statuses(text: &str, bodies: &[Range<usize>]) -> Vec<usize> {
    let lines = CODE_LINE.captures_iter(text).filter_map(|line| line.get(1));
    let mut found: Vec<usize> = lines.map(|code| code.start()).collect();
    let list = text.split_once("Select status code");
    let list = list.map_or(vec![], |(_, behind)| codes(behind));
    if found.len() < 3 && !list.is_empty() {
        found.clear();
        let heading = positions(text, "Responses");
        let mut above = bodies.len().saturating_sub(list.len());
        if let Some(heading) = heading.first() {
            above = bodies.partition_point(|body| body.start < heading.start);
        }
        let mut start = above.checked_sub(1).map_or(0, |last| bodies[last].end);
        let mut next = &list[..];
        for body in &bodies[above..] {
            let here = &text[start..body.start];
            let place = |code: &String| Some(positions(here, code).first()?.start);
            let mut places = next.iter().map(place).zip(1..);
            if let Some((place, at)) = places.find_map(|(place, at)| Some((place?, at))) {
                found.push(start + place);
                next = &next[at..];
            }
            start = body.end;
        }
    }
    found
}

/// Reads the parts one by one.
pub(super) fn read(yaml: &Operation, fields: &Fields, text: &str, page: &mut Page) {
    let headings = outline(yaml, page.form);
    let (mut found, mut missing) = (vec![], vec![]);
    for (heading, place) in headings.iter().zip(locate(&headings, text)) {
        match place {
            Some(place) => found.push((heading, place)),
            None => missing.extend(heading.prefix()),
        }
    }
    let bodies: Vec<Range<usize>> = CONTENT.find_iter(text).map(|body| body.range()).collect();
    let statuses = statuses(text, &bodies);
    let mut reader = Reader {
        yaml,
        text,
        facts: Facts::new(yaml, page),
        part: Part::Top,
        key: "introduction".to_owned(),
        item: "introduction".to_owned(),
        from: 0,
        missing,
        prefix: None,
        parent: String::new(),
        body: String::new(),
        shows_schemas: false,
        schemas: vec![],
    };
    let mut at = 0;
    while let Some(word) = WORD.find_at(text, at).map(|word| word.range()) {
        let is_here = |place: &Range<usize>| place.start == word.start;
        let line_starts = || starts_line(text, word.start);
        at = word.end;
        if let Some((heading, place)) = found.iter().find(|(_, place)| is_here(place)) {
            reader.heading(heading, place.clone());
            at = at.max(place.end);
        } else if statuses.contains(&word.start) {
            reader.status(word);
        } else if let Some(body) = bodies.iter().position(is_here) {
            let end = bodies.get(body + 1).map_or(text.len(), |next| next.start);
            reader.content(bodies[body].clone(), end);
            at = bodies[body].end;
        } else if let Some(field) = fields.begins(&text[word.start..], line_starts())
            && let Some(item) = reader.item(&field["name"])
        {
            reader.field(word.start, &item, &field);
            at = word.start + field[0].len();
        } else if reader.shows_schemas && line_starts() && ends_line(text, at) {
            reader.schema(word);
        }
    }
    reader.end(text.len());
    reader.facts.contradictions();
}

struct Reader<'a> {
    yaml: &'a Operation,
    text: &'a str,
    facts: Facts<'a>,
    /// What is read now: the part, the name of its wording in the lock, its item, and where it begins.
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
    /// Whether this is the part of Meta's Markdown that shows the schemas.
    shows_schemas: bool,
    /// The schemas that are named so far, each with its body.
    schemas: Vec<(String, Item)>,
}

impl Reader<'_> {
    fn end(&mut self, at: usize) {
        let text = self.text[self.from..at].to_owned();
        self.facts.read(self.part, &self.item, &self.key, text);
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
        "request".clone_into(&mut self.body);
        self.below(heading.prefix());
        let words = Sentence::heading(&self.text[place.clone()]);
        self.begin(place, heading.part, &heading.key);
        self.facts.wording(&heading.key, vec![words], false);
    }

    fn status(&mut self, code: Range<usize>) {
        self.body = format!("status.{}", &self.text[code.clone()]);
        self.below(None);
        self.begin(code, Part::Status, &self.body.clone());
    }

    fn content(&mut self, heading: Range<usize>, end: usize) {
        let name = schema(&self.text[heading.end..end]).unwrap_or_default();
        self.schemas.push((name.clone(), self.body.clone()));
        let prefix = fields_of(&name, &self.body);
        // Meta's Markdown shows examples here, and the fields elsewhere.
        if self.facts.page.form == Form::Markdown {
            self.below(None);
            self.begin(heading, Part::Content, &format!("{}#example", self.body));
        } else {
            let is_read = !self.facts.is_other(&self.body, &name);
            self.below(is_read.then_some(prefix.as_str()));
            self.begin(heading, Part::Content, &self.body.clone());
        }
    }

    /// The heading of a schema that Meta's Markdown shows.
    fn schema(&mut self, heading: Range<usize>) {
        let name = &self.text[heading.clone()];
        let mut ours = self.yaml.stated(Aspect::Schema);
        let ours = ours.find(|(_, schema)| *schema == name);
        let theirs = self.schemas.iter().find(|(known, _)| known == name);
        let theirs = theirs.map(|(_, body)| body.clone());
        let body = ours.map(|(item, _)| item.to_owned()).or(theirs);
        let values = format!("enum.{name}");
        if self.yaml.has(&values) {
            self.below(None);
            self.begin(heading, Part::Values, &values);
        } else if name == "Error" {
            self.below(Some("error"));
            self.begin(heading, Part::Text, "error");
        } else if let Some(body) = body {
            let ours = self.yaml.text(&body, Aspect::Schema);
            let key = format!("schema.{}", if ours.is_empty() { name } else { ours });
            self.below(Some(&fields_of(name, &body)));
            self.begin(heading, Part::Text, &key);
        }
    }

    fn field(&mut self, at: usize, item: &str, field: &Captures<'_>) {
        let part = field.name("list").map_or(Part::Field, |_| Part::Element);
        let is_element = part == Part::Element;
        let kind = self.yaml.text(item, Aspect::Type);
        let values = format!("enum.{}", kind.trim_start_matches("array of "));
        // As a browser shows it, a field without a description has the description of its enum.
        let borrows = self.facts.page.form == Form::Page
            && self.yaml.fact(item, Aspect::Prose).is_none()
            && !kind.starts_with("array of ");
        let shows_values = self.yaml.has(&values) && (is_element || borrows);
        let key = if shows_values { &values } else { item };
        // Marks are read with the text behind them.
        let end = at + field[0].len() - field["marks"].len();
        self.begin(at..end, part, key);
        item.clone_into(&mut self.item);
        self.facts.field(item, field);
        if self.facts.page.form == Form::Page && !is_element {
            let above = item.rsplit_once('.').unwrap_or_default().0;
            let holder = Some(item).filter(|item| self.yaml.has_below(item));
            holder.unwrap_or(above).clone_into(&mut self.parent);
        }
    }

    /// The item of a field with this name at this place.
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
