//! The sandbox from its client's side, on real sockets.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::io::ErrorKind;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use whatsapp_multi_partner_solutions::WhatsAppBusinessSolutionPartnerStatus as PartnerStatus;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox, SolutionStatus};
use whatsapp_multi_partner_solutions::types;

const OWNER: &str = "1111111111111111";
const PARTNER: &str = "9876543210987654";
const TOKEN: &str = "a-token-to-be-kept";
const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

/// A request; a test changes in it what the test is about.
struct Ask {
    method: Method,
    path: String,
    token: Option<String>,
    content_type: Option<&'static str>,
    body: Vec<u8>,
}

fn create() -> Ask {
    Ask {
        method: Method::POST,
        path: format!("/v25.0/{OWNER}/whatsapp_business_solution"),
        token: Some(format!("Bearer {TOKEN}")),
        content_type: Some("application/json"),
        body: create_body().to_string().into_bytes(),
    }
}

fn create_body() -> Value {
    json!({
        "owner_permissions": ["MESSAGING"],
        "partner_app_id": PARTNER,
        "partner_permissions": [],
        "solution_name": "A solution for tests",
    })
}

fn create_with(field: &str, value: Value) -> Ask {
    let mut body = create_body();
    body[field] = value;
    create().body(body.to_string())
}

fn accept(solution_id: &str) -> Ask {
    accept_as(solution_id, PARTNER)
}

fn accept_as(solution_id: &str, partner_app_id: &str) -> Ask {
    let body = json!({ "partner_app_id": partner_app_id }).to_string();
    create()
        .path(&format!("/v23.0/{solution_id}/accept"))
        .body(body)
}

impl Ask {
    fn method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    fn path(self, path: &str) -> Self {
        let path = path.to_owned();
        Self { path, ..self }
    }

    fn token(self, token: Option<&str>) -> Self {
        let token = token.map(str::to_owned);
        Self { token, ..self }
    }

    fn content_type(self, content_type: Option<&'static str>) -> Self {
        Self {
            content_type,
            ..self
        }
    }

    fn body(self, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self { body, ..self }
    }

    /// As it goes over the wire: the head, and the body.
    fn raw(&self) -> (Vec<u8>, &[u8]) {
        let head = format!(
            "{} {} HTTP/1.1\r\nHost: sandbox\r\nAuthorization: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            self.method,
            self.path,
            self.token.as_deref().unwrap_or_default(),
            self.content_type.unwrap_or_default(),
            self.body.len()
        );
        (head.into_bytes(), &self.body)
    }
}

/// Nothing here takes long; what never comes must not hold up the tests for ever.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("this should have happened long ago")
}

async fn until(condition: impl Fn() -> bool) {
    soon(async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// One for all tests, since making one is slow; so it keeps no connections, which belong to one test's runtime.
static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| {
    let builder = reqwest::Client::builder().no_proxy();
    builder.pool_max_idle_per_host(0).build().unwrap()
});

async fn send(sandbox: &Sandbox, ask: Ask) -> reqwest::Result<Response> {
    let url = format!("{}{}", sandbox.base_url(), ask.path);
    let mut request = CLIENT.request(ask.method, url).body(ask.body);
    if let Some(token) = ask.token {
        request = request.header("authorization", token);
    }
    if let Some(content_type) = ask.content_type {
        request = request.header("content-type", content_type);
    }
    soon(request.send()).await
}

async fn status(sandbox: &Sandbox, ask: Ask) -> u16 {
    send(sandbox, ask).await.unwrap().status().as_u16()
}

async fn body_of(response: Response) -> Value {
    serde_json::from_slice(&soon(response.bytes()).await.unwrap()).unwrap()
}

/// Creates a solution, and gives its id.
async fn created(sandbox: &Sandbox) -> String {
    let response = send(sandbox, create()).await.unwrap();
    assert_eq!(response.status(), 200);
    let body = body_of(response).await;
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    body["solution_id"].as_str().unwrap().to_owned()
}

/// Checks all that complete errors have in common.
async fn complete_error(response: Response, transient: bool) -> types::GraphApiErrorError {
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "application/json; charset=UTF-8");
    let body = body_of(response).await;
    assert_eq!(body["error"].as_object().unwrap().len(), 8, "{body}");
    let error = serde_json::from_value::<types::GraphApiError>(body);
    let error = error.unwrap().error;
    assert_eq!(error.is_transient, Some(transient));
    assert_eq!(
        error.fbtrace_id.as_ref().unwrap(),
        headers["x-fb-trace-id"].to_str().unwrap()
    );
    for text in [
        Some(&error.message),
        error.error_user_title.as_ref(),
        error.error_user_msg.as_ref(),
    ] {
        assert!((1..1000).contains(&text.unwrap().len()), "{text:?}");
    }
    error
}

