//! The sandbox from its client's side, on real sockets.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use http::Response;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use whatsapp_multi_partner_solutions::PartnerStatus;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

const CREATE: &str = "/v25.0/1111111111111111/whatsapp_business_solution";
const OWNER: &str = "1111111111111111";
const PARTNER: &str = "9876543210987654";
const FIRST_ID: &str = "1000000000000001";
const TOKEN: &str = "Bearer a-secret";
const JSON: &str = "application/json; charset=UTF-8";

/// A request as it goes over the wire, after which the connection ends.
fn request(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nAuthorization: {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn create() -> String {
    request(CREATE, &create_body().to_string())
}

fn create_with(field: &str, value: impl Into<Value>) -> String {
    let mut body = create_body();
    body[field] = value.into();
    request(CREATE, &body.to_string())
}

fn create_body() -> Value {
    json!({
        "owner_permissions": ["MESSAGING"],
        "partner_app_id": PARTNER,
        "partner_permissions": [],
        "solution_name": "A solution for tests",
    })
}

fn accept(solution_id: &str, partner_app_id: &str) -> String {
    let body = json!({ "partner_app_id": partner_app_id });
    request(&format!("/v23.0/{solution_id}/accept"), &body.to_string())
}

/// Fails instead of waiting for ever.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    let result = tokio::time::timeout(Duration::from_secs(20), future).await;
    result.expect("this should have happened long ago")
}

async fn until(condition: impl Fn() -> bool) {
    let condition = async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    };
    soon(condition).await;
}

async fn connect(sandbox: &Sandbox) -> TcpStream {
    soon(TcpStream::connect(sandbox.address())).await.unwrap()
}

/// A new connection on which this was sent.
async fn sent(sandbox: &Sandbox, request: &str) -> TcpStream {
    let mut stream = connect(sandbox).await;
    soon(stream.write_all(request.as_bytes())).await.unwrap();
    stream
}

/// Everything until the connection ends.
async fn rest(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    soon(stream.read_to_string(&mut text)).await?;
    Ok(text)
}

