//! A page's text, as copied from a browser or turned into Markdown by a clipper.

use super::clean::{plain_space, undecorate};
use super::content::Page;
use super::landmark::{Kind, Landmark, are, is_call, is_url, landmarks};
use super::text_known;
use super::text_operation;
use super::words::{Word, joined, words};
use crate::docs_diff::model::{ReadError, SourceKind};

/// In words; what is longer is something else that stands above the page.
const LONGEST_INTRODUCTION: usize = 2_000;

/// In words; a base URL stands no further below its heading, where that is no entry of a menu.
const FAR_BELOW: usize = 8;

/// Reads a page's text.
pub(super) fn read(text: &str) -> Result<Page, ReadError> {
    let text = undecorate(&plain_space(text));
    let words = words(&text);
    let marks = landmarks(&words);
    if !marks.iter().any(|mark| mark.kind == Kind::Call) {
        return Err(no_endpoint(&words));
    }
    let Some(base) = marks.iter().find(|mark| mark.kind == Kind::BaseUrl) else {
        return Err(no_base_url(&words));
    };
    let headed = marks.iter().filter(|mark| {
        let below = words[mark.end..].iter().take(FAR_BELOW);
        mark.kind == Kind::BaseUrl && below.into_iter().any(|word| is_url(word.text))
    });
    let pages = headed.count();
    if pages > 1 {
        return Err(more_than_one_page(pages));
    }
    let whole = check_whole(&words, &marks, text.trim_end().ends_with('|'));
    let auth = whole?;
    text_known::check(&words, &marks)?;
    let mut base_urls = base_urls(&words, &marks, base.end);
    let (versions, introduction) = head(&words[..base.at]);
    let operations = text_operation::operations(&words, &marks, &mut base_urls)?;
    Ok(Page {
        kind: SourceKind::Text,
        versions,
        base_urls,
        auth,
        introduction,
        operations,
        schemas: Vec::new(),
    })
}

