//! A page as words. Text, run together or line by line, and Markdown say the same words in the same order; only what a
//! name or a mark is shows in other ways.

use super::model::Operation;

/// The types that need no schema.
const TYPES: [&str; 8] = [
    "string", "integer", "boolean", "number", "object", "array", "null", "any",
];

/// Words that belong to the site and not to a page.
const SITE: [&[&str]; 9] = [
    &["Copy", "for", "LLM"],
    &["View", "as", "Markdown"],
    &["Download", "OpenAPI", "spec"],
    &["Skip", "to", "main", "content"],
    &["Appearance"],
    &["Try", "it"],
    &["Select", "language"],
    &["cURLJavaScriptPython"],
    &["Show", "child", "attributes"],
];

/// More words than any page has, with all that a site puts around it.
pub(super) const MOST_WORDS: usize = 10_000;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// A word like any other.
    Plain,
    /// The name of a parameter or a field, at the head of what is said of it.
    Head,
    /// Its type.
    Type,
    /// Its format.
    Format,
    /// Its bounds, in brackets.
    Bound,
    /// A mark such as `required`.
    Mark,
    /// A URL, up to the path.
    Url,
    /// A path.
    Path,
    /// A status that stands where what it means is told.
    Code,
}

/// A word of a page.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) is: Is,
    /// What the lock has of it.
    pub(super) letter: u8,
    /// Whether a colon follows.
    pub(super) colon: bool,
    /// Whether it is the first of its line, and of its paragraph.
    pub(super) starts_line: bool,
    pub(super) starts_paragraph: bool,
    /// Whether nothing follows in its line.
    pub(super) ends_line: bool,
    /// What stands between it and the word before, with the word itself, as a reader has seen it.
    pub(super) shown: String,
}

/// The names that the YAML has, by which words that have grown together are told apart.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    names: Vec<String>,
    schemas: Vec<String>,
}

impl Vocabulary {
    pub(super) fn of(operations: &[Operation]) -> Self {
        let mut vocabulary = Self::default();
        for said in operations.iter().flat_map(|operation| &operation.said) {
            let name = said.item.rsplit('.').next().unwrap_or_default().to_owned();
            if said.item.starts_with("schema.") || said.item.starts_with("enum.") {
                vocabulary.schemas.push(name);
            } else if said.facts.contains_key(&super::model::Aspect::Type) {
                vocabulary.names.push(name);
            }
        }
        // The longest first, so that `error_subcode` is not taken for `error`.
        vocabulary
            .names
            .sort_by(|a, b| (b.len(), b).cmp(&(a.len(), a)));
        vocabulary.names.dedup();
        vocabulary
    }
}

/// Five bits of a word: enough to align a page by, and too few to tell the word by.
pub(super) fn letter(word: &str) -> u8 {
    b"abcdefghijklmnopqrstuvwxyz234567"[(fingerprint([word]) % 32) as usize]
}

/// A hash of the letters and digits of some words: forms of a page differ in spaces and punctuation, and in nothing else.
pub(super) fn fingerprint<'w>(words: impl IntoIterator<Item = &'w str>) -> u64 {
    let letters: String = words
        .into_iter()
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .collect();
    twox_hash::XxHash64::oneshot(0, letters.as_bytes())
}

/// The text without what belongs to HTML, to Markdown's links and to the tool that saved it.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = html_escape::decode_html_entities(&text);
    let text: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
        })
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            '\n' => '\n',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        })
        .collect();
    // Meta's Markdown has examples whose line ends are written out.
    let text = text
        .replace("\\n```", "\n```")
        .replace("```json\\n", "```json\n");
    let text = without_front_matter(&text);
    let text = without_between(text, "<!--", "-->", |_| true);
    let text = without_between(&text, "<", ">", |tag| {
        let name = tag.trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_lowercase()) && !tag.contains('\n')
    });
    let lines = text
        .lines()
        .filter(|line| !line.trim_start_matches(['>', ' ']).starts_with("```"));
    links_as_text(&lines.collect::<Vec<_>>().join("\n"))
}

fn without_front_matter(text: &str) -> &str {
    let start = text.trim_start();
    let mut lines = start.split_inclusive('\n');
    if lines.next().is_none_or(|first| first.trim_end() != "---") {
        return text;
    }
    let mut at = start.find('\n').map_or(start.len(), |at| at + 1);
    for line in lines {
        at += line.len();
        if line.trim_end() == "---" {
            return &start[at..];
        }
        if !line.contains(':') && !line.starts_with([' ', '-']) {
            break;
        }
    }
    text
}

