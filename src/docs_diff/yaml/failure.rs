//! What is wrong with the document, and where.

/// A place in a text file; both numbers begin at 1, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
}

/// One thing that is wrong: always one line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Where to look in the file.
    pub(crate) place: Place,
    /// The same place in the document's own terms, such as `paths./x.post.responses`; empty if there is none.
    pub(crate) within: String,
    /// What is true, and what to do.
    pub(crate) text: String,
}

/// More than these and nobody reads on; the rest is counted.
const SHOWN: usize = 20;

impl Failure {
    /// A failure at a place; line breaks in `text` become spaces.
    pub(crate) fn new(place: Place, within: impl Into<String>, text: &str) -> Self {
        Self {
            place,
            within: within.into(),
            text: fold(text),
        }
    }
}

/// The failures as lines for a person, in the order of the file, each beginning with `file:line:column`.
pub(crate) fn report(file: &str, mut failures: Vec<Failure>) -> Vec<String> {
    failures.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.text.cmp(&b.text)));
    failures.dedup();
    let more = failures.len().saturating_sub(SHOWN);
    let mut lines: Vec<String> = failures
        .iter()
        .take(SHOWN)
        .map(|failure| {
            let Place { line, column } = failure.place;
            let colon = if failure.within.is_empty() { "" } else { ": " };
            format!(
                "{file}:{line}:{column}: {}{colon}{}",
                failure.within, failure.text
            )
        })
        .collect();
    if more > 0 {
        lines.push(format!("{file}: {more} more failures like these"));
    }
    lines
}

/// All white space, line breaks too, as single spaces.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
