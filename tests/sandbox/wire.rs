//! Requests and responses as they go over the wire.

use std::io;
use std::time::Duration;

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
pub(crate) const JSON: &str = "application/json; charset=UTF-8";

/// Status, code and type of an error.
pub(crate) type Refused = (u16, i64, &'static str);

pub(crate) const INVALID: Refused = (400, 100, "OAuthException");
pub(crate) const NOT_SUPPORTED: Refused = (400, 100, "GraphMethodException");
pub(crate) const UNKNOWN_PATH: Refused = (400, 2500, "OAuthException");
pub(crate) const RATE_LIMITED: Refused = (400, 80_008, "OAuthException");
pub(crate) const UNAUTHORIZED: Refused = (401, 190, "OAuthException");
pub(crate) const FORBIDDEN: Refused = (403, 200, "OAuthException");
pub(crate) const NOT_FOUND: Refused = (404, 803, "GraphMethodException");
pub(crate) const UNPROCESSABLE: Refused = (422, 100, "GraphMethodException");
pub(crate) const THROTTLED: Refused = (429, 4, "OAuthException");
pub(crate) const FAILED: Refused = (500, 2, "GraphMethodException");

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

/// Fails instead of waiting for ever.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    let result = tokio::time::timeout(Duration::from_secs(20), future).await;
    result.expect("this should have happened long ago")
}

pub(crate) async fn until(condition: impl Fn() -> bool) {
    let condition = async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    };
    soon(condition).await;
}

pub(crate) async fn connect(sandbox: &Sandbox) -> TcpStream {
    soon(TcpStream::connect(
        sandbox.base_url().trim_start_matches("http://"),
    ))
    .await
    .unwrap()
}

/// A new connection on which this was sent.
pub(crate) async fn sent(sandbox: &Sandbox, request: &str) -> TcpStream {
    let mut stream = connect(sandbox).await;
    soon(stream.write_all(request.as_bytes())).await.unwrap();
    stream
}

/// Everything until the connection ends.
pub(crate) async fn rest(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    soon(stream.read_to_string(&mut text)).await?;
    Ok(text)
}

pub(crate) fn parse(text: &str) -> Response<String> {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let response = Response::builder().status(status);
    let response = lines.fold(response, |response, line| {
        let (name, value) = line.split_once(": ").unwrap();
        response.header(name, value)
    });
    response.body(body.to_owned()).unwrap()
}

/// Whatever the response is.
pub(crate) async fn raw(sandbox: &Sandbox, request: &str) -> Response<String> {
    let text = rest(&mut sent(sandbox, request).await).await;
    parse(&text.unwrap())
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

/// The error in a response, which has what Graph's errors have.
pub(crate) fn error_of(request: &str, response: &Response<String>) -> Refused {
    let status = response.status().as_u16();
    let error = &json_of(response)["error"];
    let subcode = match status {
        401 => Some(463),
        403 if request.starts_with("GET") => Some(1_349_174),
        403 if request.contains("/accept HTTP/1.1") => Some(1_349_175),
        422 if request.contains("/accept HTTP/1.1") => Some(2_207_051),
        429 => Some(2_446_079),
        _ => None,
    };
    assert_eq!(error["error_subcode"].as_i64(), subcode, "{request}");
    let transient = matches!(status, 429 | 500).then_some(true);
    assert_eq!(error["is_transient"].as_bool(), transient);
    let headers = response.headers();
    assert_eq!(headers["content-type"], JSON);
    assert_eq!(
        headers["x-fb-trace-id"],
        *error["fbtrace_id"].as_str().unwrap()
    );
    assert!(response.body().len() < 2000, "it grows with the request");
    let known = [
        INVALID,
        NOT_SUPPORTED,
        UNKNOWN_PATH,
        RATE_LIMITED,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        UNPROCESSABLE,
        THROTTLED,
        FAILED,
    ];
    let code = error["code"].as_i64().unwrap();
    let same =
        |&(s, c, kind): &Refused| (s, c, kind) == (status, code, error["type"].as_str().unwrap());
    known.into_iter().find(same).unwrap()
}

/// The request is refused and changes nothing.
pub(crate) async fn refused(sandbox: &Sandbox, expected: Refused, request: &str) {
    let before = sandbox.solutions();
    let response = send(sandbox, request).await;
    assert_eq!(error_of(request, &response), expected, "{request}");
    assert_eq!(sandbox.solutions(), before, "{request}");
}
