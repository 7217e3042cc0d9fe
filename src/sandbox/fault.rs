//! What can go wrong with a call, as a test scripts it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::types;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");

/// What happens to one call to the [`Sandbox`](super::Sandbox).
///
/// A fault starts from one of the constructors and can be refined:
///
/// | constructor | does the operation take effect? | what the client sees |
/// |---|---|---|
/// | [`none`](Self::none) | yes | the ordinary answer |
/// | [`delay`](Self::delay) | yes | the ordinary answer, late |
/// | [`cut_body`](Self::cut_body) | yes | the beginning of the ordinary answer |
/// | [`answer`](Self::answer), [`graph_error`](Self::graph_error), [`throttled`](Self::throttled), [`internal_error`](Self::internal_error), [`load_balancer`](Self::load_balancer) | no, unless [`carried_out`](Self::carried_out) | the scripted answer |
/// | [`hang`](Self::hang) | no, unless `carried_out` | nothing |
/// | [`close_after_reading`](Self::close_after_reading) | no, unless `carried_out` | the connection ends |
/// | [`close_before_reading`](Self::close_before_reading) | no | the connection ends |
///
/// 'Takes effect' means that the request is treated as usual; one that the sandbox refuses changes nothing then
/// either. The effect comes before the fault shows: when a client gives up during a delay, it is there already.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(super) ending: Ending,
    pub(super) carried_out: bool,
    pub(super) delay: Duration,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Option<Body>,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Respond,
    /// Respond, but close the connection after this many bytes of the body.
    CutAfter(usize),
    Hang,
    CloseBeforeReading,
    CloseAfterReading,
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

    /// No fault: this call goes as usual. For scripts such as 'well, throttled, well'.
    ///
    /// With [`header`](Self::header), the ordinary answer carries that header too: a usage header, for example.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Ending::Respond).carried_out()
    }

    /// The ordinary answer, after `delay`. The operation takes effect before the delay.
    #[must_use]
    pub fn delay(delay: Duration) -> Self {
        Self::none().after(delay)
    }

    /// The ordinary answer, cut short: see [`cut_after`](Self::cut_after).
    #[must_use]
    pub fn cut_body(keep_bytes: usize) -> Self {
        Self::none().cut_after(keep_bytes)
    }

    /// An answer with this status, an empty body, and no headers but those that HTTP needs.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999.
    #[must_use]
    pub fn answer(status: u16) -> Self {
        Self::new(Ending::Respond).status(status).body(Bytes::new())
    }

    /// An answer with this status, the headers that Graph puts on every answer, and this error as its body. Where the
    /// error has no `fbtrace_id`, it gets the one that `x-fb-trace-id` says.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999.
    #[must_use]
    pub fn graph_error(status: u16, error: types::GraphApiErrorError) -> Self {
        let body = Body::Graph(json!({ "error": error }));
        let fault = Self::new(Ending::Respond).status(status);
        Self {
            body: Some(body),
            ..fault
        }
    }

    /// The rate limit is used up: status 429, code 4, subcode 2446079, `is_transient: true`.
    ///
    /// Graph sends the same error with status 400 or 403 as well: `Fault::throttled().status(400)`. How long to wait
    /// is said by [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn throttled() -> Self {
        Self::graph_error(
            429,
            types::GraphApiErrorError {
                message:
                    "(#4) The application has used up its rate limit. Wait before the next call."
                        .to_owned(),
                type_: "OAuthException".to_owned(),
                code: 4,
                error_subcode: Some(2_446_079),
                fbtrace_id: None,
                is_transient: Some(true),
                error_user_title: Some("Too many calls".to_owned()),
                error_user_msg: Some("Wait a while, then try again.".to_owned()),
            },
        )
    }

    /// Something failed on the server's side: status 500, code 2, `is_transient: true`.
    ///
    /// Graph is known to answer so after the operation took effect, too; [`carried_out`](Self::carried_out) plays that.
    #[must_use]
    pub fn internal_error() -> Self {
        Self::graph_error(
            500,
            types::GraphApiErrorError {
                message: "(#2) The service failed for a moment. Try again.".to_owned(),
                type_: "GraphMethodException".to_owned(),
                code: 2,
                error_subcode: Some(13),
                fbtrace_id: None,
                is_transient: Some(true),
                error_user_title: Some("Service failed".to_owned()),
                error_user_msg: Some("Try again in a moment.".to_owned()),
            },
        )
    }

    /// An answer that does not come from Graph but from a load balancer in front of it: HTML, no trace headers.
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

    /// The request is read, and never answered: until the client goes or the sandbox is dropped.
    #[must_use]
    pub fn hang() -> Self {
        Self::new(Ending::Hang)
    }

    /// The connection is closed without reading the request, which is therefore not among the
    /// [recorded](super::Sandbox::requests) ones and cannot be carried out.
    ///
    /// A new connection is closed as soon as the client has sent anything on it (and not before, since a client may
    /// open a connection that it then has no use for); a connection kept alive, as soon as the head of a request has
    /// arrived.
    #[must_use]
    pub fn close_before_reading() -> Self {
        Self::new(Ending::CloseBeforeReading)
    }

    /// The whole request is read, then the connection is closed without an answer.
    #[must_use]
    pub fn close_after_reading() -> Self {
        Self::new(Ending::CloseAfterReading)
    }

    /// The operation takes effect before the fault shows: 'the solution was created, but the answer was lost'.
    ///
    /// Changes nothing about [`close_before_reading`](Self::close_before_reading): what was not read cannot be carried
    /// out.
    #[must_use]
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    /// Waits before the answer, or before the connection is closed.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends the first `keep_bytes` of the body and closes the connection then, after a `Content-Length` that promised
    /// all of it. (A body that is no longer than that arrives whole.)
    #[must_use]
    pub fn cut_after(mut self, keep_bytes: usize) -> Self {
        self.ending = Ending::CutAfter(keep_bytes);
        self
    }

    /// Gives the answer this status.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999: a lower one is no final answer, a higher one no status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        let valid = StatusCode::from_u16(status).ok().filter(|_| status >= 200);
        assert!(
            valid.is_some(),
            "{status} cannot be the status of an answer: take one from 200 to 999"
        );
        self.status = valid;
        self
    }

    /// Adds a header to the answer. It takes the place of an ordinary header of this name; the same name given twice is
    /// sent twice.
    ///
    /// # Panics
    ///
    /// If `name` or `value` cannot stand in a header, and for `Content-Length` and `Transfer-Encoding`: those always
    /// fit the body. For an answer that breaks off, see [`cut_after`](Self::cut_after).
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) else {
            panic!("'{name}: {value}' cannot be a header: HTTP does not allow these characters");
        };
        assert!(
            name != header::CONTENT_LENGTH && name != header::TRANSFER_ENCODING,
            "{name} follows from the body and cannot be scripted: use cut_after for a body that breaks off"
        );
        self.headers.append(name, value);
        self
    }

    /// Says in `Retry-After` how many seconds to wait.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// Gives the answer this body, and leaves out the headers that Graph puts on its answers.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(Body::Raw(body.into()));
        self
    }

    /// [`body`](Self::body) with JSON, and a `Content-Type` that says so unless there is one already.
    #[must_use]
    pub fn json(mut self, body: serde_json::Value) -> Self {
        self.headers.entry(header::CONTENT_TYPE).or_insert(JSON);
        self.body(body.to_string())
    }

    /// The scripted parts of the response; the rest comes from `ordinary`, the response of the operation if it was
    /// carried out.
    pub(super) fn response(self, ordinary: Option<Response<Value>>) -> Response<Body> {
        let ordinary = ordinary.map(|response| response.map(Body::Graph));
        let status = ordinary.as_ref().map(Response::status);
        let mut response = match (self.body, ordinary) {
            (Some(body), _) => Response::new(body),
            (None, Some(ordinary)) => ordinary,
            (None, None) => Response::new(Body::Raw(Bytes::new())),
        };
        *response.status_mut() = self.status.or(status).unwrap_or_default();
        // Extending replaces headers of the same name, and keeps all values of a name given twice.
        response.headers_mut().extend(self.headers);
        response
    }
}
