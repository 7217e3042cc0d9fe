//! Exit status and the error object, for each kind of failure.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{CREATE, Ran, accept, bare, command, create, run};

const FIELDS: [&str; 11] = [
    "kind",
    "message",
    "status",
    "code",
    "error_subcode",
    "fbtrace_id",
    "error_user_title",
    "error_user_msg",
    "attempts",
    "may_have_taken_effect",
    "retry_after_seconds",
];

/// Checks exit status and kind, and that every field is there, in the documented order.
#[track_caller]
fn failed(ran: &Ran, code: i32, kind: &str) -> Value {
    let error = ran.error();
    assert_eq!(
        (ran.code, &error["kind"]),
        (Some(code), &json!(kind)),
        "{ran:?}"
    );
    let line = ran.stderr.lines().last().unwrap();
    let mut from = 0;
    for field in FIELDS {
        let at = line[from..].find(&format!("\"{field}\":"));
        from += at.unwrap_or_else(|| panic!("{field} in its place in {line}"));
    }
    assert_eq!(error.as_object().unwrap().len(), FIELDS.len());
    error
}

#[tokio::test]
async fn invalid_and_nothing_was_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    for (flags, names) in [
        (
            ["--app-id=../1", "--partner-app-id=2", "--name=Name"],
            "Application-ID",
        ),
        (
            ["--app-id=1", "--partner-app-id=", "--name=Name"],
            "partner_app_id",
        ),
        (
            ["--app-id=1", "--partner-app-id=2", "--name=N"],
            "solution_name",
        ),
        (["--app-id=1", "--partner-app-id=2", "--bogus"], "--bogus"),
    ] {
        let arguments = [
            &["create", "--messaging=owner", "--output", "json"][..],
            &flags[..],
        ]
        .concat();
        let ran = run(command(&sandbox, &arguments)).await;
        let error = failed(&ran, 2, "invalid_request");
        assert!(
            error["message"].as_str().unwrap().contains(names),
            "{error}"
        );
        assert_eq!(
            (&error["attempts"], &error["status"]),
            (&json!(0), &Value::Null)
        );
    }
    let ran = run(command(&sandbox, &["create", "--output=json"])).await;
    let error = failed(&ran, 2, "invalid_request");
    let message = error["message"].as_str().unwrap();
    for missing in ["--app-id", "--partner-app-id", "--name", "--messaging"] {
        assert!(message.contains(missing), "{message}");
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let ran = accept(&sandbox, "5", &[]).await;
    let error = failed(&ran, 3, "refused");
    assert_eq!(
        (&error["status"], &error["code"]),
        (&json!(404), &json!(803))
    );
    assert_eq!(error["may_have_taken_effect"], json!(false));
    assert!(
        error["error_user_msg"].is_string() && error["fbtrace_id"].is_string(),
        "{error}"
    );
}

#[tokio::test]
async fn throttled() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::throttled().retry_after(3600));
    let error = failed(&create(&sandbox, &[]).await, 4, "throttled");
    assert_eq!(error["retry_after_seconds"], json!(3600));
    assert_eq!(
        error["attempts"],
        json!(1),
        "a wish beyond the deadline ends the call"
    );

    sandbox.script((0..3).map(|_| Fault::throttled()));
    let error = failed(
        &create(&sandbox, &["--max-attempts=3"]).await,
        4,
        "throttled",
    );
    assert_eq!(
        (&error["attempts"], &error["error_subcode"]),
        (&json!(3), &json!(2_446_079))
    );
    assert_eq!(error["retry_after_seconds"], Value::Null);
    assert_eq!(sandbox.request_count(), 4);
}

#[tokio::test]
async fn unreachable() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = command(&sandbox, &[CREATE, &["--output=json"]].concat());
    // Its port refuses from here on.
    drop(sandbox);
    let error = failed(&run(create).await, 5, "unreachable");
    assert_eq!(
        (&error["attempts"], &error["status"]),
        (&json!(4), &Value::Null)
    );
}

#[tokio::test]
async fn outcome_unknown() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::close_after_reading().carried_out());
    let error = failed(&create(&sandbox, &[]).await, 6, "outcome_unknown");
    assert_eq!(
        (&error["attempts"], &error["may_have_taken_effect"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(sandbox.solutions().len(), 1);

    // The answer to the first attempt is lost, and the second is refused because the first was accepted.
    let id = sandbox.solutions()[0].id.clone();
    sandbox.next_call(Fault::close_after_reading().carried_out());
    let error = failed(&accept(&sandbox, &id, &[]).await, 6, "outcome_unknown");
    assert_eq!(
        (&error["attempts"], &error["status"]),
        (&json!(2), &json!(422))
    );
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("earlier attempt"),
        "{error}"
    );
}

#[tokio::test]
async fn people_get_one_line() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut refused = command(
        &sandbox,
        &["accept", "--solution-id=5", "--partner-app-id=2"],
    );
    refused.env_remove("RUST_LOG");
    let ran = run(refused).await;
    assert_eq!(ran.code, Some(3));
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    assert!(
        ran.stderr.starts_with("mps: accept_solution was refused"),
        "{ran:?}"
    );
}

#[tokio::test]
async fn help_and_version_are_no_failures() {
    for argument in ["--help", "--version", "help"] {
        let mut help = bare();
        help.arg(argument);
        assert_eq!(run(help).await.code, Some(0));
    }
    assert_eq!(
        run(bare()).await.code,
        Some(2),
        "nothing to do is no success"
    );
}