fn parse(text: &str) -> Response<String> {
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

async fn send(sandbox: &Sandbox, request: &str) -> Response<String> {
    let text = rest(&mut sent(sandbox, request).await).await;
    parse(&text.unwrap())
}

fn json_of(response: &Response<String>) -> Value {
    serde_json::from_str(response.body()).unwrap()
}

/// A GET request of a lookup.
fn get(path: &str) -> String {
    request(path, "").replace("POST", "GET")
}

/// Checks that this is the error which Meta's published file shows for the status.
fn check_error(request: &str, response: &Response<String>) {
    let accept = request.contains("/accept HTTP/1.1");
    let lookup = request.starts_with("GET");
    let (code, subcode, kind) = match response.status().as_u16() {
        400 => (100, None, "OAuthException"),
        401 => (190, Some(463), "OAuthException"),
        403 if lookup => (200, Some(1_349_174), "OAuthException"),
        403 => (200, accept.then_some(1_349_175), "OAuthException"),
        404 => (803, None, "GraphMethodException"),
        405 => (100, None, "GraphMethodException"),
        422 => (100, accept.then_some(2_207_051), "GraphMethodException"),
        429 => (4, Some(2_446_079), "OAuthException"),
        500 => (2, None, "GraphMethodException"),
        other => panic!("status {other} for {request}"),
    };
    let headers = response.headers();
    assert_eq!(headers["content-type"], JSON);
    let error = &json_of(response)["error"];
    assert_eq!(error["code"], code, "{request}");
    assert_eq!(error["error_subcode"].as_i64(), subcode, "{request}");
    assert_eq!(error["type"], kind, "{request}");
    assert_eq!(error["is_transient"], matches!(code, 2 | 4));
    assert_eq!(
        headers["x-fb-trace-id"],
        *error["fbtrace_id"].as_str().unwrap()
    );
    assert!(error["error_user_title"].is_string() && error["error_user_msg"].is_string());
    assert!(response.body().len() < 2000, "it grows with the request");
}

async fn refused(sandbox: &Sandbox, status: u16, request: &str) {
    let before = sandbox.solutions();
    let response = send(sandbox, request).await;
    assert_eq!(response.status(), status, "{request}");
    check_error(request, &response);
    assert_eq!(sandbox.solutions(), before, "{request}");
}

#[tokio::test]
async fn a_solution_is_created_and_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let response = send(&sandbox, &create()).await;
    assert_eq!(response.headers()["facebook-api-version"], "v25.0");
    assert_eq!(json_of(&response), json!({ "solution_id": FIRST_ID }));
    let solution = sandbox.solution(FIRST_ID).unwrap();
    assert_eq!(solution.application_id, OWNER);
    let kept = serde_json::to_value(&solution.request).unwrap();
    assert_eq!(kept, create_body());
    assert_eq!(solution.status, "INITIATED");
    assert_eq!(solution.partner_status, PartnerStatus::NotificationSent);

    let response = send(&sandbox, &accept(FIRST_ID, PARTNER)).await;
    assert_eq!(response.headers()["facebook-api-version"], "v23.0");
    assert_eq!(response.headers()["content-type"], JSON);
    let mut body = json_of(&response);
    assert!(body["message"].take().is_string());
    let expected = json!({
        "solution_id": FIRST_ID, "partner_status": "ACCEPTED", "success": true, "message": null,
        "update_time": "2024-01-15T10:30:00+0000",
    });
    assert_eq!(body, expected);
    let solution = sandbox.solution(FIRST_ID).unwrap();
    assert_eq!(solution.status, "ACTIVE");
    assert_eq!(solution.partner_status, PartnerStatus::Accepted);

    let second = send(&sandbox, &create()).await;
    assert_eq!(json_of(&second)["solution_id"], sandbox.solutions()[1].id);
}

#[tokio::test]
async fn requests_are_recorded_and_tokens_not_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = format!("{CREATE}?access_token=a-secret");
    send(&sandbox, &request(&path, "the body")).await;
    let recorded = &sandbox.requests()[0];
    assert_eq!(recorded.path_and_query, path);
    assert_eq!(recorded.path(), CREATE);
    assert_eq!(recorded.method, "POST");
    assert_eq!(recorded.header("authorization"), Some(TOKEN));
    assert_eq!(recorded.body, "the body");
    let shown = format!("{sandbox:?} {recorded:?} {:?}", recorded.headers);
    assert!(shown.contains("authorization"), "{shown}");
    assert!(!shown.contains("a-secret"), "{shown}");
}

#[tokio::test]
async fn requests_are_checked_in_the_documented_order() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.unknown_app(OWNER);
    sandbox.forbid_app(OWNER);
    // Each request has what the later checks would refuse.
    let no_json = request(CREATE, "{");
    let get = no_json.replace(TOKEN, "").replace("POST", "GET");
    for path in [
        "/",
        "/v25.0",
        "/v25.0/x/accept/",
        "/v25.0/1/reject",
        "/v25.0//accept",
    ] {
        refused(&sandbox, 404, &get.replace(CREATE, path)).await;
    }
    for id in ["x", "12a", "%31", ".."] {
        refused(&sandbox, 400, &get.replace(OWNER, id)).await;
    }
    refused(&sandbox, 405, &get).await;
    assert_eq!(send(&sandbox, &get).await.headers()["allow"], "POST");
    for token in ["", "Bearer", "Bearer  ", "a-secret", "Basic YTpi"] {
        refused(&sandbox, 401, &no_json.replace(TOKEN, token)).await;
    }
    for wrong in [
        no_json,
        create().replace("application/json", "text/plain"),
        create_with("partner_app_id", "12x"),
        create_with("solution_name", "N".repeat(76)),
        create_with("owner_permissions", "N".repeat(9999)),
        create_with("owner_permissions", vec!["MESSAGING", "MESSAGING"]),
    ] {
        refused(&sandbox, 400, &wrong).await;
    }
    refused(&sandbox, 404, &create()).await;
}

