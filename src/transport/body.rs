//! The body of a request, which knows whether any of the request can have left this machine.

use std::{
    convert::Infallible,
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Set as soon as the connection asks for the body.
///
/// A connection writes the head of a request to its buffer, asks for the body and only then sends either. So as long
/// as nobody asked, nothing was sent: not while resolving, connecting or shaking hands, and not on a pooled
/// connection that turned out to be closed. An error's own `is_connect()` cannot tell that of a time limit.
#[derive(Clone, Debug, Default)]
pub(super) struct AskedFor(Arc<AtomicBool>);

impl AskedFor {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The bytes of a body that is held in memory, as those of generated code are: it comes whole, and is not copied.
pub(super) async fn held(body: Option<reqwest::Body>) -> Bytes {
    let mut body = body.unwrap_or_default();
    let whole = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
    let whole = whole.and_then(Result::ok).map(Frame::into_data);
    whole.and_then(Result::ok).unwrap_or_default()
}

/// A body held in memory that notes when it is asked for.
pub(super) struct MarkingBody {
    data: Option<Bytes>,
    asked_for: AskedFor,
}

impl MarkingBody {
    pub(super) fn new(data: Bytes, asked_for: AskedFor) -> Self {
        Self {
            data: Some(data),
            asked_for,
        }
    }
}

impl Body for MarkingBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.asked_for.0.store(true, Ordering::SeqCst);
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
