//! No command shows a secret, however much it is asked to say.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{APP_SECRET, CREATE, PROOF, Ran, TOKEN, bare, run};

/// With every secret in the environment, and everything logged.
fn knowing(arguments: &[&str]) -> Command {
    let mut command = bare();
    command
        .args(arguments)
        .env("META_ACCESS_TOKEN", TOKEN)
        .env("META_APP_SECRET", APP_SECRET)
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full");
    command
}

/// What talks of nothing but itself. That no secret is in the output is checked of every run.
#[tokio::test]
async fn help_and_what_needs_no_connection() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["--version"],
        &["help", "create"],
        &["create", "--help"],
        &["accept", "--help"],
        &["demo", "--help"],
        &["sandbox", "--help"],
        &["docs-diff", "--help"],
        &["demo", "-vv"],
        &["demo", "--output=json"],
        &["sandbox", "--listen=192.0.2.1:1"],
        &["docs-diff", "-vv", "no-such-file"],
        &["docs-diff", "--output=json", TOKEN],
        &["no-such-command"],
        &[TOKEN],
        &["create", APP_SECRET, "--output=json"],
        &["create", "--app-id", TOKEN, "--bogus"],
        &[],
    ] {
        let ran = run(knowing(arguments)).await;
        assert!(
            !ran.stdout.is_empty() || !ran.stderr.is_empty(),
            "{arguments:?}"
        );
    }
}

#[tokio::test]
async fn calls_that_end_in_every_way() {
    let sandbox = Sandbox::start().await.unwrap();
    let echo = || {
        json!({"error": {
            "message": format!("Invalid appsecret_proof {PROOF} or token {TOKEN}"),
            "error_user_title": PROOF,
            "error_user_msg": TOKEN,
            "fbtrace_id": TOKEN,
            "code": 100,
        }})
    };
    let ways: [fn() -> Option<Fault>; 6] = [
        || None,
        || Some(Fault::throttled()),
        || Some(Fault::internal_error()),
        || Some(Fault::load_balancer(502)),
        || Some(Fault::close_after_reading()),
        || Some(Fault::close_before_reading()),
    ];
    let accept = ["accept", "--solution-id=5", "--partner-app-id=222"];
    for command in [CREATE, &accept] {
        for flags in [&["-vv"][..], &["--output=json"]] {
            let arguments = [
                command,
                flags,
                &["--base-url", sandbox.base_url(), "--base-delay=1ms"],
            ]
            .concat();
            for way in ways {
                sandbox.script(way());
                run(knowing(&arguments)).await;
            }
            for status in [200, 400, 401, 500] {
                sandbox.next_call(Fault::answer(status).json(echo()));
                let mut once = knowing(&arguments);
                once.arg("--max-attempts=1");
                let ran = run(once).await;
                assert!(ran.stderr.contains("[appsecret_proof]"), "{ran:?}");
            }
        }
    }
    let sent = sandbox.requests();
    assert!(
        sent.iter()
            .all(|request| request.path_and_query.ends_with(PROOF)),
        "each knew the secrets"
    );
}

#[tokio::test]
async fn the_sandbox_that_is_called() {
    let mut sandbox = knowing(&["sandbox", "-vv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(sandbox.stdout.take().unwrap());
    let mut url = String::new();
    stdout.read_line(&mut url).unwrap();
    let ran = run(knowing(&[CREATE, &["--base-url", url.trim()]].concat())).await;
    assert_eq!(ran.code, Some(0), "{ran:?}");
    sandbox.kill().unwrap();
    let mut output = sandbox.wait_with_output().unwrap();
    stdout.read_to_end(&mut output.stdout).unwrap();
    let ran = Ran::of(output);
    assert!(ran.stderr.contains("the sandbox accepts any"), "{ran:?}");
}