#[tokio::test]
async fn operations_have_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    refused(&sandbox, 422, &create_with("owner_permissions", json!([]))).await;
    let both = create_with("partner_permissions", vec!["MESSAGING"]);
    refused(&sandbox, 422, &both).await;
    send(&sandbox, &create().replace(TOKEN, "bearer lower-case")).await;
    refused(&sandbox, 404, &accept("77", PARTNER)).await;
    refused(&sandbox, 403, &accept(FIRST_ID, OWNER)).await;
    // Either status alone prevents accepting.
    for (solution, partner) in [
        ("ACTIVE", PartnerStatus::NotificationSent),
        ("INITIATED", PartnerStatus::Rejected),
    ] {
        sandbox.set_solution_status(FIRST_ID, solution).unwrap();
        let changed = sandbox.set_partner_status(FIRST_ID, partner);
        assert_eq!(changed, sandbox.solution(FIRST_ID));
        refused(&sandbox, 422, &accept(FIRST_ID, PARTNER)).await;
    }
    sandbox.forbid_app(PARTNER);
    refused(&sandbox, 403, &accept(FIRST_ID, PARTNER)).await;
    sandbox.forbid_app(OWNER);
    refused(&sandbox, 403, &create()).await;
    sandbox.reject_token("a-secret");
    refused(&sandbox, 401, &create()).await;
}

/// What a lookup responds with.
async fn look(sandbox: &Sandbox, path: &str) -> Value {
    let response = send(sandbox, &get(path)).await;
    assert_eq!(response.status(), 200, "{path}: {}", response.body());
    json_of(&response)
}

