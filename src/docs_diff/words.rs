//! A page as words. Text, run together or line by line, and Markdown say the same words in the same order; only what a
//! name or a mark is shows in other ways.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

use super::model::{Aspect, Operation};

const TYPES: &str = "string|integer|boolean|number|object|array|null|any";

/// Stands between name and type where a table tells them apart.
pub(super) const COLUMN: char = '\u{1f}';

const WORD_CHAR: &str = "[A-Za-z0-9_]";

/// Words with which every page ends.
pub(super) const END: &str = "All endpoints require";

/// More words than any page has, with all that a site puts around it.
pub(super) const MOST_WORDS: usize = 10_000;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// A word like any other.
    Plain,
    /// The name of a parameter or a field, at the head of what is said of it.
    Head,
    Type,
    Format,
    /// Bounds, in brackets.
    Bound,
    /// A mark such as `required`.
    Mark,
    /// A URL, up to the path.
    Url,
    Path,
    /// A status that stands where what it means is told.
    Code,
}

/// A word of a page.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) is: Is,
    /// Whether a colon follows.
    pub(super) colon: bool,
    pub(super) ends_sentence: bool,
    pub(super) starts_line: bool,
    pub(super) ends_line: bool,
    /// What stands between it and the word before, with the word itself, as a reader has seen it.
    pub(super) shown: String,
}

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<url> https?://[^\s"'`|)<>\],/{]+ (?:/[^\s"'`|)<>\],/{]+)* )
        | (?P<path> /[{/\w][^\s"'`|)<>\],]+ )
        | \w*\d(?:\.\d\w*)+ | \w+(?:[-/]\w+)*"#,
    )
});

/// The end of a sentence, of a value of a code sample, or of the sample.
static SENTENCE_END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^[)\]"'`*]*[.!?]|,\s*"|\}[\s`]*$"#));
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\\([[:punct:]])"));
static VERSIONS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:Version)?(?:v[0-9]+\.[0-9]+)+$"));
static STATUSES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:[1-5](?:[0-9]{2}|XX|xx)|default)+$"));
static PART: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"Version|v[0-9]+\.[0-9]+|[1-5](?:[0-9]{2}|XX|xx)|default"));

/// Compiles a pattern that is a part of this program.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|why| unreachable!("{why}"))
}

/// What begins a field: its name, which has grown together with its type and its marks. The YAML's names tell them apart.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// A name and a type from a table; a name that is known with its type, or with a mark; a new one likewise.
    tabled: Regex,
    known: [Regex; 2],
    new: [Regex; 2],
}

impl Fields {
    pub(super) fn of<'o>(operations: impl Iterator<Item = &'o Operation>) -> Self {
        let (mut names, mut types) = (vec![], vec![TYPES.to_owned()]);
        for said in operations.flat_map(|operation| &operation.said) {
            let name = regex::escape(said.item.rsplit('.').next().unwrap_or_default());
            if said.item.starts_with("schema.") || said.item.starts_with("enum.") {
                types.push(name);
            } else if said.facts.contains_key(&Aspect::Type) {
                names.push(name);
            }
        }
        // The longest first, so that `error_subcode` is not taken for `error`.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let (names, types) = (names.join("|"), types.join("|"));
        let kind = |words: &str| {
            format!(
                r#"(?:(?:array of {WORD_CHAR}+|{words})(?-u:\b)|"{WORD_CHAR}+"|One of (?:"[^"\n]*",? ?)*"[^"\n]*")"#
            )
        };
        let field = |name: &str, kind: &str| {
            let format = r"(?: ?\((?P<format>[\w-]+)\))?";
            let bound = r"(?: ?\[(?P<bound>\w+:(?:[^\[\]\n]|\[[^\]\n]*\])*)\])?";
            let marks = r"(?P<marks>(?: ?· ?\w+)*)";
            pattern(&format!(
                r"^(?P<name>{name})(?P<list>\[\])?(?P<type>{kind}){format}{bound}{marks}"
            ))
        };
        let new = r"[A-Za-z][A-Za-z0-9_-]*";
        Self {
            tabled: field(
                &format!("[^{COLUMN}\n]+"),
                &format!("{COLUMN}(?:{}|)", kind(&format!("{WORD_CHAR}+"))),
            ),
            known: [
                field(&names, &kind(&format!("{types}|[A-Z]{WORD_CHAR}*"))),
                field(&names, &format!("(?:[A-Za-z]{WORD_CHAR}*)?")),
            ],
            new: [field(&format!("{new}?"), &kind(&types)), field(new, "")],
        }
    }

    /// The field that a text begins with.
    fn begins<'t>(&self, text: &'t str, starts_line: bool) -> Option<Captures<'t>> {
        // No name with its type and bounds is longer, and a line may be the whole page.
        let end = text
            .char_indices()
            .nth(400)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let is_marked =
            |field: &Captures<'_>| !field["marks"].is_empty() || field.name("bound").is_some();
        let is_sure = |field: &Captures<'_>| {
            let rest = text[field[0].len()..].trim_start();
            let is_whole = rest.is_empty()
                || rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            is_marked(field)
                || field["name"].contains(['_', '-'])
                || field["type"].contains([' ', '"'])
                || starts_line && is_whole
        };
        let [known, marked] = &self.known;
        let [new, alone] = &self.new;
        let tabled = self.tabled.captures(text);
        tabled
            .or_else(|| known.captures(text))
            .or_else(|| marked.captures(text).filter(is_marked))
            .or_else(|| new.captures(text).filter(is_sure))
            .or_else(|| alone.captures(text).filter(is_marked))
    }
}

/// A sentence of a page, or one value of a code sample.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    pub(super) fingerprint: String,
    /// As a reader has seen it.
    pub(super) text: String,
}

/// The sentences of some words.
pub(super) fn sentences(words: &[Word]) -> Vec<Sentence> {
    let all = words.chunk_by(|word, _| !word.ends_sentence);
    all.map(|words| Sentence {
        fingerprint: fingerprint(words.iter().map(|word| word.text.as_str())),
        text: shown(words),
    })
    .collect()
}

/// The lines of five words or more that end a sentence: menus and links around a page do not.
pub(super) fn notices(words: &[Word]) -> Vec<Word> {
    let lines = words.chunk_by(|word, _| !word.ends_line);
    let ends_sentence = |line: &&[Word]| line.len() >= 5 && line[line.len() - 1].ends_sentence;
    lines.filter(ends_sentence).flatten().cloned().collect()
}

/// Text with one space between words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as a reader has seen them, in one line.
pub(super) fn shown(words: &[Word]) -> String {
    let text: String = words.iter().map(|word| word.shown.as_str()).collect();
    let text = one_line(&text);
    text.trim_matches(['|', '*', '#', ' ', '-', ':', '·', '.', ',', '`', '"', '}'])
        .to_owned()
}