fn without_between(text: &str, open: &str, close: &str, is: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let inner = &behind[open.len()..];
        match inner.find(close).filter(|end| is(&inner[..*end])) {
            Some(end) => rest = &inner[end + close.len()..],
            None => {
                out.push_str(open);
                rest = inner;
                // Without an end, no later one has an end either.
                if !inner.contains(close) {
                    break;
                }
            }
        }
    }
    out.push_str(rest);
    out
}

/// `[text](address)` as `text`; an object that has no name of its own is called by the one it is shown under.
fn links_as_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, behind) = rest.split_at(at);
        let ends = |(_, c): &(usize, char)| [')', '\n'].contains(c);
        let address = behind[2..]
            .char_indices()
            .take(300)
            .find(ends)
            .map(|(at, _)| at);
        let open = before
            .rfind(['[', '\n'])
            .filter(|at| before[*at..].starts_with('['));
        let (Some(end), Some(open)) = (address, open) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        let address = &behind[2..2 + end];
        let is_image = before[..open].ends_with('!');
        out.push_str(before[..open].trim_end_matches('!'));
        if address.starts_with("#object-") {
            out.push_str("object");
        } else if !is_image {
            out.push_str(&before[open + 1..]);
        }
        rest = &behind[(3 + end).min(behind.len())..];
    }
    out.push_str(rest);
    out
}

/// The words of a cleaned text, without those of the site; and whether the end of a page follows them.
pub(super) fn words(text: &str, vocabulary: &Vocabulary) -> (Vec<Word>, bool) {
    let mut lexer = Lexer {
        vocabulary,
        words: vec![],
        line_starts: true,
        paragraph_starts: true,
        shown: String::new(),
    };
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_matches([' ', '>']))
        .collect();
    let mut columns: Option<Vec<String>> = None;
    for (number, line) in lines.iter().enumerate() {
        lexer.line_starts = true;
        lexer.paragraph_starts |= line.is_empty();
        let is_rule = |line: &str| {
            line.starts_with('|') && line.contains("--") && line.chars().all(|c| "|-: ".contains(c))
        };
        if !line.starts_with('|') {
            columns = None;
        } else if is_rule(line) {
            continue;
        } else if lines.get(number + 1).is_some_and(|next| is_rule(next)) {
            let names: Vec<String> = cells(line).iter().map(|cell| cell.to_lowercase()).collect();
            let lists = ["name", "property"].contains(&names[0].as_str());
            columns = Some(names).filter(|names| lists && names.iter().any(|name| name == "type"));
        } else if let Some(columns) = &columns {
            lexer.row(columns, &cells(line));
            lexer.end_line();
            continue;
        }
        lexer.line(&unescaped(line));
        lexer.end_line();
    }
    let mut words = lexer.words;
    find_codes(&mut words);
    without_site(words)
}

/// Statuses stand in lines of their own. Where lines have run together, the code samples list them, and a content type
/// follows each.
fn find_codes(words: &mut [Word]) {
    let is_code = |word: &Word| word.is == Is::Plain && code(&word.text) == Some(word.text.len());
    let alone = |at: &usize| {
        is_code(&words[*at]) && words[*at].starts_line && {
            let line = words[*at..].iter().take(2).position(|word| word.ends_line);
            line == Some(0) || line == Some(1) && words[at + 1].text == "deprecated"
        }
    };
    let mut found: Vec<usize> = (0..words.len()).filter(alone).collect();
    let list = listed_codes(words);
    if found.len() < 3 && !list.is_empty() {
        let is_content = |at: &usize| {
            words[*at].text == "Content"
                && words.get(at + 1).is_some_and(|next| next.text == "Type")
        };
        let bodies: Vec<usize> = (0..words.len()).filter(is_content).collect();
        let from = bodies.len().saturating_sub(list.len());
        let mut start = from.checked_sub(1).map_or(0, |before| bodies[before]);
        found.clear();
        for (code, end) in list.iter().zip(&bodies[from..]) {
            found.extend((start..*end).find(|at| words[*at].text == *code));
            start = *end;
        }
        // Where a status has no body, any code may be one.
        if found.len() < list.len() {
            found = (0..words.len()).filter(|at| is_code(&words[*at])).collect();
        }
    }
    found.into_iter().for_each(|at| words[at].is = Is::Code);
}

