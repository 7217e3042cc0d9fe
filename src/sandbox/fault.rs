//! Faults that a test scripts.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value;

use super::refusal::{INTERNAL_SERVER_ERROR, TOO_MANY_REQUESTS};

/// What happens to one call to the [`Sandbox`](super::Sandbox).
///
/// A fault starts from one of the constructors and can be refined:
///
/// | constructor | does the operation take effect? | what the client sees |
/// |---|---|---|
/// | [`none`](Self::none) | yes | the ordinary response |
/// | [`answer`](Self::answer), [`throttled`](Self::throttled), [`internal_error`](Self::internal_error), [`load_balancer`](Self::load_balancer) | no, unless [`carried_out`](Self::carried_out) | the scripted response |
/// | [`hang`](Self::hang) | no, unless `carried_out` | nothing |
/// | [`close_after_reading`](Self::close_after_reading) | no, unless `carried_out` | the connection ends |
///
/// 'Takes effect' means that the sandbox carries out the request as usual; a request that it refuses changes nothing.
/// The operation takes effect before the client sees the fault, so also when the client gives up during a
/// [`delay`](Self::delay).
#[derive(Clone, Debug)]
pub struct Fault {
    pub(super) ending: Ending,
    pub(super) carried_out: bool,
    pub(super) delay: Duration,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Option<Body>,
}

/// What happens to a call in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Respond,
    /// Respond, but close the connection after this many bytes of the body.
    CutAfter(usize),
    Hang,
    Close,
}

/// The body of a response to which the trace ID has not been added yet.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// Sent as it is.
    Raw(Bytes),
    /// Sent with the headers that Graph adds; an error gets the trace ID.
    Graph(Value),
}

impl Fault {
    fn new(ending: Ending) -> Self {
        Self {
            ending,
            carried_out: false,
            delay: Duration::ZERO,
            status: None,
            headers: HeaderMap::new(),
            body: None,
        }
    }

    /// No fault: the ordinary response. For scripts in which a later call fails, and to add a
    /// [`header`](Self::header) to the ordinary response: a usage header, for example.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Ending::Respond).carried_out()
    }

    /// A response with this status, an empty body, and only the headers that HTTP needs.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999.
    #[must_use]
    pub fn answer(status: u16) -> Self {
        Self::new(Ending::Respond).status(status).body(Bytes::new())
    }

    /// The rate limit is used up: status 429, code 4, subcode 2446079, `is_transient: true`.
    ///
    /// Graph sends the same error with status 400 or 403 as well: `Fault::throttled().status(400)`. Add
    /// [`retry_after`](Self::retry_after) to say how long to wait.
    #[must_use]
    pub fn throttled() -> Self {
        let throttled = TOO_MANY_REQUESTS
            .because("The application has used up its rate limit. Wait before the next call.");
        Self::answer(429).json(throttled.body())
    }

    /// The server failed: status 500, code 2, `is_transient: true`.
    ///
    /// Graph may send this after the operation took effect; add [`carried_out`](Self::carried_out) for that case.
    #[must_use]
    pub fn internal_error() -> Self {
        let failed = INTERNAL_SERVER_ERROR.because("The service failed for a moment. Try again.");
        Self::answer(500).json(failed.body())
    }

    /// The response of a load balancer in front of Graph: HTML, without Graph's headers.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999.
    #[must_use]
    pub fn load_balancer(status: u16) -> Self {
        Self::answer(status)
            .header("content-type", "text/html; charset=utf-8")
            .body("<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Sorry</h1></body></html>\n")
    }

    /// The whole request is read, and no response is sent. The connection stays open until the client closes it or the
    /// sandbox is dropped.
    #[must_use]
    pub fn hang() -> Self {
        Self::new(Ending::Hang)
    }

    /// The whole request is read, then the connection is closed without a response.
    #[must_use]
    pub fn close_after_reading() -> Self {
        Self::new(Ending::Close)
    }

    /// The operation takes effect before the client sees the fault: the solution was created, for example, but the
    /// response was lost.
    #[must_use]
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    /// Waits before the response, or before the connection is closed. The operation takes effect before the delay.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends a `Content-Length` for the whole body, but only the first `keep_bytes` of it, and closes the connection.
    /// A body that is no longer than that arrives whole.
    #[must_use]
    pub fn cut_after(mut self, keep_bytes: usize) -> Self {
        self.ending = Ending::CutAfter(keep_bytes);
        self
    }

    /// Gives the response this status.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999: a lower one does not end a call, and a higher one does not exist.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        let valid = StatusCode::from_u16(status).ok().filter(|_| status >= 200);
        assert!(
            valid.is_some(),
            "{status} cannot be the status of a response: use one from 200 to 999"
        );
        self.status = valid;
        self
    }

    /// Adds a header to the response. It replaces an ordinary header of this name; a name given twice is sent twice.
    ///
    /// # Panics
    ///
    /// If `name` or `value` is not a valid header, and for `Content-Length` and `Transfer-Encoding`, which follow from
    /// the body. To cut a response short, see [`cut_after`](Self::cut_after).
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let added = self.try_header(name, value);
        added.unwrap_or_else(|why| panic!("{why}"))
    }

    pub(super) fn try_header(mut self, name: &str, value: &str) -> Result<Self, String> {
        let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value))
        else {
            return Err(format!(
                "'{name}: {value}' is not a valid header: HTTP does not allow these characters"
            ));
        };
        if name == header::CONTENT_LENGTH || name == header::TRANSFER_ENCODING {
            return Err(format!(
                "{name} follows from the body and cannot be scripted: use cut_after to cut a response short"
            ));
        }
        self.headers.append(name, value);
        Ok(self)
    }

    /// Adds `Retry-After` with this number of seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// Gives the response this body, and leaves out Graph's headers.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(Body::Raw(body.into()));
        self
    }

    /// Gives the response this body and Graph's headers. An `error` without `fbtrace_id` gets the value of `x-fb-trace-id`.
    #[must_use]
    pub fn json(mut self, body: Value) -> Self {
        self.body = Some(Body::Graph(body));
        self
    }

    /// The scripted response. What the script leaves open comes from `ordinary`, the response of the operation if it
    /// was carried out.
    pub(super) fn response(self, ordinary: Option<Response<Value>>) -> Response<Body> {
        let mut response = ordinary.unwrap_or_default().map(Body::Graph);
        if let Some(body) = self.body {
            *response.body_mut() = body;
        }
        if let Some(status) = self.status {
            *response.status_mut() = status;
        }
        // Extending replaces headers of the same name, and keeps all values of a name given twice.
        response.headers_mut().extend(self.headers);
        response
    }
}
