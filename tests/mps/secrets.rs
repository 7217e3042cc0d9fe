//! No command prints a secret. Every run in these tests is checked for that; here are the runs that invite it.

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{ACCEPT, APP_SECRET, CREATE, JSON, PROOF, TOKEN, command, knowing_secrets, run};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_response_that_repeats_the_secrets_is_redacted() {
    let sandbox = Sandbox::start().await.unwrap();
    let once: &[&str] = &["--max-attempts=1"];
    for status in [200, 400, 401, 500] {
        for arguments in [[CREATE, JSON, once], [ACCEPT, &["-vv"], once]] {
            sandbox.next_call(Fault::answer(status).json(json!({"error": {
                "message": format!("Invalid appsecret_proof {PROOF} or token {TOKEN}"),
                "error_user_title": PROOF,
                "error_user_msg": TOKEN,
                "fbtrace_id": TOKEN,
                "code": 100,
            }})));
            let ran = run(&mut command(&sandbox, &arguments));
            assert_ne!(ran.code, Some(0));
            assert!(ran.last_line().contains("[appsecret_proof]"), "{ran:?}");
        }
    }
}
