//! The sockets: requests in, responses out.

use std::error::Error;
use std::fmt;
use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::fault::{Body, Ending, Fault, JSON};
use super::operations;
use super::request::ReceivedRequest;
use super::state::{Shared, State};

/// The version that `facebook-api-version` states for a path without one.
const DEFAULT_VERSION: &str = "v25.0";

/// Accepts connections until it is aborted, which closes all of them.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = poll_fn(|context| match &shared.lock().listener {
            Some(listener) => listener.poll_accept(context),
            None => Poll::Pending,
        });
        match accepted.await {
            Ok((stream, _)) => {
                shared.lock().connections += 1;
                connections.spawn(serve(stream, shared.clone()));
                // Forget the connections that have ended.
                while connections.try_join_next().is_some() {}
            }
            // Most likely there are too many open files: trying again at once would only keep a core busy.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Serves one connection until either side closes it.
async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // Peeking reads nothing: a connection that the client never uses must not consume a fault.
    if !matches!(stream.peek(&mut [0]).await, Ok(1..)) {
        return;
    }
    let fault = shared.lock().next_fault_before_reading();
    if let Some(fault) = fault {
        tokio::time::sleep(fault.delay).await;
        return;
    }
    let service = service_fn(|request| respond(request, &shared));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let Err(error) = (&mut connection).await else {
        return;
    };
    if let Some(Close { sending }) = error.source().and_then(<dyn Error>::downcast_ref) {
        let mut stream = connection.into_parts().io.into_inner();
        // Errors mean that the client has closed the connection already.
        let _ = stream.write_all(sending).await;
        let _ = stream.shutdown().await;
    }
}

/// Reads one request, and responds as the next fault says.
async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
) -> Result<Response<Full<Bytes>>, Close> {
    let operation = operations::operation(request.uri().path()).map(|(operation, _)| operation);
    let fault = shared.lock().next_fault(operation);
    let (ending, delay) = (fault.ending, fault.delay);
    if ending == Ending::CloseBeforeReading {
        tokio::time::sleep(delay).await;
        return Err(Close::default());
    }
    let request = ReceivedRequest::read(request)
        .await
        .map_err(|_| Close::default())?;
    let response = receive(&mut shared.lock(), request, fault);
    tokio::time::sleep(delay).await;
    match ending {
        Ending::Respond => Ok(response.map(Full::new)),
        Ending::CutAfter(keep) => Err(Close {
            sending: cut(&response, keep),
        }),
        Ending::Hang => pending().await,
        Ending::CloseBeforeReading | Ending::CloseAfterReading => Err(Close::default()),
    }
}

/// Records a request, and carries it out if the fault lets it.
fn receive(state: &mut State, request: ReceivedRequest, fault: Fault) -> Response<Bytes> {
    let ordinary = fault
        .carried_out
        .then(|| operations::carry_out(state, &request));
    let number = state.requests.len() + 1;
    let version = operations::version(request.path())
        .0
        .unwrap_or(DEFAULT_VERSION);
    let response = match fault.response(ordinary).into_parts() {
        (head, Body::Raw(body)) => Response::from_parts(head, body),
        (head, Body::Graph(body)) => traced(Response::from_parts(head, body), version, number),
    };
    state.requests.push(request);
    response
}

/// Adds what Graph adds to every response, so that a call can be traced. `number` is the request's own.
fn traced(response: Response<Value>, version: &str, number: usize) -> Response<Bytes> {
    let (mut head, mut body) = response.into_parts();
    let trace_id = format!("SandboxTrace{number:08}");
    let request_id = format!("sandbox-request-{number:08}");
    if let Some(Value::Object(error)) = body.get_mut("error") {
        error
            .entry("fbtrace_id")
            .or_insert_with(|| trace_id.clone().into());
    }
    head.headers.entry(header::CONTENT_TYPE).or_insert(JSON);
    for (name, value) in [
        ("facebook-api-version", version),
        ("x-fb-trace-id", &trace_id),
        ("x-fb-request-id", &request_id),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            let name = HeaderName::from_static(name);
            head.headers.entry(name).or_insert(value);
        }
    }
    Response::from_parts(head, body.to_string().into())
}

/// An error that makes hyper give up a connection without a response.
#[derive(Debug, Default)]
struct Close {
    /// These bytes go onto the socket before it is closed.
    sending: Vec<u8>,
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault closes this connection")
    }
}

impl Error for Close {}

/// A response that ends too early, as bytes: hyper itself would drop what it has buffered when a body fails.
fn cut(response: &Response<Bytes>, keep: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {}\r\n", response.status()).into_bytes();
    for (name, value) in response.headers() {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    let length = response.body().len();
    bytes.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
    bytes.extend_from_slice(&response.body()[..length.min(keep)]);
    bytes
}
