//! One attempt over HTTP: the request is sent once, and its response is read.

use std::{
    io, mem,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use reqwest::Request;
use tokio::time::timeout;

use crate::{
    call::Attempt,
    error::Error,
    response::{BODY_LIMIT, Response},
    retry::Sender,
};

/// The longest URL that the crate `http` can send, in bytes.
const MAX_URL: usize = 65_534;

/// Sends the same request as often as it is asked to.
pub(crate) struct HttpSender<'a> {
    http: &'a reqwest::Client,
    request: Request,
}

impl<'a> HttpSender<'a> {
    pub(crate) fn new(http: &'a reqwest::Client, request: Request) -> Result<Self, Error> {
        let length = request.url().as_str().len();
        if length > MAX_URL {
            return Err(Error::invalid(format!(
                "the URL of the request is too long: {length} bytes, at most {MAX_URL} can be sent"
            )));
        }
        Ok(Self { http, request })
    }

    /// A copy of the request. Its body, if there is one, decides whether it is sent.
    fn copy(&self, sent: &Sent) -> Request {
        let mut copy = Request::new(self.request.method().clone(), self.request.url().clone());
        *copy.headers_mut() = self.request.headers().clone();
        // Generated code only builds bodies that are in memory.
        let body = self.request.body().and_then(reqwest::Body::as_bytes);
        *copy.body_mut() = body.map(|body| {
            reqwest::Body::wrap(TrackedBody {
                data: Some(Bytes::copy_from_slice(body)),
                sent: sent.clone(),
            })
        });
        copy
    }

    /// Whether an attempt that ended without a response was never sent. A lookup has no body that knows; for it, only a
    /// failed connection is certain.
    fn was_never_sent(&self, sent: &Sent, error: Option<&reqwest::Error>) -> bool {
        match self.request.body() {
            Some(_) => sent.cancel(),
            None => error.is_some_and(reqwest::Error::is_connect),
        }
    }
}

impl Sender for HttpSender<'_> {
    async fn attempt(&self, limit: Duration) -> Attempt {
        let sent = Sent::default();
        let request = self.copy(&sent);
        // Declared outside of the timed future, so that a partial response survives the time limit.
        let mut head = None;
        let mut body = BytesMut::new();
        let mut truncated = false;
        let received = timeout(limit, async {
            let mut response = self.http.execute(request).await?;
            let redirected = response.url() != self.request.url();
            let headers = mem::take(response.headers_mut());
            head = Some((response.status(), headers, redirected));
            while let Some(chunk) = response.chunk().await? {
                let room = BODY_LIMIT - body.len();
                truncated = chunk.len() > room;
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if truncated {
                    break;
                }
            }
            Ok::<(), reqwest::Error>(())
        })
        .await;

        let response = head.map(|(status, headers, redirected)| {
            let mut response = Response::new(status, headers, body.freeze());
            response.truncated = truncated;
            response.redirected = redirected;
            response
        });
        let error = match received {
            Ok(Ok(())) => None,
            // The text of an error would contain the URL, and with it the proof of the app secret.
            Ok(Err(error)) => Some(Some(error.without_url())),
            Err(_) => Some(None),
        };
        match (error, response) {
            (None, Some(response)) => Attempt::Answered(response),
            (Some(error), None) if self.was_never_sent(&sent, error.as_ref()) => {
                Attempt::NotSent(error)
            }
            (error, partial) => Attempt::Broken {
                partial,
                error: error.flatten(),
            },
        }
    }
}

/// Whether a request was sent, as far as its body can know.
///
/// A connection writes the head of a request to its buffer, asks for the body, and only then sends either. So as long
/// as nobody asked, nothing was sent: not during DNS, connecting or TLS, and not on a pooled connection that turned out
/// to be closed. `reqwest::Error::is_connect` cannot tell this after a time limit.
#[derive(Clone, Default)]
struct Sent(Arc<OnceLock<bool>>);

impl Sent {
    /// Called when the connection asks for the body; `false` if the attempt has ended, so that it must not get it any more.
    fn start(&self) -> bool {
        *self.0.get_or_init(|| true)
    }

    /// Makes sure that the request is never sent; `false` if it is too late.
    fn cancel(&self) -> bool {
        !self.0.get_or_init(|| false)
    }
}

/// A body in memory that decides whether its request is sent.
struct TrackedBody {
    data: Option<Bytes>,
    sent: Sent,
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.sent.start() {
            return Poll::Ready(Some(Err(io::Error::other("the attempt has ended"))));
        }
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
