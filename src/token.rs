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

    /// Whether something that came from outside repeats the token.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        let token = self.0.as_bytes();
        token.len() >= SHORTEST_REDACTED && text.windows(token.len()).any(|part| part == token)
    }

    /// Takes the token out of something that came from outside.
    pub(crate) fn redact(&self, text: &[u8]) -> Vec<u8> {
        let token = self.0.as_bytes();
        let mut kept = Vec::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            if rest.starts_with(token) {
                kept.extend_from_slice(REDACTED);
                rest = &rest[token.len()..];
            } else {
                kept.push(rest[0]);
                rest = &rest[1..];
            }
        }
        kept
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
