//! The text of a page without what differs between two copies of it: line ends, kinds of blanks, entities, and the
//! Markdown decoration that a clipper puts around the text of a web page.

use std::borrow::Cow;

/// Entities become the characters that they stand for. Some copies have them everywhere, some nowhere.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    html_escape::decode_html_entities(text)
}

/// Line ends become `\n`, other white space becomes a blank, invisible characters go.
pub(super) fn plain_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                if letters.peek() == Some(&'\n') {
                    letters.next();
                }
                out.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            blank if blank.is_whitespace() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Takes Markdown decoration off: heading marks, emphasis, code marks, escapes, the targets of links, comments.
/// A plain text comes out with the same words.
pub(super) fn undecorate(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    // Where brackets were opened in what is written so far; a link takes its own off again.
    let mut open: Vec<usize> = Vec::new();
    let mut targets = Targets::default();
    let mut comments_end = true;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        match byte {
            b'\\' if rest.get(1).is_some_and(u8::is_ascii_punctuation) => {
                let next = rest[1];
                if next != b'*' && next != b'`' && next != b'#' {
                    out.push(next);
                }
                at += 2;
                continue;
            }
            b'*' | b'`' => {}
            b'#' if !starts_inside_line(&out) => {}
            b'|' => out.extend_from_slice(b" | "),
            b'[' => {
                open.push(out.len());
                out.push(b'[');
            }
            b']' => {
                let start = open.pop();
                match (start, targets.length(bytes, at)) {
                    (Some(start), Some(length)) => {
                        // Not removed, which would move all that follows; taken out at the end.
                        out[start] = 0;
                        at += length;
                        continue;
                    }
                    _ => out.push(b']'),
                }
            }
            b'<' if comments_end && rest.starts_with(b"<!--") => {
                match text[at..].find("-->") {
                    Some(length) => {
                        at += length + 3;
                        continue;
                    }
                    // None further on either; do not look again.
                    None => {
                        comments_end = false;
                        out.push(b'<');
                    }
                }
            }
            other => out.push(other),
        }
        at += 1;
    }
    out.retain(|byte| *byte != 0);
    // Only whole ASCII characters were taken out or put in, so this never replaces anything.
    String::from_utf8(out)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into())
}

fn starts_inside_line(out: &[u8]) -> bool {
    out.last().is_some_and(|last| *last != b'\n')
}

/// Finds where targets of links end. It remembers where it looked last, so that a line is looked through once.
#[derive(Default)]
struct Targets {
    /// The first `)` or line end at or after the place that was asked for last.
    stop: usize,
}

impl Targets {
    /// The length of `](target)` at `at`.
    fn length(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if bytes.get(at + 1) != Some(&b'(') {
            return None;
        }
        if self.stop < at {
            let rest = bytes.iter().skip(at);
            let length = rest
                .take_while(|byte| !matches!(byte, b')' | b'\n'))
                .count();
            self.stop = at + length;
        }
        (bytes.get(self.stop) == Some(&b')')).then(|| self.stop + 1 - at)
    }
}
