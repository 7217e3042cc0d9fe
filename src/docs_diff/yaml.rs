//! YAML or JSON as a value in which every object knows its line.

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use serde_saphyr::{Location, MessageFormatter, Spanned, UserMessageFormatter};

use super::model::ReadError;

/// Under this key an object has the line of its own key, or of its place in a list.
const LINE: &str = "x-line";

/// Under this key the root has the name of its file.
const FILE: &str = "x-file";

/// Schemas within schemas that are still read: one that holds itself has no end.
pub(super) const DEEPEST: usize = 8;

/// Reads a document. The library bounds its depth and its aliases.
pub(super) fn parse(name: &str, text: &str) -> Result<Value, ReadError> {
    let options = serde_saphyr::options! { strict_booleans: true };
    let read: Result<Lined, _> = serde_saphyr::from_str_with_options(text, options);
    let named = |mut root: Value| {
        if let Some(root) = root.as_object_mut() {
            root.insert(FILE.to_owned(), json!(name));
        }
        root
    };
    read.map(|lined| named(lined.0)).map_err(|why| {
        let place = why.location().unwrap_or(Location::UNKNOWN);
        let why = UserMessageFormatter.format_message(why.without_snippet());
        ReadError::Malformed(format!("{name}:{}:{}: {why}", place.line(), place.column()))
    })
}

pub(super) fn line(of: &Value) -> usize {
    let line = of[LINE].as_u64().unwrap_or_default();
    usize::try_from(line).unwrap_or_default()
}

/// The objects within an object, in the order of the text.
pub(super) fn entries(of: &Value) -> Vec<(&String, &Value)> {
    let all = of.as_object().into_iter().flatten();
    let mut all: Vec<_> = all.filter(|(_, value)| value.is_object()).collect();
    all.sort_by_key(|(_, value)| line(value));
    all
}

pub(super) fn items(of: &Value) -> &[Value] {
    of.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_default()
}

/// What a node refers to, or the node itself; or where a reference leads nowhere.
pub(super) fn resolve<'a>(node: &'a Value, root: &'a Value) -> Result<&'a Value, ReadError> {
    let mut here = node;
    for _ in 0..DEEPEST {
        let Some(reference) = here["$ref"].as_str() else {
            // OpenAPI 3.0 needs an `allOf` for a description beside a reference.
            match items(&here["allOf"]) {
                [only] if only["$ref"].is_string() => here = only,
                _ => break,
            }
            continue;
        };
        let target = root.pointer(reference.trim_start_matches('#'));
        here = target.ok_or_else(|| {
            let (file, line) = (text(&root[FILE]), line(here));
            ReadError::CutShort(format!("{file}:{line}: `{reference}` leads nowhere"))
        })?;
    }
    Ok(here)
}

struct Lined(Value);

impl<'de> Deserialize<'de> for Lined {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LinedVisitor)
    }
}

impl Lined {
    fn at(self, line: u64) -> Value {
        let mut value = self.0;
        if let Some(object) = value.as_object_mut() {
            object.insert(LINE.to_owned(), json!(line));
        }
        value
    }
}

struct LinedVisitor;

impl<'de> Visitor<'de> for LinedVisitor {
    type Value = Lined;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Lined, E> {
        Ok(Lined(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Lined, E> {
        Ok(Lined(json!(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Lined, E> {
        Ok(Lined(json!(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Lined, E> {
        Ok(Lined(json!(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Lined, E> {
        Ok(Lined(json!(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Lined, E> {
        Ok(Lined(json!(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Lined, A::Error> {
        let mut all = vec![];
        while let Some(item) = access.next_element::<Spanned<Lined>>()? {
            all.push(item.value.at(item.referenced.line()));
        }
        Ok(Lined(Value::Array(all)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Lined, A::Error> {
        let mut all = Map::new();
        while let Some(key) = access.next_key::<Spanned<String>>()? {
            let value: Lined = access.next_value()?;
            all.insert(key.value, value.at(key.referenced.line()));
        }
        Ok(Lined(Value::Object(all)))
    }
}
