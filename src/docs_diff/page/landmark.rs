//! The landmarks of a page's text: the headings and labels that every page of this make has. Each is told by its words
//! and by what follows them, not by its line, so that the same words in a sentence are no landmark.

use super::heading::heading;
use super::words::{METHODS, Word};

/// A landmark, and the words that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Landmark {
    pub(super) kind: Kind,
    pub(super) at: usize,
    pub(super) end: usize,
}

/// The kinds of landmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    BaseUrl,
    Endpoints,
    /// `POST /…`, wherever it stands.
    Call,
    RequestSyntax,
    SelectLanguage,
    SelectStatus,
    /// `Header Parameters`, `Path Parameters` and the like; the place is the word at the landmark.
    Parameters,
    RequestBody,
    /// `Content Type: …`
    Content,
    /// A word `Responses`; which of them is the heading is settled later.
    Responses,
    Authentication,
    UsageExamples,
}

impl Kind {
    /// As it stands on the page.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::BaseUrl => "Base URL",
            Self::Endpoints => "Endpoints",
            Self::Call => "POST /…",
            Self::RequestSyntax => "Request Syntax",
            Self::SelectLanguage => "Select language",
            Self::SelectStatus => "Select status code",
            Self::Parameters => "Parameters",
            Self::RequestBody => "Request Body",
            Self::Content => "Content Type",
            Self::Responses => "Responses",
            Self::Authentication => "Authentication",
            Self::UsageExamples => "Usage Examples",
        }
    }
}

/// All landmarks, in the order of the page.
pub(super) fn landmarks(words: &[Word<'_>]) -> Vec<Landmark> {
    (0..words.len())
        .filter_map(|at| {
            let (kind, length) = landmark(words, at)?;
            Some(Landmark {
                kind,
                at,
                end: at + length,
            })
        })
        .collect()
}

/// Whether the words at `at` are these.
pub(super) fn are(words: &[Word<'_>], at: usize, these: &[&str]) -> bool {
    words.get(at..at + these.len()).is_some_and(|found| {
        found
            .iter()
            .zip(these)
            .all(|(word, this)| word.text == *this)
    })
}

/// A method and a path.
pub(super) fn is_call(words: &[Word<'_>], at: usize) -> bool {
    let path = words
        .get(at + 1)
        .is_some_and(|next| next.text.starts_with('/') || next.text.starts_with("[/"));
    path && METHODS.contains(&words[at].text)
}

fn landmark(words: &[Word<'_>], at: usize) -> Option<(Kind, usize)> {
    let are = |these: &[&str]| are(words, at, these);
    let next = |count: usize| words.get(at + count).map_or("", |word| word.text);
    match words[at].text {
        "Base" if are(&["Base", "URL"]) && (2..8).any(|count| is_url(next(count))) => {
            Some((Kind::BaseUrl, 2))
        }
        "Endpoints" if words.get(at + 1).is_some() && is_call(words, at + 1) => {
            Some((Kind::Endpoints, 1))
        }
        "Request"
            if are(&["Request", "Syntax"])
                && words.get(at + 2).is_some()
                && is_call(words, at + 2) =>
        {
            Some((Kind::RequestSyntax, 2))
        }
        "Request" if are(&["Request", "Body"]) => {
            let flag = flag_length(next(2));
            super::landmark::are(words, at + 2 + flag, &["Content", "Type:"])
                .then_some((Kind::RequestBody, 2 + flag))
        }
        "Select" if are(&["Select", "language"]) => Some((Kind::SelectLanguage, 2)),
        "Select" if are(&["Select", "status", "code"]) && statuses(next(3)).is_some() => {
            Some((Kind::SelectStatus, 3))
        }
        "Content" if are(&["Content", "Type:"]) && next(2).contains('/') => {
            Some((Kind::Content, 3))
        }
        "Responses" => Some((Kind::Responses, 1)),
        "Authentication"
            if super::landmark::are(words, at + 1, &["Scheme", "Type", "Location"]) =>
        {
            Some((Kind::Authentication, 4))
        }
        "Usage" if are(&["Usage", "Examples"]) => Some((Kind::UsageExamples, 2)),
        place
            if next(1) == "Parameters"
                && place.starts_with(|letter: char| letter.is_ascii_uppercase())
                && place.chars().all(|letter| letter.is_ascii_alphabetic())
                && heading(words, at + 2, &[]).is_some() =>
        {
            Some((Kind::Parameters, 2))
        }
        _ if is_call(words, at) => Some((Kind::Call, 2)),
        _ => None,
    }
}

/// How many words `Required` or `Optional` takes.
fn flag_length(word: &str) -> usize {
    usize::from(matches!(
        word.trim_matches(['(', ')']),
        "Required" | "Optional"
    ))
}

pub(super) fn is_url(word: &str) -> bool {
    word.trim_start_matches(['<', '(', '"', '\''])
        .starts_with("http")
        && word.contains("://")
}

/// Statuses that stand together in one word, as in `200400401`.
pub(super) fn statuses(word: &str) -> Option<Vec<String>> {
    let whole = word.len().is_multiple_of(3) && word.bytes().all(|byte| byte.is_ascii_digit());
    (whole && !word.is_empty() && word.len() <= 300).then(|| {
        word.as_bytes()
            .chunks(3)
            .map(|three| three.iter().map(|digit| char::from(*digit)).collect())
            .collect()
    })
}
