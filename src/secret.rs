//! The access token and the app secret: how they are sent, and how they are kept out of everything else.

use aws_lc_rs::hmac;
use form_urlencoded::byte_serialize;
use http::{HeaderValue, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::{error::Error, response::Response};

/// Query parameter that Meta expects from apps with 'Require App Secret' on (Meta's documentation of securing
/// requests). The two pages do not have it, so the YAML does not either.
const PROOF: &str = "appsecret_proof";

/// A shorter secret is not searched for: it could be part of an ordinary word.
const MIN_REDACTED_LEN: usize = 8;

/// What identifies the caller. `Debug` shows none of it.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    token: SecretString,
    pub(crate) app_secret: Option<SecretString>,
    /// Marked as sensitive, so that `Debug` does not print it.
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
        if let Some(app_secret) = &app_secret {
            check("app secret", app_secret)?;
        }
        let proof = app_secret.as_ref().map(|key| proof(&token, key));
        Ok(Self {
            token,
            app_secret,
            authorization,
            proof,
        })
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

    /// Replaces the token and the proof wherever a response repeats them, as Meta does with a malformed token.
    pub(crate) fn redact_response(&self, response: &mut Response) {
        for value in response.headers.values_mut() {
            if let Some(redacted) = self.redact(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&redacted).unwrap_or(HeaderValue::from_static(""));
            }
        }
        // JSON can escape a string in many ways; serializing it again leaves only one.
        let json = response.json().map(Value::to_string);
        let in_json = json.and_then(|json| self.redact(json.as_bytes()));
        // JSON keeps the last of repeated keys, so the body itself is searched too.
        if let Some(redacted) = in_json.or_else(|| self.redact(&response.body)) {
            response.set_body(redacted.into());
        }
    }

    /// Replaces the token and the proof in text from outside; `None` if neither is in it.
    fn redact(&self, text: &[u8]) -> Option<Vec<u8>> {
        let original = String::from_utf8_lossy(text);
        let mut text = replace_secret(&self.token, "[access token]", original.clone().into_owned());
        if let Some(proof) = &self.proof {
            text = replace_secret(proof, "[appsecret_proof]", text);
        }
        (text != original).then(|| text.into_bytes())
    }
}

/// Refuses white space, such as the line end of a file: Meta would refuse such a secret without saying why.
fn check(name: &str, secret: &SecretString) -> Result<(), Error> {
    let secret = secret.expose_secret();
    let wrong = if secret.is_empty() {
        "is empty"
    } else if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        "contains a space, a line end or a character outside ASCII; remove it"
    } else {
        return Ok(());
    };
    Err(Error::invalid(format!("the {name} {wrong}")))
}

/// HMAC-SHA256 of the token in lower-case hex; the key is the app secret.
pub(crate) fn proof(token: &SecretString, app_secret: &SecretString) -> SecretString {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.expose_secret().as_bytes());
    let tag = hmac::sign(&key, token.expose_secret().as_bytes());
    let digits = tag.as_ref().iter().map(|byte| format!("{byte:02x}"));
    digits.collect::<String>().into()
}

/// Replaces a secret, written as it is or as JSON or a URL escapes it.
fn replace_secret(secret: &SecretString, by: &str, mut text: String) -> String {
    let secret = secret.expose_secret();
    if secret.len() < MIN_REDACTED_LEN {
        return text;
    }
    let json = Value::from(secret).to_string();
    let url: String = byte_serialize(secret.as_bytes()).collect();
    for spelling in [secret, &json[1..json.len() - 1], &url] {
        text = text.replace(spelling, by);
    }
    // The response may have been cut within the secret.
    let mut starts = (MIN_REDACTED_LEN..secret.len()).rev();
    match starts.find_map(|length| text.strip_suffix(&secret[..length])) {
        Some(kept) => format!("{kept}{by}"),
        None => text,
    }
}
