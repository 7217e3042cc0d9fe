//! Where calls go: https anywhere, plain http to this machine only.

use std::net::IpAddr;

use reqwest::Url;

/// Where Meta serves the Graph API (both pages).
pub(crate) const DEFAULT: &str = "https://graph.facebook.com";

/// A base URL that is fit to be sent a token.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    text: String,
    plain: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        // A URL parser drops line ends wherever they are, and so reads another host than whoever checked it before.
        if text.trim().contains(|letter: char| letter.is_control()) {
            return Err(format!(
                "the base URL {} cannot be read: it holds a control character",
                quoted(text)
            ));
        }
        let url = Url::parse(text.trim())
            .map_err(|why| format!("the base URL {} cannot be read: {why}", quoted(text)))?;
        let plain = match url.scheme() {
            "https" => false,
            "http" if is_loopback(&url) => true,
            "http" => {
                return Err(format!(
                    "the base URL {} would send the access token unencrypted; use https (http is for loopback only)",
                    quoted(text)
                ));
            }
            other => return Err(format!("the base URL's scheme is {other:?}; use https")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the base URL holds a user name or a password; leave them out".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the base URL ends in a query or a fragment; leave it out".to_owned());
        }
        http::Uri::try_from(url.as_str())
            .map_err(|why| format!("the base URL {} cannot be sent to: {why}", quoted(text)))?;
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            plain,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the connection is not encrypted, which only loopback's may be.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain
    }
}

/// A user name, a query or a fragment may hold a secret, so what has one is not repeated.
fn quoted(text: &str) -> String {
    if text.contains(['@', '?', '#']) {
        "(not shown, it may hold a secret)".to_owned()
    } else {
        format!("{text:?}")
    }
}

/// A base URL as it was handed in, which nobody has looked at yet.
#[derive(Clone)]
pub(crate) struct Given(pub(crate) String);

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&quoted(&self.0))
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        host == "localhost"
            || host
                .trim_start_matches('[')
                .trim_end_matches(']')
                .parse::<IpAddr>()
                .is_ok_and(|address| address.to_canonical().is_loopback())
    })
}
