//! The statuses in a page's text. In running text a status is a number among others, so the headings are found from
//! what follows them: each `Content Type: …` belongs to one status, which stands before it.

use super::content::Response;
use super::landmark::Landmark;
use super::text_fields::body;
use super::words::{Word, joined};

/// Where the statuses stand in `words[start..end]`, in their order. `contents` are the landmarks `Content Type` there,
/// `list` is the page's own list of its statuses. `None` if a `Content Type` has no number before it.
pub(super) fn places(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    contents: &[Landmark],
    list: &[String],
) -> Option<Vec<usize>> {
    let mut out = Vec::new();
    // How far the list is used up.
    let mut next = 0;
    let mut from = start;
    for content in contents {
        let candidates: Vec<usize> = (from..content.at)
            .filter(|at| is_status(words[*at].text))
            .collect();
        let mut own: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|at| own_line(words, *at))
            .collect();
        if own.is_empty() && list.len() > contents.len() {
            own = in_turn(words, &candidates, list, next);
        }
        if own.is_empty() {
            own.push(best(words, &candidates, list, next)?);
        }
        for at in &own {
            if let Some(place) = list.iter().position(|status| status == words[*at].text) {
                next = next.max(place + 1);
            }
        }
        out.extend(own);
        from = content.end;
    }
    // Statuses behind the last body, which have none.
    let rest: Vec<usize> = (from..end)
        .filter(|at| is_status(words[*at].text))
        .collect();
    let mut own: Vec<usize> = rest
        .iter()
        .copied()
        .filter(|at| own_line(words, *at))
        .collect();
    if own.is_empty() && list.len() > contents.len() {
        own = in_turn(words, &rest, list, next);
    }
    out.extend(own);
    Some(out)
}

/// The responses whose headings stand at `places`.
pub(super) fn responses(
    words: &[Word<'_>],
    places: &[usize],
    end: usize,
    contents: &[Landmark],
) -> Vec<Response> {
    let mut contents = contents.iter().peekable();
    let ends = places.iter().skip(1).copied().chain([end]);
    places
        .iter()
        .zip(ends)
        .map(|(at, end)| {
            let content = contents.next_if(|content| content.at < end);
            let about_end = content.map_or(end, |content| content.at);
            Response {
                status: words[*at].text.to_owned(),
                about: joined(words.get(at + 1..about_end).unwrap_or_default()),
                body: content.map(|content| {
                    body(words.get(content.at..end).unwrap_or_default(), false, &[])
                }),
            }
        })
        .collect()
}

fn is_status(word: &str) -> bool {
    word.len() == 3
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(word.as_bytes()[0], b'1'..=b'5')
}

fn own_line(words: &[Word<'_>], at: usize) -> bool {
    words[at].starts_line && words.get(at + 1).is_none_or(|next| next.starts_line)
}

fn before_capital(words: &[Word<'_>], at: usize) -> bool {
    words
        .get(at + 1)
        .is_some_and(|next| next.text.starts_with(char::is_uppercase))
}

/// Those that follow the list one by one.
fn in_turn(
    words: &[Word<'_>],
    candidates: &[usize],
    list: &[String],
    mut next: usize,
) -> Vec<usize> {
    let mut out = Vec::new();
    for at in candidates {
        if list
            .get(next)
            .is_some_and(|status| status == words[*at].text)
            && before_capital(words, *at)
        {
            out.push(*at);
            next += 1;
        }
    }
    out
}

/// The one that is most likely the heading rather than a number in a sentence.
fn best(words: &[Word<'_>], candidates: &[usize], list: &[String], next: usize) -> Option<usize> {
    let expected = |at: &&usize| {
        list.get(next)
            .is_some_and(|status| status == words[**at].text)
    };
    let later = |at: &&usize| {
        list.iter()
            .skip(next)
            .any(|status| status == words[**at].text)
    };
    let capital = |at: &&usize| before_capital(words, **at);
    let first = candidates
        .iter()
        .find(|at| expected(at) && capital(at))
        .or_else(|| candidates.iter().find(|at| later(at) && capital(at)))
        .or_else(|| candidates.iter().find(expected))
        .or_else(|| candidates.iter().find(capital))
        .or(candidates.last());
    first.copied()
}
