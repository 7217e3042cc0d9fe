//! A page cut where its headings, statuses, bodies and fields begin: every word belongs to the last of them before it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Aspect, Form, Item, Operation};
use super::openapi::{ERROR, join};
use super::outline::{Heading, Part, locate};
use super::words::{Is, Word};

/// A part of a page.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) heading: Heading,
    /// The status that it belongs to.
    pub(super) status: Option<Item>,
    pub(super) words: Range<usize>,
}

/// The segments of a page, and the headings that it lacks.
pub(super) fn segments(
    yaml: &Operation,
    form: Form,
    headings: &[Heading],
    words: &[Word],
) -> (Vec<Segment>, Vec<Heading>) {
    let places = locate(headings, words);
    let mut cutter = Cutter {
        yaml,
        form,
        words,
        missing: vec![],
        prefix: None,
        parent: String::new(),
        body: "request".to_owned(),
        schemas: BTreeMap::new(),
        found: vec![],
    };
    let top = (form == Form::Page).then_some("introduction");
    cutter.begin(0, Heading::new(Part::Top, "introduction", top, ""));
    let mut at = 0;
    while at < words.len() {
        match places.iter().position(|place| *place == Some(at)) {
            Some(heading) => {
                let missing = headings[heading + 1..].iter().zip(&places[heading + 1..]);
                let missing = missing.take_while(|(_, place)| place.is_none());
                cutter.missing = missing.map(|(heading, _)| heading.clone()).collect();
                cutter.heading(at, &headings[heading]);
                at += headings[heading].words.len().max(1);
            }
            None => {
                cutter.word(at);
                at += 1;
            }
        }
    }
    let missing = headings
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none());
    let missing = missing.map(|(heading, _)| heading.clone()).collect();
    (cutter.found, missing)
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
    /// Headings that should follow and are not there: what stands below them is expected here.
    missing: Vec<Heading>,
    /// What the names of fields begin with that stand here, and of those below the last field.
    prefix: Option<String>,
    parent: String,
    /// The request or the status whose body comes next.
    body: Item,
    /// The headings of the schemas that Meta's Markdown shows.
    schemas: BTreeMap<String, Heading>,
    found: Vec<Segment>,
}

