//! What is printed when it works.

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{CREATE, accept, bare, command, create, run};

#[tokio::test]
async fn create_and_accept_print_the_documented_fields_and_attempts() {
    let sandbox = Sandbox::start().await.unwrap();
    let created = create(&sandbox, &[]).await.success();
    let id = sandbox.solutions()[0].id.clone();
    assert_eq!(created, json!({"solution_id": id, "attempts": 1}));

    let accepted = accept(&sandbox, &id, &["--log-session-id=trace-me"])
        .await
        .success();
    let fields: Vec<&str> = accepted
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        fields,
        [
            "attempts",
            "message",
            "partner_status",
            "solution_id",
            "success",
            "update_time"
        ]
    );
    assert_eq!(accepted["partner_status"], "ACCEPTED");
    let sent = sandbox.requests();
    let body: serde_json::Value = serde_json::from_slice(&sent[1].body).unwrap();
    assert_eq!(
        body,
        json!({"partner_app_id": "222", "log_session_id": "trace-me"})
    );
}

#[tokio::test]
async fn fields_are_printed_as_they_were_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::answer(200).json(json!({
        "success": true,
        "partner_status": "WAITING_FOR_GODOT",
        "update_time": "2024-01-15T10:30:00+0000",
    })));
    let accepted = accept(&sandbox, "77", &[]).await.success();
    assert_eq!(
        accepted,
        json!({
            "solution_id": "77",
            "success": true,
            "partner_status": "WAITING_FOR_GODOT",
            "update_time": "2024-01-15T10:30:00+0000",
            "attempts": 1
        })
    );
}

#[tokio::test]
async fn people_are_told_what_comes_next() {
    let sandbox = Sandbox::start().await.unwrap();
    let ran = run(command(&sandbox, CREATE)).await;
    let id = sandbox.solutions()[0].id.clone();
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.stdout
            .contains(&format!("created solution {id} (1 attempt)")),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains(&format!(
            "mps accept --solution-id {id} --partner-app-id 222"
        )),
        "{ran:?}"
    );
}

#[tokio::test]
async fn the_next_command_goes_where_this_one_went() {
    let sandbox = Sandbox::start().await.unwrap();
    let flags = ["--base-url", sandbox.base_url(), "--api-version=v24.0"];
    let ran = run(command(&sandbox, &[CREATE, &flags].concat())).await;
    let whereto = format!("--base-url {} --api-version v24.0\n", sandbox.base_url());
    assert!(ran.stdout.ends_with(&whereto), "{ran:?}");
}

#[tokio::test]
async fn a_second_solution_that_may_exist_is_told() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::internal_error().carried_out());
    let ran = create(&sandbox, &[]).await;
    assert_eq!(ran.success()["attempts"], 2);
    let warning: serde_json::Value =
        serde_json::from_str(ran.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(
        warning["warning"]["earlier_attempt_may_have_taken_effect"],
        json!(true)
    );
    assert_eq!(sandbox.solutions().len(), 2, "and it does exist");
}

#[tokio::test]
async fn the_demo_tells_its_story() {
    let mut demo = bare();
    demo.arg("demo");
    let ran = run(demo).await;
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut from = 0;
    for part in [
        "1. A sandbox",
        "2. App",
        "after 2 attempts",
        "is now INITIATED, and the partner is NOTIFICATION_SENT",
        "3. App",
        "after 1 attempt",
        "is now ACTIVE, and the partner is ACCEPTED",
        "3 requests reached the sandbox, 1 of them was throttled",
    ] {
        let at = ran.stdout[from..].find(part);
        from += at.unwrap_or_else(|| panic!("{part:?} in its place in {}", ran.stdout));
    }
}
