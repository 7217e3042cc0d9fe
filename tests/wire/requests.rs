//! What a request is, to the byte.

use std::time::Duration;

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{CreateRequest, MessagingHolder};

use crate::{client::*, server::Server};

/// All headers: what HTTP needs and what the pages document, and nothing else.
fn headers(server: &Server, user_agent: &str, length: usize) -> Vec<String> {
    vec![
        "accept: application/json".to_owned(),
        format!("authorization: Bearer {TOKEN}"),
        format!("content-length: {length}"),
        "content-type: application/json".to_owned(),
        format!("host: {}", server.address),
        format!("user-agent: {user_agent}"),
    ]
}

#[tokio::test]
async fn create_and_accept_to_the_byte() {
    let server = Server::start([success(), success()]).await;
    let client = client(&server);
    create(&client).await.expect("a solution");
    accept(&client.clone()).await.expect("accepted");
    let create = format!(
        r#"{{"owner_permissions":["MESSAGING"],"partner_app_id":"{PARTNER}","partner_permissions":[],"solution_name":"Wire solution"}}"#
    );
    let accept = format!(r#"{{"partner_app_id":"{PARTNER}"}}"#);
    let create_path = format!("{OWNER}/whatsapp_business_solution");
    let accept_path = format!("{SOLUTION}/accept");
    let expected = [(create_path, create), (accept_path, accept)];
    let version = env!("CARGO_PKG_VERSION");
    let user_agent = format!("whatsapp-multi-partner-solutions/{version}");
    let seen = server.seen();
    for (request, (path, body)) in seen.iter().zip(expected) {
        let line = format!("POST /v25.0/{path} HTTP/1.1");
        let headers = headers(&server, &user_agent, body.len());
        assert_eq!(request.parts(), (line, headers, body));
    }
    // Clones share one connection.
    assert_eq!((seen[0].connection, seen[1].connection), (0, 0));
}

#[tokio::test]
async fn what_the_caller_passes_is_sent_as_it_is() {
    let server = Server::start([success(), success()]).await;
    let endless = policy().deadline(Duration::MAX);
    let client = client_with(&server, endless.attempt_timeout(Duration::MAX));
    let name = "Lösung „Ü“ \u{1F91D}\n\"";
    let request = CreateRequest::with_messaging(MessagingHolder::Partner, "007", name);
    let request = request.expect("a request");
    let id = format!("000{}", "7".repeat(60));
    let created = client.create_solution(&id, &request).await;
    created.expect("a solution");
    let mut request = accept_request();
    request.log_session_id = Some("session/1 ä".to_owned());
    let accepted = client.accept_solution("01", &request).await;
    accepted.expect("accepted");
    let seen = server.seen();
    let path = format!("/v25.0/{id}/whatsapp_business_solution");
    assert_eq!(seen[0].path(), path);
    assert_eq!(seen[1].path(), "/v25.0/01/accept");
    let bodies = seen.iter().map(|request| {
        let (_, _, body) = request.parts();
        serde_json::from_str::<Value>(&body).expect("JSON")
    });
    let create = json!({
        "solution_name": name, "partner_app_id": "007", "owner_permissions": [],
        "partner_permissions": ["MESSAGING"],
    });
    let accept = json!({ "partner_app_id": PARTNER, "log_session_id": "session/1 ä" });
    assert_eq!(bodies.collect::<Vec<_>>(), [create, accept]);
}

#[tokio::test]
async fn base_url_version_and_user_agent_are_the_callers() {
    let user_agent = "shop/7 (+https://shop.example; \"x\")";
    for (stem, sent) in [
        ("/stem/of/a%20gateway/", "/stem/of/a%20gateway"),
        ("/a b/ü", "/a%20b/%C3%BC"),
        ("/x/../y/%2e%2e/", ""),
        ("/a%0d%0ax:%20y", "/a%0d%0ax:%20y"),
    ] {
        let server = Server::start([success()]).await;
        let builder = builder(&server).base_url(format!("{}{stem}", server.url));
        let builder = builder.version("v101.23").user_agent(user_agent);
        let client = builder.build().expect("a client");
        accept(&client).await.expect("accepted");
        let (line, headers, body) = server.seen()[0].parts();
        let path = format!("{sent}/v101.23/{SOLUTION}/accept");
        assert_eq!(line, format!("POST {path} HTTP/1.1"));
        assert_eq!(headers, self::headers(&server, user_agent, body.len()));
    }
}

#[tokio::test]
async fn every_attempt_is_the_same_to_the_byte_and_carries_the_proof_of_the_app_secret() {
    let server = Server::start([throttled("0"), success()]).await;
    // A retry after a throttled response takes nothing out of the budget.
    let builder = builder(&server).app_secret(APP_SECRET).retry_budget(0);
    let client = builder.build().expect("a client");
    create(&client).await.expect("a solution");
    let seen = server.seen();
    assert_eq!(seen[0].raw, seen[1].raw);
    let (line, ..) = seen[0].parts();
    let query = format!("?appsecret_proof={PROOF} HTTP/1.1");
    assert!(line.ends_with(&query), "{line}");
    assert_eq!(seen[0].text().matches(PROOF).count(), 1);
    assert!(!seen[0].text().contains(APP_SECRET));
}

#[tokio::test]
async fn a_url_that_is_too_long_is_not_sent() {
    let server = Server::start([success()]).await;
    let client = builder(&server).app_secret(APP_SECRET).build();
    let client = client.expect("a client");
    let id = "1".repeat(65_000);
    let sent = client.create_solution(&id, &create_request()).await;
    sent.expect("a solution");
    // The proof makes it too long.
    let id = "1".repeat(65_500);
    let error = client.create_solution(&id, &create_request()).await;
    let error = error.expect_err("too long");
    assert!(error.is_invalid_request(), "{error}");
    assert!(error.to_string().contains("too long"), "{error}");
    assert_eq!(server.count(), 1);
}
