//! Where calls are sent: https anywhere, plain http to this machine only.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::Error;

/// Checks that a token may be sent to a URL. The errors do not repeat the URL, because it may hold a secret.
pub(crate) fn check(text: &str) -> Result<Url, Error> {
    let wrong = |why: &str| Err(Error::invalid(format!("the base URL {why}")));
    let text = text.trim();
    // The parser drops line breaks, so it could see another host than a caller who checked the text.
    if text.contains(char::is_control) {
        return wrong("contains a control character");
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(why) => return wrong(&format!("cannot be read: {why}")),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return wrong(
                "would send the access token unencrypted; use https (http is for loopback only)",
            );
        }
        other => return wrong(&format!("has the scheme {other:?}; use https")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("contains a user name or a password; remove them");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("contains a query or a fragment; remove it");
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
}