fn names(page: &Value) -> Vec<&str> {
    let solutions = page["data"].as_array().unwrap().iter();
    solutions
        .map(|solution| solution["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn one_solution_is_shown_with_the_fields_asked_for() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    let at = format!("/v25.0/{FIRST_ID}");
    let expected = json!({
        "id": FIRST_ID, "name": "A solution for tests", "status": "INITIATED",
        "status_for_pending_request": "PENDING_ACTIVATION",
    });
    assert_eq!(look(&sandbox, &at).await, expected);

    let fields =
        "owner_app{id},owner_permissions,partners{partner_app{name},partner_permissions,status}";
    let shown = look(&sandbox, &format!("{at}?fields={fields}")).await;
    assert_eq!(shown["owner_app"], json!({ "id": OWNER }));
    assert_eq!(shown.get("name"), None);
    let partner = &shown["partners"]["data"][0];
    let app = json!({ "id": PARTNER, "name": format!("App {PARTNER}") });
    assert_eq!(partner["partner_app"], app);
    assert_eq!(partner["status"], "NOTIFICATION_SENT");
    assert!(partner["id"].is_string() && shown["partners"]["paging"].is_object());
    let owner = shown["owner_permissions"].as_array().unwrap();
    let partner = partner["partner_permissions"].as_array().unwrap();
    // The defaults on both sides, and MESSAGING with the owner.
    assert!(!partner.is_empty() && owner.starts_with(partner));
    assert_eq!(owner[partner.len()..], ["MESSAGING"]);

    send(&sandbox, &accept(FIRST_ID, PARTNER)).await;
    sandbox.set_solution_status(FIRST_ID, "DEACTIVATED");
    sandbox.hide_field("partner_app");
    sandbox.hide_field("name");
    let shown = look(
        &sandbox,
        &format!("{at}?fields=name,status,partners{{partner_app,status}}"),
    )
    .await;
    assert_eq!(shown["status"], "DEACTIVATED");
    assert_eq!(shown.get("name"), None);
    let partner = &shown["partners"]["data"][0];
    assert_eq!(partner["status"], "ACCEPTED");
    assert_eq!(partner.get("partner_app"), None);
}

#[tokio::test]
async fn lists_have_roles_pages_and_a_lag() {
    let sandbox = Sandbox::start().await.unwrap();
    let at = format!("{CREATE}s");
    assert_eq!(look(&sandbox, &at).await, json!({ "data": [] }));
    for name in ["S1", "S2", "S3", "S4", "S5"] {
        send(&sandbox, &create_with("solution_name", name)).await;
    }
    let of_partner = at.replace(OWNER, PARTNER);
    for (path, count) in [
        (&at, 5),
        (&format!("{at}?role=OWNER"), 5),
        (&format!("{at}?role=PARTNER"), 0),
        (&of_partner, 5),
        (&format!("{of_partner}?role=OWNER"), 0),
    ] {
        assert_eq!(names(&look(&sandbox, path).await).len(), count, "{path}");
    }
    // Forward by `next` to the end, and back by `previous`.
    let mut url = format!("{at}?limit=2&fields=name");
    for (on_page, links, follow) in [
        (vec!["S1", "S2"], 1, "next"),
        (vec!["S3", "S4"], 2, "next"),
        (vec!["S5"], 1, "previous"),
        (vec!["S3", "S4"], 2, "previous"),
        (vec!["S1", "S2"], 1, "next"),
    ] {
        let shown = look(&sandbox, &url).await;
        assert_eq!(names(&shown), on_page);
        let paging = shown["paging"].as_object().unwrap();
        assert_eq!(paging.len(), 1 + links);
        let link = paging[follow].as_str().unwrap();
        url = link.strip_prefix("http://sandbox").unwrap().to_owned();
    }
    sandbox.list_lags(2);
    send(&sandbox, &create()).await;
    for count in [5, 5, 6, 6] {
        assert_eq!(names(&look(&sandbox, &at).await).len(), count);
    }
}

#[tokio::test]
async fn lookups_have_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    let list = format!("{CREATE}s");
    let one = format!("/v25.0/{FIRST_ID}");
    for (status, request) in [
        (404, get("/v25.0/77")),
        (400, get(&list.replace(OWNER, "x"))),
        (405, request(&list, "")),
        (405, request(&one, "")),
        (401, get(&one).replace(TOKEN, "")),
        (400, get(&format!("{one}?fields=name,nonsense"))),
        (400, get(&format!("{one}?fields=partners{{status"))),
        (400, get(&format!("{list}?role=BOTH"))),
        (400, get(&format!("{list}?limit=0"))),
        (400, get(&format!("{list}?limit=101"))),
        (400, get(&format!("{list}?after=77"))),
    ] {
        refused(&sandbox, status, &request).await;
    }
    sandbox.forbid_app(OWNER);
    refused(&sandbox, 403, &get(&list)).await;
    sandbox.unknown_app(OWNER);
    refused(&sandbox, 404, &get(&list)).await;
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_request_gets_a_documented_response(
        part in prop::sample::select(vec!["/v25", "/1", "_solution", "Bearer", "application/"]),
        text in "[a-z0-9./?%-]{0,999}",
        body in ".{0,999}",
    ) {
        let wrong_head = create().replacen(part, &format!("{part}{text}"), 1);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let sandbox = Sandbox::start().await.unwrap();
            for request in [request(CREATE, &body), create_with("solution_name", body), wrong_head] {
                let before = sandbox.solutions();
                let response = send(&sandbox, &request).await;
                assert!(response.headers().contains_key("facebook-api-version"), "{request}");
                assert_eq!(response.status() == 200, sandbox.solutions() != before, "{request}");
                if response.status() != 200 {
                    check_error(&request, &response);
                }
            }
        });
    }
}