/// Sends what has to be refused, with this status and this code, subcode and type.
async fn refused(sandbox: &Sandbox, ask: Ask, status: u16, error: (i64, i64, &str)) {
    let before = sandbox.solutions();
    let what = format!("{} {}", ask.method, ask.path);
    let response = send(sandbox, ask).await.unwrap();
    assert_eq!(response.status(), status, "{what}");
    let got = complete_error(response, false).await;
    let subcode = got.error_subcode.unwrap();
    assert_eq!((got.code, subcode, &*got.type_), error, "{what}");
    assert_eq!(sandbox.solutions(), before, "{what} changed the state");
}

#[tokio::test]
async fn a_solution_is_created_and_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = created(&sandbox).await;
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_digit()));
    let solution = sandbox.solution(&id).unwrap();
    assert_eq!((&*solution.id, &*solution.application_id), (&*id, OWNER));
    let request = serde_json::to_value(&solution.request).unwrap();
    assert_eq!(request, create_body());
    assert_eq!(solution.status, SolutionStatus::Initiated);
    assert_eq!(solution.status.to_string(), "INITIATED");
    assert_eq!(solution.partner_status, PartnerStatus::NotificationSent);

    let before = jiff::Timestamp::now().as_second();
    let response = send(&sandbox, accept(&id)).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["facebook-api-version"], "v23.0");
    let json = "application/json; charset=UTF-8";
    assert_eq!(response.headers()["content-type"], json);
    let body = body_of(response).await;
    assert_eq!(body.as_object().unwrap().len(), 5, "{body}");
    assert_eq!(body["solution_id"], *id);
    assert_eq!(body["partner_status"], "ACCEPTED");
    assert_eq!(body["success"], true);
    assert!(!body["message"].as_str().unwrap().is_empty());
    let time = body["update_time"].as_str().unwrap();
    let read = jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S+0000%z", format!("{time}+0000"));
    let now = jiff::Timestamp::now().as_second();
    assert!(
        (before..=now).contains(&read.unwrap().as_second()),
        "{time}"
    );

    let solution = sandbox.solution(&id).unwrap();
    assert_eq!(solution.status, SolutionStatus::Active);
    assert_eq!(solution.status.to_string(), "ACTIVE");
    assert_eq!(solution.partner_status, PartnerStatus::Accepted);

    let second = created(&sandbox).await;
    let ids: Vec<_> = sandbox.solutions().into_iter().map(|one| one.id).collect();
    assert_eq!(ids, [id, second]);
    assert_eq!(sandbox.solution("1"), None);
}

