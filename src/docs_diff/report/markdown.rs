//! For a comment on a review.

use super::super::document::Document;
use super::{Compared, by_operation, counts, headline, said, text};

const WIDTH: usize = 96;

/// The same as for a reader, as Markdown. What a page says stands in code, so that it cannot become markup or a mention.
#[must_use]
pub fn markdown(document: &Document, compared: &[Compared], unread: usize) -> String {
    let mut out = String::from("## Pages against the YAML\n\n");
    for (operation, group) in by_operation(compared) {
        out.push_str(&format!("### {}\n\n", code(operation)));
        for shown in group {
            let difference = shown.difference;
            out.push_str(&format!(
                "- {}: **{}**",
                code(&difference.item),
                headline(difference)
            ));
            match difference.place {
                Some(place) => out.push_str(&format!(
                    ", {}",
                    code(&format!("{}:{}", document.name, place.line))
                )),
                None => out.push_str(", no place in the YAML"),
            }
            if compared.len() > 1 {
                let files: Vec<String> = shown.files.iter().map(|name| code(name)).collect();
                out.push_str(&format!(" ({})", files.join(", ")));
            }
            out.push('\n');
            for (name, value) in [("YAML", &difference.yaml), ("page", &difference.page)] {
                side(&mut out, name, &said(value, difference.aspect));
            }
            if let Some(note) = &difference.note {
                out.push_str(&format!("  - {}\n", text::clean(note)));
            }
        }
        out.push('\n');
    }
    out.push_str(&counts(compared, unread));
    out.push('\n');
    out
}

/// A short value in the line, wording as a block.
fn side(out: &mut String, name: &str, words: &str) {
    if words.chars().count() <= WIDTH - 16 {
        out.push_str(&format!("  - {name}: {}\n", code(words)));
        return;
    }
    let fence = "`".repeat(longest_run(words).max(2) + 1);
    out.push_str(&format!("  - {name}:\n\n    {fence}text\n"));
    for line in text::wrapped(words, WIDTH - 4) {
        out.push_str(&format!("    {line}\n"));
    }
    out.push_str(&format!("    {fence}\n"));
}

/// A code span that no text can end.
fn code(words: &str) -> String {
    let words = text::clean(words);
    let ticks = "`".repeat(longest_run(&words) + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{words}{pad}{ticks}")
}

/// How many backticks stand side by side.
fn longest_run(words: &str) -> usize {
    words
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}
