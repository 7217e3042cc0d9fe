//! The access token and the app secret: how they are sent, and how they are kept out of everything else.

use aws_lc_rs::hmac;
use http::{HeaderValue, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};

use crate::error::Error;

/// Query parameter that Meta expects from apps with 'Require App Secret' on (Meta's documentation of securing
/// requests). The two pages do not have it, so the YAML does not either.
const PROOF: &str = "appsecret_proof";

/// A shorter secret is not searched for: it could be part of an ordinary word.
const SHORTEST_SEARCHED: usize = 8;

/// What identifies the caller. `Debug` shows none of it.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    token: SecretString,
    app_secret: Option<SecretString>,
    /// Marked as sensitive, so that nothing prints it.
    authorization: HeaderValue,
    proof: Option<SecretString>,
}

impl Credentials {
    pub(crate) fn new(
        token: SecretString,
        app_secret: Option<SecretString>,
    ) -> Result<Self, Error> {
        check("access token", &token)?;
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
            .map_err(|_| Error::invalid("the access token cannot be sent in a header"))?;
        authorization.set_sensitive(true);
        let proof = match &app_secret {
            Some(app_secret) => {
                check("app secret", app_secret)?;
                Some(proof(&token, app_secret))
            }
            None => None,
        };
        Ok(Self {
            token,
            app_secret,
            authorization,
            proof,
        })
    }

    /// The same app with the token of another tenant.
    pub(crate) fn with_token(&self, token: SecretString) -> Result<Self, Error> {
        Self::new(token, self.app_secret.clone())
    }

    /// Adds the token and the proof to a request.
    pub(crate) fn attach(&self, request: &mut reqwest::Request) {
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        if let Some(proof) = &self.proof {
            let mut query = request.url_mut().query_pairs_mut();
            query.append_pair(PROOF, proof.expose_secret());
        }
    }

    /// Replaces the token and the proof in text from outside; `None` if neither is in it.
    pub(crate) fn redact(&self, text: &[u8]) -> Option<Vec<u8>> {
        let without_token = replace(&self.token, "[access token]", text);
        let Some(proof) = &self.proof else {
            return without_token;
        };
        let text = without_token.as_deref().unwrap_or(text);
        replace(proof, "[appsecret_proof]", text).or(without_token)
    }
}

/// A secret with anything around it, such as the line end of a file, is another secret, and Meta would not say why it
/// refuses that one.
fn check(name: &str, secret: &SecretString) -> Result<(), Error> {
    let secret = secret.expose_secret();
    if secret.is_empty() {
        return Err(Error::invalid(format!("the {name} is empty")));
    }
    if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid(format!(
            "the {name} contains a space, a line end or a character outside ASCII; remove it"
        )));
    }
    Ok(())
}

/// HMAC-SHA256 of the token in lower-case hex; the key is the app secret.
fn proof(token: &SecretString, app_secret: &SecretString) -> SecretString {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.expose_secret().as_bytes());
    let tag = hmac::sign(&key, token.expose_secret().as_bytes());
    let hex: String = tag
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    hex.into()
}

/// Replaces a secret in all spellings; `None` if it is not in the text.
fn replace(secret: &SecretString, by: &str, text: &[u8]) -> Option<Vec<u8>> {
    let secret = secret.expose_secret().as_bytes();
    if secret.len() < SHORTEST_SEARCHED {
        return None;
    }
    let mut replaced = Vec::new();
    let (mut rest, mut found) = (text, false);
    while let Some((first, behind)) = rest.split_first() {
        if let Some(behind) = strip_secret(secret, rest) {
            found = true;
            replaced.extend_from_slice(by.as_bytes());
            rest = behind;
        } else {
            replaced.push(*first);
            rest = behind;
        }
    }
    found.then_some(replaced)
}

/// What follows the secret where `text` starts with it. If the text ends within the secret, because the response was
/// cut there, nothing follows.
fn strip_secret<'t>(secret: &[u8], text: &'t [u8]) -> Option<&'t [u8]> {
    let mut rest = text;
    for (index, byte) in secret.iter().enumerate() {
        rest = match strip_byte(*byte, rest) {
            Some(rest) => rest,
            None if index >= SHORTEST_SEARCHED && is_cut_escape(rest) => return Some(&[]),
            None => return None,
        };
    }
    Some(rest)
}

/// What follows one byte of the secret, written as it is or as JSON or a URL may escape it: `/`, `\/`, `\u002f`, `%2F`.
fn strip_byte(byte: u8, text: &[u8]) -> Option<&[u8]> {
    let is_hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok();
        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) == Some(byte)
    };
    match text {
        [b'\\', b'u', b'0', b'0', a, b, rest @ ..] if is_hex(&[*a, *b]) => Some(rest),
        [b'%', a, b, rest @ ..] if is_hex(&[*a, *b]) => Some(rest),
        [b'\\', escaped, rest @ ..] if *escaped == byte => Some(rest),
        [plain, rest @ ..] if *plain == byte => Some(rest),
        _ => None,
    }
}

/// Whether the text ends here, or with an escape that is not complete.
fn is_cut_escape(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b'\\', rest @ ..] => rest.len() < 5 && rest.iter().zip(b"u00").all(|(a, b)| a == b),
        [b'%', rest @ ..] => rest.len() < 2 && rest.iter().all(u8::is_ascii_hexdigit),
        _ => false,
    }
}
