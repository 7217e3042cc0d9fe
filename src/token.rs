//! The access token.

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::secret::Secret;

const SCHEME: &str = "Bearer ";

/// An access token of the Graph API.
///
/// Its text goes into the `Authorization` header and nowhere else: `Debug` hides it, there is no `Display`, and it
/// is wiped from memory when the last copy is dropped. Meta repeats a malformed token in the message of its error;
/// the client takes it out of what it keeps of an answer. What cannot be wiped are the copies that sending makes: the
/// buffers of HTTP and TLS, and those of whoever logs with `connection_verbose`.
///
/// ```
/// let token = whatsapp_multi_partner_solutions::AccessToken::new("EAAG...");
/// assert_eq!(format!("{token:?}"), "AccessToken([hidden])");
/// ```
#[derive(Clone, Debug)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Takes the token as it is. What cannot stand in a header is reported by
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn new(token: impl Into<String>) -> Self {
        Self(Secret::new(token))
    }

    pub(crate) fn text(&self) -> &str {
        self.0.text()
    }

    /// The value of the `Authorization` header, marked so that nothing prints it.
    pub(crate) fn header(&self) -> Result<HeaderValue, String> {
        let token = self.0.checked("access token")?;
        // Room for all of it from the start: growing would leave a copy behind that nobody wipes.
        let mut line = Zeroizing::new(Vec::with_capacity(SCHEME.len() + token.len()));
        line.extend_from_slice(SCHEME.as_bytes());
        line.extend_from_slice(token.as_bytes());
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(line))
            .map_err(|_| "the access token cannot stand in a header")?;
        value.set_sensitive(true);
        Ok(value)
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
