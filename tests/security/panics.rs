//! A program that gives up in the middle of things says nothing of the secrets.

use whatsapp_multi_partner_solutions::{AccessToken, AppSecret};

use crate::child::{Child, client, log_everything, printed, request};

#[tokio::test]
#[ignore = "the test below runs it, in a process of its own"]
async fn panicking() {
    log_everything();
    let secrets = (
        AccessToken::from(crate::child::TOKEN),
        AppSecret::from(crate::child::APP_SECRET),
    );
    // Nothing listens on this port, or what does speaks no TLS.
    let builder = client("https://127.0.0.1:1");
    let client = builder.clone().build().expect("a client");
    let result = client.create_solution("1", &request()).await;
    let error = result.map(|_| ()).expect_err("nobody there");
    assert!(
        error.is_invalid_request(),
        "{error} {error:?} {error:#?} {builder:#?} {client:#?} {secrets:?}"
    );
}

#[tokio::test]
async fn a_panic_shows_no_secret_whatever_is_in_it() {
    let child = Child::running("panics::panicking");
    let output = child.output().await;
    assert!(!output.status.success());
    let text = printed(&output);
    for expected in [
        "panicked at",
        "stack backtrace",
        "ClientBuilder",
        "AppSecret([hidden])",
        "graph_call",
        "TRACE",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}
