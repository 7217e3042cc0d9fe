//! Taking a secret out of what came from outside.

use memchr::memchr3;

/// Shorter secrets are not looked for: they might be part of an ordinary word.
const SHORTEST: usize = 8;

/// Replaces a secret wherever it is; `None` if it is nowhere.
///
/// It is found as it is, and as JSON or a URL may spell it. What the end of the text leaves of it is taken out too,
/// because an answer may have been cut in the middle of it.
pub(crate) fn redact(secret: &str, by: &str, text: &[u8]) -> Option<Vec<u8>> {
    let secret = secret.as_bytes();
    if secret.len() < SHORTEST {
        return None;
    }
    let mut kept: Option<Vec<u8>> = None;
    let (mut at, mut copied) = (0, 0);
    // However it is spelled, it begins with its first byte or with one of the two that begin an escape.
    while let Some(ahead) = memchr3(secret[0], b'\\', b'%', &text[at..]) {
        at += ahead;
        let Some(length) = length_at(secret, &text[at..]) else {
            at += 1;
            continue;
        };
        let kept = kept.get_or_insert_default();
        kept.extend_from_slice(&text[copied..at]);
        kept.extend_from_slice(by.as_bytes());
        at += length;
        copied = at;
    }
    if let Some(kept) = &mut kept {
        kept.extend_from_slice(&text[copied..]);
    }
    kept
}

/// How many bytes the secret takes up where the text begins with it.
fn length_at(secret: &[u8], text: &[u8]) -> Option<usize> {
    if text.starts_with(secret) {
        return Some(secret.len());
    }
    let mut rest = text;
    for (index, byte) in secret.iter().enumerate() {
        rest = match after(rest, *byte) {
            Some(rest) => rest,
            None if index >= SHORTEST && is_cut(rest, *byte) => return Some(text.len()),
            None => return None,
        };
    }
    Some(text.len() - rest.len())
}

/// What follows one byte of the secret in whatever spelling: `\/`, `\u002f`, `%2F` or as it is.
fn after(text: &[u8], byte: u8) -> Option<&[u8]> {
    let hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok()?;
        u8::from_str_radix(digits, 16).ok()
    };
    match text {
        [b'\\', b'u', b'0', b'0', a, b, rest @ ..] if hex(&[*a, *b]) == Some(byte) => Some(rest),
        [b'%', a, b, rest @ ..] if hex(&[*a, *b]) == Some(byte) => Some(rest),
        [b'\\', escaped, rest @ ..] if *escaped == byte => Some(rest),
        [plain, rest @ ..] if *plain == byte => Some(rest),
        _ => None,
    }
}

/// Whether the text ends before one byte of the secret does, which may be in the middle of an escape.
fn is_cut(text: &[u8], byte: u8) -> bool {
    [format!("\\u{byte:04x}"), format!("%{byte:02x}")]
        .iter()
        .filter_map(|spelling| spelling.as_bytes()[..spelling.len() - 1].get(..text.len()))
        .any(|begun| begun.eq_ignore_ascii_case(text))
}

#[cfg(test)]
#[path = "../tests/inside/redact.rs"]
mod tests;
