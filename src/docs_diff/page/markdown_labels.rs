//! What a page's Markdown is recognised by, and the labels in it.

use super::content::Schema;

/// Headers of tables that only a page's Markdown has.
const HEADERS: [&[&str]; 4] = [
    &["url", "description"],
    &["method", "endpoint"],
    &["name", "type", "required", "description"],
    &["property", "type", "required", "description"],
];

/// What may stand around a value: a page has straight quotes, and an editor bends them.
const QUOTES: [char; 7] = ['"', '`', '\'', '“', '”', '‘', '’'];

/// Whether a text is a page's own Markdown.
pub(super) fn recognised(text: &str) -> bool {
    text.split(['\n', '\r', '\u{2028}']).any(|line| {
        let line = line.trim();
        line.starts_with('|') && {
            let cells = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('*').to_ascii_lowercase());
            let cells: Vec<String> = cells.take(5).collect();
            HEADERS.iter().any(|header| cells == *header)
        }
    })
}

/// What stands behind a label and its colon.
pub(super) fn label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    line.strip_prefix(label)?
        .trim_start()
        .strip_prefix(':')
        .map(str::trim)
}

/// Words of a schema: what it says of itself, and the values of an enum.
pub(super) fn define(schema: &mut Schema, lines: &[String]) {
    for line in lines {
        if let Some(values) = label(line, "Enum Values") {
            let values = values
                .split(',')
                .map(|value| value.trim().trim_matches(QUOTES).to_owned());
            schema.values = Some(values.filter(|value| !value.is_empty()).collect());
        } else if label(line, "Type").is_none() {
            if !schema.about.is_empty() {
                schema.about.push(' ');
            }
            schema.about.push_str(line);
        }
    }
}

/// Bullets and rules are none.
pub(super) fn is_word(word: &str) -> bool {
    word == "-" || word.contains(char::is_alphanumeric)
}