impl Cutter<'_> {
    fn begin(&mut self, at: usize, heading: Heading) {
        if let Some(last) = self.found.last_mut() {
            last.words.end = at;
        }
        let status = self.body.strip_prefix("status.").map(str::to_owned);
        let words = at..self.words.len();
        self.found.push(Segment {
            heading,
            status,
            words,
        });
    }

    fn below(&mut self, prefix: Option<String>) {
        self.parent = prefix.clone().unwrap_or_default();
        self.prefix = prefix;
    }

    fn heading(&mut self, at: usize, heading: &Heading) {
        if heading.part == Part::Schemas {
            self.schemas = self.schemas();
        } else if heading.part == Part::Auth {
            self.schemas.clear();
        }
        self.body = "request".to_owned();
        self.below(heading.prefix.clone());
        self.begin(at, heading.clone());
    }

    fn word(&mut self, at: usize) {
        let word = &self.words[at];
        let next = self.words.get(at + 1);
        match word.is {
            Is::Code => {
                let item = format!("status.{}", word.text);
                self.body.clone_from(&item);
                self.below(None);
                self.begin(at, Heading::new(Part::Status, &item, Some(&item), ""));
            }
            Is::Head => self.field(at, &word.text),
            Is::Plain if word.text == "Content" && next.is_some_and(|next| next.text == "Type") => {
                let key = format!("{}.example", self.body);
                let key = (self.form == Form::Markdown).then_some(key.as_str());
                self.begin(
                    at,
                    Heading::new(Part::Content, &self.body.clone(), key, "Content Type"),
                );
                let is_body = |word: &&Word| !matches!(word.is, Is::Head | Is::Code);
                let body = self.words[at..].iter().take_while(is_body).count();
                let schema = schema(&self.words[at..at + body]);
                let schema = schema.map_or(String::new(), |(_, schema)| schema);
                self.below(self.fields_of(&schema));
            }
            Is::Plain if word.starts_line && word.ends_line => {
                if let Some(heading) = self.schemas.get(&word.text).cloned() {
                    self.below(heading.prefix.clone());
                    self.begin(at, heading);
                }
            }
            _ => {}
        }
    }

    /// What the names of the fields of a body begin with: of another schema than the YAML's, its name says enough.
    fn fields_of(&self, schema: &str) -> Option<String> {
        let ours = self.yaml.text(&self.body, Aspect::Schema);
        match self.body.strip_prefix("status.") {
            _ if self.form == Form::Markdown => None,
            None => Some("request".to_owned()),
            Some(_) if schema == ERROR => Some(String::new()),
            Some(_) if ours == ERROR || ours.is_empty() => None,
            Some(status) => Some(format!("response.{status}")),
        }
    }

    fn field(&mut self, at: usize, name: &str) {
        if let Some(name) = name.strip_suffix("[]") {
            let Some(item) = self.item(name) else { return };
            let values = values(self.yaml, &item);
            self.begin(
                at,
                Heading::new(Part::Element, &item, values.as_deref(), ""),
            );
            return;
        }
        let Some(item) = self.item(name) else { return };
        // What has no words of its own borrows those of its type, where that is not shown itself.
        let borrowed = values(self.yaml, &item).filter(|values| {
            self.yaml.fact(&item, Aspect::Prose).is_none()
                && values[5..] == *self.yaml.text(&item, Aspect::Type)
        });
        let key = match borrowed {
            Some(values) => (self.form == Form::Page).then_some(values),
            None => Some(item.clone()),
        };
        self.begin(at, Heading::new(Part::Field, &item, key.as_deref(), ""));
        if self.form == Form::Page {
            self.parent = match item.rsplit_once('.') {
                _ if self.yaml.has_below(&item) => item,
                Some((above, _)) => above.to_owned(),
                None => String::new(),
            };
        }
    }

    /// The item that a name is of: names are unique where they stand.
    fn item(&mut self, name: &str) -> Option<Item> {
        let is_known = |item: &String| self.yaml.fact(item, Aspect::Type).is_some();
        if let Some(prefix) = &self.prefix {
            let near = [join(&self.parent, name), join(prefix, name)];
            if let Some(item) = near.into_iter().find(is_known) {
                return Some(item);
            }
        }
        let expected = self
            .missing
            .iter()
            .filter_map(|heading| heading.prefix.clone());
        for prefix in expected {
            let item = join(&prefix, name);
            if is_known(&item) {
                self.below(Some(prefix));
                return Some(item);
            }
        }
        self.prefix.as_ref().map(|_| join(&self.parent, name))
    }

    /// The schemas that may be shown, by the names that the YAML and the page have for them.
    fn schemas(&self) -> BTreeMap<String, Heading> {
        let mut schemas = BTreeMap::new();
        let heading = |part: Part, item: &str, prefix: Option<String>| {
            let key = (item != "error").then_some(item);
            Heading {
                prefix,
                ..Heading::new(part, item, key, "")
            }
        };
        for said in &self.yaml.said {
            let item = said.item.as_str();
            let ours = self.yaml.text(item, Aspect::Schema);
            if let Some(name) = item.strip_prefix("enum.") {
                schemas.insert(name.to_owned(), heading(Part::Values, item, None));
            } else if !ours.is_empty() {
                let fields = match item.strip_prefix("status.") {
                    Some(_) if ours == ERROR => String::new(),
                    Some(status) => format!("response.{status}"),
                    None => item.to_owned(),
                };
                let heading = heading(Part::Schema, &format!("schema.{ours}"), Some(fields));
                schemas.insert(ours.to_owned(), heading);
            }
        }
        for segment in &self.found {
            let ours = self.yaml.text(&segment.heading.item, Aspect::Schema);
            if segment.heading.part == Part::Content
                && let Some((_, name)) = schema(&self.words[segment.words.clone()])
                && !schemas.contains_key(&name)
                && let Some(heading) = schemas.get(ours).cloned()
            {
                schemas.insert(name, heading);
            }
        }
        schemas.insert(
            "Error".to_owned(),
            heading(Part::Schema, "error", Some("error".to_owned())),
        );
        schemas
    }
}

/// The enum that a field takes its values from.
pub(super) fn values(yaml: &Operation, item: &str) -> Option<Item> {
    let kind = yaml.text(item, Aspect::Type);
    let values = format!("enum.{}", kind.strip_prefix("array of ").unwrap_or(kind));
    yaml.get(&values).map(|_| values)
}