#[tokio::test]
async fn requests_are_recorded_and_tokens_not_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = format!("{}?access_token={TOKEN}", create().path);
    send(&sandbox, create().path(&path)).await.unwrap();
    send(&sandbox, accept("5")).await.unwrap();

    assert_eq!(sandbox.request_count(), 2);
    let requests = sandbox.requests();
    let first = &requests[0];
    assert_eq!(
        (&first.method, &*first.path_and_query),
        (&Method::POST, &*path)
    );
    assert_eq!(first.path(), create().path);
    let token = first.header("authorization").unwrap();
    assert_eq!(token, format!("Bearer {TOKEN}"));
    assert_eq!(first.body, create().body);
    assert!(!first.body_too_long);
    assert_eq!(requests[1].path_and_query, "/v23.0/5/accept");

    let shown = format!("{sandbox:?} {sandbox:#?} {requests:?} {:?}", first.headers);
    assert!(shown.contains("authorization"), "{shown}");
    assert!(!shown.contains(TOKEN), "the token is shown");
}

#[tokio::test]
async fn ids_of_answers_are_unique() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::none(), Fault::throttled()]);
    let mut seen = HashSet::new();
    for _ in 0..3 {
        let response = send(&sandbox, create()).await.unwrap();
        for name in ["x-fb-trace-id", "x-fb-request-id"] {
            assert!(seen.insert(response.headers()[name].clone()));
        }
    }
}

#[tokio::test]
async fn paths_and_methods_are_checked_first() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in [
        "/",
        "/v25.0",
        "/v25.0/1/accept/",
        "/v25.0/1/reject",
        "/1/accept",
        "/25.0/1/accept",
        "/v25.0x/1/accept",
    ] {
        let ask = create().path(path).token(None);
        refused(&sandbox, ask, 404, (803, 7, METHOD)).await;
    }
    for id in ["x", "12a", "%31", ""] {
        for action in ["accept", "whatsapp_business_solution"] {
            let ask = create().path(&format!("/v25.0/{id}/{action}"));
            refused(&sandbox, ask, 400, (100, 1, OAUTH)).await;
        }
    }
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "MADEUP"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let ask = create().method(method.clone()).token(None);
        refused(&sandbox, ask, 405, (100, 10, METHOD)).await;
        let response = send(&sandbox, create().method(method)).await.unwrap();
        assert_eq!(response.headers()["allow"], "POST");
    }
}

#[tokio::test]
async fn tokens_are_checked_before_bodies() {
    let sandbox = Sandbox::start().await.unwrap();
    for token in [
        None,
        Some(""),
        Some("Bearer"),
        Some("Bearer  "),
        Some(TOKEN),
        Some("Basic YTpi"),
    ] {
        let ask = create().token(token).body("{");
        refused(&sandbox, ask, 401, (190, 463, OAUTH)).await;
    }
    sandbox.reject_token(TOKEN);
    refused(&sandbox, create(), 401, (190, 463, OAUTH)).await;
    let another = create().token(Some("bearer another"));
    assert_eq!(status(&sandbox, another).await, 200);
}

#[tokio::test]
async fn bodies_are_held_to_the_documented_shape() {
    let sandbox = Sandbox::start().await.unwrap();
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let ask = create().content_type(content_type);
        refused(&sandbox, ask, 400, (100, 2, OAUTH)).await;
    }
    let deep = "[".repeat(9999);
    for body in ["", "{", "[]", "{}", "null", "\u{feff}{}", &deep] {
        refused(&sandbox, create().body(body), 400, (100, 4, OAUTH)).await;
        refused(&sandbox, accept("1").body(body), 400, (100, 4, OAUTH)).await;
    }
    let two = json!(["MESSAGING", "MESSAGING"]);
    for (field, value, subcode) in [
        ("partner_app_id", json!("12x"), 4),
        ("partner_app_id", json!(9_876_543_210_987_654_u64), 4),
        ("solution_name", json!("N"), 4),
        ("solution_name", json!("N".repeat(76)), 4),
        ("owner_permissions", json!("MESSAGING"), 4),
        ("owner_permissions", json!(["TEMPLATES"]), 4),
        ("owner_permissions", two.clone(), 5),
        ("partner_permissions", two, 5),
    ] {
        let ask = create_with(field, value);
        refused(&sandbox, ask, 400, (100, subcode, OAUTH)).await;
    }
    refused(&sandbox, accept_as("1", "12x"), 400, (100, 4, OAUTH)).await;

    let longest = create_with("solution_name", json!("ñ".repeat(75)));
    let ask = longest.content_type(Some("Application/JSON; charset=utf-8"));
    assert_eq!(status(&sandbox, ask).await, 200);
}