/// The statuses that the code samples list.
pub(super) fn listed_codes(words: &[Word]) -> Vec<String> {
    let at = words
        .windows(2)
        .position(|two| two[0].text == "status" && two[1].text == "code");
    let list = words.iter().skip(at.map_or(words.len(), |at| at + 2));
    list.take_while(|word| code(&word.text) == Some(word.text.len()))
        .map(|word| word.text.clone())
        .collect()
}

fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.trim_matches('|').chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
        escaped = c == '\\';
    }
    cells
        .iter()
        .map(|cell| unescaped(cell).replace(['*', '`'], "").trim().to_owned())
        .collect()
}

/// Without the backslashes that Markdown puts before punctuation.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let escapes = c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            out.push(c);
        }
    }
    out
}

fn without_site(words: Vec<Word>) -> (Vec<Word>, bool) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    let is = |at: usize, phrase: &[&str]| {
        let here = words.get(at..at + phrase.len());
        here.is_some_and(|here| {
            here.iter()
                .zip(phrase)
                .all(|(word, text)| word.text == **text)
        })
    };
    while at < words.len() {
        // What stands below the page is not looked at any further.
        if is(at, &["Did", "you", "find", "this", "page", "helpful"]) {
            return (kept, true);
        }
        let site = SITE
            .iter()
            .find(|phrase| is(at, phrase))
            .map(|phrase| phrase.len());
        let year = |word: &Word| {
            word.text.len() == 4 && word.text.starts_with("20") && word.text.parse::<u16>().is_ok()
        };
        let dated = (is(at, &["Updated"]) && words[at].colon)
            .then(|| words[at..].iter().take(6).position(year))
            .flatten();
        match site.or(dated.map(|year| year + 1)) {
            Some(skipped) => at += skipped,
            None => {
                kept.push(words[at].clone());
                at += 1;
            }
        }
    }
    (kept, false)
}

struct Lexer<'v> {
    vocabulary: &'v Vocabulary,
    words: Vec<Word>,
    line_starts: bool,
    paragraph_starts: bool,
    /// What has been read since the last word.
    shown: String,
}

/// What follows a name that has grown together with its type.
#[derive(Default)]
struct Typed {
    kind: String,
    format: Option<String>,
    bound: Option<String>,
    marks: Vec<String>,
    /// How much of the text behind the name this is.
    length: usize,
}

