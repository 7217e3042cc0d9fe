//! The commands that are safe to run again, and the lookups.

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{JSON, command, run};

const ENSURE_SOLUTION: &[&str] = &[
    "ensure-solution",
    "--app-id=111",
    "--partner-app-id=222",
    "--name=A solution",
    "--messaging=owner",
    "--settle-for=2s",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_whose_response_is_lost_is_found_and_running_again_creates_none() {
    let sandbox = Sandbox::start().await.unwrap();
    let lost = Fault::close_after_reading().carried_out();
    sandbox.script([Fault::none(), lost]);
    let created = run(&mut command(&sandbox, &[ENSURE_SOLUTION, JSON])).success();
    let id = sandbox.solutions()[0].id.clone();
    let expected = json!({ "solution_id": id, "created": true, "attempts": 1 });
    assert_eq!(created, expected);

    let again = run(&mut command(&sandbox, &[ENSURE_SOLUTION, JSON])).success();
    let expected = json!({ "solution_id": id, "created": false, "attempts": 0 });
    assert_eq!(again, expected);
    assert_eq!(sandbox.solutions().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_is_accepted_only_if_it_is_what_was_agreed() {
    let sandbox = Sandbox::start().await.unwrap();
    run(&mut command(&sandbox, &[ENSURE_SOLUTION]));
    let id = &*sandbox.solutions()[0].id;
    let accept = [
        "ensure-accepted",
        "--partner-app-id=222",
        "--solution-id",
        id,
    ];
    let other = [
        "--expect-owner-app-id=112",
        "--expect-name=B",
        "--expect-messaging=partner",
    ];
    let ran = run(&mut command(&sandbox, &[&accept, &other, JSON]));
    assert_eq!(ran.code, Some(7), "{ran:?}");
    let error = ran.last("error");
    assert_eq!(error["kind"], "conflict");
    let message = error["message"].as_str().unwrap();
    for difference in ["owner app", "name", "MESSAGING"] {
        assert!(message.contains(difference), "{message}");
    }

    let agreed = ["--expect-owner-app-id=111", "--expect-messaging=owner"];
    for (attempts, known_from) in [(1, "response"), (0, "first_lookup")] {
        let accepted = run(&mut command(&sandbox, &[&accept, &agreed, JSON])).success();
        assert_eq!(accepted["partner_status"], "ACCEPTED");
        assert_eq!(accepted["solution_id"], id);
        assert_eq!(accepted["attempts"], attempts);
        assert_eq!(accepted["known_from"], known_from);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_are_printed_as_meta_sent_them() {
    let sandbox = Sandbox::start().await.unwrap();
    run(&mut command(&sandbox, &[ENSURE_SOLUTION]));
    let id = &*sandbox.solutions()[0].id;
    let list = |role: &str| {
        let role = format!("--role={role}");
        let arguments = ["solutions", "--app-id=111", &role];
        run(&mut command(&sandbox, &[&arguments, JSON])).success()
    };
    let one = ["solution", "--solution-id", id];
    let one = run(&mut command(&sandbox, &[&one, JSON])).success();
    assert_eq!(one["partners"]["data"][0]["partner_app"]["id"], "222");
    assert_eq!(list("owner"), json!({ "solutions": [one] }));
    assert_eq!(list("partner"), json!({ "solutions": [] }));

    let ran = run(&mut command(&sandbox, &[&["solutions", "--app-id=111"]]));
    let line =
        "  INITIATED  \"A solution\"  owner 111 holds MESSAGING  partner 222 NOTIFICATION_SENT\n";
    assert_eq!(ran.stdout, format!("1 solution\n{id}{line}"));
}
