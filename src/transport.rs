//! One attempt over HTTP: the request is sent once, and its response is read.

use std::{
    error::Error as StdError,
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

use crate::response::{BODY_LIMIT, Response};

/// How one attempt ended.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) ending: Ending,
    /// The response, or the part of it that arrived.
    pub(crate) response: Option<Response>,
    /// `None` after a time limit.
    pub(crate) error: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing was sent: DNS, connecting or TLS failed or took too long, or a pooled connection was closed.
    NotSent,
    /// The request was sent, at least in part, and no complete response arrived.
    Broken,
    /// A complete response.
    Answered,
    /// A complete response that reports success, but cannot be read as the documented success.
    Unreadable,
}

/// Sends a copy of the request, and reads the response. Ends within `limit`.
pub(crate) async fn attempt(http: &reqwest::Client, request: &Request, limit: Duration) -> Attempt {
    let sent = Sent::default();
    let copy = copy(request, &sent);
    // Declared outside of the timed future, so that a partial response survives the time limit.
    let mut head = None;
    let mut body = BytesMut::new();
    let mut truncated = false;
    let received = timeout(limit, async {
        let mut response = http.execute(copy).await?;
        let redirected = response.url() != request.url();
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
    let complete = matches!(received, Ok(Ok(())));
    let error = received.ok().and_then(Result::err);
    // A lookup has no body to track, so only a failed connection proves that nothing was sent.
    let never_sent = || match request.body() {
        Some(_) => !sent.get_or_init(|| false),
        None => error.as_ref().is_some_and(reqwest::Error::is_connect),
    };
    Attempt {
        ending: match response {
            _ if complete => Ending::Answered,
            None if never_sent() => Ending::NotSent,
            _ => Ending::Broken,
        },
        response,
        // The text of an error would contain the URL, and with it the proof of the app secret.
        error: error.map(|error| error.without_url().into()),
    }
}

/// A copy of the request. Its body, if there is one, records whether the request was sent.
fn copy(request: &Request, sent: &Sent) -> Request {
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    // Generated code only builds bodies that are in memory.
    let body = request.body().and_then(reqwest::Body::as_bytes);
    *copy.body_mut() = body.map(|body| {
        reqwest::Body::wrap(TrackedBody {
            data: Some(Bytes::copy_from_slice(body)),
            sent: sent.clone(),
        })
    });
    copy
}

/// Whether a request was sent, as far as its body can know.
///
/// An HTTP/1 connection buffers the head of a request, polls the body, and only then writes both. So nothing was sent
/// before the body is polled: not during DNS, connecting or TLS, and not on a pooled connection that turned out to be
/// closed. `reqwest::Error::is_connect` cannot tell this after a time limit.
///
/// The first of two decides: the connection that polls the body, or the attempt when it has ended.
type Sent = Arc<OnceLock<bool>>;

/// A body in memory that is handed out only while its attempt has not ended.
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
        if !self.sent.get_or_init(|| true) {
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
