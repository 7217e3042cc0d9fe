//! A request as it reached the sandbox.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;

/// A MiB; both operations need less than a kilobyte.
const BODY_LIMIT: usize = 1024 * 1024;

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
        for (name, value) in headers.iter_mut() {
            if name == header::AUTHORIZATION {
                value.set_sensitive(true);
            }
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
        let names: Vec<_> = self
            .headers
            .keys()
            .map(header::HeaderName::as_str)
            .collect();
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &names)
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}
