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
async fn a_solution_is_created_once_and_accepted_once_if_it_is_what_was_agreed() {
    let sandbox = Sandbox::start().await.unwrap();
    let lost = Fault::close_after_reading().carried_out();
    sandbox.script([Fault::none(), lost]);
    for (created, attempts) in [(true, 1), (false, 0)] {
        let ensured = run(&mut command(&sandbox, &[ENSURE_SOLUTION, JSON])).success();
        let id = &sandbox.solutions()[0].id;
        let expected = json!({"solution_id": id, "created": created, "attempts": attempts});
        assert_eq!(ensured, expected);
    }
    assert_eq!(sandbox.solutions().len(), 1);

    let id = &*sandbox.solutions()[0].id;
    let accept = format!("ensure-accepted --partner-app-id=222 --solution-id={id}");
    let accept: Vec<&str> = accept.split(' ').collect();
    let other = "--expect-owner-app-id=112 --expect-name=B --expect-messaging=partner";
    let other: Vec<&str> = other.split(' ').collect();
    let ran = run(&mut command(&sandbox, &[&accept, &other, JSON]));
    assert_eq!(ran.code, Some(7), "{ran:?}");
    let error = ran.last("error");
    assert_eq!(error["kind"], "conflict");
    for difference in ["owner app", "name", "MESSAGING"] {
        assert!(error["message"].to_string().contains(difference), "{error}");
    }

    let agreed = ["--expect-owner-app-id=111", "--expect-messaging=owner"];
    for (attempts, known_from) in [(1, "response"), (0, "first_lookup")] {
        let accepted = run(&mut command(&sandbox, &[&accept, &agreed, JSON])).success();
        assert_eq!(accepted["solution_id"], id);
        assert_eq!(accepted["attempts"], attempts);
        assert_eq!(accepted["known_from"], known_from);
        assert_eq!(accepted["partner_status"], "ACCEPTED");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_are_printed_as_meta_sent_them() {
    let sandbox = Sandbox::start().await.unwrap();
    run(&mut command(&sandbox, &[ENSURE_SOLUTION]));
    let id = &*sandbox.solutions()[0].id;
    let list = |role: &str| {
        let arguments = ["solutions", "--app-id=111", role, "--output=json"];
        run(&mut command(&sandbox, &[&arguments])).success()
    };
    let one = ["solution", "--solution-id", id];
    let one = run(&mut command(&sandbox, &[&one, JSON])).success();
    assert_eq!(one["partners"]["data"][0]["partner_app"]["id"], "222");
    assert_eq!(list("--role=owner"), json!({ "solutions": [one] }));
    assert_eq!(list("--role=partner"), json!({ "solutions": [] }));

    let ran = run(&mut command(&sandbox, &[&["solutions", "--app-id=111"]]));
    let sides = "owner 111 holds MESSAGING  partner 222 NOTIFICATION_SENT";
    let lines = format!("1 solution\n{id}  INITIATED  \"A solution\"  {sides}\n");
    assert_eq!(ran.stdout, lines);
}
