//! A request as it reached the stand-in.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, header};
use http_body_util::BodyExt;

/// As much of a body as is kept; far more than either operation needs.
pub(super) const BODY_LIMIT: usize = 1024 * 1024;

/// A request that reached the [`Sandbox`](super::Sandbox) whole.
///
/// Its [`Debug`](fmt::Debug) form goes into the output of failing tests, so it shows neither what may hold a token
/// (the `Authorization` header, the query) nor the body; the fields do.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// `POST`, if all is well.
    pub method: Method,
    /// The path and, if there is one, the query, as sent.
    pub path_and_query: String,
    /// All headers, as sent.
    pub headers: HeaderMap,
    /// The body: all of it, or its first MiB if it was longer.
    pub body: Bytes,
    /// Whether the body was longer than a MiB.
    pub body_too_long: bool,
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
    /// To the end even where the answer is clear before it: a socket that is closed while something unread is left in
    /// it resets the connection on most platforms, and a reset can destroy an answer that is on its way to the client.
    pub(super) async fn read<B>(request: http::Request<B>) -> Result<Self, B::Error>
    where
        B: http_body::Body<Data = Bytes> + Unpin,
    {
        let (head, mut body) = request.into_parts();
        let mut kept = Vec::new();
        let mut body_too_long = false;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            let room = BODY_LIMIT - kept.len();
            body_too_long |= data.len() > room;
            kept.extend_from_slice(&data[..data.len().min(room)]);
        }
        let mut headers = head.headers;
        // Whoever prints the headers of a request by themselves must not print a token either.
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
            body: kept.into(),
            body_too_long,
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
