//! How a token is kept: never shown, wiped when dropped.

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

/// Shorter tokens are not looked for in answers: they might be part of an ordinary word.
const SHORTEST_REDACTED: usize = 8;

const REDACTED: &[u8] = b"[access token]";

/// An access token of the Graph API.
///
/// Its text goes into the `Authorization` header and nowhere else: `Debug` hides it, there is no `Display`, and it
/// is wiped from memory when the last copy is dropped. Meta repeats a malformed token in the message of its error;
/// the client takes it out of what it keeps of an answer.
///
/// ```
/// let token = whatsapp_multi_partner_solutions::AccessToken::new("EAAG...");
/// assert_eq!(format!("{token:?}"), "AccessToken([hidden])");
/// ```
#[derive(Clone)]
pub struct AccessToken(Zeroizing<String>);

impl AccessToken {
    /// Takes the token as it is. What cannot stand in a header is reported by
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn new(token: impl Into<String>) -> Self {
        Self(Zeroizing::new(token.into()))
    }

    /// The value of the `Authorization` header, marked so that nothing prints it.
    pub(crate) fn header(&self) -> Result<HeaderValue, &'static str> {
        if self.0.is_empty() {
            return Err("the access token is empty");
        }
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "the access token holds a space, a line end or a character outside ASCII; \
                 pass it without anything around it",
            );
        }
        let line = Zeroizing::new(format!("Bearer {}", *self.0).into_bytes());
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(line))
            .map_err(|_| "the access token cannot stand in a header")?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Takes the token out of something that came from outside; `None` if it is not in there.
    ///
    /// It is found as it is, and as JSON or a URL may spell it. What the end of the text leaves of it is taken out
    /// too, because an answer may have been cut in the middle of it.
    pub(crate) fn redact(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut kept: Option<Vec<u8>> = None;
        let mut at = 0;
        while at < text.len() {
            if let Some(length) = self.length_at(&text[at..]) {
                kept.get_or_insert_with(|| text[..at].to_vec())
                    .extend_from_slice(REDACTED);
                at += length;
            } else {
                if let Some(kept) = &mut kept {
                    kept.push(text[at]);
                }
                at += 1;
            }
        }
        kept
    }

    /// How many bytes the token takes up where the text begins with it.
    fn length_at(&self, text: &[u8]) -> Option<usize> {
        let token = self.0.as_bytes();
        if token.len() < SHORTEST_REDACTED {
            return None;
        }
        if text.starts_with(token) {
            return Some(token.len());
        }
        let mut rest = text;
        for (index, byte) in token.iter().enumerate() {
            if index >= SHORTEST_REDACTED && rest.is_empty() {
                return Some(text.len());
            }
            rest = after(rest, *byte)?;
        }
        Some(text.len() - rest.len())
    }
}

/// What follows one byte of the token in whatever spelling: `\/`, `\u002f`, `%2F` or as it is.
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

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessToken([hidden])")
    }
}

impl From<String> for AccessToken {
    fn from(token: String) -> Self {
        Self::new(token)
    }
}

impl From<&str> for AccessToken {
    fn from(token: &str) -> Self {
        Self::new(token)
    }
}
