//! For a program.

use serde::Serialize;
use serde_json::Value;

use super::{Compared, by_operation, text};

/// One difference, in the order in which its keys are printed.
#[derive(Serialize)]
struct Line {
    operation: String,
    item: String,
    aspect: &'static str,
    kind: &'static str,
    yaml: Value,
    page: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// An array of objects with the keys `operation`, `item`, `aspect`, `kind`, `yaml` and `page`, and `note` where there is
/// something to note.
#[must_use]
pub fn json(compared: &[Compared]) -> String {
    let mut lines = vec![];
    for (_, group) in by_operation(compared) {
        for difference in group.into_iter().map(|shown| shown.difference.clone()) {
            lines.push(Line {
                operation: text::clean(&difference.operation),
                item: text::clean(&difference.item),
                aspect: difference.aspect.as_str(),
                kind: difference.kind.as_str(),
                yaml: cleaned(difference.yaml),
                page: cleaned(difference.page),
                note: difference.note,
            });
        }
    }
    // Text, lists and maps with keys of text can always be written.
    let mut text = serde_json::to_string_pretty(&lines).unwrap_or_default();
    text.push('\n');
    text
}

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(words) => Value::String(text::clean(&words)),
        Value::Array(items) => Value::Array(items.into_iter().map(cleaned).collect()),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (text::clean(&key), cleaned(value)))
            .collect(),
        other => other,
    }
}
