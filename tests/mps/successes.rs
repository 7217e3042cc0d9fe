//! What is printed when a call succeeds, and the demo.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{ACCEPT, CREATE, JSON, Ran, bare, command, run};

#[track_caller]
fn prints(ran: &Ran, stdout: &str) {
    assert_eq!((ran.code, &*ran.stdout), (Some(0), stdout), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_the_documented_fields_as_sent_and_then_the_attempts() {
    let sandbox = Sandbox::start().await.unwrap();
    let ran = run(&mut command(&sandbox, &[CREATE, JSON]));
    let id = &sandbox.solutions()[0].id;
    let created = format!("{{\"solution_id\":\"{id}\",\"attempts\":1}}\n");
    prints(&ran, &created);

    sandbox.next_call(Fault::answer(200).json(json!({
        "update_time": "2024-01-15T10:30:00+0000",
        "success": true,
        "solution_id": "5",
        "partner_status": "NOT_DOCUMENTED",
        "message": "Done",
    })));
    let accepted = concat!(
        r#"{"message":"Done","partner_status":"NOT_DOCUMENTED","solution_id":"5","success":true,"#,
        r#""update_time":"2024-01-15T10:30:00+0000","attempts":1}"#,
        "\n"
    );
    prints(&run(&mut command(&sandbox, &[ACCEPT, JSON])), accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_become_the_request() {
    let sandbox = Sandbox::start().await.unwrap();
    run(&mut command(&sandbox, &[CREATE]));
    let mut by_partner = CREATE.to_vec();
    by_partner[4] = "--messaging=partner";
    run(&mut command(&sandbox, &[&by_partner]));
    run(&mut command(&sandbox, &[ACCEPT, &["--log-session-id=L"]]));
    let create = |owner: &[&str], partner: &[&str]| {
        json!({
            "owner_permissions": owner,
            "partner_app_id": "222",
            "partner_permissions": partner,
            "solution_name": "A solution",
        })
    };
    let bodies: Vec<Value> = sandbox
        .requests()
        .iter()
        .map(|request| serde_json::from_slice(&request.body).unwrap())
        .collect();
    let expected = [
        create(&["MESSAGING"], &[]),
        create(&[], &["MESSAGING"]),
        json!({"partner_app_id": "222", "log_session_id": "L"}),
    ];
    assert_eq!(bodies, expected);
    assert_eq!(sandbox.requests()[2].path(), "/v25.0/5/accept");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_the_next_command_and_it_works() {
    let sandbox = Sandbox::start().await.unwrap();
    let url = ["--base-url", sandbox.base_url(), "--api-version=v24.0"];
    let ran = run(&mut command(&sandbox, &[CREATE, &url]));
    let id = &sandbox.solutions()[0].id;
    let next = format!(
        "ensure-accepted --solution-id {id} --partner-app-id 222 --expect-owner-app-id 111 --expect-messaging owner --base-url {} --api-version v24.0",
        sandbox.base_url()
    );
    let lines = format!(
        "created solution {id} (1 attempt); its status is INITIATED\nnext, the partner accepts: mps {next}\n"
    );
    prints(&ran, &lines);

    let next: Vec<&str> = next.split(' ').collect();
    let ran = run(&mut command(&sandbox, &[&next]));
    let line = format!("accepted solution {id} (1 attempt)\n");
    prints(&ran, &line);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_solution_that_may_exist_is_a_warning() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script([
        Fault::internal_error(),
        Fault::none(),
        Fault::internal_error(),
    ]);
    let ran = run(&mut command(&sandbox, &[CREATE, JSON]));
    assert!(ran.stdout.ends_with(",\"attempts\":2}\n"), "{ran:?}");
    let warning = ran.last("warning");
    assert_eq!(warning["earlier_attempt_may_have_taken_effect"], true);
    let message = warning["message"].as_str().unwrap();

    let ran = run(&mut command(&sandbox, &[CREATE]));
    assert!(ran.stdout.contains("(2 attempts)"), "{ran:?}");
    assert_eq!(ran.last_line(), format!("mps: {message}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_stdout_does_not_take_goes_to_stderr() {
    let sandbox = Sandbox::start().await.unwrap();
    let (reader, closed) = std::io::pipe().unwrap();
    drop(reader);
    let ran = run(command(&sandbox, &[CREATE, JSON]).stdout(closed));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let created: Value = serde_json::from_str(ran.last_line()).unwrap();
    assert_eq!(created["solution_id"], *sandbox.solutions()[0].id);
}

#[test]
fn the_demo_tells_its_story() {
    let ran = run(bare().arg("demo"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut rest = &*ran.stdout;
    for part in [
        "1. A sandbox",
        "2. App",
        "after 2 attempts",
        "is now INITIATED, and the partner is NOTIFICATION_SENT",
        "3. App",
        "after 1 attempt",
        "is now ACTIVE, and the partner is ACCEPTED",
        "6 requests reached the sandbox, which holds 1 solution",
    ] {
        let found = rest.split_once(part);
        (_, rest) = found.unwrap_or_else(|| panic!("{part:?} in its place in {}", ran.stdout));
    }
}