#[tokio::test]
async fn a_huge_body_is_refused_and_not_kept() {
    const MIB: usize = 1024 * 1024;
    let sandbox = Sandbox::start().await.unwrap();
    let mut body = create().body;
    body.resize(3 * MIB, b' ');
    let ask = create().body(body.clone());
    refused(&sandbox, ask, 400, (100, 3, OAUTH)).await;
    let request = &sandbox.requests()[0];
    assert!(request.body_too_long);
    assert_eq!(request.body.len(), MIB);

    body.truncate(MIB);
    assert_eq!(status(&sandbox, create().body(body)).await, 200);
}

#[tokio::test]
async fn permissions_and_existence() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = created(&sandbox).await;
    refused(&sandbox, accept("77"), 404, (803, 9, METHOD)).await;
    for uninvited in ["4", OWNER] {
        let ask = accept_as(&id, uninvited);
        refused(&sandbox, ask, 403, (200, 1_349_175, OAUTH)).await;
    }
    sandbox.forbid_app(PARTNER);
    refused(&sandbox, accept(&id), 403, (200, 6, OAUTH)).await;
    sandbox.forbid_app(OWNER);
    refused(&sandbox, create(), 403, (200, 6, OAUTH)).await;
    sandbox.unknown_app(OWNER);
    refused(&sandbox, create(), 404, (803, 8, METHOD)).await;
}

#[tokio::test]
async fn business_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    let both = create_with("partner_permissions", json!(["MESSAGING"]));
    refused(&sandbox, both, 422, (100, 11, METHOD)).await;
    let neither = create_with("owner_permissions", json!([]));
    refused(&sandbox, neither, 422, (100, 12, METHOD)).await;

    let id = created(&sandbox).await;
    assert_eq!(status(&sandbox, accept(&id)).await, 200);
    refused(&sandbox, accept(&id), 422, (100, 2_207_051, METHOD)).await;

    // Either status alone keeps it from being accepted.
    let partner = |status| sandbox.set_partner_status(&id, status);
    let solution = partner(PartnerStatus::NotificationSent).unwrap();
    assert_eq!(solution.partner_status, PartnerStatus::NotificationSent);
    refused(&sandbox, accept(&id), 422, (100, 2_207_051, METHOD)).await;
    let solution = sandbox.set_solution_status(&id, SolutionStatus::Initiated);
    assert_eq!(solution.unwrap().status, SolutionStatus::Initiated);
    partner(PartnerStatus::Rejected).unwrap();
    refused(&sandbox, accept(&id), 422, (100, 2_207_051, METHOD)).await;
    partner(PartnerStatus::NotificationSent).unwrap();
    assert_eq!(status(&sandbox, accept(&id)).await, 200);

    let unknown = sandbox.set_solution_status("1", SolutionStatus::Active);
    assert_eq!(unknown, None);
    let unknown = sandbox.set_partner_status("1", PartnerStatus::Accepted);
    assert_eq!(unknown, None);
}

#[tokio::test]
async fn faults_come_in_order_and_then_all_is_well() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::none(), Fault::throttled(), Fault::none()]);
    sandbox.next_call(Fault::internal_error());
    assert_eq!(sandbox.faults_left(), 4);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(status(&sandbox, create()).await);
    }
    assert_eq!(statuses, [200, 429, 200, 500, 200, 200]);
    assert_eq!(sandbox.faults_left(), 0);
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (6, 4));
}

