//! Requests and responses as they go over the wire.

use std::io;
use std::time::{Duration, Instant};

use http::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::schema;

pub(crate) const CREATE: &str = "/v25.0/1111111111111111/whatsapp_business_solution";
pub(crate) const OWNER: &str = "1111111111111111";
pub(crate) const PARTNER: &str = "9876543210987654";
pub(crate) const FIRST_ID: &str = "1000000000000001";
pub(crate) const TOKEN: &str = "Bearer a-secret";

/// Status, code, subcode (0 if there is none) and type of an error.
pub(crate) type Refused = (u16, i64, i64, &'static str);

pub(crate) const INVALID: Refused = (400, 100, 0, "OAuthException");
pub(crate) const NOT_SUPPORTED: Refused = (400, 100, 0, "GraphMethodException");
pub(crate) const UNKNOWN_PATH: Refused = (400, 2500, 0, "OAuthException");
pub(crate) const RATE_LIMITED: Refused = (400, 80_008, 0, "OAuthException");
pub(crate) const UNAUTHORIZED: Refused = (401, 190, 463, "OAuthException");
pub(crate) const FORBIDDEN: Refused = (403, 200, 0, "OAuthException");
pub(crate) const ACCEPT_FORBIDDEN: Refused = (403, 200, 1_349_175, "OAuthException");
pub(crate) const LOOKUP_FORBIDDEN: Refused = (403, 200, 1_349_174, "OAuthException");
pub(crate) const NOT_FOUND: Refused = (404, 803, 0, "GraphMethodException");
pub(crate) const UNPROCESSABLE: Refused = (422, 100, 0, "GraphMethodException");
pub(crate) const NOT_ACCEPTABLE: Refused = (422, 100, 2_207_051, "GraphMethodException");
pub(crate) const THROTTLED: Refused = (429, 4, 2_446_079, "OAuthException");
pub(crate) const FAILED: Refused = (500, 2, 0, "GraphMethodException");

/// A request as it goes over the wire, after which the connection ends.
pub(crate) fn request(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nAuthorization: {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

pub(crate) fn create() -> String {
    request(CREATE, &create_body().to_string())
}

pub(crate) fn create_with(field: &str, value: impl Into<Value>) -> String {
    let mut body = create_body();
    body[field] = value.into();
    request(CREATE, &body.to_string())
}

pub(crate) fn create_body() -> Value {
    json!({
        "owner_permissions": ["MESSAGING"],
        "partner_app_id": PARTNER,
        "partner_permissions": [],
        "solution_name": "A solution for tests",
    })
}

pub(crate) fn accept(solution_id: &str, partner_app_id: &str) -> String {
    let body = json!({ "partner_app_id": partner_app_id });
    request(&format!("/v23.0/{solution_id}/accept"), &body.to_string())
}

/// A GET request of a lookup.
pub(crate) fn get(path: &str) -> String {
    request(path, "").replace("POST", "GET")
}

/// Waits at most 20 s.
pub(crate) async fn until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed().as_secs() < 20, "it should have happened");
        tokio::task::yield_now().await;
    }
}

pub(crate) async fn connect(sandbox: &Sandbox) -> TcpStream {
    let address = &sandbox.base_url()["http://".len()..];
    TcpStream::connect(address).await.unwrap()
}

/// A new connection on which this was sent.
pub(crate) async fn sent(sandbox: &Sandbox, request: &str) -> TcpStream {
    let mut stream = connect(sandbox).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Everything until the connection ends, which it has to do within 20 s.
pub(crate) async fn rest(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    let read = stream.read_to_string(&mut text);
    tokio::time::timeout(Duration::from_secs(20), read).await??;
    Ok(text)
}

/// Whatever the response is.
pub(crate) async fn raw(sandbox: &Sandbox, request: &str) -> Response<String> {
    let text = rest(&mut sent(sandbox, request).await).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    response.body(body.to_owned()).unwrap()
}

/// A response that has to be as the YAML says.
pub(crate) async fn send(sandbox: &Sandbox, request: &str) -> Response<String> {
    let response = raw(sandbox, request).await;
    schema::check(request, response.status(), &json_of(&response));
    response
}

pub(crate) fn json_of(response: &Response<String>) -> Value {
    serde_json::from_str(response.body()).unwrap()
}

/// The request is refused and changes nothing.
pub(crate) async fn refused(
    sandbox: &Sandbox,
    expected: Refused,
    request: &str,
) -> Response<String> {
    let before = sandbox.solutions();
    let response = send(sandbox, request).await;
    let error = &json_of(&response)["error"];
    let number = |name: &str| error[name].as_i64().unwrap_or(0);
    let (code, subcode) = (number("code"), number("error_subcode"));
    let status = response.status().as_u16();
    let kind = error["type"].as_str().unwrap();
    assert_eq!((status, code, subcode, kind), expected, "{request}");
    let transient = matches!(status, 429 | 500).then_some(true);
    assert_eq!(error["is_transient"].as_bool(), transient);
    let trace_id = &response.headers()["x-fb-trace-id"];
    assert_eq!(trace_id, error["fbtrace_id"].as_str().unwrap());
    assert!(response.body().len() < 2000, "it grows with the request");
    assert_eq!(sandbox.solutions(), before, "{request}");
    response
}
