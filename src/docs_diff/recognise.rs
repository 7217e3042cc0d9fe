//! What a file is, by its content.

use std::io::Read;

use crate::yaml::node::{Data, Entry, Node};
use crate::yaml::{failure::Place, read};

use super::document::Document;
use super::model::{ReadError, Source};
use super::{page, published};

/// No page has more bytes, and Meta's published file has a quarter of it.
pub const BOUND: usize = 4 * 1024 * 1024;

/// So many lines of a YAML file are looked at for the key `openapi`; a page has none that begins so.
const FIRST_LINES: usize = 200;

/// Comparing takes time by the square of what is stated of an operation, and no source states a tenth of this.
const MOST_STATED: usize = 4000;

/// Reads at most one byte more than [`BOUND`], so that whatever is larger is refused without being held.
///
/// # Errors
///
/// What reading ended in.
pub fn read_bounded(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![];
    from.take(BOUND as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a saved page, as Markdown or text, or Meta's published OpenAPI file, as YAML or JSON.
///
/// # Errors
///
/// Why it is neither.
pub fn read_source(bytes: &[u8], document: &Document) -> Result<Source, ReadError> {
    if bytes.len() > BOUND {
        return Err(ReadError::TooLarge(BOUND));
    }
    let source = recognised(&text(bytes)?, document)?;
    for operation in &source.operations {
        let stated = operation.facts.len() + operation.conflicts.len() + operation.prose.len();
        if stated > MOST_STATED {
            return Err(ReadError::Malformed(format!(
                "it states {stated} things of {} {}, and no page more than {MOST_STATED}",
                operation.method, operation.path
            )));
        }
    }
    Ok(source)
}

fn recognised(text: &str, document: &Document) -> Result<Source, ReadError> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if is_html(start) {
        return Err(ReadError::Html);
    }
    if start.starts_with('{') {
        return published::read(&json(text)?, document);
    }
    if is_openapi_yaml(text) {
        let tree = read::read(text).map_err(|failure| {
            let Place { line, column } = failure.place;
            let why = format!("line {line}, column {column}: {}", failure.text);
            ReadError::Malformed(why)
        })?;
        return published::read(&tree, document);
    }
    page::read_page(text)
}

/// The text, from UTF-8, or from UTF-16 with its mark, as some editors save it.
fn text(bytes: &[u8]) -> Result<String, ReadError> {
    let units = |pair: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units = pairs.iter().map(|two| pair(*two));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| rest.is_empty())
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    };
    text.filter(|text| !text.contains('\0'))
        .ok_or(ReadError::Binary)
}

/// A page as the browser saves it, alone or as an archive.
fn is_html(start: &str) -> bool {
    let head: String = start.chars().take(2000).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<!--") && head.contains("<html")
        || head.starts_with("<?xml") && head.contains("<html")
        || head.starts_with("from: <saved by ") && head.contains("multipart/related")
}

fn is_openapi_yaml(text: &str) -> bool {
    text.lines().take(FIRST_LINES).any(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        ["openapi", "swagger"].iter().any(|key| {
            line.strip_prefix(key).is_some_and(|rest| {
                let rest = rest.trim_start_matches(['"', '\'', ' ']);
                rest == ":" || rest.starts_with(": ")
            })
        })
    })
}

/// JSON as the same tree; its parser alone knows the places in it.
fn json(text: &str) -> Result<Node, ReadError> {
    let value: serde_json::Value = serde_json::from_str(text)
        .map_err(|why| ReadError::Malformed(format!("not readable as JSON: {why}")))?;
    if value.get("openapi").is_none() && value.get("swagger").is_none() {
        let keys = value.as_object().map(|map| {
            let keys: Vec<String> = map.keys().take(5).map(|key| format!("`{key}`")).collect();
            keys.join(", ")
        });
        return Err(ReadError::NoEndpoint(format!(
            "it is JSON without a key `openapi`; it has {}",
            keys.filter(|keys| !keys.is_empty())
                .unwrap_or_else(|| "none".to_owned())
        )));
    }
    Ok(node(value))
}

fn node(value: serde_json::Value) -> Node {
    use serde_json::Value;
    let place = Place { line: 1, column: 1 };
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(value) => Data::Bool(value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Data::Whole(whole),
            None => number.as_f64().map_or(Data::Null, Data::Real),
        },
        Value::String(text) => Data::Text(text),
        Value::Array(items) => Data::List(items.into_iter().map(node).collect()),
        Value::Object(map) => Data::Map(
            map.into_iter()
                .map(|(key, value)| Entry {
                    key,
                    place,
                    value: node(value),
                })
                .collect(),
        ),
    };
    Node { place, data }
}

#[cfg(test)]
#[path = "../../tests/inside/docs_diff/recognise.rs"]
mod tests;