#[tokio::test]
async fn faults_come_in_order() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::none(), Fault::throttled().retry_after(7)]);
    sandbox.next_call(Fault::internal_error());
    assert_eq!(sandbox.faults_left(), 3);
    let mut trace_ids = HashSet::new();
    for status in [200, 429, 500, 200] {
        let response = send(&sandbox, &create()).await;
        assert_eq!(response.status(), status);
        assert!(trace_ids.insert(response.headers()["x-fb-trace-id"].clone()));
        if status != 200 {
            check_error(&create(), &response);
        }
        let retry_after = response.headers().get("retry-after");
        assert!(retry_after.map_or(status != 429, |value| value == "7"));
    }
    assert_eq!(sandbox.faults_left(), 0);
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (4, 2));
}

#[tokio::test]
async fn responses_are_as_scripted() {
    let sandbox = Sandbox::start().await.unwrap();
    let fault = Fault::load_balancer(502).header("x-own", "1");
    sandbox.next_call(fault.header("X-Own", "2"));
    let response = send(&sandbox, &create()).await;
    assert!(response.status() == 502 && response.body().contains("<html>"));
    assert_eq!(response.headers().get_all("x-own").iter().count(), 2);
    assert!(!response.headers().contains_key("x-fb-trace-id"));
    assert_eq!(sandbox.solutions(), []);

    // The ordinary response, with another status, one header more and one replaced.
    let fault = Fault::none().status(203).header("x-app-usage", "{}");
    sandbox.next_call(fault.header("facebook-api-version", "v24.0"));
    let response = send(&sandbox, &create()).await;
    assert_eq!(response.status(), 203);
    assert_eq!(response.headers()["x-app-usage"], "{}");
    assert_eq!(response.headers()["facebook-api-version"], "v24.0");
    assert_eq!(json_of(&response)["solution_id"], FIRST_ID);

    // Another response than the ordinary one, though the solution was created.
    let fault = Fault::answer(200).json(json!({"odd": true}));
    sandbox.next_call(fault.carried_out());
    let response = send(&sandbox, &create()).await;
    assert_eq!(response.headers()["content-type"], JSON);
    assert_eq!(json_of(&response), json!({"odd": true}));
    assert_eq!(sandbox.solutions().len(), 2);
}

#[tokio::test]
async fn delays_come_after_the_effect() {
    let delay = Duration::from_millis(40);
    let sandbox = Sandbox::start().await.unwrap();
    let close = [Fault::close_after_reading(), Fault::close_before_reading()];
    for fault in close.into_iter().chain([Fault::none()]) {
        sandbox.next_call(fault.after(delay));
        let start = Instant::now();
        let mut stream = sent(&sandbox, &create()).await;
        soon(stream.read(&mut [0])).await.ok();
        assert!(start.elapsed() >= delay);
    }
    sandbox.next_call(Fault::delay(Duration::from_secs(600)));
    let stream = sent(&sandbox, &create()).await;
    until(|| sandbox.request_count() == 3).await;
    drop(stream);
    assert_eq!(sandbox.solutions().len(), 2);
}

#[tokio::test]
async fn closing_after_reading_and_hanging() {
    let sandbox = Sandbox::start().await.unwrap();
    let (close, hang) = (Fault::close_after_reading(), Fault::hang());
    for (solutions, faults) in [
        (0, [close.clone(), hang.clone()]),
        (1, [close.carried_out(), hang.carried_out()]),
    ] {
        sandbox.script(faults);
        let mut stream = sent(&sandbox, &create()).await;
        // A clean end and no reset, because the request was read to its end.
        assert_eq!(rest(&mut stream).await.unwrap(), "");
        assert_eq!(sandbox.solutions().len(), solutions);
        let count = sandbox.request_count() + 1;
        let mut stream = sent(&sandbox, &create()).await;
        until(|| sandbox.request_count() == count).await;
        let response = tokio::time::timeout(Duration::from_millis(50), rest(&mut stream));
        response.await.expect_err("there must be no response");
        assert_eq!(sandbox.solutions().len(), 2 * solutions);
    }
}