/// The words as a list.
pub(super) fn texts(words: &[Word]) -> Value {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// Where a phrase stands.
pub(super) fn position(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    let mut all = words.windows(phrase.len());
    all.position(|here| here.iter().map(|word| &word.text).eq(&phrase))
}

/// A hash of the letters and digits of some words: forms of a page differ in spaces and punctuation, and in nothing else.
pub(super) fn fingerprint<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let letters: String = words
        .into_iter()
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .collect();
    hash(&letters)
}

/// A hash of a text.
pub(super) fn hash(text: &str) -> String {
    let hash = twox_hash::XxHash64::oneshot(0, text.as_bytes());
    format!("{hash:016x}")
}

/// Whether a word is a status: `404`, `4XX` or `default`.
pub(super) fn is_code(word: &Word) -> bool {
    matches!(word.text.len(), 3 | 7) && STATUSES.is_match(&word.text)
}

/// Whether a word is one version.
pub(super) fn is_version(word: &Word) -> bool {
    word.text.starts_with('v') && VERSIONS.is_match(&word.text)
}

/// The words of a cleaned text.
pub(super) fn words(text: &str, fields: &Fields) -> Vec<Word> {
    let mut lexer = Lexer {
        fields,
        words: vec![],
        starts_line: true,
        between: String::new(),
    };
    for line in text.lines() {
        lexer.starts_line = true;
        lexer.line(&ESCAPE.replace_all(line.trim_matches([' ', '>']), "$1"));
        if let Some(last) = lexer.words.last_mut().filter(|_| !lexer.starts_line) {
            last.ends_line = true;
        }
        lexer.between.push(' ');
    }
    lexer.end_word();
    find_codes(&mut lexer.words);
    lexer.words
}