#[tokio::test]
async fn ready_made_faults() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([
        Fault::throttled().retry_after(7),
        Fault::throttled().status(403),
        Fault::internal_error(),
    ]);
    for (status, wait, code, subcode) in [
        (429, Some("7"), 4, 2_446_079),
        (403, None, 4, 2_446_079),
        (500, None, 2, 13),
    ] {
        let response = send(&sandbox, create()).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["facebook-api-version"], "v25.0");
        let retry_after = response.headers().get("retry-after");
        assert_eq!(retry_after.map(|value| value.to_str().unwrap()), wait);
        let error = complete_error(response, true).await;
        assert_eq!((error.code, error.error_subcode), (code, Some(subcode)));
    }
    sandbox.next_call(Fault::load_balancer(502));
    let response = send(&sandbox, create()).await.unwrap();
    assert_eq!(response.status(), 502);
    let html = "text/html; charset=utf-8";
    assert_eq!(response.headers()["content-type"], html);
    assert!(!response.headers().contains_key("x-fb-trace-id"));
    assert!(soon(response.text()).await.unwrap().contains("<html>"));
    assert!(sandbox.solutions().is_empty());
}

#[tokio::test]
async fn an_answer_is_what_was_scripted() {
    let sandbox = Sandbox::start().await.unwrap();
    let fault = Fault::answer(418).header("x-own", "1").header("X-Own", "2");
    sandbox.next_call(fault.body("hm"));
    let response = send(&sandbox, create()).await.unwrap();
    assert_eq!(response.status(), 418);
    let own: Vec<_> = response.headers().get_all("x-own").iter().collect();
    assert_eq!(own, ["1", "2"]);
    let mut names: Vec<_> = response
        .headers()
        .keys()
        .map(|name| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["content-length", "date", "x-own"]);
    assert_eq!(soon(response.text()).await.unwrap(), "hm");
    assert!(sandbox.solutions().is_empty());

    // The ordinary answer, with one header more and one changed.
    let fault = Fault::none().header("x-app-usage", r#"{"call_count":28}"#);
    sandbox.next_call(fault.header("facebook-api-version", "v24.0"));
    let response = send(&sandbox, create()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-app-usage"], r#"{"call_count":28}"#);
    assert_eq!(response.headers()["facebook-api-version"], "v24.0");
    assert!(response.headers().contains_key("x-fb-trace-id"));
    let id = body_of(response).await["solution_id"].clone();
    assert_eq!(id, sandbox.solutions()[0].id);

    // Created, but the client is not told so.
    let fault = Fault::answer(200).json(json!({"odd": true}));
    sandbox.next_call(fault.carried_out());
    let response = send(&sandbox, create()).await.unwrap();
    let json = "application/json; charset=UTF-8";
    assert_eq!(response.headers()["content-type"], json);
    assert!(!response.headers().contains_key("x-fb-trace-id"));
    assert_eq!(body_of(response).await, json!({"odd": true}));
    assert_eq!(sandbox.solutions().len(), 2);

    for scripted in [204, 304, 599, 999] {
        sandbox.next_call(Fault::answer(scripted).body("not for every status"));
        assert_eq!(status(&sandbox, create()).await, scripted);
    }
}

#[tokio::test]
async fn delays() {
    let delay = Duration::from_millis(40);
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([
        Fault::delay(delay),
        Fault::answer(503).after(delay),
        Fault::close_after_reading().after(delay),
        Fault::close_before_reading().after(delay),
    ]);
    for expected in [Some(200), Some(503), None, None] {
        let start = Instant::now();
        let answer = send(&sandbox, create()).await.ok();
        assert_eq!(answer.map(|answer| answer.status().as_u16()), expected);
        assert!(start.elapsed() >= delay);
    }
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (3, 1));
}

#[tokio::test]
async fn a_client_that_gives_up_during_a_delay_finds_the_effect() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::delay(Duration::from_secs(600)));
    let stream = asked(&sandbox, create()).await;
    until(|| sandbox.request_count() == 1).await;
    drop(stream);
    assert_eq!(sandbox.solutions().len(), 1);
}

