//! What is printed when a call succeeds, and the demo.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{ACCEPT, CREATE, JSON, Ran, bare, command, run};

#[track_caller]
fn prints(ran: &Ran, stdout: &str) {
    assert_eq!((ran.code, &*ran.stdout), (Some(0), stdout), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_the_documented_fields_as_sent_and_the_attempts() {
    let sandbox = Sandbox::start().await.unwrap();
    let ran = run(&mut command(&sandbox, &[CREATE, JSON]));
    let id = &sandbox.solutions()[0].id;
    let created = json!({
        "solution_id": id, "attempts": 1, "earlier_attempt_may_have_taken_effect": false
    });
    assert_eq!(ran.success(), created);

    let mut accepted = json!({
        "update_time": "2024-01-15T10:30:00+0000",
        "success": true,
        "solution_id": "5",
        "partner_status": "NOT_DOCUMENTED",
        "message": "Done",
    });
    sandbox.next_call(Fault::answer(200).json(accepted.clone()));
    accepted["attempts"] = 1.into();
    let ran = run(&mut command(&sandbox, &[ACCEPT, JSON]));
    assert_eq!(ran.success(), accepted);
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
    let created = ran.success();
    assert_eq!(created["attempts"], 2);
    assert_eq!(created["earlier_attempt_may_have_taken_effect"], true);
    let warning = "mps: an earlier attempt may have taken effect too";
    assert!(ran.last_line().starts_with(warning), "{ran:?}");
}

/// The sandbox shows what the same command sends without `--dry-run`.
#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_prints_what_would_be_sent_and_sends_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for arguments in [CREATE, ACCEPT] {
        let before = sandbox.request_count();
        let mut dry_run = command(&sandbox, &[arguments, JSON, &["--dry-run"]]);
        let printed = run(dry_run.env_remove("META_ACCESS_TOKEN")).success();
        assert_eq!(sandbox.request_count(), before);

        run(&mut command(&sandbox, &[arguments]));
        let sent = sandbox.requests().pop().unwrap();
        let url = format!("{}{}", sandbox.base_url(), sent.path());
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(printed["method"], "POST");
        assert_eq!(printed["url"], url + "?appsecret_proof=[appsecret_proof]");
        assert_eq!(printed["body"], body);
        let headers = printed["headers"].as_object().unwrap();
        assert_eq!(headers["authorization"], "Bearer [access token]");
        for (name, value) in &sent.headers {
            let secret_or_host = ["authorization", "host"].contains(&name.as_str());
            assert!(secret_or_host || headers[name.as_str()] == value.to_str().unwrap());
        }
    }
    let mut ensure = CREATE.to_vec();
    ensure[0] = "ensure-solution";
    let ran = run(&mut command(&sandbox, &[&ensure, &["--dry-run"]]));
    let verdict = "permission check: passed; only the owner holds MESSAGING\nnothing was sent\n";
    assert!(
        ran.stdout.starts_with("POST ") && ran.stdout.ends_with(verdict),
        "{ran:?}"
    );
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

#[test]
fn help_completions_and_man_pages_are_of_one_source() {
    let printed = |arguments: &str| {
        let ran = run(bare().args(arguments.split(' ')));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        // As man pages write a hyphen.
        ran.stdout.replace("\\-", "-")
    };
    let help = printed("--help");
    let page = printed("man");
    for text in [
        &help,
        &page,
        &printed("completions bash"),
        &printed("completions fish"),
    ] {
        assert!(text.contains("ensure-solution"), "{text}");
    }
    assert!(printed("man create").contains("--dry-run"));
    let (_, statuses) = help.split_once("Exit status:\n").unwrap();
    for status in statuses.lines().take_while(|line| !line.is_empty()) {
        assert!(page.contains(status), "{status} in {page}");
    }
    assert_eq!(run(bare().args(["man", "bogus"])).code, Some(2));
}
