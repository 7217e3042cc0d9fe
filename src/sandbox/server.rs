//! The sockets: requests in, responses out.

use std::error::Error;
use std::future::{pending, poll_fn};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::fault::{Body, Ending};
use super::operations;
use super::request::ReceivedRequest;
use super::state::{Shared, State};

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");

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
    let sending = OnceLock::new();
    let service = service_fn(|request| respond(request, &shared, &sending));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // An error of the service ends the connection without a response.
    if (&mut connection).await.is_err()
        && let Some(sending) = sending.get()
    {
        let mut stream = connection.into_parts().io.into_inner();
        // An error means that the client has closed the connection already.
        let _ = stream.write_all(sending).await;
    }
}

/// Reads one request, and responds as the next fault says. `sending` takes the bytes to write before an error closes
/// the connection.
async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    sending: &OnceLock<Vec<u8>>,
) -> Result<Response<Full<Bytes>>, Box<dyn Error + Send + Sync>> {
    let request = ReceivedRequest::read(request).await?;
    let (ending, delay, response) = receive(&mut shared.lock(), request);
    tokio::time::sleep(delay).await;
    match ending {
        Ending::Respond => Ok(response.map(Full::new)),
        Ending::CutAfter(keep) => {
            sending.get_or_init(|| cut(&response, keep));
            Err("the body is cut".into())
        }
        Ending::Hang => pending().await,
        Ending::Close => Err("there is no response".into()),
    }
}

/// Records a request, and carries it out if the next fault lets it.
fn receive(state: &mut State, request: ReceivedRequest) -> (Ending, Duration, Response<Bytes>) {
    let (version, path) = operations::version(request.path());
    let fault = state.next_fault(operations::operation(path).map(|(operation, _)| operation));
    let (ending, delay) = (fault.ending, fault.delay);
    let ordinary = fault
        .carried_out
        .then(|| operations::carry_out(state, &request));
    let number = state.requests.len() + 1;
    let response = match fault.response(ordinary).into_parts() {
        (head, Body::Raw(body)) => Response::from_parts(head, body),
        (head, Body::Graph(body)) => traced(Response::from_parts(head, body), version, number),
    };
    state.requests.push(request);
    (ending, delay, response)
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
            head.headers.entry(name).or_insert(value);
        }
    }
    Response::from_parts(head, body.to_string().into())
}

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