#[tokio::test]
async fn closing_before_reading_a_new_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::close_before_reading().carried_out());
    // Connections on which nothing is sent do not use up the fault.
    drop(connect(&sandbox).await);
    let _idle = connect(&sandbox).await;
    until(|| sandbox.connection_count() == 2).await;
    let mut stream = sent(&sandbox, &create()).await;
    let error = rest(&mut stream).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(sandbox.faults_left(), 0);
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (0, 0));
}

#[tokio::test]
async fn closing_before_reading_on_a_connection_kept_alive() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::throttled(), Fault::close_before_reading()]);
    let mut stream = sent(&sandbox, &create().replace("close", "keep-alive")).await;
    until(|| sandbox.request_count() == 1).await;
    // The connection ends after the head, before the body is sent.
    let head_only = create().replace(&create_body().to_string(), "");
    stream.write_all(head_only.as_bytes()).await.unwrap();
    let text = rest(&mut stream).await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 429").count(), 1, "{text}");
    assert_eq!(text.matches("HTTP/1.1").count(), 1, "{text}");
    assert_eq!(sandbox.request_count(), 1);
    assert_eq!(sandbox.connection_count(), 1);
}

#[tokio::test]
async fn only_whole_requests_are_recorded() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::none());
    let mut stream = sent(&sandbox, create().trim_end_matches('}')).await;
    until(|| sandbox.faults_left() == 0).await;
    stream.shutdown().await.unwrap();
    rest(&mut stream).await.ok();

    let too_long = request(CREATE, &" ".repeat(1024 * 1024 + 1));
    let mut stream = connect(&sandbox).await;
    // Writing fails if the sandbox closes the connection first.
    stream.write_all(too_long.as_bytes()).await.ok();
    assert_eq!(rest(&mut stream).await.unwrap_or_default(), "");
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (0, 0));
}

#[tokio::test]
async fn bodies_are_cut() {
    let sandbox = Sandbox::start().await.unwrap();
    let ordinary = json!({ "solution_id": FIRST_ID }).to_string();
    let long = "x".repeat(5_000_000);
    let long_fault = Fault::answer(200).body(long.clone());
    for (fault, body, kept) in [
        (Fault::cut_body(5), &ordinary, 5),
        (long_fault.clone().cut_after(4_999_999), &long, 4_999_999),
        (long_fault.cut_after(6_000_000), &long, 5_000_000),
    ] {
        sandbox.next_call(fault.header("x-own", "1"));
        let mut stream = sent(&sandbox, &create()).await;
        let response = parse(&rest(&mut stream).await.unwrap());
        assert_eq!(
            response.headers()["content-length"],
            *body.len().to_string()
        );
        assert!(response.status() == 200 && response.headers()["x-own"] == "1");
        assert!(response.body() == &body[..kept]);
        assert_eq!(sandbox.solutions().len(), 1);
    }
}

