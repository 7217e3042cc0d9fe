//! YAML or JSON as a value: what its references lead to, what a schema says, and the line of an item.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::model::{Aspect, Operation, ReadError};
use super::openapi::{AUTHORIZATION, ERROR, MOST_STEPS};
use super::read::read;

const BOUNDS: &str = "pattern minLength maxLength minItems maxItems uniqueItems minimum maximum exclusiveMinimum \
    exclusiveMaximum multipleOf minProperties maxProperties const readOnly writeOnly";

/// An OpenAPI document.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) root: Value,
    /// Its lines without indentation, each after a line break.
    pub(super) lines: Arc<str>,
    /// A document that this one may refer to.
    earlier: &'a Value,
}

impl<'a> File<'a> {
    /// Reads a document, which may refer to an earlier one.
    pub(super) fn parse(name: &'a str, text: &str, earlier: &'a Value) -> Result<Self, ReadError> {
        let root = read(text).map_err(|why| ReadError::Malformed(format!("{name}:{why}")))?;
        let lines = text.lines().map(|line| format!("\n{}", line.trim()));
        Ok(Self {
            name,
            root,
            lines: (lines.collect::<String>() + "\n").into(),
            earlier,
        })
    }

    /// What a node refers to, or the node itself. An error names the line of a reference that leads nowhere.
    pub(super) fn resolve<'n>(&'n self, node: &'n Value) -> Result<&'n Value, ReadError> {
        let mut here = node;
        for _ in 0..MOST_STEPS {
            let Some(uri) = target(here) else { break };
            let pointer = uri.split('#').next_back().unwrap_or_default();
            let found = self.root.pointer(pointer).or(self.earlier.pointer(pointer));
            here = found.ok_or_else(|| {
                let line = line_of(&self.lines, self.lines.find(uri).unwrap_or_default());
                ReadError::Malformed(format!("{}:{line}: `{uri}` leads nowhere", self.name))
            })?;
        }
        Ok(here)
    }
}

/// The objects within an object.
pub(super) fn entries(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let all = of.as_object().into_iter().flatten();
    all.filter(|(_, value)| value.is_object())
}

pub(super) fn items(of: &Value) -> &[Value] {
    of.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_default()
}

/// Where a node refers to. OpenAPI 3.0 needs an `allOf` for a description beside a reference.
fn target(node: &Value) -> Option<&str> {
    match items(&node["allOf"]) {
        [only] if node.get("properties").is_none() => target(only),
        _ => node["$ref"].as_str(),
    }
}

/// The name of a schema that is referred to.
pub(super) fn name_of(schema: &Value) -> Option<&str> {
    target(schema)?.rsplit('/').next()
}

/// The type in the words of a page: `string`, `array of TYPE`, or the name of a schema.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = name_of(schema) {
        return name.to_owned();
    }
    let has = |key: &str| schema.get(key).is_some();
    let choices = ["oneOf", "anyOf"].map(|key| items(&schema[key]));
    let mut all: Vec<String> = choices.into_iter().flatten().map(kind).collect();
    if all.is_empty() {
        // 3.1 has lists of types; `null` among them makes a value that may be null, not one of another type.
        let listed = items(&schema["type"]).iter().filter(|kind| *kind != "null");
        let one = Some(&schema["type"]).filter(|kind| !kind.is_array());
        all.extend(listed.chain(one).map(|of| match of.as_str() {
            None if has("properties") || has("allOf") => "object".to_owned(),
            None | Some("array") if has("items") => format!("array of {}", kind(&schema["items"])),
            of => of.unwrap_or("any").to_owned(),
        }));
    }
    all.dedup();
    all.join(" or ")
}

/// The bounds, or nothing; those of an array's items stand under `items`, unless the items have a name.
pub(super) fn bounds(schema: &Value) -> Option<Map<String, Value>> {
    let own = |name: &str| Some((name.to_owned(), schema.get(name)?.clone()));
    let mut all: Map<String, Value> = BOUNDS.split_whitespace().filter_map(own).collect();
    let items = schema.get("items").filter(|items| name_of(items).is_none());
    let inner = items.and_then(bounds).map(Value::Object);
    all.extend(inner.map(|inner| ("items".to_owned(), inner)));
    (!all.is_empty()).then_some(all)
}

/// The number of the line at a byte offset, or after the line break there.
fn line_of(lines: &str, place: usize) -> usize {
    let until = lines.bytes().take(place + 1);
    until.filter(|byte| *byte == b'\n').count()
}

impl Operation {
    /// The line of an item in the YAML. If the YAML lacks it, the line of the last item beside it, or of the operation.
    #[must_use]
    pub fn line(&self, item: &str) -> usize {
        let line = |item: &str| line_of(&self.yaml, self.place(item));
        if self.has(item) {
            return line(item);
        }
        let (holder, _) = item.rsplit_once('.').unwrap_or((".", item));
        let has_holder = |item: &&String| item.rsplit_once('.').is_some_and(|(of, _)| of == holder);
        // The security scheme stands far from the other headers.
        let beside = self.items.keys().filter(|item| *item != AUTHORIZATION);
        let lines = beside.filter(has_holder).map(|item| line(item));
        lines.max().unwrap_or_else(|| line("operation"))
    }

    /// Where an item begins in the YAML: with its key, which is looked for below what holds it. Each key
    /// has to stand on a line of its own, and the first of that name counts.
    fn place(&self, item: &str) -> usize {
        let (holder, name) = item.rsplit_once('.').unwrap_or(("", item));
        let method = self.name.split(' ').next().unwrap_or_default();
        let key = |name: &str| format!("\n{name}:\n");
        let operation = || self.place("operation");
        let (start, wanted) = match (holder, name) {
            ("", "operation") => (self.find(0, &key(self.path())), key(&method.to_lowercase())),
            ("", "base_url") => (0, "\n- url:".to_owned()),
            ("", "introduction") => (0, key("info")),
            ("", "auth") | ("header", "Authorization") => (0, key(self.scheme())),
            ("", "versions") => (operation(), "\nx-offered-versions:".to_owned()),
            ("", "request") => (operation(), key("requestBody")),
            ("description", "Introduction") => (operation(), "\ndescription:".to_owned()),
            ("description", _) => (operation(), format!("\n## {name}\n")),
            ("header" | "path" | "query", _) => (operation(), format!("\n- name: {name}\n")),
            ("status" | "response", _) => (operation(), key(&format!("'{name}'"))),
            // A schema stands behind the first reference to it, or else in another YAML.
            ("schema" | "enum", _) => (self.find(operation(), &format!("/{name}'\n")), key(name)),
            ("", _) => (self.place(&format!("schema.{ERROR}")), key(name)),
            _ => {
                // The fields of a body, an object or a list stand in the schema that it names, or in itself.
                let body = holder.replacen("response.", "status.", 1);
                let (schema, kind) = (Aspect::Schema, Aspect::Type);
                let named = [self.text(&body, schema), self.text(holder, kind)].concat();
                let holder = match named.trim_start_matches("array of ") {
                    "" | "object" => holder.to_owned(),
                    named => format!("schema.{named}"),
                };
                (self.place(&holder), key(name))
            }
        };
        self.find(start, &wanted)
    }

    /// The next place of a text at or behind another place, or that place if there is none.
    fn find(&self, start: usize, wanted: &str) -> usize {
        let found = self.yaml[start..].find(wanted);
        found.map_or(start, |found| start + found)
    }
}
