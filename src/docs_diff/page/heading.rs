//! The heading of a parameter or field in a page's text: name, type and marks stick together there, as in
//! `Versionstring·required`, `update_timestring (date-time)` or `partner_statusWhatsAppBusinessSolutionPartnerStatus`.
//!
//! In running text a heading stands in the middle of prose, so what looks like one is doubted where it is not marked
//! as required, and does not have a line to itself: its name must have an underscore or a hyphen, or not make an English
//! word with its type (`substring`), or its type must be the name of a schema that has three words in it at least.

use super::words::{Alone, DOTS, Word};

/// A heading that was found.
#[derive(Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) format: Option<String>,
    pub(super) required: bool,
    /// Marks other than `required`, such as `deprecated`.
    pub(super) marks: Vec<String>,
    /// It describes the elements of the array `name`.
    pub(super) element: bool,
    /// The first word behind it.
    pub(super) end: usize,
}

const TYPES: [&str; 6] = ["string", "integer", "boolean", "number", "object", "array"];

/// What makes an English word together with a type's name.
const ENGLISH: [&str; 20] = [
    "sub", "super", "bit", "doc", "ham", "shoe", "draw", "bow", "heart", "multi", "non", "un", "g",
    "big", "phone", "micro", "in", "per", "dis", "latch",
];

/// Formats that are known by name; others are told by a hyphen or a digit in them, or by the line that ends there.
const FORMATS: [&str; 20] = [
    "date",
    "time",
    "duration",
    "float",
    "double",
    "int",
    "long",
    "decimal",
    "uri",
    "url",
    "uuid",
    "email",
    "byte",
    "binary",
    "password",
    "hostname",
    "regex",
    "timestamp",
    "json",
    "phone",
];

/// How often `array of` is followed; deeper ones do not occur.
const DEEPEST_ARRAY: usize = 4;

/// The heading that starts at `at`, if one does. `known` are names that a heading may have here for sure (those in the
/// path), which tells where the name ends if the type is a schema.
pub(super) fn heading(words: &[Word<'_>], at: usize, known: &[&str]) -> Option<Heading> {
    let word = words.get(at)?;
    let (base, mut marks) = marks_of(word.text);
    let mut end = at + 1;
    let (name, first, element) = match one_of(words, at, base) {
        Some((name, behind)) => {
            end = behind;
            marks = marks_of(words[behind - 1].text).1;
            (name, "One", false)
        }
        None => name_and_type(base, known)?,
    };
    let mut kind = first.to_owned();
    if first == "One" {
        let values: Vec<&str> = words[at + 1..end]
            .iter()
            .map(|word| bare(word.text))
            .collect();
        kind = format!("One {}", values.join(" "));
    }
    if first == "array" {
        for _ in 0..DEEPEST_ARRAY {
            let (Some(of), Some(inner)) = (words.get(end), words.get(end + 1)) else {
                break;
            };
            if of.text != "of" || !marks.is_empty() {
                break;
            }
            let (inner, more) = marks_of(inner.text);
            if !type_name(inner) {
                break;
            }
            kind.push_str(" of ");
            kind.push_str(inner);
            marks = more;
            end += 2;
            if inner != "array" {
                break;
            }
        }
    }
    let mut format = None;
    if marks.is_empty()
        && let Some((found, more)) = format_at(words, end)
    {
        format = Some(found);
        marks = more;
        end += 1;
    }
    while let Some(next) = words.get(end) {
        let own = next.text.starts_with(DOTS)
            || next.after == Alone::Dot && next.text.chars().all(char::is_lowercase);
        if !own {
            break;
        }
        marks.extend(
            next.text
                .split(DOTS)
                .filter(|mark| !mark.is_empty())
                .map(str::to_owned),
        );
        end += 1;
    }
    let own_line = word.starts_line && words.get(end).is_none_or(|next| next.starts_line);
    if !(element || own_line || !marks.is_empty() || believable(name, first)) {
        return None;
    }
    let required = marks
        .iter()
        .any(|mark| mark.eq_ignore_ascii_case("required"));
    marks.retain(|mark| {
        !mark.eq_ignore_ascii_case("required") && !mark.eq_ignore_ascii_case("optional")
    });
    Some(Heading {
        name: name.to_owned(),
        kind,
        format,
        required,
        marks,
        element,
        end,
    })
}

/// The name before `One of "A", "B"`, and the first word behind the values.
fn one_of<'a>(words: &[Word<'_>], at: usize, base: &'a str) -> Option<(&'a str, usize)> {
    let name = base.strip_suffix("One").filter(|name| field_name(name))?;
    words.get(at + 1).filter(|word| word.text == "of")?;
    let quoted = |word: &&Word<'_>| word.text.starts_with(['"', '“', '”', '\'', '‘', '’', '`']);
    let mut end = at + 2;
    loop {
        let value = words.get(end).filter(quoted)?;
        end += 1;
        if !value.text.ends_with(',') {
            return Some((name, end));
        }
    }
}

