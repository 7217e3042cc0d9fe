//! The app secret, and the proof of it that goes with a request.

use std::fmt::Write;

use hmac::{HmacReset, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{secret::Secret, token::AccessToken};

/// The secret of the app that the access token was issued to.
///
/// It is never sent: [`ClientBuilder::build`](crate::ClientBuilder::build) makes the proof of it, and then it is wiped
/// from memory. `Debug` hides it, and there is no `Display`.
///
/// ```
/// let secret = whatsapp_multi_partner_solutions::AppSecret::new("0123456789abcdef...");
/// assert_eq!(format!("{secret:?}"), "AppSecret([hidden])");
/// ```
#[derive(Clone, Debug)]
pub struct AppSecret(Secret);

impl AppSecret {
    /// Takes the secret as it is. What cannot be one is reported by
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Secret::new(secret))
    }

    /// The `appsecret_proof` of a token: HMAC-SHA256 in lower-case hex, its key the app secret, its message the token
    /// (Meta's documentation of securing requests).
    pub(crate) fn proof(&self, token: &AccessToken) -> Result<Secret, String> {
        let key = self.0.checked("app secret")?;
        let mut mac = HmacReset::<Sha256>::new_from_slice(key.as_bytes())
            .map_err(|_| "the app secret cannot be a key")?;
        mac.update(token.text().as_bytes());
        // Not `finalize`, which would move what holds the token, and leave it behind unwiped.
        let mac = Zeroizing::new(<[u8; 32]>::from(mac.finalize_reset().into_bytes()));
        let mut hex = String::with_capacity(2 * mac.len());
        for byte in mac.iter() {
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(Secret::new(hex))
    }
}

impl From<String> for AppSecret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl From<&str> for AppSecret {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

#[cfg(test)]
#[path = "../tests/inside/app_secret.rs"]
mod tests;
