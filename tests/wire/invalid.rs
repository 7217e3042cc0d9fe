//! What is refused before anything is sent, with a text that names what to fix and repeats no secret.

use std::time::Duration;

use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, Error, MessagingHolder, PermissionTask, RetryPolicy,
};

use crate::{client::*, server::Server};

#[track_caller]
fn names(error: &Error, name: &str) {
    assert!(error.is_invalid_request(), "{error}");
    assert!(!error.may_have_taken_effect());
    assert_eq!((error.attempts(), status(error)), (0, None));
    let text = format!("{error} {error:?}");
    assert!(text.contains("nothing was sent"), "{text}");
    assert!(text.contains(name), "{name} is not in: {text}");
    assert!(!text.contains(char::is_control), "{text}");
    crate::secrets::is_clean(&text);
}

#[tokio::test]
async fn ids_that_do_not_consist_of_digits() {
    let server = Server::start([]).await;
    let client = client(&server);
    // Several of them would lead to another path.
    for id in [
        "", ".", "..", "../me", "1/2", "1%2F2", "1?a=b", "1#", "1\\2", "1\n", "1\r\nA", " 1", "-1",
        "1.0", "0x1", "１２", "٣", "1\0",
    ] {
        let create = client.create_solution(id, &create_request()).await;
        names(&create.expect_err(id), "Application-ID");
        let accept = client.accept_solution(id, &accept_request()).await;
        names(&accept.expect_err(id), "Solution-ID");
        let create = CreateRequest::with_messaging(MessagingHolder::Owner, id, "Name");
        names(&create.expect_err(id), "partner_app_id");
        let accept = AcceptRequest::by_partner(id);
        names(&accept.expect_err(id), "partner_app_id");
    }
    assert_eq!(server.tally().connections, 0);
}

#[tokio::test]
async fn messaging_is_held_by_exactly_one_side() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (owner, partner) in [(1, 1), (0, 0), (2, 0), (0, 2)] {
        let request = CreateRequest {
            owner_permissions: vec![PermissionTask::Messaging; owner],
            partner_permissions: vec![PermissionTask::Messaging; partner],
            ..create_request()
        };
        let result = client.create_solution(OWNER, &request).await;
        let error = result.expect_err("not exactly one side");
        names(&error, "exactly one side has to hold MESSAGING");
        let result = client.ensure_solution(OWNER, &request).await;
        names(&result.expect_err("the same"), "exactly one side has");
    }
    assert_eq!(server.tally().connections, 0);
    server.script([success()]);
    let unchecked = builder(&server).without_permission_check().build();
    let mut neither = create_request();
    (neither.owner_permissions, neither.partner_permissions) = (vec![], vec![]);
    let sent = unchecked
        .expect("a client")
        .create_solution(OWNER, &neither)
        .await;
    sent.expect("a solution");
}

#[test]
fn clients_that_cannot_be_built() {
    let any = || Client::builder().token(TOKEN);
    let token = |token: &str| Client::builder().token(token);
    let policy = |policy: RetryPolicy| any().retry_policy(policy);
    let default = RetryPolicy::default;
    let url = |url: &str| any().base_url(url);
    let with_token = |parts: [&str; 2]| any().base_url(parts.join(TOKEN));
    let zero = Duration::ZERO;
    let unencrypted = "would send the access token unencrypted; use https";
    for (builder, because) in [
        (Client::builder(), "there is no access token"),
        (token(""), "the access token is empty"),
        (token(&format!("{TOKEN}\n")), "the access token contains"),
        (token(&format!("ä{TOKEN}")), "the access token contains"),
        (any().app_secret(""), "the app secret is empty"),
        (any().app_secret("a b"), "the app secret contains"),
        (any().version("25.0"), "Version"),
        (any().version("v25.0/.."), "Version"),
        (any().user_agent(""), "User-Agent"),
        (any().user_agent("a\r\nx: y"), "User-Agent"),
        (policy(default().max_attempts(0)), "max_attempts is 0"),
        (policy(default().deadline(zero)), "deadline is zero"),
        (policy(default().attempt_timeout(zero)), "attempt_timeout"),
        (any().connect_timeout(zero), "connect_timeout is zero"),
        (url("http://graph.facebook.com"), unencrypted),
        (url("http://10.0.0.1"), unencrypted),
        (url("http://localhost.evil.example"), unencrypted),
        (url("http://127.0.0.1.evil.example"), unencrypted),
        // What may be a secret is not repeated.
        (with_token(["https://host/?token=", ""]), "a query or"),
        (with_token(["https://host/#", ""]), "a fragment"),
        (with_token(["https://", "@host"]), "a user name, a"),
        (with_token(["https://a:", "@host"]), "a user name, a"),
        (with_token(["", "@host"]), "cannot be read"),
        (url("https://graph.facebook\n.com"), "a control character"),
        (
            url("ftp://127.0.0.1"),
            "has a scheme other than https and http",
        ),
    ] {
        assert!(!format!("{builder:?}").contains(TOKEN));
        names(&builder.build().expect_err(because), because);
    }
    for loopback in ["http://127.8.9.1", "http://[::1]:1/a", "http://LOCALHOST:1"] {
        url(loopback).build().expect(loopback);
    }
}
