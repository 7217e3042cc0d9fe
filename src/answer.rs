//! One answer, read whole or as far as it came, and never further than a bound.

use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::{credentials::Credentials, graph_error::GraphError};

/// How much of an answer's body is read and kept, in bytes. Meta's own answers have a few hundred.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The head of an answer and what came of its body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body went on past [`BODY_LIMIT`]; the rest was not read.
    pub(crate) cut_at_limit: bool,
    pub(crate) graph_error: Option<GraphError>,
    /// When the answer was read, so that a date in it can be told as a wait.
    pub(crate) read_at: SystemTime,
}

/// An answer while it is being read: if reading ends early, what came is still here.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    head: Option<(StatusCode, HeaderMap)>,
    body: BytesMut,
    cut_at_limit: bool,
}

impl Reading {
    /// Reads the body to its end, or to the bound.
    pub(crate) async fn read(&mut self, mut response: reqwest::Response) -> reqwest::Result<()> {
        self.head = Some((response.status(), std::mem::take(response.headers_mut())));
        while let Some(chunk) = response.chunk().await? {
            let room = BODY_LIMIT - self.body.len();
            if chunk.len() > room {
                self.body.extend_from_slice(&chunk[..room]);
                self.cut_at_limit = true;
                return Ok(());
            }
            self.body.extend_from_slice(&chunk);
        }
        Ok(())
    }

    /// What came so far; `None` if not even a head did.
    pub(crate) fn finish(self, credentials: &Credentials) -> Option<Answer> {
        let (status, headers) = self.head?;
        let mut body = self.body.freeze();
        if let Some(redacted) = credentials.redact(&body) {
            body = redacted.into();
        }
        if body.starts_with(BYTE_ORDER_MARK) {
            body = body.slice(BYTE_ORDER_MARK.len()..);
        }
        let graph_error = if status.is_success() {
            GraphError::from_whole_body(&body)
        } else {
            GraphError::from_body(&body)
        };
        Some(Answer {
            status,
            headers: redact_headers(headers, credentials),
            body,
            cut_at_limit: self.cut_at_limit,
            graph_error,
            read_at: SystemTime::now(),
        })
    }
}

fn redact_headers(mut headers: HeaderMap, credentials: &Credentials) -> HeaderMap {
    for value in headers.values_mut() {
        if let Some(redacted) = credentials.redact(value.as_bytes()) {
            // What is left of a header value is one still; were it not, an empty one shows no secret.
            *value = HeaderValue::from_bytes(&redacted).unwrap_or(HeaderValue::from_static(""));
        }
    }
    headers
}

impl Answer {
    /// The ID under which Meta's support finds the request: in the error, or else in a header.
    pub(crate) fn trace_id(&self) -> Option<&str> {
        self.graph_error
            .as_ref()
            .and_then(GraphError::fbtrace_id)
            .or_else(|| self.header("x-fb-trace-id"))
    }

    /// A header that is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
