//! The operations in a page's text, each from its heading to where the next one, or `Authentication`, begins.

use std::collections::BTreeSet;

use super::content::{PageOperation, Parameters};
use super::heading::heading;
use super::landmark::{Kind, Landmark, statuses};
use super::sections;
use super::text::shortened;
use super::text_fields::{body, fields};
use super::text_paths::{in_braces, paths};
use super::text_statuses::{places, responses};
use super::words::{Alone, Word, essence, joined};
use crate::docs_diff::model::ReadError;

/// More operations, lists of statuses and statuses than any page has.
pub(super) const MOST_OPERATIONS: usize = 20;
const MOST_LISTS: usize = 10;
const MOST_STATUSES: usize = 100;

/// Reads all operations. `base_urls` holds the page's base URL, and gets those of the samples.
pub(super) fn operations(
    words: &[Word<'_>],
    marks: &[Landmark],
    base_urls: &mut Vec<String>,
) -> Result<Vec<PageOperation>, ReadError> {
    let end = marks
        .iter()
        .rfind(|mark| mark.kind == Kind::Authentication)
        .map_or(words.len(), |mark| mark.at);
    let mut rows = BTreeSet::new();
    let mut headings: Vec<(Landmark, usize)> = Vec::new();
    let mut calls: Vec<Landmark> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            // The call directly below it repeats the heading's.
            Kind::RequestSyntax => {
                let chosen = choose_heading(words, &calls, &mut rows, headings.is_empty());
                let Some(chosen) = chosen else {
                    return Err(ReadError::UnknownWording(
                        "no `POST /…` stands above `Request Syntax`".to_owned(),
                    ));
                };
                headings.push((chosen, index));
                calls.clear();
            }
            Kind::Call if mark.at < end => {
                let below_syntax = index > 0
                    && marks[index - 1].kind == Kind::RequestSyntax
                    && marks[index - 1].end == mark.at;
                if !below_syntax {
                    calls.push(*mark);
                }
            }
            _ => {}
        }
    }
    if headings.len() > MOST_OPERATIONS {
        return Err(too_many(headings.len()));
    }
    let ends = headings
        .iter()
        .skip(1)
        .map(|(heading, _)| heading.at)
        .chain([end]);
    let mut out = Vec::new();
    for ((heading, syntax), end) in headings.iter().zip(ends) {
        let stop = marks.partition_point(|mark| mark.at < end);
        let marks = marks.get(*syntax..stop).unwrap_or_default();
        out.push(operation(words, *heading, marks, end, base_urls)?);
    }
    Ok(out)
}

/// Of the calls above `Request Syntax`, the table of endpoints has each once; the heading is the first that repeats one.
fn choose_heading(
    words: &[Word<'_>],
    calls: &[Landmark],
    rows: &mut BTreeSet<(String, String)>,
    first: bool,
) -> Option<Landmark> {
    for call in calls {
        let pair = (
            words[call.at].text.to_owned(),
            words[call.at + 1].text.to_owned(),
        );
        let known = rows.contains(&pair);
        if known {
            return Some(*call);
        }
        if first {
            rows.insert(pair);
        }
    }
    calls.last().copied()
}

fn operation(
    words: &[Word<'_>],
    heading: Landmark,
    marks: &[Landmark],
    end: usize,
    base_urls: &mut Vec<String>,
) -> Result<PageOperation, ReadError> {
    let Some(syntax) = marks.first() else {
        return Ok(PageOperation::default());
    };
    let mut out = PageOperation {
        method: words[heading.at].text.to_owned(),
        ..PageOperation::default()
    };
    let description = between(words, heading.end, syntax.at);
    out.descriptions.push(sections::split(&texts(description)));
    out.paths = paths(words, heading, marks, end, base_urls);
    let names: Vec<String> = out
        .paths
        .first()
        .map(|path| in_braces(path))
        .unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let lists = marks.iter().filter(|mark| mark.kind == Kind::SelectStatus);
    for mark in lists.take(MOST_LISTS) {
        let list = between(words, mark.end, end)
            .iter()
            .map_while(|word| statuses(word.text))
            .flatten()
            .take(MOST_STATUSES);
        out.status_lists.push(list.collect());
    }

    let chosen = choose_responses(words, marks, description)?;
    let borders: Vec<Landmark> = marks
        .iter()
        .filter(|mark| {
            matches!(mark.kind, Kind::Parameters | Kind::RequestBody) && mark.at < chosen.at
        })
        .copied()
        .collect();
    check_unread(words, marks, borders.first().unwrap_or(&chosen))?;
    let border_ends = borders
        .iter()
        .skip(1)
        .map(|mark| mark.at)
        .chain([chosen.at]);
    for (mark, end) in borders.iter().zip(border_ends) {
        let here = between(words, mark.end, end);
        if mark.kind == Kind::RequestBody {
            let required = mark.end - mark.at == 3 && words[mark.at + 2].text.contains("Required");
            out.request = Some(body(here, required, &[]));
        } else {
            let place = words[mark.at].text.to_ascii_lowercase();
            out.parameters.push(Parameters {
                place,
                fields: fields(here, &names).1,
            });
        }
    }

    let contents: Vec<Landmark> = marks
        .iter()
        .filter(|mark| mark.kind == Kind::Content && mark.at > chosen.at)
        .copied()
        .collect();
    let last = contents.last().map_or(chosen.end, |mark| mark.end);
    let end = marks
        .iter()
        .find(|mark| {
            matches!(mark.kind, Kind::SelectLanguage | Kind::SelectStatus) && mark.at >= last
        })
        .map_or(end, |mark| mark.at);
    let repeated = repeats(between(words, chosen.end, end), description);
    let list = out.status_lists.first().map_or(&[][..], Vec::as_slice);
    let start = if repeated {
        chosen.end + description.len()
    } else {
        chosen.end
    };
    let Some(places) = places(words, start, end, &contents, list) else {
        return Err(ReadError::UnknownWording(
            "a response with `Content Type` has no status before it".to_owned(),
        ));
    };
    let first = places.first().copied().unwrap_or(end);
    if first > chosen.end {
        out.descriptions
            .push(sections::split(&texts(between(words, chosen.end, first))));
    }
    out.responses = responses(words, &places, end, &contents);
    Ok(out)
}

/// The words as the sections are told by; a dash counts as a word.
fn texts<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    let mut out = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        if index > 0 && word.after == Alone::Dash {
            out.push("-");
        }
        out.push(word.text);
    }
    out
}

