//! What goes back to the client.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use progenitor_client::ClientInfo;
use serde::Serialize;

use super::route;
use crate::generated;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");

/// An answer before it is put on a socket.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// What Graph puts on every answer, so that a call can be traced.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    version: String,
    pub(super) trace_id: String,
    request_id: String,
}

impl Marks {
    /// `number` is the request's own.
    pub(super) fn new(path: &str, number: u64) -> Self {
        Self {
            // Graph serves a request that names no version too, with one of its choice.
            version: route::version(path)
                .unwrap_or(generated::Client::api_version())
                .to_owned(),
            trace_id: format!("SandboxTrace{number:08}"),
            request_id: format!("sandbox-request-{number:08}"),
        }
    }
}

impl Answer {
    /// An answer as Graph gives it.
    pub(super) fn graph(status: StatusCode, body: &impl Serialize, marks: &Marks) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, JSON);
        for (name, value) in [
            ("facebook-api-version", &marks.version),
            ("x-fb-trace-id", &marks.trace_id),
            ("x-fb-request-id", &marks.request_id),
        ] {
            // A version is digits, but as many as the path had room for: nothing here may depend on its length.
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        Self {
            status,
            headers,
            body: serde_json::to_vec(body)
                .expect("the documented types hold nothing that JSON cannot say")
                .into(),
        }
    }
}
