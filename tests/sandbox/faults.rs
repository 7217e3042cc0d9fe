//! Scripted faults.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::wire::*;

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
            error_of(&create(), &response);
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
    let response = raw(&sandbox, &create()).await;
    assert!(response.status() == 502 && response.body().contains("<html>"));
    assert_eq!(response.headers().get_all("x-own").iter().count(), 2);
    assert!(!response.headers().contains_key("x-fb-trace-id"));
    assert_eq!(sandbox.solutions(), []);

    // The ordinary response, with another status and a header replaced.
    let fault = Fault::none().status(203);
    sandbox.next_call(fault.header("facebook-api-version", "v24.0"));
    let response = raw(&sandbox, &create()).await;
    assert_eq!(response.status(), 203);
    assert_eq!(response.headers()["facebook-api-version"], "v24.0");
    assert_eq!(json_of(&response)["solution_id"], FIRST_ID);

    // Another response than the ordinary one, though the solution was created.
    let fault = Fault::answer(200).json(json!({"odd": true}));
    sandbox.next_call(fault.carried_out());
    let response = raw(&sandbox, &create()).await;
    assert_eq!(response.headers()["content-type"], JSON);
    assert_eq!(json_of(&response), json!({"odd": true}));
    assert_eq!(sandbox.solutions().len(), 2);
}

#[tokio::test]
async fn faults_can_be_delayed() {
    let delay = Duration::from_millis(40);
    let sandbox = Sandbox::start().await.unwrap();
    for fault in [Fault::close_after_reading(), Fault::none()] {
        sandbox.next_call(fault.delay(delay));
        let start = Instant::now();
        rest(&mut sent(&sandbox, &create()).await).await.unwrap();
        assert!(start.elapsed() >= delay);
    }
    // The operation takes effect before the delay.
    sandbox.next_call(Fault::none().delay(Duration::from_secs(600)));
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
async fn bodies_are_cut() {
    let sandbox = Sandbox::start().await.unwrap();
    let ordinary = json!({ "solution_id": FIRST_ID }).to_string();
    let long = "x".repeat(5_000_000);
    let long_fault = Fault::answer(200).body(long.clone());
    for (fault, body, kept) in [
        (Fault::none().cut_after(5), &ordinary, 5),
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

/// Plays the file that the documentation and `mps sandbox --help` show.
#[tokio::test]
async fn faults_are_scripted_by_text_and_for_one_operation() {
    let sandbox = Sandbox::start().await.unwrap();
    let text = include_str!("../../src/sandbox/faults.txt");
    sandbox.script_text(text).unwrap();
    let list = get(&format!("{CREATE}s"));
    let show = get(&format!("/{FIRST_ID}"));
    for (call, status, body) in [
        (&list, "429", "\"code\":4,"),
        (&list, "200", "\"data\":[]"),
        (&create(), "500", "\"code\":2,"),
        (&show, "200", "INITIATED"),
        (&create(), "502", "<html>"),
        (&show, "200", "not JSON"),
        (&create(), "503", ""),
        (&create(), "", ""),
        (&list, "200", "{\"data\":[{\"id\":\"10000"),
        (&show, "400", "(#368) Blocked"),
        (&list, "400", "\"code\":4,"),
    ] {
        let response = rest(&mut sent(&sandbox, call).await).await.unwrap();
        let line = response.lines().next().unwrap_or_default();
        assert!(line.contains(status), "{call}\n{response}");
        assert!(response.contains(body), "{call}\n{response}");
        let refined = ["x-app-usage", "retry-after: 2"].map(|header| response.contains(header));
        assert_eq!(
            refined,
            [body == "INITIATED", status == "400" && call == &list]
        );
        assert!(!line.is_empty() || sandbox.solutions().len() == 2);
    }
    assert_eq!(sandbox.faults_left(), 1, "accept hangs");

    for (text, wrong) in [
        (
            "create: none\ncreate none",
            "line 2: there is no `OPERATION: FAULT`",
        ),
        (
            "delete: none",
            "line 1: unknown variant `delete`, expected one of `create`",
        ),
        ("create: explode", "line 1: `explode` is no fault; use none"),
        (
            "create: answer 99",
            "line 1: `99` stands where a number has to be",
        ),
        (
            "create: hang twice",
            "line 1: `twice` refines no fault; use carried-out",
        ),
        ("create: none status", "line 1: the line ends too early"),
        ("create: none body 'x", "line 1: a quote is not closed"),
        (
            "create: none json {",
            "line 1: the text after `json` is not JSON",
        ),
        (
            "create: none header 'a b' 1",
            "line 1: 'a b: 1' is not a valid header",
        ),
    ] {
        let error = sandbox.script_text(text).unwrap_err();
        assert!(error.starts_with(wrong), "{error}");
        assert_eq!(sandbox.faults_left(), 1);
    }
}
