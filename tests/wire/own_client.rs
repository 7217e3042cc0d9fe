//! A `reqwest::Client` that the caller hands in.

use reqwest::redirect::Policy;
use whatsapp_multi_partner_solutions::Client;

use crate::{
    client::*,
    server::{Server, Step},
};

fn with(server: &Server, own: &reqwest::Client) -> Client {
    builder(server)
        .reqwest_client(own.clone())
        .build()
        .expect("a client")
}

#[tokio::test]
async fn its_pool_is_used() {
    let plain = Step::answer(200, &[], "hello");
    let server = Server::start([plain, created(), accepted()]).await;
    let own = reqwest::Client::builder()
        .redirect(Policy::none())
        .build()
        .expect("a client");
    let hello = own
        .post(server.url())
        .body("x")
        .send()
        .await
        .expect("an answer");
    assert_eq!(hello.text().await.expect("text"), "hello");
    let client = with(&server, &own);
    create(&client).await.expect("a solution");
    accept(&client).await.expect("accepted");
    let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0, 0, 0]);
}

#[tokio::test]
async fn its_headers_do_not_replace_ours() {
    let server = Server::start([created()]).await;
    let mut headers = http::HeaderMap::new();
    for (name, value) in [
        ("authorization", "Bearer other"),
        ("user-agent", "other"),
        ("accept", "text/html"),
        ("content-type", "text/plain"),
        ("x-own", "1"),
    ] {
        headers.insert(name, http::HeaderValue::from_static(value));
    }
    let own = reqwest::Client::builder()
        .default_headers(headers)
        .build()
        .expect("a client");
    create(&with(&server, &own)).await.expect("a solution");
    let request = &server.seen()[0];
    assert_eq!(request.header("authorization"), format!("Bearer {TOKEN}"));
    assert!(
        request
            .header("user-agent")
            .starts_with("whatsapp-multi-partner-solutions/")
    );
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("x-own"), "1");
}

#[tokio::test]
async fn a_redirect_that_it_follows_is_an_error_that_says_so() {
    for status in [301, 302, 303] {
        let elsewhere = Server::start([]).await;
        // Followed by GET, which has no length; all that matters is that it gets there and is answered.
        let to = format!("{}/login", elsewhere.url());
        let server =
            Server::start([Step::answer(status, &[("location", &to)], ""), created()]).await;
        let own = reqwest::Client::new();
        elsewhere.script([Step::unread(
            b"HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"solution_id\":\"1\"}",
        )]);
        let error = create(&with(&server, &own))
            .await
            .expect_err("it was followed");
        assert!(
            error.is_refused() && !error.may_have_taken_effect(),
            "{error}"
        );
        assert!(error.to_string().contains("followed a redirect"), "{error}");
        assert_eq!(
            (error.attempts(), server.count(), elsewhere.count()),
            (1, 1, 1)
        );
    }
}

#[tokio::test]
async fn a_redirect_that_it_cannot_follow_is_refused() {
    for status in [307, 308] {
        let elsewhere = Server::start([created()]).await;
        let to = format!("{}/v25.0/1/whatsapp_business_solution", elsewhere.url());
        let server =
            Server::start([Step::answer(status, &[("location", &to)], ""), created()]).await;
        let error = create(&with(&server, &reqwest::Client::new()))
            .await
            .expect_err("refused");
        assert!(
            error.is_refused() && !error.may_have_taken_effect(),
            "{error}"
        );
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(
            (server.count(), elsewhere.tally().connections),
            (1, 0),
            "create goes nowhere else"
        );
    }
}
