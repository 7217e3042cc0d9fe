//! Facts of an operation as they are gathered: bodies, fields, and what a field may hold.

use serde_json::{Value, json};

use crate::yaml::cursor::{Cursor, resolve};

use super::super::model::{Aspect, Group, Operation, Prose};
use super::super::place::{Place, Places};
use super::schema;

/// Fields deeper than this are no longer told: a schema that holds itself has no end.
const DEEPEST: usize = 8;

/// Gathers facts, prose and places.
pub(super) struct Reader<'a> {
    pub(super) root: Cursor<'a>,
    pub(super) operation: Operation,
    pub(super) places: Places,
}

impl<'a> Reader<'a> {
    pub(super) fn place(&mut self, item: &str, aspect: Option<Aspect>, at: &Cursor<'_>) {
        self.places.note(item, aspect, Place::from(at.key));
    }

    pub(super) fn fact(&mut self, item: &str, aspect: Aspect, value: Value) {
        self.operation
            .facts
            .insert((item.to_owned(), aspect), value);
    }

    pub(super) fn there(&mut self, item: &str, at: &Cursor<'_>) {
        self.place(item, None, at);
        self.fact(item, Aspect::Presence, Value::Bool(true));
    }

    pub(super) fn prose(&mut self, item: &str, holder: &Cursor<'_>) {
        let Some(description) = holder.get("description") else {
            return;
        };
        self.place(item, Some(Aspect::Prose), &description);
        self.words(item, description.node.text().unwrap_or_default());
    }

    pub(super) fn words(&mut self, item: &str, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A schema that is used twice says what it says once.
        if !text.is_empty() && self.operation.prose.iter().all(|told| told.item != item) {
            self.operation.prose.push(Prose {
                item: item.to_owned(),
                text,
            });
        }
    }

    pub(super) fn state(&mut self, group: Group) {
        self.operation.stated.insert(group);
    }

    /// The schema of a body or an answer, and its fields.
    pub(super) fn body(&mut self, item: &str, fields: &str, schema: &Cursor<'a>) {
        self.named(item, schema);
        if let Some(at) = resolve(&self.root, schema) {
            if item != fields {
                self.place(fields, None, &at);
            }
            self.fields(fields, &at, DEEPEST);
        }
    }

    fn named(&mut self, item: &str, schema: &Cursor<'a>) {
        let Some(name) = schema::name(schema) else {
            return;
        };
        self.place(item, Some(Aspect::Schema), schema);
        if let Some(at) = resolve(&self.root, schema) {
            let item = format!("schema.{name}");
            self.place(&item, None, &at);
            self.prose(&item, &at);
        }
        self.fact(item, Aspect::Schema, json!(name));
    }

    /// The error is the same under every status, and told once.
    pub(super) fn error(&mut self, item: &str, schema: &Cursor<'a>) {
        self.named(item, schema);
        if !self.operation.stated.insert(Group::Error) {
            return;
        }
        let Some(at) = resolve(&self.root, schema) else {
            return;
        };
        // `error` is an item, and so is each of its fields.
        self.fields("", &at, DEEPEST);
    }

    /// The fields of an object, and of the objects in them.
    fn fields(&mut self, prefix: &str, schema: &Cursor<'a>, depth: usize) {
        let Some(schema) = resolve(&self.root, schema).filter(|_| depth > 0) else {
            return;
        };
        if let Some(parts) = schema.get("allOf") {
            for part in parts.items() {
                self.fields(prefix, &part, depth - 1);
            }
        }
        if let Some(items) = schema.get("items") {
            self.fields(prefix, &items, depth - 1);
        }
        let required = schema.get("required");
        let Some(properties) = schema.get("properties") else {
            return;
        };
        if !prefix.is_empty() {
            self.place(prefix, None, &properties);
        }
        for (name, property) in properties.entries() {
            let item = match prefix {
                "" => name.to_owned(),
                _ => format!("{prefix}.{name}"),
            };
            self.there(&item, &property);
            if let Some(required) = &required {
                self.place(&item, Some(Aspect::Required), required);
            }
            let is_required = required
                .as_ref()
                .is_some_and(|list| list.items().any(|listed| listed.node.text() == Some(name)));
            self.fact(&item, Aspect::Required, json!(is_required));
            self.prose(&item, &property);
            self.value(&item, &property);
            self.fields(&item, &property, depth - 1);
        }
    }

    /// Type, format, bounds and values of a parameter or a field.
    pub(super) fn value(&mut self, item: &str, schema: &Cursor<'a>) {
        self.fact(item, Aspect::Type, json!(schema::kind(schema)));
        for (key, aspect) in [("type", Aspect::Type), ("format", Aspect::Format)] {
            if let Some(at) = schema.get(key) {
                self.place(item, Some(aspect), &at);
            }
        }
        let bounds = schema::bounds(&self.root, schema);
        if !bounds.is_empty() {
            if let Some(at) = bounds.keys().find_map(|key| schema.get(key)) {
                self.place(item, Some(Aspect::Bound), &at);
            }
            self.fact(item, Aspect::Bound, Value::Object(bounds));
        }
        let Some(resolved) = resolve(&self.root, schema) else {
            return;
        };
        if let Some(format) = resolved.text("format") {
            self.fact(item, Aspect::Format, json!(format));
        }
        let inner = schema.get("items").unwrap_or_else(|| schema.clone());
        let Some(resolved) = resolve(&self.root, &inner) else {
            return;
        };
        let Some(values) = schema::values(&resolved) else {
            return;
        };
        match schema::name(&inner) {
            Some(name) => {
                let item = format!("enum.{name}");
                self.there(&item, &resolved);
                if let Some(at) = resolved.get("enum") {
                    self.place(&item, Some(Aspect::Enum), &at);
                }
                self.fact(&item, Aspect::Enum, json!(values));
                self.prose(&item, &resolved);
                self.state(Group::Enum(name));
            }
            None => self.fact(item, Aspect::Enum, json!(values)),
        }
    }
}
