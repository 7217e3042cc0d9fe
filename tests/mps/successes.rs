//! What is printed when a call succeeds, and the demo.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{ACCEPT, CREATE, JSON, bare, command, run};

#[tokio::test(flavor = "multi_thread")]
async fn json_has_the_documented_fields_as_sent_and_what_came_before() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::internal_error());
    let ran = run(&mut command(&sandbox, &[CREATE, JSON]));
    let id = &sandbox.solutions()[0].id;
    let created = json!({
        "solution_id": id, "attempts": 2, "earlier_attempt_may_have_taken_effect": true
    });
    assert_eq!(ran.success(), created);
    let warning = "mps: an earlier attempt may have taken effect too";
    assert!(ran.last_line().starts_with(warning), "{ran:?}");

    let mut accepted = json!({
        "update_time": "2024-01-15T10:30:00+0000", "success": true, "solution_id": "5",
        "partner_status": "NOT_DOCUMENTED", "message": "Done",
    });
    sandbox.next_call(Fault::answer(200).json(accepted.clone()));
    accepted["attempts"] = 1.into();
    let ran = run(&mut command(&sandbox, &[ACCEPT, JSON]));
    assert_eq!(ran.success(), accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_become_the_request_and_a_dry_run_prints_it_and_sends_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = |owner: &[&str], partner: &[&str]| {
        json!({
            "owner_permissions": owner, "partner_permissions": partner, "partner_app_id": "222",
            "solution_name": "A solution",
        })
    };
    let accept = json!({"partner_app_id": "222", "log_session_id": "L"});
    let mut by_partner = CREATE.to_vec();
    by_partner[4] = "--messaging=partner";
    for (arguments, body) in [
        (CREATE, create(&["MESSAGING"], &[])),
        (&by_partner, create(&[], &["MESSAGING"])),
        (&[ACCEPT, &["--log-session-id=L"]].concat(), accept),
    ] {
        let before = sandbox.request_count();
        let mut dry_run = command(&sandbox, &[arguments, JSON, &["--dry-run"]]);
        let printed = run(dry_run.env_remove("META_ACCESS_TOKEN")).success();
        assert_eq!(sandbox.request_count(), before);
        run(&mut command(&sandbox, &[arguments]));
        let sent = sandbox.requests().pop().unwrap();
        let url = sandbox.base_url().to_owned() + sent.path();
        assert_eq!(printed["method"], "POST");
        assert_eq!(printed["url"], url + "?appsecret_proof=[appsecret_proof]");
        assert_eq!(serde_json::from_slice::<Value>(&sent.body).unwrap(), body);
        assert_eq!(printed["body"], body);
        let headers = printed["headers"].as_object().unwrap();
        assert_eq!(headers.len() + 1, sent.headers.len(), "all but host");
    }
    assert_eq!(sandbox.requests()[2].path(), "/v25.0/5/accept");
    by_partner[0] = "ensure-solution";
    let ran = run(&mut command(&sandbox, &[&by_partner, &["--dry-run"]]));
    let verdict = "permission check: passed; only the partner holds MESSAGING\nnothing was sent\n";
    assert!(ran.printed().ends_with(verdict), "{ran:?}");
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
    assert_eq!(ran.printed(), lines);

    let next: Vec<&str> = next.split(' ').collect();
    let ran = run(&mut command(&sandbox, &[&next]));
    let line = format!("accepted solution {id} (1 attempt)\n");
    assert_eq!(ran.printed(), line);
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
    assert_eq!(created["earlier_attempt_may_have_taken_effect"], false);
}

#[test]
fn the_demo_tells_its_story() {
    let ran = run(bare().arg("demo"));
    let mut rest = ran.printed();
    for part in [
        "Created solution 1000000000000001 after 2 attempts",
        "is now INITIATED, and the partner is NOTIFICATION_SENT",
        "Accepted solution 1000000000000001 after 1 attempt",
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
        // As man pages spell these two.
        ran.printed().replace("\\-", "-").replace("\\*(Aq", "'")
    };
    for arguments in [
        "help",
        "--help",
        "man",
        "completions bash",
        "completions fish",
    ] {
        assert!(
            printed(arguments).contains("ensure-solution"),
            "{arguments}"
        );
    }
    assert!(printed("man create").contains("--dry-run"));
    assert!(printed("sandbox --help").contains("create: internal-error carried-out"));
    let (help, page) = (printed("--help"), printed("man"));
    let (_, statuses) = help.split_once("Exit status:\n").unwrap();
    for status in statuses.lines().take_while(|line| !line.is_empty()) {
        assert!(page.contains(status), "{status} in {page}");
    }
    assert_eq!(run(bare().args(["man", "bogus"])).code, Some(2));
}
