//! The text of a page without what belongs to HTML, to the tool that saved it and to the site.

use std::sync::LazyLock;

use regex::Regex;

use super::fields::COLUMN;
use super::model::Form;
use super::text::{END, has_words, pattern};

/// What the site shows on each page; it says nothing of the API.
const SITE: &str = r"(?x)
    Copy\s+for\s+LLM | View\s+as\s+Markdown | Download\s+OpenAPI\s+spec | Skip\s+to\s+main\s+content | \bAppearance\b
    | \bTry\s+it\b | Select\s+language | cURLJavaScriptPython | Show\s+child\s+attributes
    | \bUpdated:\s+(?:\S+\s+){0,4}?\S*20\d\d\b";

/// What stands below a page.
const FOOTER: &str = "Did you find this page helpful";

static NOTATION: LazyLock<[(Regex, &str); 6]> = LazyLock::new(|| {
    [
        // Front matter.
        (
            pattern(r"\A\s*---[ ]*\n(?:[ -].*\n|.*:.*\n)*?---[ ]*\n"),
            "",
        ),
        (pattern(r"(?s)<!--.*?-->"), ""),
        (
            pattern(
                r"</?(?:jumplink|a|b|br|code|div|em|h[1-6]|i|img|li|p|pre|span|strong|sup|t[dhr]|ul)\b[^>\n]*>",
            ),
            "",
        ),
        // A fence; Meta's Markdown has examples whose line ends are written out.
        (pattern(r"(?:\\n)?```\w*(?:\\n)?"), "\n"),
        (pattern(SITE), " "),
        (pattern(r"\bBodyRequired\b"), "Body Required"),
    ]
});

/// A sign that Markdown has escaped, and the mark of a quote.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\\([[:punct:]])|(?m-s:^[ >]+)"));

/// What only Meta's Markdown has.
static SERVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"# *Components\b|\bInline Object Definitions\b|\| *Property *\| *Type *\|")
});

static LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(!?)\[([^\[\]\n]*)\]\(([^)\n]{0,300})\)"));

/// The cleaned text, which of both forms it has, and whether the end of a page follows it.
pub(super) fn clean(text: &str) -> (String, Form, bool) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = html_escape::decode_html_entities(&text);
    let mut text: String = text.chars().filter_map(plain).collect();
    for (notation, instead) in NOTATION.iter() {
        text = notation.replace_all(&text, *instead).into_owned();
    }
    let form = if SERVED.is_match(&text) {
        Form::Markdown
    } else {
        Form::Page
    };
    if form == Form::Markdown {
        text = text.lines().map(row).collect();
    }
    let text = LINK.replace_all(&text, |link: &regex::Captures<'_>| {
        // An object that has no name of its own is called by the one that it is shown under.
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
                "✓" | "✔" | "✅" | "yes" | "true" | "required" => "·required".to_owned(),
                other => format!("\n{other}"),
            };
            let text = format!("{name}{COLUMN}{kind}{mark}\n{}\n", cells[4..].join(" "));
            text.replace(['*', '`'], "")
        }
        _ => format!("{line}\n"),
    };
    text.replace('\u{1}', "|")
}

/// One kind of space, quote and hyphen, and nothing that is not seen.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\n' => '\n',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    })
}
