//! Whether the labels of a page's text are the known ones. One that is not (a browser translated the page, or Meta renamed
//! it) would have what stands below it taken for part of what stands above it, and many differences reported that are
//! none. Each label is missed where what belongs to it is there.

use super::heading::heading;
use super::landmark::{Kind, Landmark, are};
use super::text::shortened;
use super::words::{DOTS, Word, joined};
use crate::docs_diff::model::ReadError;

/// So far behind the name of a schema the name stands once more, above its fields.
const NAME_AGAIN: usize = 7;

/// Looks for each label.
pub(super) fn check(words: &[Word<'_>], marks: &[Landmark]) -> Result<(), ReadError> {
    let has = |kind| marks.iter().any(|mark| mark.kind == kind);
    let contents: Vec<&Landmark> = marks
        .iter()
        .filter(|mark| mark.kind == Kind::Content)
        .collect();

    let code = (0..words.len()).find(|at| are(words, *at, &["curl", "--request"]));
    if let Some(code) = code.filter(|_| !has(Kind::SelectLanguage)) {
        return Err(unknown("Select language", words, code));
    }
    let schema = (0..words.len()).find(|at| are(words, *at, &["Schema:"]));
    if let Some(schema) = schema.filter(|_| contents.is_empty()) {
        return Err(unknown("Content Type", words, schema));
    }
    if let (None, Some(content)) = (schema, contents.first()) {
        let end = (content.end + 1).min(words.len());
        return Err(unknown("Schema", words, end));
    }
    request_body(words, marks)?;
    path_parameters(words, marks)?;
    child_attributes(words, &contents)?;
    required(words)?;
    types(words)
}

/// What is sent stands above the responses, and only `Request Body` may hold it.
fn request_body(words: &[Word<'_>], marks: &[Landmark]) -> Result<(), ReadError> {
    let mut body = false;
    for mark in marks {
        match mark.kind {
            Kind::RequestBody | Kind::Responses => body = true,
            Kind::RequestSyntax => body = false,
            Kind::Content if !body => return Err(unknown("Request Body", words, mark.at)),
            _ => {}
        }
    }
    Ok(())
}

/// A path that has parameters has them described.
fn path_parameters(words: &[Word<'_>], marks: &[Landmark]) -> Result<(), ReadError> {
    let in_path =
        |mark: &&Landmark| mark.kind == Kind::Call && words[mark.at + 1].text.contains('{');
    let described =
        |mark: &Landmark| mark.kind == Kind::Parameters && words[mark.at].text == "Path";
    let syntax = marks.iter().find(|mark| mark.kind == Kind::RequestSyntax);
    let bare =
        |mark: &&Landmark| mark.kind == Kind::Call && words[mark.at + 1].text.starts_with("//");
    let has_some = marks.iter().any(|mark| in_path(&mark) || bare(&mark));
    match syntax {
        Some(syntax) if has_some && !marks.iter().any(described) => {
            let next = marks.iter().find(|mark| {
                mark.at > syntax.end
                    && matches!(
                        mark.kind,
                        Kind::Parameters | Kind::RequestBody | Kind::Responses
                    )
            });
            let at = next.map_or(words.len(), |mark| mark.at);
            Err(unknown("Path Parameters", words, at))
        }
        _ => Ok(()),
    }
}

/// Where a schema's fields are shown, its name stands above them once more, behind the button.
fn child_attributes(words: &[Word<'_>], contents: &[&Landmark]) -> Result<(), ReadError> {
    for content in contents {
        let at = content.end;
        let Some(name) = words.get(at + 1).filter(|_| are(words, at, &["Schema:"])) else {
            continue;
        };
        let shown = are(words, at + 3, &["child", "attributes"]);
        let again = words[at + 2..]
            .iter()
            .take(NAME_AGAIN)
            .position(|word| word.text == name.text);
        if let Some(again) = again.filter(|again| *again > 0 && !shown) {
            return Err(unknown("Show child attributes", words, at + 2 + again));
        }
    }
    Ok(())
}

/// In words; no type is longer.
const LONGEST_TYPE: usize = 24;

/// What is marked `·required` is a parameter or a field, and its type has to be one that can be told from prose: else the
/// field would be taken for part of the description above it.
fn types(words: &[Word<'_>]) -> Result<(), ReadError> {
    let marked = |word: &Word<'_>| {
        let mut parts = word.text.split(DOTS);
        let behind = parts.next().is_some_and(|name| !name.is_empty());
        behind && parts.any(|mark| mark.eq_ignore_ascii_case("required"))
    };
    for at in (0..words.len()).filter(|at| marked(&words[*at])) {
        let first = at.saturating_sub(LONGEST_TYPE);
        let told = (first..=at)
            .filter_map(|start| heading(words, start, &[]))
            .any(|heading| heading.end > at);
        // The type of a path parameter may be a schema, which only the path tells from its name.
        let capital = words[at].text.chars().any(char::is_uppercase);
        if !told && !capital {
            return Err(ReadError::UnknownWording(format!(
                "a type such as `string` was looked for before `·required`, and `{}` stands there",
                shortened(words[at].text)
            )));
        }
    }
    Ok(())
}

/// `·required` is the mark that every page has.
fn required(words: &[Word<'_>]) -> Result<(), ReadError> {
    let marks = |word: &&Word<'_>| {
        let mut parts = word.text.split(DOTS);
        let named = parts.next().is_some_and(|name| name.len() > 3);
        parts
            .find(|mark| named && !mark.is_empty())
            .map(str::to_owned)
    };
    let all: Vec<String> = words.iter().filter_map(|word| marks(&word)).collect();
    match all.first() {
        Some(other) if !all.iter().any(|mark| mark.eq_ignore_ascii_case("required")) => {
            Err(ReadError::UnknownWording(format!(
                "`·required` was looked for behind the types of fields, and `·{}` stands there",
                shortened(other)
            )))
        }
        _ => Ok(()),
    }
}

/// The label that was looked for, and what stands in its place.
fn unknown(label: &str, words: &[Word<'_>], at: usize) -> ReadError {
    let found = shortened(&joined(&words[at.saturating_sub(6)..at]));
    ReadError::UnknownWording(format!(
        "`{label}` was looked for, and `{found}` stands there"
    ))
}
