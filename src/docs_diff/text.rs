//! The text of a page, without HTML, without marks of the tool that saved it and without the site's own words; and its
//! sentences. Only letters and numbers are compared, because tools change spaces and punctuation when they save a page.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::fields::COLUMN;
use super::model::Form;

/// A pattern that is compiled when it is first used.
pub(super) type Pattern = LazyLock<Regex>;

/// A word, a URL up to its parameters, or a path.
pub(super) static WORD: Pattern =
    Pattern::new(|| pattern(&format!(r"{URL}|{PATH}|\w*\d(?:\.\d\w*)+|\w+(?:[-/]\w+)*")));

pub(super) const URL: &str = r#"https?://[^\s"'`|)<>\],/{]+(?:/[^\s"'`|)<>\],/{]+)*"#;

pub(super) const PATH: &str = r#"/[{/\w][^\s"'`|)<>\],]+"#;

/// Words with which every page ends.
pub(super) const END: &str = "All endpoints require";

/// The end of a sentence, of a value of a code sample, or of the sample.
static SENTENCE_END: Pattern = Pattern::new(|| pattern(r#"[.!?](?:\W|$)|,\s*"|\}"#));

/// Compiles a pattern from this program, or one made of escaped names from the YAML.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|why| unreachable!("{why}"))
}

/// A sentence of a page, or one value of a code sample.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    pub(super) fingerprint: String,
    /// The text as the page shows it.
    pub(super) text: String,
}

impl Sentence {
    /// A heading. It does not count as wording of its own.
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

/// The lines that end a sentence, of four words or more: menus and links around a page do not.
pub(super) fn notices(text: &str) -> String {
    let is_notice = |line: &&str| {
        let end = line.trim_end_matches([' ', ')', ']', '"', '\'', '`', '*']);
        WORD.find_iter(line).count() >= 4 && end.ends_with(['.', '!'])
    };
    let lines: Vec<&str> = text.lines().filter(is_notice).collect();
    lines.join("\n")
}

/// Text with one space between words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as the page shows it, in one line.
pub(super) fn shown(text: &str) -> String {
    let text = one_line(text);
    text.trim_matches(|c: char| "|*# -:·.,`\"'{}".contains(c))
        .to_owned()
}

/// A hash of the letters and numbers of a text.
pub(super) fn fingerprint(text: &str) -> String {
    let next = text.chars().skip(1).chain([' ']);
    let is_sign = |c: char, next: char| "-.<>".contains(c) && next.is_ascii_digit();
    let all = text.chars().zip(next);
    let all = all.filter(|(c, next)| c.is_alphanumeric() || is_sign(*c, *next));
    hash(&all.map(|(c, _)| c).collect::<String>())
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

/// If `text` begins with `phrase`, the end of the match.
pub(super) fn begins(text: &str, phrase: &str) -> Option<usize> {
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
    let starts = starts.filter(|(start, _)| !text[..*start].ends_with(char::is_alphanumeric));
    let all = starts.filter_map(|(at, _)| Some(at..at + begins(&text[at..], phrase)?));
    all.collect()
}

/// What the site shows on each page; it says nothing of the API.
const SITE: &str = r"(?x:
    Copy\s+for\s+LLM | View\s+as\s+Markdown | Download\s+OpenAPI\s+spec | Skip\s+to\s+main\s+content | \bAppearance\b
    | \bTry\s+it\b | Select\s+language | cURLJavaScriptPython | Show\s+child\s+attributes
    | \bUpdated:\s+(?:\S+\s+){0,4}?\S*20\d\d\b)";

/// What stands below a page.
const FOOTER: &str = "Did you find this page helpful";

/// Front matter, comments, tags, and what the site shows on each page.
static REMOVED: Pattern = Pattern::new(|| {
    let front = r"\A\s*---[ ]*\n(?:[ -].*\n|.*:.*\n)*?---[ ]*\n";
    let tags = "jumplink|a|b|br|code|div|em|h[1-6]|i|img|li|p|pre|span|strong|sup|t[dhr]|ul";
    let attributes = r"(?:\s+[\w-]+=[^>\n]*)?\s*/?";
    pattern(&format!(
        r"{front}|(?s:<!--.*?-->)|</?(?:{tags}){attributes}>|{SITE}"
    ))
});

/// The fence of a code block. In Meta's Markdown some line ends are written as `\n`.
static FENCE: Pattern = Pattern::new(|| pattern(r"(?:\\n)?```\w*(?:\\n)?"));

/// A sign that Markdown has escaped, and the mark of a quote.
static ESCAPE: Pattern = Pattern::new(|| pattern(r"\\([[:punct:]])|(?m-s:^[ >]+)"));

/// What only Meta's Markdown has.
static SERVED: Pattern = Pattern::new(|| pattern(r"# *Components\b|\bInline Object Definitions\b"));

static LINK: Pattern = Pattern::new(|| pattern(r"(!?)\[([^\[\]\n]*)\]\(([^)\n]{0,300})\)"));

/// The cleaned text, its form, and whether the site's footer followed it.
pub(super) fn clean(text: &str) -> (String, Form, bool) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = html_escape::decode_html_entities(&text);
    let mut text: String = text.chars().filter_map(plain).collect();
    text = FENCE
        .replace_all(&REMOVED.replace_all(&text, ""), "\n")
        .replace("Request Body", "Request Body ");
    let mut form = Form::Page;
    if SERVED.is_match(&text) {
        form = Form::Markdown;
        text = text.lines().map(row).collect();
    }
    let text = LINK.replace_all(&text, |link: &regex::Captures<'_>| {
        // An object without a name links to `#object-…`; its type is `object`.
        match (&link[1], &link[2]) {
            _ if link[3].starts_with("#object-") => "object".to_owned(),
            ("!", _) => String::new(),
            (_, text) => text.to_owned(),
        }
    });
    let text = ESCAPE.replace_all(&text, "$1");
    match text.split_once(FOOTER) {
        Some((page, behind)) if !behind.contains(END) => (page.to_owned(), form, true),
        _ => (text.into_owned(), form, false),
    }
}

/// A line of Markdown; the row of a table of parameters or fields as a browser shows it: name, type and mark, then the
/// description.
fn row(line: &str) -> String {
    let line = line.replace(r"\|", "\u{1}");
    let cells: Vec<&str> = line.trim().split('|').map(str::trim).collect();
    let text = match cells[..] {
        ["", name, kind, required, _, ..] if has_words(name) && kind != "Type" => {
            let mark = match required.to_lowercase().as_str() {
                "" | "no" | "false" => String::new(),
                "*" | "✓" | "✔" | "✅" | "yes" | "true" | "required" => "·required".to_owned(),
                _ => format!("\n{required}"),
            };
            let text = format!("{name}{COLUMN}{kind}{mark}\n{}\n", cells[4..].join(" "));
            text.replace(['*', '`'], "")
        }
        _ => format!("{line}\n"),
    };
    text.replace('\u{1}', "|")
}

/// Replaces each kind of space, quote and hyphen by the usual one, and drops invisible characters.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c if c != '\n' && (c.is_whitespace() || c.is_control()) => ' ',
        c => c,
    })
}
