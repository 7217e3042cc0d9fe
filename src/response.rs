//! A response of the Graph API, as it was received.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::GraphError;

/// How many bytes of a body are read and kept. Meta's own responses have a few hundred.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// A response of the Graph API: of a call that succeeded (see [`Reply::response`](crate::Reply::response)), or of the
/// last attempt of one that failed (see [`Error::response`](crate::Error::response)).
#[derive(Clone)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body was longer than [`BODY_LIMIT`].
    pub(crate) truncated: bool,
    /// Whether it came from another URL, because a `reqwest::Client` of the caller followed a redirect.
    pub(crate) redirected: bool,
    json: Option<Value>,
    graph_error: Option<Box<GraphError>>,
}

/// The usage headers as Meta sends them, in per cent of a limit: calls are throttled at 100 (Meta's documentation of rate
/// limiting). Null where Meta sent no header, or one that is not JSON.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Usage {
    /// `X-App-Usage`: `call_count`, `total_time` and `total_cputime` of the app.
    pub app: Value,
    /// `X-Business-Use-Case-Usage`: for each business ID a list of objects with the same
    /// fields, plus `type` and `estimated_time_to_regain_access` in minutes.
    pub business: Value,
}

impl Response {
    /// Parses the body, once.
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        // A byte order mark is skipped.
        let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body);
        let json: Option<Value> = serde_json::from_slice(text).ok();
        Self {
            graph_error: json.as_ref().and_then(|json| graph_error(status, json)),
            status,
            headers,
            body,
            truncated: false,
            redirected: false,
            json,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The HTTP headers. `X-App-Usage` and `X-Business-Use-Case-Usage`, if Meta sent them, say how much of the rate limits is
    /// used up.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it was received, at most 64 KiB of it. In an [`Error`](crate::Error), secrets are
    /// replaced.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the body was longer than 64 KiB, so that [`body`](Self::body) is only its start.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The body as JSON, including undocumented fields; `None` if it is not JSON.
    pub fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// The error object of the Graph API, if the body holds one. A field that Meta did not send, or sent with another type
    /// than documented, is `None`; [`json`](Self::json) has it as sent.
    ///
    /// For a 2xx, `error` counts only if it is the only key (apart from keys such as `__debug__`), or if the body says
    /// `success: false`.
    pub fn graph_error(&self) -> Option<&GraphError> {
        self.graph_error.as_deref()
    }

    /// The ID by which Meta's support finds the request: `fbtrace_id` of the error, or else the header
    /// `x-fb-trace-id`.
    pub fn trace_id(&self) -> Option<&str> {
        let error = self.graph_error();
        let in_error = error.and_then(|error| error.fbtrace_id.as_deref());
        in_error.or_else(|| self.text_header("x-fb-trace-id"))
    }

    /// The Graph API version that served the call (header `facebook-api-version`). For an expired version Meta serves
    /// the oldest one that is still available. `None` if Meta did not say.
    pub fn graph_version(&self) -> Option<&str> {
        self.text_header("facebook-api-version")
    }

    /// The usage headers: how much of a rate limit is used up. Meta sends them only above some level of usage.
    pub fn usage(&self) -> Usage {
        Usage {
            app: self.json_header("x-app-usage"),
            business: self.json_header("x-business-use-case-usage"),
        }
    }

    fn json_header(&self, name: &str) -> Value {
        let header = self.headers.get(name).map(HeaderValue::as_bytes);
        serde_json::from_slice(header.unwrap_or_default()).unwrap_or_default()
    }

    fn text_header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What the body says in the field `success`.
    pub(crate) fn success(&self) -> Option<bool> {
        self.json()?.get("success")?.as_bool()
    }

    /// The body as a documented type.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        match &self.json {
            Some(body) => T::deserialize(body),
            None => serde_json::from_slice(&self.body),
        }
    }

    /// How long the response asks to wait: `Retry-After`, or `estimated_time_to_regain_access` in the usage headers if
    /// that is longer.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after_header().max(self.time_to_regain_access())
    }

    /// The longest wait in `X-Business-Use-Case-Usage`, which states minutes, not always whole ones (Meta's documentation of
    /// rate limiting). Zero is no wait.
    fn time_to_regain_access(&self) -> Option<Duration> {
        let usage = self.json_header("x-business-use-case-usage");
        let businesses = usage.as_object()?.values();
        let limits = businesses.filter_map(Value::as_array).flatten();
        let waits = limits.filter_map(|limit| limit["estimated_time_to_regain_access"].as_f64());
        let seconds = waits.map(|minutes| minutes * 60.0).reduce(f64::max)?;
        let wait = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        (seconds > 0.0).then_some(wait)
    }

    /// `Retry-After` in seconds or as a date; a date in the past is no wait. Takes the longest of several, and ignores what
    /// it cannot read.
    pub(crate) fn retry_after_header(&self) -> Option<Duration> {
        let values = self.headers.get_all(RETRY_AFTER).iter();
        let wait = |value: &HeaderValue| {
            let value = value.to_str().ok()?.trim();
            if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
                // An overflow is the longest wait.
                return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
            }
            let date = httpdate::parse_http_date(value).ok()?;
            Some(date.duration_since(SystemTime::now()).unwrap_or_default())
        };
        values.filter_map(wait).max()
    }

    /// Replaces the body.
    pub(crate) fn set_body(&mut self, body: Bytes) {
        let new = Self::new(self.status, HeaderMap::new(), body);
        (self.body, self.json, self.graph_error) = (new.body, new.json, new.graph_error);
    }
}

fn graph_error(status: StatusCode, body: &Value) -> Option<Box<GraphError>> {
    let error = body.get("error").filter(|error| error.is_object())?;
    let mut keys = body.as_object()?.keys();
    let failed = !status.is_success()
        || body["success"] == false
        || keys.all(|key| key == "error" || key.starts_with("__"));
    failed.then(|| lenient(json!({}), error).ok()).flatten()
}

/// Without headers and body, which may be long and hold personal data.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Reads `sent` field by field. A field of the wrong type is ignored; `defaults` has the fields that must not be missing.
pub(crate) fn lenient<T: DeserializeOwned>(defaults: Value, sent: &Value) -> serde_json::Result<T> {
    let mut fields = defaults.clone();
    for (name, value) in sent.as_object().into_iter().flatten() {
        // Each field is tried alone: trying the growing object would take quadratic time.
        let mut alone = defaults.clone();
        alone[name] = value.clone();
        if T::deserialize(&alone).is_ok() {
            fields[name] = alone[name].take();
        }
    }
    T::deserialize(fields)
}
