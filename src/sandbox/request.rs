//! A request as it reached the sandbox.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::{Map, Value, json};

/// A MiB; every operation needs less than a kilobyte.
const BODY_LIMIT: usize = 1024 * 1024;

/// What a form sends as JSON, or entry by entry; everything else in a form is text.
const LISTS: [&str; 2] = ["owner_permissions", "partner_permissions"];

/// What was sent by name.
pub(super) type Parameters = Map<String, Value>;

/// A request that the [`Sandbox`](super::Sandbox) read to its end.
///
/// Its [`Debug`](fmt::Debug) form goes into the output of failing tests, so it leaves out the values of headers, the
/// query and the body, which may hold a token.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The method, as sent.
    pub method: Method,
    /// The path and the query, if there is one, as sent.
    pub path_and_query: String,
    /// All headers, as sent.
    pub headers: HeaderMap,
    /// The body, as sent.
    pub body: Bytes,
}

impl ReceivedRequest {
    /// The path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path_and_query
            .split_once('?')
            .map_or(&*self.path_and_query, |(path, _)| path)
    }

    /// The value of a header, if it was sent and is text; the first one if it was sent repeatedly.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All that was sent by name: in the query, and in a body that is a JSON object or a form. A form sends a list as
    /// JSON, as Meta's SDKs do, or entry by entry as `name[0]` or `name[]`.
    ///
    /// # Errors
    ///
    /// What is wrong with the body.
    pub(super) fn parameters(&self) -> Result<Parameters, String> {
        let content_type = self.header("content-type").unwrap_or_default();
        let content_type = content_type.to_ascii_lowercase();
        let (mut sent, form) = if self.body.is_empty() {
            (Map::new(), &b""[..])
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            (Map::new(), &self.body[..])
        } else if content_type.starts_with("application/json") {
            let sent = serde_json::from_slice(&self.body).map_err(|why| why.to_string())?;
            (sent, &b""[..])
        } else {
            return Err("its Content-Type is neither JSON nor that of a form".to_owned());
        };
        let (_, query) = self.path_and_query.split_once('?').unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes());
        for (name, text) in query.chain(form_urlencoded::parse(form)) {
            if let Some((name, _)) = name.split_once('[') {
                let list = sent.entry(name).or_insert_with(|| json!([]));
                list.as_array_mut()
                    .into_iter()
                    .for_each(|list| list.push(json!(text)));
            } else {
                let list = LISTS.contains(&&*name);
                let list = list.then(|| serde_json::from_str(&text).ok()).flatten();
                sent.insert(name.into(), list.unwrap_or_else(|| json!(text)));
            }
        }
        Ok(sent)
    }

    /// The access token: a bearer header, or the parameter `access_token`.
    pub(super) fn token(&self, sent: &Parameters) -> Option<String> {
        let bearer = self
            .header("authorization")
            .and_then(|value| value.split_once(' '));
        let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let token = match bearer {
            Some((_, token)) => token.trim().to_owned(),
            None => sent.get("access_token")?.as_str()?.to_owned(),
        };
        (!token.is_empty()).then_some(token)
    }

    /// Reads a request to its end.
    ///
    /// # Errors
    ///
    /// If the connection ends before that, or the body is longer than a MiB.
    pub(super) async fn read(
        request: Request<Incoming>,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, BODY_LIMIT).collect().await?.to_bytes();
        let mut headers = head.headers;
        // So that the Debug form of the headers alone shows no token either.
        if let Some(value) = headers.get_mut(header::AUTHORIZATION) {
            value.set_sensitive(true);
        }
        Ok(Self {
            method: head.method,
            path_and_query: head
                .uri
                .path_and_query()
                .map_or_else(String::new, ToString::to_string),
            headers,
            body,
        })
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().collect();
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &names)
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}
