//! Fields in a page's text: headings, each followed by its description, up to the next heading.
//!
//! The text does not show where the fields of an object end. So all fields that follow an opened object are inside it,
//! up to the end of the body; on the pages an opened object is the last field of its body.

use super::content::{Body, Field};
use super::heading::{heading, schema_name};
use super::landmark::are;
use super::words::{Word, joined};

/// How deep objects are followed; a page of nothing but opened objects shall not exhaust the stack.
const DEEPEST: usize = 12;

/// The fields in these words, and what stands before the first of them.
pub(super) fn fields(words: &[Word<'_>], known: &[&str]) -> (String, Vec<Field>) {
    let mut tree = Tree {
        levels: vec![Vec::new()],
    };
    let mut lead = String::new();
    // What the words since the last heading describe.
    let mut subject = Subject::Lead;
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        if let Some(found) = heading(words, at, known) {
            tree.describe(&subject, &mut lead, &words[start..at]);
            start = found.end;
            at = found.end;
            if found.element {
                subject = Subject::Element {
                    array: found.name,
                    schema: found.kind,
                };
            } else {
                let about = found.marks.join(" ");
                tree.add(Field {
                    name: found.name,
                    kind: found.kind,
                    format: found.format,
                    required: found.required,
                    about,
                    ..Field::default()
                });
                subject = Subject::Field;
            }
        } else if opened(words, at) {
            tree.describe(&subject, &mut lead, &words[start..at]);
            if subject.is_open(&tree)
                && heading(words, at + 3, known).is_some_and(|next| !next.element)
            {
                tree.open();
            }
            subject = Subject::Nothing;
            at += 3;
            start = at;
        } else {
            at += 1;
        }
    }
    tree.describe(&subject, &mut lead, &words[start..]);
    (lead, tree.close())
}

/// A body that starts at its `Content Type: …`.
pub(super) fn body(words: &[Word<'_>], required: bool, known: &[&str]) -> Body {
    let mut at = 3;
    let mut schema = None;
    if are(words, at, &["Schema:"]) {
        at += 1;
        let mut name = String::new();
        while let Some(word) = words.get(at) {
            name.push_str(word.text);
            at += 1;
            if name.ends_with("array") && are(words, at, &["of"]) {
                name.push_str(" of ");
                at += 1;
            } else {
                break;
            }
        }
        schema = Some(name).filter(|name| !name.is_empty());
    }
    let mut shown = None;
    let mut titled = false;
    if opened(words, at) {
        at += 3;
        // The schema's name stands above its fields once more, also where there are none: such a body has lost them.
        if let Some(word) = words.get(at).filter(|word| schema_name(word.text)) {
            at += 1;
            titled = true;
            let same = schema.as_deref().and_then(|name| name.rsplit(' ').next());
            shown = Some(word.text.to_owned()).filter(|name| same != Some(name));
        }
    }
    let (about, fields) = fields(words.get(at..).unwrap_or_default(), known);
    Body {
        required,
        schema,
        shown,
        about,
        fields: Some(fields).filter(|fields| titled || !fields.is_empty()),
    }
}

/// The button that shows what is inside, in either state.
fn opened(words: &[Word<'_>], at: usize) -> bool {
    are(words, at, &["Show", "child", "attributes"])
        || are(words, at, &["Hide", "child", "attributes"])
}

enum Subject {
    Lead,
    Field,
    Element { array: String, schema: String },
    Nothing,
}

impl Subject {
    /// Whether an opened subject holds the fields that follow: an object does, an array holds its elements first.
    fn is_open(&self, tree: &Tree) -> bool {
        match self {
            Self::Element { .. } => true,
            Self::Field => tree
                .last()
                .is_some_and(|field| !field.kind.starts_with("array")),
            Self::Lead | Self::Nothing => false,
        }
    }
}

/// Fields by depth; the last field of each level holds the next level.
struct Tree {
    levels: Vec<Vec<Field>>,
}

impl Tree {
    fn last(&self) -> Option<&Field> {
        self.levels.last()?.last()
    }

    fn add(&mut self, field: Field) {
        if let Some(level) = self.levels.last_mut() {
            level.push(field);
        }
    }

    fn open(&mut self) {
        if self.levels.len() < DEEPEST && self.last().is_some() {
            self.levels.push(Vec::new());
        }
    }

    fn describe(&mut self, subject: &Subject, lead: &mut String, words: &[Word<'_>]) {
        let text = joined(words);
        match subject {
            Subject::Lead => *lead = text,
            Subject::Nothing => {}
            Subject::Field => {
                if let Some(field) = self.levels.last_mut().and_then(|level| level.last_mut()) {
                    field.about = [field.about.as_str(), &text].join(" ").trim().to_owned();
                }
            }
            Subject::Element { array, schema } => {
                let field = self.levels.last_mut().and_then(|level| level.last_mut());
                if let Some(field) = field.filter(|field| field.name == *array) {
                    field.element = Some((schema.clone(), text));
                }
            }
        }
    }

    fn close(mut self) -> Vec<Field> {
        while self.levels.len() > 1 {
            let inner = self.levels.pop().unwrap_or_default();
            if let Some(outer) = self.levels.last_mut().and_then(|level| level.last_mut()) {
                outer.children = inner;
            }
        }
        self.levels.pop().unwrap_or_default()
    }
}
