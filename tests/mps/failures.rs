//! Exit status and the error object of each kind of failure.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{
    ACCEPT, APP_SECRET, CREATE, JSON, Ran, TOKEN, bare, command, knowing_secrets, run,
};

/// Checks exit status and kind, and that nothing is on stdout. Returns the error object.
#[track_caller]
fn failed(ran: &Ran, code: i32, kind: &str) -> Value {
    assert_eq!((ran.code, &*ran.stdout), (Some(code), ""), "{ran:?}");
    let error = ran.last("error");
    assert_eq!(error["kind"], kind, "{error}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_object_has_every_field_and_null_for_what_does_not_apply() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = json!({"error": {
        "message": "M", "code": 100, "error_subcode": 33, "fbtrace_id": "T",
        "error_user_title": "Title", "error_user_msg": "Text",
    }});
    sandbox.next_call(Fault::answer(400).json(error).retry_after(7));
    let ran = run(&mut command(&sandbox, &[ACCEPT, JSON]));
    let error = failed(&ran, 3, "refused");
    let expected = json!({
        "kind": "refused", "message": error["message"], "status": 400, "code": 100, "error_subcode": 33,
        "fbtrace_id": "T", "error_user_title": "Title", "error_user_msg": "Text", "attempts": 1,
        "may_have_taken_effect": false, "retry_after_seconds": 7,
    });
    assert_eq!(error, expected);

    let accept = ["accept", "--solution-id=x", "--partner-app-id=2"];
    let ran = run(&mut command(&sandbox, &[&accept, JSON]));
    let error = failed(&ran, 2, "invalid_request");
    let is_null = |(_, value): &(&String, &Value)| value.is_null();
    let nulls = error.as_object().unwrap().iter().filter(is_null).count();
    assert_eq!((nulls, &error["attempts"]), (7, &json!(0)), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_one_line_that_says_what_to_do() {
    let sandbox = Sandbox::start().await.unwrap();
    for (code, subcode, message, says) in [
        (190, 463, "", "get a new access token"),
        (190, 458, "", "log in to the app again"),
        (10, 0, "", "lacks a permission"),
        (803, 0, "", "check the ID"),
        (100, 0, "no appsecret_proof", "secret of the token's app"),
    ] {
        let error = json!({"code": code, "error_subcode": subcode, "message": message});
        sandbox.next_call(Fault::answer(400).json(json!({ "error": error })));
        let ran = run(command(&sandbox, &[ACCEPT]).env_remove("RUST_LOG"));
        assert_eq!((ran.code, &*ran.stdout), (Some(3), ""));
        let line = ran.stderr.strip_prefix("mps: accept_solution was refused");
        assert!(line.unwrap().contains(says), "{ran:?}");
        assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_command_line_sends_nothing_and_names_what_is_wrong() {
    let sandbox = Sandbox::start().await.unwrap();
    for (flag, names) in [
        ("--bogus", "--bogus"),
        ("--deadline=soon", "--deadline"),
        ("--deadline=0s", "deadline"),
        ("--attempt-timeout=0ms", "attempt_timeout"),
        ("--max-attempts=0", "max_attempts"),
        ("--api-version=25", "Version"),
        ("--base-url=http://example.com", "base URL"),
    ] {
        let ran = run(&mut command(&sandbox, &[CREATE, JSON, &[flag]]));
        let error = failed(&ran, 2, "invalid_request");
        assert!(error["message"].to_string().contains(names), "{error}");
    }
    let ran = run(&mut command(&sandbox, &[&["create", "--output", "json"]]));
    let error = failed(&ran, 2, "invalid_request");
    for missing in ["--app-id", "--partner-app-id", "--name", "--messaging"] {
        assert!(error["message"].to_string().contains(missing), "{error}");
    }
    for command in ["demo", "sandbox", "docs-diff", "completions", "man"] {
        let ran = run(bare().args([command, "--max-attempts=2"]));
        assert!(ran.stderr.contains("unexpected argument"), "{ran:?}");
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_status_says_what_is_true_after_a_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = || command(&sandbox, &[CREATE, JSON]);
    sandbox.script(vec![Fault::throttled(); 4]);
    failed(&run(&mut create()), 4, "throttled");
    sandbox.next_call(Fault::close_after_reading());
    let unknown = failed(&run(&mut create()), 6, "outcome_unknown");
    assert_eq!(unknown["may_have_taken_effect"], true);

    let mut create = create();
    // Nobody listens on this port.
    create.arg("--base-url=http://127.0.0.1:1");
    let unreachable = failed(&run(&mut create), 5, "unreachable");
    assert_eq!(unreachable["attempts"], 4);
    assert!(unreachable.to_string().contains("check the network"));
}

#[test]
fn a_secret_given_as_an_argument_is_not_repeated() {
    for (arguments, shown) in [
        (&[TOKEN][..], "[access token]"),
        (&["create", APP_SECRET, "--output=json"], "[app secret]"),
        (&["create", "--app-id", "1", "--bogus", TOKEN], "--bogus"),
        (&["docs-diff", "--output", TOKEN], "[access token]"),
        (&["create", "--token", TOKEN], "'--token'"),
        (&["create", "--app-secret", APP_SECRET], "'--app-secret'"),
    ] {
        let ran = run(&mut knowing_secrets(arguments));
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(shown), "{ran:?}");
    }
}
