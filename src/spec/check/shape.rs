//! Holds the document against the tables of OpenAPI 3.0.

use super::super::cursor::Cursor;
use super::super::failure::Failure;
use super::super::node::Data;
use super::objects::{OPENAPI, Object, Others, SCHEMA, Shape};
use super::suggest::question;

/// What the walk through the document met.
#[derive(Default)]
pub(super) struct Walk<'a> {
    /// Everything that does not fit the tables.
    pub(super) failures: Vec<Failure>,
    /// Every schema that is written out.
    pub(super) schemas: Vec<Cursor<'a>>,
    /// Every `$ref`, with the section of `components` that it has to lead to.
    pub(super) references: Vec<(Cursor<'a>, &'static str)>,
}

/// Walks through the whole document.
pub(super) fn walk<'a>(root: &Cursor<'a>) -> Walk<'a> {
    let mut walk = Walk::default();
    walk.object(root, &OPENAPI);
    walk
}

impl<'a> Walk<'a> {
    fn expect(&mut self, here: &Cursor<'a>, fits: bool, expected: &str) {
        if !fits {
            let text = format!("expected {expected}, found {}", here.node.found());
            self.failures.push(here.failure(&text));
        }
    }

    fn shape(&mut self, here: &Cursor<'a>, shape: &'static Shape) {
        let data = &here.node.data;
        match shape {
            Shape::Free => {}
            Shape::Text => {
                let quotable = matches!(data, Data::Bool(_) | Data::Whole(_) | Data::Real(_));
                let hint = if quotable { "text in quotes" } else { "text" };
                self.expect(here, matches!(data, Data::Text(_)), hint);
            }
            Shape::Bool => self.expect(here, matches!(data, Data::Bool(_)), "`true` or `false`"),
            Shape::Number => self.expect(here, here.node.number().is_some(), "a number"),
            Shape::Count => self.expect(
                here,
                matches!(data, Data::Whole(0..)),
                "a whole number from 0",
            ),
            Shape::Word(known) => self.word(here, known),
            Shape::Object(object) => self.object(here, object),
            Shape::OrReference(object) => self.object_or_reference(here, object),
            Shape::SchemaOrBool => {
                if !matches!(data, Data::Bool(_)) {
                    self.object_or_reference(here, &SCHEMA);
                }
            }
            Shape::List(item) => {
                self.expect(here, matches!(data, Data::List(_)), "a list");
                for each in here.items() {
                    self.shape(&each, item);
                }
            }
            Shape::Map(value) => {
                self.expect(here, matches!(data, Data::Map(_)), "a map");
                for (_, each) in here.entries() {
                    self.shape(&each, value);
                }
            }
        }
    }

    fn word(&mut self, here: &Cursor<'a>, known: &'static [&'static str]) {
        let list = known.join(", ");
        match here.node.text() {
            Some(word) if known.contains(&word) => {}
            Some(word) => {
                let question = question(word, known.iter().copied());
                let text = format!("`{word}` is not known here{question} (known: {list})");
                self.failures.push(here.failure(&text));
            }
            // Newer versions of OpenAPI take a list of types.
            None if here.words.ends_with(".type") && !here.node.items().is_empty() => {
                let what = format!("one of {list} (if null is among them, say `nullable: true`)");
                self.expect(here, false, &what);
            }
            None => self.expect(here, false, &format!("one of {list}")),
        }
    }

    fn object_or_reference(&mut self, here: &Cursor<'a>, object: &'static Object) {
        let Some(reference) = here.get("$ref") else {
            return self.object(here, object);
        };
        self.expect(
            &reference,
            reference.node.text().is_some(),
            "text such as `'#/components/…'`",
        );
        // Readers of OpenAPI 3.0 drop what stands beside a reference, and nobody would notice.
        for (key, beside) in here.entries().filter(|(key, _)| *key != "$ref") {
            let text = format!(
                "nothing may stand beside `$ref`, where OpenAPI 3.0 ignores it; move `{key}` to where `$ref` leads"
            );
            self.failures
                .push(Failure::new(beside.key, beside.words, &text));
        }
        self.references.push((reference, object.section));
    }

    fn object(&mut self, here: &Cursor<'a>, object: &'static Object) {
        if !matches!(here.node.data, Data::Map(_)) {
            return self.expect(here, false, &format!("{}, which is a map", object.name));
        }
        if std::ptr::eq(object, &raw const SCHEMA) {
            self.schemas.push(here.clone());
        }
        let mut unknown = vec![];
        for (key, value) in here.entries() {
            if let Some((_, shape)) = object.keys.iter().find(|(name, _)| *name == key) {
                self.shape(&value, shape);
            } else if key.starts_with("x-") {
                // Extensions are free.
            } else if let Some(Others { shape, .. }) =
                object.others.as_ref().filter(|others| (others.fits)(key))
            {
                self.shape(&value, shape);
            } else {
                unknown.push((key, value));
            }
        }
        let missing: Vec<&str> = object
            .required
            .iter()
            .copied()
            .filter(|k| here.get(k).is_none())
            .collect();
        let mut explained = vec![];
        for (key, value) in unknown {
            let near = super::suggest::nearest(key, object.keys.iter().map(|(name, _)| *name));
            explained.extend(near);
            let text = match (&object.others, near) {
                (_, Some(near)) => {
                    format!(
                        "OpenAPI 3.0 knows no key `{key}` in {}; did you mean `{near}`?",
                        object.name
                    )
                }
                (Some(others), None) => format!("`{key}` is no {}", others.what),
                (None, None) => format!(
                    "OpenAPI 3.0 knows no key `{key}` in {}; remove it, or let it begin with `x-`",
                    object.name
                ),
            };
            self.failures
                .push(Failure::new(value.key, value.words, &text));
        }
        // A key that is missing because it is misspelt is reported once, at the misspelling.
        for key in missing.into_iter().filter(|key| !explained.contains(key)) {
            let text = format!("{} needs the key `{key}`, and it is missing", object.name);
            self.failures.push(here.failure(&text));
        }
    }
}