impl Lexer<'_> {
    fn push(&mut self, text: &str, is: Is) {
        let mut shown = std::mem::take(&mut self.shown);
        shown.push_str(text);
        self.words.push(Word {
            text: text.to_owned(),
            is,
            letter: letter(text),
            colon: false,
            starts_line: std::mem::take(&mut self.line_starts),
            starts_paragraph: std::mem::take(&mut self.paragraph_starts),
            ends_line: false,
            shown,
        });
    }

    fn end_line(&mut self) {
        if let Some(last) = self.words.last_mut().filter(|_| !self.line_starts) {
            last.ends_line = true;
            last.shown.push_str(&self.shown);
        }
        self.shown.clear();
        self.shown.push(' ');
    }

    fn row(&mut self, columns: &[String], cells: &[String]) {
        for (number, cell) in cells.iter().enumerate() {
            self.shown.push(' ');
            match columns.get(number).map(String::as_str) {
                _ if cell.is_empty() => {}
                Some(_) if number == 0 => self.push(cell, Is::Head),
                Some("type") => {
                    let typed = typed(cell, None).filter(|typed| typed.length == cell.len());
                    self.typed(&typed.unwrap_or_else(|| Typed {
                        kind: cell.clone(),
                        ..Typed::default()
                    }));
                }
                Some("required")
                    if ["✓", "✔", "✅", "Yes", "yes", "true", "Required"]
                        .contains(&cell.as_str()) =>
                {
                    self.push("required", Is::Mark);
                }
                Some("required") if ["No", "no", "false"].contains(&cell.as_str()) => {}
                _ => self.line(cell),
            }
        }
    }

    fn typed(&mut self, typed: &Typed) {
        if !typed.kind.is_empty() {
            self.push(&typed.kind, Is::Type);
        }
        for (is, text) in [(Is::Format, &typed.format), (Is::Bound, &typed.bound)] {
            if let Some(text) = text {
                self.push(text, is);
            }
        }
        for mark in &typed.marks {
            self.push(mark, Is::Mark);
        }
    }

    fn line(&mut self, line: &str) {
        let mut rest = line;
        while let Some(first) = rest
            .chars()
            .next()
            .filter(|_| self.words.len() <= 2 * MOST_WORDS)
        {
            let length = self.token(rest);
            let length = if length > 0 {
                length
            } else {
                if first == ':'
                    && let Some(last) = self.words.last_mut().filter(|_| !self.line_starts)
                {
                    let between = self.shown.trim_matches(['*', '`', ' ']).is_empty();
                    last.colon |= between;
                }
                self.shown.push(first);
                first.len_utf8()
            };
            rest = &rest[length..];
        }
    }

    /// Reads one word, with what has grown together with it; how much that is.
    fn token(&mut self, rest: &str) -> usize {
        let until = |ends: &[char]| {
            rest.find(|c: char| c.is_whitespace() || ends.contains(&c))
                .unwrap_or(rest.len())
        };
        let ends = ['"', '\'', '`', '|', ')', '<', '>', ']', ','];
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let url = rest[..until(&ends)].trim_end_matches(['.', ':', ';', '*']);
            let path = url
                .find("/{")
                .or_else(|| url.find("///"))
                .or_else(|| url[8..].find("//").map(|at| at + 8));
            let (base, path) = url.split_at(path.unwrap_or(url.len()));
            self.push(base.trim_end_matches('/'), Is::Url);
            if !path.is_empty() {
                self.push(path, Is::Path);
            }
            return url.len();
        }
        let grown = self.words.last().is_some_and(|last| {
            self.shown.is_empty()
                && !self.line_starts
                && last.text.chars().all(|c| c.is_ascii_uppercase())
        });
        let is_path = rest.strip_prefix('/').is_some_and(|rest| {
            rest.starts_with(|c: char| "{/".contains(c) || c.is_alphanumeric())
        });
        if is_path && (grown || !self.shown.ends_with(char::is_alphanumeric)) {
            let path = rest[..until(&ends)].trim_end_matches(['.', ':', ';', '*']);
            if path.len() > 2 {
                self.push(path, Is::Path);
                return path.len();
            }
        }
        let run = run(rest);
        if run > 0 {
            let behind = self.headed(&rest[..run], &rest[run..]);
            return behind.unwrap_or_else(|| {
                for part in parts(&rest[..run]) {
                    self.push(part, Is::Plain);
                }
                run
            });
        }
        0
    }

    /// A name with its type, if the word is one.
    fn headed(&mut self, run: &str, behind: &str) -> Option<usize> {
        // No type with its bounds is longer, and a line may be the whole page.
        let end = behind
            .char_indices()
            .nth(400)
            .map_or(behind.len(), |(at, _)| at);
        let behind = &behind[..end];
        let alone = self.line_starts;
        let (names, schemas) = (&self.vocabulary.names, &self.vocabulary.schemas);
        let known = names.iter().find_map(|name| {
            let kind = run
                .strip_prefix(name.as_str())
                .filter(|kind| !kind.starts_with(['_', '-']))?;
            let typed = match kind {
                "" if !behind.starts_with(['"', '·']) && !behind.starts_with("[]") => return None,
                _ => typed(kind, Some(behind))?,
            };
            let strong = TYPES.contains(&typed.kind.as_str())
                || kind.starts_with(|c: char| c.is_uppercase())
                || typed.kind.starts_with(['"', '['])
                || typed.kind.contains(" of ")
                || typed.bound.is_some()
                || !typed.marks.is_empty();
            strong.then_some((name.len(), typed))
        });
        let unknown = || {
            let kinds = TYPES
                .iter()
                .copied()
                .chain(schemas.iter().map(String::as_str))
                .chain(["One"]);
            let split = kinds
                .filter_map(|kind| run.strip_suffix(kind))
                .filter(|name| !name.is_empty());
            let name = split.min_by_key(|name| name.len()).unwrap_or(run);
            let typed = typed(&run[name.len()..], Some(behind))?;
            let tells = |name: &str| name.contains('_') || name.contains('-');
            let marked = !typed.marks.is_empty();
            let length = (name.len() + typed.length).saturating_sub(run.len());
            let rest = behind[length..].trim_start();
            let whole = rest.is_empty()
                || rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let strong = marked
                || typed.kind.starts_with(['"', '['])
                || name != run && (tells(name) || typed.kind.contains(' ') || alone && whole);
            strong.then_some((name.len(), typed))
        };
        let (name, typed) = known.or_else(unknown)?;
        let (element, kind) = match typed.kind.strip_prefix("[]") {
            Some(kind) => (format!("{}[]", &run[..name]), kind.to_owned()),
            None => (run[..name].to_owned(), typed.kind.clone()),
        };
        self.push(&element, Is::Head);
        let length = name + typed.length;
        self.typed(&Typed { kind, ..typed });
        Some(length)
    }
}