#[test]
fn impossible_faults_panic() {
    let wrong: [fn() -> Fault; 5] = [
        || Fault::answer(100),
        || Fault::answer(1000),
        || Fault::none().header("a b", "1"),
        || Fault::none().header("a", "1\n2"),
        || Fault::none().header("Content-Length", "1"),
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
    }
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(sandbox.base_url(), format!("http://{}", sandbox.address()));
    let error = Sandbox::bind(sandbox.address()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_closes_everything() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.address();
    let unused = connect(&sandbox).await;
    let kept_alive = sent(&sandbox, &create().replace("close", "keep-alive")).await;
    kept_alive.readable().await.unwrap();
    sandbox.next_call(Fault::hang());
    let hanging = sent(&sandbox, &create()).await;
    until(|| sandbox.request_count() == 2 && sandbox.connection_count() == 3).await;

    drop(sandbox);
    // At once, before the runtime can run other tasks.
    let error = std::net::TcpStream::connect(address).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    for mut stream in [unused, kept_alive, hanging] {
        rest(&mut stream).await.unwrap();
    }
}

#[test]
fn the_sandbox_may_outlive_its_runtime() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    runtime.block_on(send(&sandbox, &create()));
    drop(runtime);
    assert_eq!(sandbox.solutions().len(), 1);
    let address = sandbox.address();
    drop(sandbox);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn other_clients_send_forms_and_put_the_token_among_the_parameters() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = |path: &str, body: &str| {
        let request =
            request(path, body).replace("application/json", "application/x-www-form-urlencoded");
        request.replace("Authorization: Bearer a-secret", "X-Other: 1")
    };
    let rest = "partner_app_id=2&solution_name=A+name&unknown=1";
    for (path, lists) in [
        (
            "/1/whatsapp_business_solution",
            r#"owner_permissions=["MESSAGING"]&partner_permissions=[]&access_token=t"#,
        ),
        (
            "/v24.0/1/whatsapp_business_solution?access_token=t",
            "owner_permissions[0]=MESSAGING&partner_permissions=[]",
        ),
        (
            "/1/whatsapp_business_solution?access_token=t",
            "owner_permissions%5B%5D=MESSAGING&partner_permissions=%5B%5D",
        ),
    ] {
        let response = send(&sandbox, &form(path, &format!("{lists}&{rest}"))).await;
        assert_eq!(response.status(), 200, "{}", response.body());
    }
    refused(&sandbox, 401, &form("/1/whatsapp_business_solution", rest)).await;
    let accepted = send(
        &sandbox,
        &form(
            &format!("/{FIRST_ID}/accept"),
            "partner_app_id=2&access_token=t",
        ),
    )
    .await;
    assert_eq!(json_of(&accepted)["success"], true);

    // The proof of Meta's documentation of securing requests.
    sandbox.require_proof("s3cr3t");
    let show = |proof: &str| {
        get(&format!(
            "/{FIRST_ID}?access_token=TOK&appsecret_proof={proof}"
        ))
        .replace("Authorization", "X-Other")
    };
    refused(&sandbox, 400, &show("1")).await;
    let proof = "2315621bbf45cf8ff93b53381e595f59f73a76062d10ef2ebf65e29f043acd43";
    assert_eq!(send(&sandbox, &show(proof)).await.status(), 200);
}

#[tokio::test]
async fn a_rate_limit_is_announced_and_then_held() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.limit_rate(4, Duration::from_secs(3600));
    let usage = |response: &Response<String>| {
        let header = response.headers().get("x-business-use-case-usage")?;
        let usage: Value = serde_json::from_slice(header.as_bytes()).unwrap();
        let (_, entries) = usage.as_object()?.iter().next()?;
        Some((
            entries[0]["call_count"].as_i64()?,
            entries[0]["estimated_time_to_regain_access"].as_i64()?,
        ))
    };
    for expected in [(25, 0), (50, 0), (75, 0), (100, 60)] {
        let response = send(&sandbox, &create()).await;
        assert_eq!(
            (response.status().as_u16(), usage(&response)),
            (200, Some(expected))
        );
    }
    let response = send(&sandbox, &create()).await;
    assert_eq!(
        (response.status().as_u16(), usage(&response)),
        (400, Some((100, 60)))
    );
    assert_eq!(json_of(&response)["error"]["code"], 80_008);
    assert_eq!(sandbox.solutions().len(), 4);
}