/// A word without the marks behind it.
fn bare(word: &str) -> &str {
    word.split(DOTS).next().unwrap_or_default()
}

/// The word, and the marks behind its dots.
fn marks_of(word: &str) -> (&str, Vec<String>) {
    let mut parts = word.split(DOTS);
    let base = parts.next().unwrap_or_default();
    (
        base,
        parts
            .filter(|mark| !mark.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

/// Where the name ends and the type begins; and whether it is about the elements of an array.
fn name_and_type<'a>(base: &'a str, known: &[&str]) -> Option<(&'a str, &'a str, bool)> {
    if let Some((name, kind)) = base.split_once("[]") {
        return (field_name(name) && type_name(kind)).then_some((name, kind, true));
    }
    let primitive = TYPES
        .iter()
        .find_map(|kind| Some((base.strip_suffix(kind)?, *kind)));
    if let Some((name, kind)) = primitive.filter(|(name, _)| field_name(name)) {
        return Some((name, &base[base.len() - kind.len()..], false));
    }
    let told = known.iter().find_map(|name| {
        base.strip_prefix(name)
            .map(|kind| (&base[..name.len()], kind))
    });
    if let Some((name, kind)) = told.filter(|(_, kind)| schema_name(kind)) {
        return Some((name, kind, false));
    }
    let capital = base
        .find(|letter: char| letter.is_ascii_uppercase())
        .filter(|at| *at > 0)?;
    let (name, kind) = base.split_at(capital);
    (field_name(name) && schema_name(kind)).then_some((name, kind, false))
}

fn field_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$')
        && name.ends_with(|letter: char| letter.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '$'))
}

fn type_name(kind: &str) -> bool {
    TYPES.contains(&kind)
        || kind.starts_with(|letter: char| letter.is_ascii_uppercase()) && identifier(kind)
}

/// The name of a schema has two words in it at least, as in `PartnerStatus`.
pub(super) fn schema_name(kind: &str) -> bool {
    kind.starts_with(|letter: char| letter.is_ascii_uppercase())
        && identifier(kind)
        && humps(kind) >= 2
}

fn identifier(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn humps(text: &str) -> usize {
    text.as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_uppercase() && pair[1].is_ascii_lowercase())
        .count()
}

/// Whether a name and a type that stick together in the middle of a line are a heading rather than an odd word.
fn believable(name: &str, kind: &str) -> bool {
    if name.contains(['_', '-']) {
        return true;
    }
    if TYPES.contains(&kind) {
        return !ENGLISH.contains(&name.to_ascii_lowercase().as_str());
    }
    // A name of three words and more; fewer are the way that products and code are written in prose.
    humps(kind) >= 3 && name != "whats"
}

/// A format in parentheses, and the marks that stick to it.
fn format_at(words: &[Word<'_>], at: usize) -> Option<(String, Vec<String>)> {
    let word = words.get(at)?;
    let (base, marks) = marks_of(word.text);
    let format = base.strip_prefix('(')?.strip_suffix(')')?;
    let plain = format
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    let ends_line = words.get(at + 1).is_none_or(|next| next.starts_line);
    let known = FORMATS.contains(&format)
        || format.contains(|letter: char| letter == '-' || letter.is_ascii_digit());
    (plain && (known || ends_line || !marks.is_empty())).then(|| (format.to_owned(), marks))
}
