//! What a page's text says of an operation's path, in its headings and in its samples.

use super::landmark::{Kind, Landmark, is_url};
use super::text::address;
use super::text_operation::between;
use super::words::Word;

/// The names of the parameters in a path.
pub(super) fn in_braces(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Each statement of the path that is whole: some copies show `///accept`, and only the samples have the names in it.
pub(super) fn paths(
    words: &[Word<'_>],
    heading: Landmark,
    marks: &[Landmark],
    end: usize,
    base_urls: &mut Vec<String>,
) -> Vec<String> {
    let mut all = vec![clean_path(words[heading.at + 1].text)];
    if let Some(call) = marks.get(1).filter(|mark| mark.kind == Kind::Call) {
        all.push(clean_path(words[call.at + 1].text));
    }
    for (index, mark) in marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| mark.kind == Kind::SelectLanguage)
    {
        let stop = marks[index + 1..]
            .iter()
            .find(|mark| mark.kind != Kind::Call)
            .map_or(end, |mark| mark.at);
        let Some(url) = between(words, mark.end, stop)
            .iter()
            .find(|word| is_url(word.text))
        else {
            continue;
        };
        let url = address(url.text);
        let (base, path) = split_url(&url, base_urls.first());
        base_urls.push(base);
        all.push(path);
    }
    let whole: Vec<String> = all
        .iter()
        .filter(|path| !path.contains("//") && !path.is_empty())
        .cloned()
        .collect();
    if whole.is_empty() { all } else { whole }
}

fn clean_path(word: &str) -> String {
    word.trim_start_matches('[')
        .trim_end_matches(['|', ']', ',', '.'])
        .to_owned()
}

fn split_url(url: &str, base: Option<&String>) -> (String, String) {
    if let Some(base) = base
        && let Some(path) = url.strip_prefix(base.as_str())
        && path.starts_with('/')
    {
        return (base.clone(), path.to_owned());
    }
    let host = url.find("://").map_or(0, |at| at + 3);
    let slash = url[host..].find('/').map_or(url.len(), |at| host + at);
    (url[..slash].to_owned(), url[slash..].to_owned())
}