#[tokio::test]
async fn faults_are_scripted_by_text_and_for_one_operation() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = "# comment\n\ncreate: internal-error carried-out\nlist: throttled status 400\nany: answer 503 retry-after 2\n";
    sandbox.script_text(script).unwrap();
    let list = get(&format!("/{OWNER}/whatsapp_business_solutions"));
    let mut statuses = vec![];
    for call in [&list, &list, &create(), &create()] {
        statuses.push(send(&sandbox, call).await.status().as_u16());
    }
    assert_eq!(statuses, [400, 503, 500, 200]);
    assert_eq!(sandbox.solutions().len(), 2);
    for (text, wrong) in [
        (
            "create: none\ncreate none",
            "line 2: there is no `OPERATION: FAULT`",
        ),
        ("delete: none", "line 1: `delete` is no operation"),
        ("create: explode", "line 1: `explode` is no fault; use none"),
        (
            "create: answer 99",
            "line 1: `99` stands where a number has to be",
        ),
        (
            "create: hang twice",
            "line 1: `twice` refines no fault; use carried-out",
        ),
    ] {
        let error = sandbox.script_text(text).unwrap_err();
        assert!(error.starts_with(wrong), "{error}");
        assert_eq!(sandbox.faults_left(), 0);
    }
}

/// The schemas of both documents, by name.
fn schemas() -> Value {
    let mut all = json!({});
    for text in [
        include_str!("../openapi/multi-partner-solutions.yaml"),
        include_str!("../openapi/solution-lookups.yaml"),
    ] {
        let text = text.replace("multi-partner-solutions.yaml#", "#");
        let document: Value = serde_saphyr::from_str(&text).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        schemas
            .iter()
            .for_each(|(name, schema)| all[name] = schema.clone());
    }
    all
}

#[tokio::test]
async fn every_body_is_as_the_yaml_says() {
    let sandbox = Sandbox::start().await.unwrap();
    let schemas = schemas();
    sandbox.reject_token("rejected");
    let list = format!("/v25.0/{OWNER}/whatsapp_business_solutions");
    let fields =
        "?fields=name,owner_app,owner_permissions,partners{partner_app,partner_permissions,status}";
    let rejected = |request: String| request.replace(TOKEN, "Bearer rejected");
    let calls = [
        (create(), "WhatsAppBusinessSolutionCreateResponse"),
        (get(&list), "WhatsAppBusinessSolutionsResponse"),
        (
            get(&format!("{list}{fields},status,status_for_pending_request")),
            "WhatsAppBusinessSolutionsResponse",
        ),
        (
            get(&format!("/v25.0/{PARTNER}1/whatsapp_business_solutions")),
            "WhatsAppBusinessSolutionsResponse",
        ),
        (
            get(&format!("/v25.0/{FIRST_ID}")),
            "WhatsAppBusinessSolution",
        ),
        (
            accept(FIRST_ID, PARTNER),
            "WhatsAppBusinessSolutionAcceptResponse",
        ),
        (accept(FIRST_ID, PARTNER), "GraphAPIError"),
        (accept("77", PARTNER), "GraphAPIError"),
        (accept(FIRST_ID, OWNER), "GraphAPIError"),
        (create_with("owner_permissions", json!([])), "GraphAPIError"),
        (create_with("partner_app_id", "x"), "GraphAPIError"),
        (rejected(create()), "GraphAPIError"),
        (rejected(get(&list)), "GraphAPIError"),
        (get("/v25.0/1/accept"), "GraphAPIError"),
        (get("/"), "GraphAPIError"),
    ];
    let check = |body: &Value, name: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}"), "components": { "schemas": schemas } });
        // Graph sends times that are not RFC 3339, and so does the sandbox.
        let options = jsonschema::draft4::options().should_validate_formats(false);
        let validator = options.build(&schema).unwrap();
        let wrong = validator.iter_errors(body).map(|why| why.to_string());
        let wrong: Vec<String> = wrong.collect();
        assert!(wrong.is_empty(), "{body}\n{wrong:?}");
    };
    for (request, name) in calls {
        check(&json_of(&send(&sandbox, &request).await), name);
    }
    for fault in [Fault::throttled(), Fault::internal_error()] {
        sandbox.next_call(fault);
        check(&json_of(&send(&sandbox, &create()).await), "GraphAPIError");
    }
}