/// The addresses below `Base URL`, which is one unless something has changed.
fn base_urls(words: &[Word<'_>], marks: &[Landmark], from: usize) -> Vec<String> {
    let Some(first) = (from..words.len()).find(|at| is_url(words[*at].text)) else {
        return Vec::new();
    };
    let end = marks
        .iter()
        .find(|mark| mark.at > first)
        .map_or(first + 1, |mark| mark.at);
    let all = words[first..end].iter().filter(|word| is_url(word.text));
    all.map(|word| address(word.text)).collect()
}

/// An address without what sticks to it.
pub(super) fn address(word: &str) -> String {
    let start = word.find("http").unwrap_or(0);
    word[start..]
        .split(['\'', '"', '`', '>', '<', '|', ',', '’', '‘', '”', '“'])
        .next()
        .unwrap_or_default()
        .trim_end_matches(['/', ')', ';', '.'])
        .to_owned()
}

/// The versions and the introduction, which stand above the base URL.
fn head(words: &[Word<'_>]) -> (Option<Vec<String>>, Option<String>) {
    let mut offered = None;
    let mut end = None;
    let mut at = 0;
    while at < words.len() {
        let here = |these: &[&str]| are(words, at, these);
        if here(&["Copy", "for", "LLM"])
            || here(&["View", "as", "Markdown"])
            || here(&["Download", "OpenAPI", "spec"])
        {
            at += 3;
            end = Some(at);
        } else if offered.is_none() && here(&["Version"]) {
            at += 1;
            let mut list = Vec::new();
            while let Some(more) = words.get(at).and_then(|word| versions(word.text)) {
                list.extend(more);
                at += 1;
            }
            if !list.is_empty() {
                offered = Some(list);
                end = Some(at);
            }
        } else {
            at += 1;
        }
    }
    let introduction =
        end.map(|end| joined(&words[end..words.len().min(end + LONGEST_INTRODUCTION)]));
    (offered, introduction)
}

/// Versions that stand together in one word, as in `v23.0v24.0`.
fn versions(word: &str) -> Option<Vec<String>> {
    let list: Vec<String> = word
        .strip_prefix('v')?
        .trim_end_matches(',')
        .split('v')
        .map(|rest| format!("v{rest}"))
        .collect();
    let whole = list.iter().all(|version| {
        version.split('.').count() == 2
            && version[1..]
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    whole.then_some(list)
}

/// `Authentication` stands last on a page; a page that has it whole is whole. Otherwise: is it cut short, or are its
/// headings other than known?
fn check_whole(
    words: &[Word<'_>],
    marks: &[Landmark],
    bar_at_end: bool,
) -> Result<String, ReadError> {
    let order = [
        Kind::Endpoints,
        Kind::RequestSyntax,
        Kind::Content,
        Kind::Authentication,
    ];
    let mut missing = None;
    for kind in order {
        match (marks.iter().find(|mark| mark.kind == kind), missing) {
            // A page need not have a body.
            (None, None) if kind != Kind::Content => missing = Some(kind),
            (Some(found), Some(before)) => return Err(unknown(words, before, *found)),
            _ => {}
        }
    }
    let last = marks.last().map_or(0, |mark| mark.at);
    let scheme = (last..words.len()).find(|at| words[*at].text == "bearerAuth");
    match (missing, scheme) {
        (Some(Kind::Authentication), Some(at)) => {
            let before = joined(&words[at.saturating_sub(8)..at]);
            return Err(ReadError::UnknownWording(format!(
                "`Authentication` with `Scheme`, `Type` and `Location` was looked for, and `{before}` stands before `bearerAuth`"
            )));
        }
        (Some(missing), _) => return Err(cut_short(words, marks, missing)),
        (None, _) => {}
    }
    let Some(mark) = marks
        .iter()
        .rev()
        .find(|mark| mark.kind == Kind::Authentication)
    else {
        return Err(cut_short(words, marks, Kind::Authentication));
    };
    let end = marks
        .iter()
        .find(|found| found.kind == Kind::UsageExamples && found.at >= mark.end);
    let rows = &words[mark.end..end.map_or(words.len(), |found| found.at)];
    auth(rows, end.is_some(), bar_at_end)
        .ok_or_else(|| cut_short(words, marks, Kind::UsageExamples))
}

/// The rows below `Scheme`, `Type`, `Location`. Without what follows the table, the last word could be half a word.
fn auth(words: &[Word<'_>], ended: bool, bar_at_end: bool) -> Option<String> {
    let mut rows = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let place = rest
            .iter()
            .take(12)
            .position(|word| word.text.ends_with(':'))?;
        let kind = joined(rest.get(1..place)?);
        if kind.is_empty() {
            return None;
        }
        let name = rest.get(place + 1)?;
        rows.push(format!(
            "{}, {kind}, {} {}",
            rest[0].text, rest[place].text, name.text
        ));
        rest = &rest[place + 2..];
        if !ended {
            if rest.is_empty() && !bar_at_end {
                return None;
            }
            break;
        }
    }
    (!rows.is_empty()).then(|| rows.join("; "))
}

fn cut_short(words: &[Word<'_>], marks: &[Landmark], missing: Kind) -> ReadError {
    let last = marks.last().map_or("its start", |mark| mark.kind.label());
    let tail = joined(&words[words.len().saturating_sub(6)..]);
    ReadError::CutShort(format!(
        "it goes on after `{last}` up to `{tail}`, and `{}` was still to come",
        missing.label()
    ))
}

fn unknown(words: &[Word<'_>], missing: Kind, found: Landmark) -> ReadError {
    let before = joined(&words[found.at.saturating_sub(6)..found.at]);
    ReadError::UnknownWording(format!(
        "`{}` was looked for, and not found before `{}`, where `{before}` stands",
        missing.label(),
        found.kind.label()
    ))
}

fn no_endpoint(words: &[Word<'_>]) -> ReadError {
    let start = joined(&words[..words.len().min(10)]);
    ReadError::NoEndpoint(format!("it starts with `{}`", shortened(&start)))
}

/// The heading above the first address, or above the first call, is not `Base URL`.
fn no_base_url(words: &[Word<'_>]) -> ReadError {
    let place = words
        .iter()
        .position(|word| is_url(word.text))
        .or_else(|| (0..words.len()).find(|at| is_call(words, *at)))
        .unwrap_or(words.len());
    let line = (0..place)
        .rev()
        .take(6)
        .find(|at| words[*at].starts_line)
        .unwrap_or(place.saturating_sub(6));
    let found = shortened(&joined(&words[line..place]));
    ReadError::UnknownWording(if found.is_empty() {
        "`Base URL` was looked for, and nothing stands before the first address".to_owned()
    } else {
        format!("`Base URL` was looked for, and `{found}` stands before the first address")
    })
}

/// Two pages in one file would be read as one that contradicts itself.
pub(super) fn more_than_one_page(pages: usize) -> ReadError {
    ReadError::Malformed(format!(
        "it holds {pages} pages, one behind the other; save each to a file of its own"
    ))
}

/// What fits into a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