/// Statuses stand in lines of their own. Where lines have run together, the code samples list them, and a content type
/// follows each.
fn find_codes(words: &mut [Word]) {
    let is_deprecated = |word: &Word| word.ends_line && word.text == "deprecated";
    let ends = |at: usize| words[at].ends_line || words.get(at + 1).is_some_and(is_deprecated);
    let alone = |at: &usize| words[*at].starts_line && ends(*at) && is_code(&words[*at]);
    let mut found: Vec<usize> = (0..words.len()).filter(alone).collect();
    let is = |at: &usize, one: &str, other: &str| {
        words[*at].text == one && words.get(at + 1).is_some_and(|next| next.text == other)
    };
    let list = (0..words.len()).find(|at| is(at, "status", "code"));
    let list: Vec<String> = words[list.map_or(words.len(), |at| at + 2)..]
        .iter()
        .take_while(|word| is_code(word))
        .map(|word| word.text.clone())
        .collect();
    if found.len() < 3 && !list.is_empty() {
        let bodies: Vec<usize> = (0..words.len())
            .filter(|at| is(at, "Content", "Type"))
            .collect();
        let from = bodies.len().saturating_sub(list.len());
        let mut start = from.checked_sub(1).map_or(0, |before| bodies[before]);
        found.clear();
        for (code, end) in list.iter().zip(&bodies[from..]) {
            found.extend((start..*end).find(|at| words[*at].text == *code));
            start = *end;
        }
    }
    found.into_iter().for_each(|at| words[at].is = Is::Code);
}

struct Lexer<'v> {
    fields: &'v Fields,
    words: Vec<Word>,
    starts_line: bool,
    /// What has been read since the last word.
    between: String,
}

impl Lexer<'_> {
    fn push(&mut self, text: &str, is: Is) {
        let shown = format!("{}{text}", self.end_word());
        self.words.push(Word {
            text: text.to_owned(),
            is,
            colon: false,
            ends_sentence: false,
            starts_line: std::mem::take(&mut self.starts_line),
            ends_line: false,
            shown,
        });
    }

    /// The text behind a word tells whether it ends a sentence.
    fn end_word(&mut self) -> String {
        let between = std::mem::take(&mut self.between);
        if let Some(last) = self.words.last_mut() {
            last.colon = between.trim_start_matches(['*', '`', ' ']).starts_with(':');
            last.ends_sentence = SENTENCE_END.is_match(&between);
        }
        between
    }

    /// The type of a field, with what belongs to it.
    fn kind(&mut self, field: &Captures<'_>) {
        for (group, is) in [
            ("type", Is::Type),
            ("format", Is::Format),
            ("bound", Is::Bound),
        ] {
            let part = field.name(group).map_or("", |part| part.as_str());
            match part.trim_start_matches(COLUMN) {
                "" | "optional" => {}
                mark @ ("required" | "deprecated") => self.push(mark, Is::Mark),
                part => self.push(part, is),
            }
        }
        let marks = field["marks"].split(['·', ' ']);
        for mark in marks.filter(|mark| !mark.is_empty()) {
            self.push(mark, Is::Mark);
        }
    }

    fn line(&mut self, line: &str) {
        let mut at = 0;
        while let Some(found) = WORD
            .captures_at(line, at)
            .filter(|_| self.words.len() <= 2 * MOST_WORDS)
        {
            let start = found.get(0).map_or(line.len(), |whole| whole.start());
            self.between.push_str(&line[at..start]);
            let word = found[0].trim_end_matches(['.', ':', ';', '*']);
            at = start + word.len();
            if found.name("url").is_some() {
                self.push(word, Is::Url);
            } else if found.name("path").is_some() {
                self.push(word, Is::Path);
            } else if let Some(field) = self.fields.begins(&line[start..], self.starts_line) {
                let list = field.name("list").map_or("", |list| list.as_str());
                self.push(&format!("{}{list}", &field["name"]), Is::Head);
                self.kind(&field);
                at = start + field[0].len();
            } else if VERSIONS.is_match(word) || STATUSES.is_match(word) {
                // Versions and statuses that have grown together.
                PART.find_iter(word)
                    .for_each(|part| self.push(part.as_str(), Is::Plain));
            } else {
                self.push(word, Is::Plain);
            }
        }
        self.between.push_str(&line[at..]);
    }
}