/// The words from one place up to another.
pub(super) fn between<'a, 'b>(words: &'b [Word<'a>], start: usize, end: usize) -> &'b [Word<'a>] {
    words.get(start..end).unwrap_or_default()
}

/// What a text with more operations than any page has is.
pub(super) fn too_many(operations: usize) -> ReadError {
    ReadError::Malformed(format!(
        "it describes {operations} operations, and no page more than {MOST_OPERATIONS}"
    ))
}

/// The word `Responses` that is the heading: the one that the description follows once more; else the one with a line
/// of its own; else the first behind the request.
fn choose_responses(
    words: &[Word<'_>],
    marks: &[Landmark],
    description: &[Word<'_>],
) -> Result<Landmark, ReadError> {
    let request = marks
        .iter()
        .rfind(|mark| mark.kind == Kind::RequestBody || mark.kind == Kind::Parameters);
    let after = request.map_or(0, |mark| mark.end);
    let candidates = || {
        marks
            .iter()
            .filter(|mark| mark.kind == Kind::Responses && mark.at >= after)
    };
    let opening = &description[..description.len().min(5)];
    candidates()
        .find(|mark| !opening.is_empty() && repeats(&words[mark.end..], opening))
        .or_else(|| {
            candidates().find(|mark| {
                words[mark.at].starts_line
                    && words.get(mark.end).is_none_or(|next| next.starts_line)
            })
        })
        .or_else(|| candidates().next())
        .copied()
        .ok_or_else(|| {
            let last = joined(&words[after..words.len().min(after + 6)]);
            ReadError::UnknownWording(format!(
                "`Responses` was looked for, and not found after `{}`",
                shortened(&last)
            ))
        })
}

/// Whether `words` start with these.
fn repeats(words: &[Word<'_>], these: &[Word<'_>]) -> bool {
    words.len() >= these.len()
        && words
            .iter()
            .zip(these)
            .all(|(word, this)| essence(word.text) == essence(this.text))
}

/// Between the samples and the first parameters there is no field, unless a heading there is not known.
fn check_unread(
    words: &[Word<'_>],
    marks: &[Landmark],
    border: &Landmark,
) -> Result<(), ReadError> {
    let start = marks
        .iter()
        .rfind(|mark| mark.kind == Kind::SelectStatus && mark.at < border.at)
        .map_or(border.at, |mark| mark.end);
    let mut first = None;
    for at in start..border.at {
        let Some(found) = heading(words, at, &[]) else {
            continue;
        };
        let first = *first.get_or_insert(at);
        if found.required {
            let before = shortened(&joined(between(
                words,
                first.saturating_sub(4).max(start),
                first,
            )));
            return Err(ReadError::UnknownWording(format!(
                "`{}` stands under `{before}`, where `Header Parameters` or `Path Parameters` was looked for",
                words[first].text
            )));
        }
    }
    Ok(())
}
