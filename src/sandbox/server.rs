//! The sockets: requests off the wire, outcomes onto it.

use std::error::Error;
use std::fmt;
use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::answer::Answer;
use super::calls::{Outcome, Shared};
use super::fault::Ending;
use super::request::ReceivedRequest;

/// A listening socket and its connections; dropping it closes all of them.
pub(super) struct Server {
    sockets: Sockets,
    accepting: AbortHandle,
}

/// `None` once the server is dropped.
type Sockets = Arc<Mutex<Option<Open>>>;

struct Open {
    listener: TcpListener,
    /// Aborts what is in it when dropped.
    connections: JoinSet<()>,
}

impl Server {
    /// Must be called within a Tokio runtime.
    pub(super) fn new(listener: TcpListener, shared: Arc<Shared>) -> Self {
        let sockets = Arc::new(Mutex::new(Some(Open {
            listener,
            connections: JoinSet::new(),
        })));
        let accepting = tokio::spawn(accept(sockets.clone(), shared)).abort_handle();
        Self { sockets, accepting }
    }
}

impl Drop for Server {
    /// Aborting alone would leave the port open until the runtime comes round to dropping the task; so the listener is
    /// taken away from it.
    fn drop(&mut self) {
        self.accepting.abort();
        let open = lock(&self.sockets).take();
        drop(open);
    }
}

fn lock(sockets: &Sockets) -> MutexGuard<'_, Option<Open>> {
    sockets.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(sockets: Sockets, shared: Arc<Shared>) {
    loop {
        let accepted = poll_fn(|context| match lock(&sockets).as_ref() {
            Some(open) => open.listener.poll_accept(context).map(Some),
            None => Poll::Ready(None),
        });
        match accepted.await {
            Some(Ok((stream, _))) => {
                let Some(Open { connections, .. }) = &mut *lock(&sockets) else {
                    return;
                };
                shared.lock().connections += 1;
                connections.spawn(connection(stream, shared.clone()));
                // Forgets those that have ended.
                while connections.try_join_next().is_some() {}
            }
            // Most likely there are too many open files: asking again at once would only keep a core busy.
            Some(Err(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
            None => return,
        }
    }
}

/// Serves one connection until either side has had enough of it.
async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Looks without taking: a connection on which nothing ever comes must not use up a fault.
    match stream.peek(&mut [0]).await {
        Ok(0) | Err(_) => return,
        Ok(_) => {}
    }
    let fault = shared.lock().next_fault_before_reading();
    if let Some(fault) = fault {
        tokio::time::sleep(fault.delay).await;
        return;
    }
    let service = service_fn(|request| call(request, shared.clone()));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let Err(error) = (&mut connection).await else {
        return;
    };
    if let Some(Broken::Cut(bytes)) = error.source().and_then(<dyn Error>::downcast_ref) {
        let mut stream = connection.into_parts().io.into_inner();
        // If the client has gone there is nobody to be told.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
    }
}

/// One request on a connection.
async fn call(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<Full<Bytes>>, Broken> {
    let fault = shared.lock().next_fault();
    let delay = fault.delay;
    let outcome = if fault.ending == Ending::CloseBeforeReading {
        Outcome::Close
    } else {
        let request = ReceivedRequest::read(request)
            .await
            .map_err(|_| Broken::Closed)?;
        shared.lock().receive(request, fault)
    };
    tokio::time::sleep(delay).await;
    match outcome {
        Outcome::Answer(answer) => {
            let mut response = Response::new(Full::new(answer.body));
            *response.status_mut() = answer.status;
            *response.headers_mut() = answer.headers;
            Ok(response)
        }
        Outcome::CutAnswer(answer, keep) => Err(Broken::Cut(cut(&answer, keep))),
        Outcome::Hang => pending().await,
        Outcome::Close => Err(Broken::Closed),
    }
}

/// Makes hyper give up a connection without answering.
#[derive(Debug)]
enum Broken {
    Closed,
    /// These bytes go onto the bare socket first.
    Cut(Vec<u8>),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is broken off because a fault says so")
    }
}

impl Error for Broken {}

/// The answer as bytes, which end too early. By hand, because hyper would drop what it has buffered when a body fails.
fn cut(answer: &Answer, keep: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {}\r\n", answer.status).into_bytes();
    for (name, value) in &answer.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    let length = answer.body.len();
    bytes.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
    bytes.extend_from_slice(&answer.body[..length.min(keep)]);
    bytes
}