#[tokio::test]
async fn hanging() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::hang(), Fault::hang().carried_out()]);
    for count in [1, 2] {
        let mut stream = asked(&sandbox, create()).await;
        until(|| sandbox.request_count() == count).await;
        let answer = tokio::time::timeout(Duration::from_millis(50), rest(&mut stream));
        assert!(answer.await.is_err(), "there must be no answer");
        assert_eq!(sandbox.solutions().len(), count - 1);
    }
}

#[tokio::test]
async fn closing_after_reading() {
    let sandbox = Sandbox::start().await.unwrap();
    let close = Fault::close_after_reading();
    sandbox.script([close.clone(), close.clone().carried_out(), close]);
    for solutions in [0, 1] {
        let mut stream = asked(&sandbox, create()).await;
        // A clean end and no reset, since everything was read.
        assert_eq!(rest(&mut stream).await.unwrap(), "");
        assert_eq!(sandbox.solutions().len(), solutions);
    }
    assert_eq!(sandbox.requests()[0].body, create().body);
    let error = send(&sandbox, create()).await.unwrap_err();
    assert!(error.is_request() && !error.is_connect(), "{error:?}");
    assert_eq!(sandbox.request_count(), 3);
}

#[tokio::test]
async fn closing_before_reading_a_new_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::close_before_reading().carried_out());
    // Connections on which nothing comes leave the fault to the one that is used.
    drop(connect(&sandbox).await);
    let idle = connect(&sandbox).await;
    until(|| sandbox.connection_count() == 2).await;

    let mut stream = asked(&sandbox, create()).await;
    let error = rest(&mut stream).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(sandbox.faults_left(), 0);
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (0, 0));
    drop(idle);

    sandbox.next_call(Fault::close_before_reading());
    let error = send(&sandbox, create()).await.unwrap_err();
    assert!(error.is_request() && !error.is_connect(), "{error:?}");
    created(&sandbox).await;
    assert_eq!(sandbox.request_count(), 1);
}

#[tokio::test]
async fn closing_before_reading_on_a_connection_kept_alive() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    sandbox.script([
        Fault::none(),
        Fault::throttled(),
        Fault::close_before_reading(),
    ]);
    for status in ["200 OK", "429 Too Many Requests"] {
        ask(&mut stream, create()).await;
        let answer = one_answer(&mut stream).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{answer}"
        );
    }
    assert_eq!(sandbox.connection_count(), 1);
    // The head is enough: the connection ends while the body is still to come.
    let create = create();
    stream.write_all(&create.raw().0).await.unwrap();
    assert_eq!(rest(&mut stream).await.unwrap(), "");
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (2, 1));
}

#[tokio::test]
async fn a_request_that_never_becomes_whole_is_not_recorded() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::internal_error());
    let mut stream = connect(&sandbox).await;
    let create = create();
    let (head, body) = create.raw();
    stream.write_all(&head).await.unwrap();
    stream.write_all(&body[1..]).await.unwrap();
    until(|| sandbox.faults_left() == 0).await;
    stream.shutdown().await.unwrap();
    rest(&mut stream).await.ok();
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (0, 0));
}

#[tokio::test]
async fn cut_bodies() {
    let sandbox = Sandbox::start().await.unwrap();
    let long = "x".repeat(5_000_000);
    let raw = Fault::answer(502).body("0123456789").header("x-own", "1");
    sandbox.script([
        Fault::cut_body(5),
        raw.cut_after(0),
        Fault::answer(200).body(long.clone()).cut_after(4_999_999),
        Fault::throttled().cut_after(10).carried_out(),
    ]);
    let id = r#"{"solution_id":"1000000000000001"}"#;
    for (start, length, kept) in [
        (
            "200 OK\r\ncontent-type: application/json",
            id.len(),
            &id[..5],
        ),
        ("502 Bad Gateway\r\nx-own: 1\r\n", 10, ""),
        ("200 OK\r\n", long.len(), &long[1..]),
    ] {
        let mut stream = asked(&sandbox, create()).await;
        let answer = rest(&mut stream).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {start}")), "{head}");
        assert!(
            head.ends_with(&format!("\r\ncontent-length: {length}")),
            "{head}"
        );
        assert_eq!(body.len(), kept.len());
        assert!(body == kept);
        assert_eq!(sandbox.solutions().len(), 1);
    }
    let response = send(&sandbox, create()).await.unwrap();
    assert_eq!(response.status(), 429);
    let error = soon(response.bytes()).await.unwrap_err();
    assert!(!error.is_timeout(), "{error:?}");
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (4, 2));
}