/// How long the word at the beginning is: letters, digits and `_`, and within them what belongs to names and numbers.
fn run(text: &str) -> usize {
    let mut before: Option<char> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let within = match c {
            '-' | '/' => is(before) && is(next),
            '.' => digits(before) && digits(next),
            c => c.is_alphanumeric() || c == '_',
        };
        if !within {
            return at;
        }
        before = Some(c);
    }
    text.len()
}

/// Versions and statuses that have grown together, and the one heading that has.
fn parts(run: &str) -> Vec<&str> {
    let rest = run.strip_prefix("Version").unwrap_or(run);
    if run == "BodyRequired" {
        return vec!["Body", "Required"];
    }
    let is_version = |part: &str| {
        part.split('.').count() == 2
            && part
                .split('.')
                .all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(versions) = rest.strip_prefix('v')
        && versions.split('v').all(is_version)
    {
        let mut parts = vec![&run[..run.len() - rest.len()]];
        let mut from = rest;
        while let Some(next) = from.get(1..).and_then(|rest| rest.find('v')) {
            parts.push(&from[..=next]);
            from = &from[next + 1..];
        }
        parts.push(from);
        parts.retain(|part| !part.is_empty());
        return parts;
    }
    let mut codes = vec![];
    let mut rest = run;
    while let Some(length) = code(rest) {
        codes.push(&rest[..length]);
        rest = &rest[length..];
    }
    match rest {
        "" if codes.len() > 1 => codes,
        _ => vec![run],
    }
}

/// How long the status at the beginning is: `404`, `4XX` or `default`.
pub(super) fn code(text: &str) -> Option<usize> {
    if text.starts_with("default") {
        return Some(7);
    }
    let bytes = text.as_bytes().get(..3)?;
    let is = (b'1'..=b'5').contains(&bytes[0])
        && (bytes[1..].iter().all(u8::is_ascii_digit) || bytes[1..].eq_ignore_ascii_case(b"XX"));
    is.then_some(3)
}

/// A type with what belongs to it: at the end of a word, and in the text behind it.
fn typed(kind: &str, behind: Option<&str>) -> Option<Typed> {
    let mut all = kind.to_owned();
    all.push_str(behind.unwrap_or_default());
    let mut at = kind.len();
    if behind.is_none() {
        at = run(kind);
    }
    let is_identifier = |text: &str| !text.is_empty() && text.len() == run(text);
    if at == 0 {
        // A constant, or the elements of an array.
        if let Some(inner) = all.strip_prefix('"') {
            let end = inner
                .find('"')
                .filter(|end| is_identifier(&inner[..*end]))?;
            at = end + 2;
        } else if let Some(inner) = all.strip_prefix("[]") {
            at = 2 + run(inner);
        }
    }
    if all[..at].ends_with("array") && all[at..].starts_with(" of ") {
        at += 4 + run(&all[at + 4..]);
    }
    if all[..at].ends_with("One") && all[at..].starts_with(" of ") {
        at += 4;
        let mut list = &all[at..];
        while let Some(inner) = list.trim_start_matches([',', ' ']).strip_prefix('"') {
            list = inner.split_once('"')?.1;
        }
        at = all.len() - list.len();
    }
    let mut typed = Typed {
        kind: all[..at].to_owned(),
        ..Typed::default()
    };
    let bracketed = |open: char, close: char, at: usize| {
        let inner = all[at..].trim_start_matches(' ').strip_prefix(open)?;
        let inner = &inner[..inner.find([close, '\n'])?];
        let end = all[at..].find(close)? + at + 1;
        Some((inner, end))
    };
    if let Some((inner, end)) = bracketed('(', ')', at).filter(|(inner, _)| is_identifier(inner)) {
        match inner {
            "deprecated" | "required" => typed.marks.push(inner.to_owned()),
            "optional" => {}
            _ => typed.format = Some(inner.to_owned()),
        }
        at = end;
    }
    if let Some((inner, end)) = bracketed('[', ']', at).filter(|(inner, _)| inner.contains(':')) {
        typed.bound = Some(inner.to_owned());
        at = end;
    }
    while let Some(mark) = all[at..].trim_start_matches(' ').strip_prefix('·') {
        let mark = mark.trim_start_matches(' ');
        let length = run(mark);
        if length == 0 {
            break;
        }
        typed.marks.push(mark[..length].to_owned());
        at = all.len() - mark.len() + length;
    }
    typed.length = at;
    Some(typed)
}
