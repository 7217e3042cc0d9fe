//! The text of a page. Only letters and digits count: forms of a page differ in spaces and punctuation, and in nothing else.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A word, a URL up to its parameters, or a path.
pub(super) static WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"{URL}|{PATH}|\w*\d(?:\.\d\w*)+|\w+(?:[-/]\w+)*")));

pub(super) const URL: &str = r#"https?://[^\s"'`|)<>\],/{]+(?:/[^\s"'`|)<>\],/{]+)*"#;

pub(super) const PATH: &str = r#"/[{/\w][^\s"'`|)<>\],]+"#;

/// Words with which every page ends.
pub(super) const END: &str = "All endpoints require";

/// The end of a sentence, of a value of a code sample, or of the sample.
static SENTENCE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[.!?](?:\W|$)|,\s*"|\}"#));

/// Compiles a pattern that is a part of this program.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|why| unreachable!("{why}"))
}

/// A sentence of a page, or one value of a code sample.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    pub(super) fingerprint: String,
    /// As a reader has seen it.
    pub(super) text: String,
}

impl Sentence {
    /// A heading, which alone says nothing.
    pub(super) fn heading(text: &str) -> Self {
        Self {
            fingerprint: format!("#{}", fingerprint(text)),
            text: shown(text),
        }
    }
}

pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let all = SENTENCE_END.split(text).filter(|text| has_words(text));
    all.map(|text| Sentence {
        fingerprint: fingerprint(text),
        text: shown(text),
    })
    .collect()
}

/// The lines of five words or more that end a sentence: menus and links around a page do not.
pub(super) fn notices(text: &str) -> String {
    let is_notice = |line: &&str| {
        let end = line.trim_end_matches([' ', ')', ']', '"', '\'', '`', '*']);
        WORD.find_iter(line).count() >= 5 && end.ends_with(['.', '!', '?'])
    };
    let lines: Vec<&str> = text.lines().filter(is_notice).collect();
    lines.join("\n")
}

/// Text with one space between words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as a reader has seen it, in one line.
pub(super) fn shown(text: &str) -> String {
    let text = one_line(text);
    let marks = [
        '|', '*', '#', ' ', '-', ':', '·', '.', ',', '`', '"', '\'', '{', '}',
    ];
    text.trim_matches(marks).to_owned()
}

/// A hash of the letters and digits of a text.
pub(super) fn fingerprint(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    hash(&letters)
}

/// A hash of a text.
pub(super) fn hash(text: &str) -> String {
    let hash = twox_hash::XxHash64::oneshot(0, text.as_bytes());
    format!("{hash:016x}")
}

pub(super) fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

pub(super) fn starts_line(text: &str, at: usize) -> bool {
    !text[..at].rsplit('\n').next().is_some_and(has_words)
}

pub(super) fn ends_line(text: &str, at: usize) -> bool {
    !text[at..].split('\n').next().is_some_and(has_words)
}

/// Where a phrase ends that a text begins with.
fn begins(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for word in phrase.split(|c: char| !c.is_alphanumeric()) {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        rest = rest.strip_prefix(word)?;
    }
    let is_whole = !rest.starts_with(char::is_alphanumeric);
    is_whole.then_some(text.len() - rest.len())
}

/// Where a phrase stands.
pub(super) fn positions(text: &str, phrase: &str) -> Vec<Range<usize>> {
    let first = phrase.split(|c: char| !c.is_alphanumeric()).next();
    let starts = text.match_indices(first.unwrap_or_default());
    let starts = starts.map(|(start, _)| start);
    let starts = starts.filter(|start| !text[..*start].ends_with(char::is_alphanumeric));
    let all = starts.filter_map(|start| Some(start..start + begins(&text[start..], phrase)?));
    all.collect()
}
