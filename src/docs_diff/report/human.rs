//! For a reader at a terminal.

use super::super::difference::Difference;
use super::super::document::Document;
use super::{Compared, by_operation, counts, headline, said, text};

/// Wide enough to be read, narrow enough for a terminal beside the file.
const WIDTH: usize = 96;

/// The differences by operation, each with its place in the YAML and with what each side says; the last line counts.
#[must_use]
pub fn human(document: &Document, compared: &[Compared], unread: usize) -> String {
    let mut out = String::new();
    for (operation, group) in by_operation(compared) {
        out.push_str(&text::clean(operation));
        out.push_str("\n\n");
        for shown in group {
            let difference = shown.difference;
            out.push_str(&format!(
                "  {}: {}",
                text::clean(&difference.item),
                headline(difference)
            ));
            if compared.len() > 1 {
                out.push_str(&format!(" ({})", text::clean(&shown.files.join(", "))));
            }
            out.push('\n');
            side(
                &mut out,
                &place(document, difference),
                "says",
                &difference.yaml,
                difference,
            );
            side(&mut out, "the page", "says", &difference.page, difference);
            if let Some(note) = &difference.note {
                out.push_str(&format!("    note: {}\n", text::clean(note)));
            }
            out.push('\n');
        }
    }
    out.push_str(&counts(compared, unread));
    out.push('\n');
    out
}

/// `file:line:column`
fn place(document: &Document, difference: &Difference) -> String {
    match difference.place {
        Some(place) => format!("{}:{}:{}", document.name, place.line, place.column),
        None => document.name.clone(),
    }
}

/// What one side says, behind its name where there is room for it, else below.
fn side(
    out: &mut String,
    name: &str,
    says: &str,
    value: &serde_json::Value,
    difference: &Difference,
) {
    let words = said(value, difference.aspect);
    let line = format!("    {name} {says}: {words}");
    if line.chars().count() <= WIDTH {
        out.push_str(&line);
        out.push('\n');
        return;
    }
    out.push_str(&format!("    {name} {says}:\n"));
    for line in text::wrapped(&words, WIDTH - 6) {
        out.push_str(&format!("      {line}\n"));
    }
}
