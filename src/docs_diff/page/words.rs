//! A page's text as a row of words. The forms of a page differ in where lines end, in bullets and in table bars; as
//! words they are the same, but for words that stick together, which are taken apart here.

/// One word of a page. Every word has a letter or a digit in it; punctuation between words is only remembered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) starts_line: bool,
    /// What stood alone before the word in its line.
    pub(super) after: Alone,
}

/// Punctuation that stands alone between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    Nothing,
    Dash,
    Dot,
}

/// The methods of HTTP that a heading can start with.
pub(super) const METHODS: [&str; 7] = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The first words of what can follow a code sample directly, sticking to its last brace.
const AFTER_CODE: [&str; 8] = [
    "Select",
    "Header",
    "Path",
    "Query",
    "Cookie",
    "Request",
    "Responses",
    "Authentication",
];

/// The dots that stand between a field's type and `required`.
pub(super) const DOTS: [char; 5] = ['·', '•', '∙', '⋅', '・'];

/// The words of a text whose white space is plain.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let mut starts_line = true;
        let mut after = Alone::Nothing;
        for chunk in line.split(' ').filter(|chunk| !chunk.is_empty()) {
            if !chunk.contains(char::is_alphanumeric) {
                // At the start of a line this is a bullet, a bar or a rule.
                if !starts_line {
                    after = match chunk {
                        "-" | "–" | "—" => Alone::Dash,
                        _ if chunk.starts_with(DOTS) => Alone::Dot,
                        _ => after,
                    };
                }
                continue;
            }
            let mut rest = Some(chunk);
            while let Some(piece) = rest {
                let (text, remainder) = take_apart(piece);
                rest = remainder;
                if text.contains(char::is_alphanumeric) {
                    out.push(Word {
                        text,
                        starts_line,
                        after,
                    });
                    starts_line = false;
                    after = Alone::Nothing;
                }
            }
        }
    }
    out
}

/// The first of the words that stick together in `chunk`, and the remainder.
fn take_apart(chunk: &str) -> (&str, Option<&str>) {
    let split = |at: usize| (&chunk[..at], Some(&chunk[at..]));
    if let Some(brace) = chunk.rfind('}') {
        let tail = chunk[brace + 1..].trim_start_matches(['\'', '"', '’', ')', ';']);
        if AFTER_CODE.iter().any(|word| tail.starts_with(word)) {
            return split(chunk.len() - tail.len());
        }
    }
    if let Some(method) = METHODS.iter().find(|method| {
        chunk
            .strip_prefix(**method)
            .is_some_and(|rest| rest.starts_with('/'))
    }) {
        return split(method.len());
    }
    for label in ["Type:", "Schema:", "Body"] {
        if let Some(rest) = chunk.strip_prefix(label)
            && (label != "Body"
                || ["Required", "Optional", "(Required", "(Optional"]
                    .iter()
                    .any(|flag| rest.starts_with(flag)))
            && !rest.is_empty()
        {
            return split(label.len());
        }
    }
    (chunk, None)
}

/// The words in one line, as they stand on the page.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
            if word.after == Alone::Dash {
                out.push_str("- ");
            }
        }
        out.push_str(word.text);
    }
    out
}

/// Letters and digits alone, in small letters: what two copies of a statement have in common.
pub(super) fn essence(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
