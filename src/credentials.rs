//! What shows Meta who is calling: put on every request, taken out of every answer.

use http::{HeaderValue, Uri, header::AUTHORIZATION};

use crate::{app_secret::AppSecret, redact::redact, secret::Secret, token::AccessToken};

/// The query parameter of the proof. It stands on neither of the two pages and so not in the YAML; Meta's documentation
/// of securing requests asks for it on every call of an app that has 'Require App Secret' on.
const PROOF: &str = "appsecret_proof";

/// Up to this length, in bytes, a URL is not looked at once more, which would cost every call a copy of it: the base URL
/// was, and what is added to it can only be too long.
const SURELY_SHORT: usize = 1024;

/// The token and, where the app's secret is known, the proof of it.
#[derive(Debug)]
pub(crate) struct Credentials {
    token: AccessToken,
    authorization: HeaderValue,
    /// Whoever has it and the token can call, so it is kept as a secret too.
    proof: Option<Secret>,
}

impl Credentials {
    /// Fails where one of them cannot be what it is meant to be. The app secret is not kept.
    pub(crate) fn new(token: AccessToken, app_secret: Option<AppSecret>) -> Result<Self, String> {
        Ok(Self {
            authorization: token.header()?,
            proof: app_secret.map(|secret| secret.proof(&token)).transpose()?,
            token,
        })
    }

    /// Puts them on a request. Fails where no URL can be so long, which reqwest would report as no connection, each time
    /// anew.
    pub(crate) fn attach(&self, request: &mut reqwest::Request) -> Result<(), String> {
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        if let Some(proof) = &self.proof {
            let mut query = request.url_mut().query_pairs_mut();
            query.append_pair(PROOF, proof.text());
        }
        let url = request.url().as_str();
        if url.len() <= SURELY_SHORT {
            return Ok(());
        }
        Uri::try_from(url)
            .map(|_| ())
            .map_err(|why| format!("the URL of the request cannot be sent: {why}"))
    }

    /// Takes them out of something that came from outside; `None` if neither is in there.
    pub(crate) fn redact(&self, text: &[u8]) -> Option<Vec<u8>> {
        let without_token = redact(self.token.text(), "[access token]", text);
        let Some(proof) = &self.proof else {
            return without_token;
        };
        let rest = without_token.as_deref().unwrap_or(text);
        redact(proof.text(), "[appsecret_proof]", rest).or(without_token)
    }
}
