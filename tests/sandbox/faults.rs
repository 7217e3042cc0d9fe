//! Scripted faults.

use std::time::{Duration, Instant};

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::wire::*;

/// Plays the file that the documentation and `mps sandbox --help` show.
#[tokio::test]
async fn faults_are_scripted_by_text() {
    let sandbox = Sandbox::start().await.unwrap();
    let text = include_str!("../../src/sandbox/faults.txt");
    sandbox.script_text(text).unwrap();
    let (create, list) = (create(), get(&format!("{CREATE}s")));
    let show = get(&format!("/{FIRST_ID}"));
    for (call, status, part, solutions) in [
        (&list, "429", "\"code\":4,", 0),
        (&list, "200", "\"data\":[]", 0),
        (&create, "500", "\"code\":2,", 1),
        (&show, "200", "x-app-usage: {\"call_count\":95,", 1),
        (&create, "502", "<html>", 1),
        (&show, "200", "not JSON", 1),
        (&create, "503", "content-length: 0", 1),
        (&create, "", "", 2),
        (&list, "200", "{\"data\":[{\"id\":\"1000", 2),
        (&show, "400", "(#368) Blocked", 2),
        (&list, "400", "retry-after: 2", 2),
    ] {
        let start = Instant::now();
        let response = rest(&mut sent(&sandbox, call).await).await.unwrap();
        let delayed = start.elapsed() >= Duration::from_millis(40);
        assert!(delayed || !part.contains("data\":[]"), "{call}");
        let line = response.lines().next().unwrap_or_default();
        assert!(line.contains(status), "{call}\n{response}");
        assert!(response.contains(part), "{call}\n{response}");
        assert_eq!(response.is_empty(), status.is_empty(), "{call}\n{response}");
        assert_eq!(sandbox.solutions().len(), solutions);
    }
    assert_eq!(sandbox.faults_left(), 1, "accept hangs");

    for wrong in [
        "any: none\nany none -> line 2: there is no `OPERATION: FAULT`",
        "delete: none -> line 1: unknown variant `delete`, expected one of `create`",
        "any: explode -> line 1: `explode` is not a fault; use none",
        "any: answer 99 -> line 1: `99` is not a number from 200 to 999",
        "any: hang twice -> line 1: `twice` is not a refinement; use carried-out",
        "any: none status -> line 1: the line ends too early",
        "any: none body 'x -> line 1: a quote is not closed",
        "any: none json { -> line 1: the text after `json` is not JSON",
        "any: none header 'a b' 1 -> line 1: 'a b: 1' is not a valid header",
    ] {
        let (text, why) = wrong.split_once(" -> ").unwrap();
        let error = sandbox.script_text(text).unwrap_err();
        assert!(error.starts_with(why), "{error}");
        assert_eq!(sandbox.faults_left(), 1);
    }
}

#[tokio::test]
async fn responses_are_as_scripted() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([Fault::throttled(), Fault::internal_error()]);
    refused(&sandbox, THROTTLED, &create()).await;
    refused(&sandbox, FAILED, &create()).await;
    // The ordinary response, with another status and a header replaced.
    let fault = Fault::none().status(203).header("x-own", "1");
    sandbox.next_call(fault.header("X-Own", "2").header("x-fb-trace-id", "T"));
    let response = raw(&sandbox, &create()).await;
    assert_eq!(response.status(), 203);
    assert_eq!(response.headers().get_all("x-own").iter().count(), 2);
    assert_eq!(response.headers()["x-fb-trace-id"], "T");
    assert_eq!(json_of(&response)["solution_id"], FIRST_ID);
    // Another response than the ordinary one, though the solution was created.
    let fault = Fault::answer(200).json(json!({"odd": true}));
    sandbox.next_call(fault.carried_out());
    let response = raw(&sandbox, &create()).await;
    assert_eq!(json_of(&response), json!({"odd": true}));
    assert_eq!(sandbox.solutions().len(), 2);
}

#[tokio::test]
async fn an_operation_takes_effect_before_the_client_waits() {
    let sandbox = Sandbox::start().await.unwrap();
    let delayed = Fault::none().delay(Duration::from_secs(600));
    let hanging = Fault::hang().carried_out();
    for (fault, solutions) in [(Fault::hang(), 0), (hanging, 1), (delayed, 2)] {
        sandbox.next_call(fault);
        let mut stream = sent(&sandbox, &create()).await;
        until(|| sandbox.faults_left() == 0).await;
        let response = tokio::time::timeout(Duration::from_millis(50), rest(&mut stream));
        response.await.expect_err("there must be no response");
        assert_eq!(sandbox.solutions().len(), solutions);
    }
}

#[tokio::test]
async fn bodies_are_cut() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = "x".repeat(5_000_000);
    for kept in [4_999_999, 5_000_000] {
        sandbox.next_call(Fault::answer(200).body(body.clone()).cut_after(kept));
        let response = raw(&sandbox, &create()).await;
        assert_eq!(response.headers()["content-length"], "5000000");
        assert!(response.body() == &body[..kept]);
    }
}