#[test]
fn scripts_that_cannot_be_are_refused_when_written() {
    let wrong: [fn() -> Fault; 6] = [
        || Fault::answer(100),
        || Fault::answer(1000),
        || Fault::answer(200).header("a b", "1"),
        || Fault::answer(200).header("a", "1\n2"),
        || Fault::answer(200).header("Content-Length", "1"),
        || Fault::answer(200).header("transfer-encoding", "chunked"),
    ];
    for fault in wrong {
        assert!(std::panic::catch_unwind(fault).is_err());
    }
}

#[tokio::test]
async fn only_loopback() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let error = Sandbox::bind(address.parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("loopback"), "{error}");
    }
    let sandbox = Sandbox::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let url = format!("http://127.0.0.1:{}", sandbox.address().port());
    assert_eq!(sandbox.base_url(), url);
    let error = Sandbox::bind(sandbox.address()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
}

#[tokio::test]
async fn dropping_stops_everything() {
    dropping().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_stops_everything_on_several_threads() {
    dropping().await;
}

async fn dropping() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.address();
    let unused = connect(&sandbox).await;
    let mut kept_alive = asked(&sandbox, create()).await;
    one_answer(&mut kept_alive).await;
    sandbox.next_call(Fault::hang());
    let hanging = asked(&sandbox, create()).await;
    until(|| sandbox.request_count() == 2 && sandbox.connection_count() == 3).await;

    drop(sandbox);
    // Without giving the runtime a moment.
    let error = std::net::TcpStream::connect(address).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    for mut stream in [unused, kept_alive, hanging] {
        assert_eq!(rest(&mut stream).await.unwrap(), "");
    }
}

#[test]
fn the_runtime_may_go_first() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    runtime.block_on(created(&sandbox));
    drop(runtime);
    assert_eq!(sandbox.solutions().len(), 1);
    let address = sandbox.address();
    drop(sandbox);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once() {
    let sandbox = std::sync::Arc::new(Sandbox::start().await.unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let sandbox = sandbox.clone();
        tasks.spawn(async move {
            let response = send(&sandbox, create()).await.unwrap();
            body_of(response).await["solution_id"].to_string()
        });
    }
    let ids: HashSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!((ids.len(), sandbox.solutions().len()), (64, 64));
}

async fn connect(sandbox: &Sandbox) -> TcpStream {
    soon(TcpStream::connect(sandbox.address())).await.unwrap()
}

async fn ask(stream: &mut TcpStream, ask: Ask) {
    let (head, body) = ask.raw();
    let bytes = [&head, body].concat();
    soon(stream.write_all(&bytes)).await.unwrap();
}

/// A new connection, on which the request was sent.
async fn asked(sandbox: &Sandbox, what: Ask) -> TcpStream {
    let mut stream = connect(sandbox).await;
    ask(&mut stream, what).await;
    stream
}

/// Everything until the connection ends.
async fn rest(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut text = String::new();
    soon(stream.read_to_string(&mut text)).await?;
    Ok(text)
}

/// One answer on a connection that stays open; its body is an object that holds at most one other.
async fn one_answer(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.ends_with(b"\"}") && !text.ends_with(b"}}") {
        assert_ne!(soon(stream.read_buf(&mut text)).await.unwrap(), 0);
    }
    String::from_utf8(text).unwrap()
}
