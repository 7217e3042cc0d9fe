//! YAML or JSON as a value, what its references lead to, and the line of an item.

use serde_json::Value;
use serde_saphyr::{Location, MessageFormatter, UserMessageFormatter};

use super::model::{Aspect, Operation, ReadError, Said};
use super::openapi::{AUTHORIZATION, ERROR};

/// References that lead to further references.
const MOST_REFERENCES: usize = 8;

/// An OpenAPI document.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    text: &'a str,
    pub(super) root: Value,
    /// A document that this one may refer to.
    earlier: &'a Value,
}

impl<'a> File<'a> {
    /// Reads a document. The library bounds its depth and its aliases.
    pub(super) fn parse(
        name: &'a str,
        text: &'a str,
        earlier: &'a Value,
    ) -> Result<Self, ReadError> {
        let options = serde_saphyr::options! { strict_booleans: true };
        let root = serde_saphyr::from_str_with_options(text, options).map_err(|why| {
            let place = why.location().unwrap_or(Location::UNKNOWN);
            let why = UserMessageFormatter.format_message(why.without_snippet());
            ReadError::Malformed(format!("{name}:{}:{}: {why}", place.line(), place.column()))
        })?;
        Ok(Self {
            name,
            text,
            root,
            earlier,
        })
    }

    /// What a node refers to, or the node itself; or where a reference leads nowhere.
    pub(super) fn resolve<'n>(&'n self, node: &'n Value) -> Result<&'n Value, ReadError> {
        let mut here = node;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = reference(here) else {
                break;
            };
            let pointer = reference.split('#').next_back().unwrap_or_default();
            let target = self.root.pointer(pointer).or(self.earlier.pointer(pointer));
            here = target.ok_or_else(|| {
                let line = self.text.lines().position(|line| line.contains(reference));
                let (name, line) = (self.name, line.map_or(0, |line| line + 1));
                ReadError::CutShort(format!("{name}:{line}: `{reference}` leads nowhere"))
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
fn reference(node: &Value) -> Option<&str> {
    match items(&node["allOf"]) {
        [only] if node.get("properties").is_none() => reference(only),
        _ => node["$ref"].as_str(),
    }
}

/// The name of a schema that is referred to.
pub(super) fn name_of(schema: &Value) -> Option<&str> {
    reference(schema)?.rsplit('/').next()
}

impl Operation {
    /// The line of an item in the YAML; for one that it lacks, the line of the last item beside it, or of the operation.
    #[must_use]
    pub fn line(&self, item: &str) -> usize {
        let line = |item: &str| self.yaml[..=self.place(item)].matches('\n').count();
        if self.get(item).is_some() {
            return line(item);
        }
        let holder = |item: &str| item.rsplit_once('.').map(|(holder, _)| holder.to_owned());
        // The security scheme stands far from the other headers.
        let is_beside = |said: &&Said| {
            said.item != AUTHORIZATION && item.contains('.') && holder(&said.item) == holder(item)
        };
        let beside = self.said.iter().filter(is_beside);
        let last = beside.map(|said| line(&said.item)).max();
        last.unwrap_or_else(|| line("operation"))
    }

    /// Where an item begins in the YAML: with its key, which is looked for below what holds it.
    fn place(&self, item: &str) -> usize {
        let (holder, name) = item.rsplit_once('.').unwrap_or(("", item));
        let key = |name: &str| format!("\n{name}:\n");
        let (method, path) = self.name.split_once(' ').unwrap_or_default();
        let operation = self.find(self.find(0, &key(path)), &key(&method.to_lowercase()));
        let (start, wanted) = match (holder, name) {
            ("", "operation") => return operation,
            ("", "base_url") => (0, "\n- url:".to_owned()),
            ("", "introduction") => (0, key("info")),
            ("", "auth") | ("header", "Authorization") => (0, key(self.scheme())),
            ("", "versions") => (operation, "\nx-offered-versions:".to_owned()),
            ("", "request") => (operation, key("requestBody")),
            ("description", "Introduction") => (operation, "\ndescription:".to_owned()),
            ("description", _) => (operation, format!("\n## {name}\n")),
            ("header" | "path" | "query", _) => (operation, format!("\n- name: {name}\n")),
            ("status" | "response", _) => (operation, key(&format!("'{name}'"))),
            ("schema" | "enum", _) => match self.find(0, &key(name)) {
                // It is in another YAML, so this one has the reference alone.
                0 => (operation, format!("/{name}'\n")),
                found => return found,
            },
            ("", _) => (self.place(&format!("schema.{ERROR}")), key(name)),
            _ => (self.inside(holder), key(name)),
        };
        self.find(start, &wanted)
    }

    /// Where the fields of a body or of an object begin: in the schema that it names, or in itself.
    fn inside(&self, holder: &str) -> usize {
        let body = holder.replacen("response.", "status.", 1);
        let schema = match self.text(&body, Aspect::Schema) {
            "" => self.text(holder, Aspect::Type),
            schema => schema,
        };
        match schema.trim_start_matches("array of ") {
            "" | "object" => self.place(holder),
            name => self.place(&format!("schema.{name}")),
        }
    }

    /// The next place of a text at or behind another place, or that place if there is none.
    fn find(&self, start: usize, wanted: &str) -> usize {
        let found = self.yaml[start..].find(wanted);
        found.map_or(start, |found| start + found)
    }
}
