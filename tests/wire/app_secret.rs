//! The proof of the app secret goes with every request, and says nothing of itself.

use reqwest::redirect::Policy;
use serde_json::json;
use whatsapp_multi_partner_solutions::SecretString;

use crate::{
    client::*,
    server::{Server, Step},
};

const PATHS: [&str; 2] = [
    "/v25.0/1111222233334444/whatsapp_business_solution",
    "/v25.0/5555666677778888/accept",
];

fn with_proof(path: &str) -> String {
    format!("{path}?appsecret_proof={PROOF}")
}

#[tokio::test]
async fn every_attempt_of_every_operation_carries_the_proof() {
    let server = Server::start([]).await;
    let client = builder(&server)
        .app_secret(APP_SECRET)
        .build()
        .expect("a client");
    let throttled = || Step::answer(429, &[], "");
    server.script([throttled(), throttled(), created()]);
    create(&client).await.expect("a solution");
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, vec![with_proof(PATHS[0]); 3]);

    server.script([throttled(), Step::close(), accepted()]);
    accept(&client).await.expect("accepted");
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, vec![with_proof(PATHS[1]); 3]);
    for request in server.seen() {
        assert_eq!(request.header("authorization"), format!("Bearer {TOKEN}"));
        let sent = String::from_utf8_lossy(&request.raw).into_owned();
        assert_eq!(sent.matches(PROOF).count(), 1, "and nowhere else: {sent}");
        assert!(!sent.contains(APP_SECRET), "the secret itself stays here");
    }
}

#[tokio::test]
async fn without_an_app_secret_there_is_no_query() {
    let server = Server::start([created(), accepted()]).await;
    let client = client(&server);
    create(&client).await.expect("a solution");
    accept(&client).await.expect("accepted");
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, PATHS);
}

#[tokio::test]
async fn what_a_client_handed_in_does_with_the_url_is_still_seen() {
    let server = Server::start([created()]).await;
    let own = |policy| {
        reqwest::Client::builder()
            .redirect(policy)
            .build()
            .expect("a client")
    };
    let with = |own| {
        builder(&server)
            .app_secret(APP_SECRET)
            .reqwest_client(own)
            .build()
            .expect("a client")
    };
    let created_there = create(&with(own(Policy::none()))).await;
    created_there.expect("a query is no redirect");

    // Only the query is another one: a GET of the same path answers whatever it likes.
    let moved = [("location", PATHS[0])];
    server.script([
        Step::answer(303, &moved, ""),
        Step::unread(b"HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"solution_id\":\"1\"}"),
    ]);
    let error = create(&with(own(Policy::default())))
        .await
        .expect_err("it was followed");
    assert!(error.to_string().contains("followed a redirect"), "{error}");
}

#[tokio::test]
async fn an_answer_may_repeat_the_proof() {
    let server = Server::start([]).await;
    let client = builder(&server)
        .retry_policy(policy().max_attempts(1))
        .app_secret(APP_SECRET)
        .build()
        .expect("a client");
    for (status, text) in [
        (400, format!("Invalid appsecret_proof {PROOF} for {TOKEN}")),
        (401, format!("{TOKEN}{PROOF}")),
        (
            500,
            format!("/v25.0/1?appsecret_proof={PROOF}&access_token={TOKEN}"),
        ),
        (200, PROOF.to_owned()),
    ] {
        let fields =
            json!({ "message": text, "code": 100, "error_user_msg": PROOF, "fbtrace_id": PROOF });
        let headers = [("x-fb-trace-id", PROOF), ("www-authenticate", &*text)];
        let body = json!({ "error": fields }).to_string();
        server.script([Step::answer(status, &headers, body)]);
        let error = create(&client).await.expect_err("refused");
        let shown = format!(
            "{error} {error:?} {:?} {:?} {}",
            error.graph_error(),
            error.headers(),
            String::from_utf8_lossy(error.body().expect("a body"))
        );
        assert!(shown.contains("[appsecret_proof]"), "{shown}");
        for secret in [TOKEN, PROOF] {
            assert!(!shown.contains(secret), "{status}: {shown}");
        }
    }
}

#[test]
fn what_is_no_app_secret_is_refused_and_not_repeated() {
    let of = |secret: &str| {
        let builder = whatsapp_multi_partner_solutions::Client::builder().token(TOKEN);
        builder.app_secret(secret).build()
    };
    of(APP_SECRET).expect("a client");
    let error = of("").expect_err("empty");
    assert!(error.is_invalid_request() && error.to_string().contains("the app secret is empty"));
    for (before, after) in [("", "\n"), (" ", ""), ("ä", ""), ("", "\0")] {
        let error = of(&format!("{before}{APP_SECRET}{after}")).expect_err("no secret");
        let text = format!("{error} {error:?}");
        assert!(
            error.is_invalid_request() && text.contains("the app secret contains"),
            "{text}"
        );
        assert!(!text.contains(APP_SECRET), "{text}");
    }
}

#[test]
fn nothing_shows_the_app_secret() {
    for secret in [
        SecretString::from(APP_SECRET),
        SecretString::from(APP_SECRET.to_owned()),
    ] {
        let builder = whatsapp_multi_partner_solutions::Client::builder()
            .token(TOKEN)
            .app_secret(secret.clone());
        let client = builder.clone().build().expect("a client");
        let shown =
            format!("{secret:?} {secret:#?} {builder:?} {builder:#?} {client:?} {client:#?}");
        for secret in [TOKEN, APP_SECRET, PROOF] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
