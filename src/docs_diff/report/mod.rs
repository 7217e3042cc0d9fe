//! Differences as a person, a review or a program reads them.

mod human;
mod json;
mod markdown;
mod text;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

use super::difference::Difference;
use super::model::Aspect;

/// What was found of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The file's name.
    pub name: String,
    /// How it differs from the YAML.
    pub differences: Vec<Difference>,
}

/// A difference, and the files that show it.
struct Shown<'c> {
    difference: &'c Difference,
    files: Vec<&'c str>,
}

/// The differences by operation, in the order in which they were found; what several files show alike is one.
fn by_operation(compared: &[Compared]) -> Vec<(&str, Vec<Shown<'_>>)> {
    let mut groups: Vec<(&str, Vec<Shown<'_>>)> = vec![];
    for file in compared {
        for difference in &file.differences {
            let name = difference.operation.as_str();
            let group = match groups.iter_mut().position(|(known, _)| *known == name) {
                Some(at) => &mut groups[at].1,
                None => {
                    groups.push((name, vec![]));
                    let last = groups.len() - 1;
                    &mut groups[last].1
                }
            };
            match group
                .iter_mut()
                .find(|shown| shown.difference == difference)
            {
                Some(shown) => shown.files.push(&file.name),
                None => group.push(Shown {
                    difference,
                    files: vec![&file.name],
                }),
            }
        }
    }
    for (_, group) in &mut groups {
        group.sort_by_key(|shown| shown.difference.place);
    }
    groups
}

/// `2 pages, 1 difference`; with `unread` files that could not be read, `; 1 file could not be read`.
fn counts(compared: &[Compared], unread: usize) -> String {
    let differences: usize = by_operation(compared)
        .iter()
        .map(|(_, group)| group.len())
        .sum();
    let number = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    };
    let mut line = format!(
        "{}, {}",
        number(compared.len(), "page", "pages"),
        number(differences, "difference", "differences")
    );
    if unread > 0 {
        line.push_str(&format!(
            "; {} could not be read",
            number(unread, "file", "files")
        ));
    }
    line
}

/// `required changed`
fn headline(difference: &Difference) -> String {
    format!(
        "{} {}",
        difference.aspect.as_str(),
        difference.kind.as_str()
    )
}

/// What either side says, in one line or as wording.
fn said(value: &serde_json::Value, aspect: Aspect) -> String {
    use serde_json::Value;
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text::clean(text),
        Value::Array(items) => items
            .iter()
            .map(|item| said(item, aspect))
            .collect::<Vec<_>>()
            .join(if aspect == Aspect::Prose { " / " } else { ", " }),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| format!("{}: {}", text::clean(key), said(value, aspect)))
            .collect::<Vec<_>>()
            .join("; "),
        Value::Bool(true) if aspect == Aspect::Presence => "there".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[path = "../../../tests/inside/docs_diff/report.rs"]
mod tests;
