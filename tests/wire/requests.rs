//! What a request is, to the byte.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{CreateRequest, MessagingHolder, types};

use crate::{
    client::*,
    server::{Request, Server, Step},
};

/// Only what HTTP needs and the pages document. `content-type` and `content-length` say what the body is.
const HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).expect("JSON")
}

#[track_caller]
fn has_only_the_documented_headers(request: &Request) {
    let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| &name[..]).collect();
    names.sort_unstable();
    assert_eq!(names, HEADERS);
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(request.header("content-type"), "application/json");
}

#[tokio::test]
async fn create() {
    let server = Server::start([created()]).await;
    let reply = crate::client::create(&client(&server))
        .await
        .expect("a solution");
    assert_eq!(reply.solution_id.to_string(), SOLUTION);

    let [request] = &server.seen()[..] else {
        panic!("one request, not {:?}", server.seen());
    };
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.path,
        "/v25.0/1111222233334444/whatsapp_business_solution"
    );
    has_only_the_documented_headers(request);
    assert_eq!(
        request.header("host"),
        format!("127.0.0.1:{}", server.port())
    );
    assert_eq!(
        request.header("user-agent"),
        concat!(
            "whatsapp-multi-partner-solutions/",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert_eq!(
        body(request),
        json!({
            "solution_name": "Wire solution",
            "partner_app_id": PARTNER,
            "owner_permissions": ["MESSAGING"],
            "partner_permissions": [],
        })
    );
}

#[tokio::test]
async fn create_for_the_partner() {
    let server = Server::start([created()]).await;
    let name = "Lösung „Ü“ \u{1F91D}\n\"";
    let request = CreateRequest::with_messaging(MessagingHolder::Partner, PARTNER, name);
    let request = request.expect("a request");
    client(&server)
        .create_solution(OWNER, &request)
        .await
        .expect("a solution");
    assert_eq!(
        body(&server.seen()[0]),
        json!({
            "solution_name": name,
            "partner_app_id": PARTNER,
            "owner_permissions": [],
            "partner_permissions": ["MESSAGING"],
        })
    );
}

#[tokio::test]
async fn accept() {
    let server = Server::start([accepted(), accepted()]).await;
    let client = client(&server);
    crate::client::accept(&client).await.expect("accepted");
    let request = accept_request().log_session_id("session/1 ä");
    client
        .accept_solution(SOLUTION, &request)
        .await
        .expect("accepted");

    let [without, with] = &server.seen()[..] else {
        panic!("two requests, not {:?}", server.seen());
    };
    for request in [without, with] {
        assert_eq!(request.method, "POST");
        assert_eq!(request.path, "/v25.0/5555666677778888/accept");
        has_only_the_documented_headers(request);
    }
    assert_eq!(
        body(without),
        json!({ "partner_app_id": PARTNER }),
        "what is left out is not null"
    );
    assert_eq!(
        body(with),
        json!({ "partner_app_id": PARTNER, "log_session_id": "session/1 ä" })
    );
}

#[tokio::test]
async fn version_base_url_and_user_agent_are_the_callers() {
    for stem in ["/stem/of/a%20gateway", "/stem/of/a%20gateway/"] {
        let server = Server::start([created(), accepted()]).await;
        let client = builder(&server)
            .base_url(format!("{}{stem}", server.url()))
            .version("v101.23")
            .user_agent("shop/7 (+https://shop.example; \"x\")")
            .build()
            .expect("a client");
        crate::client::create(&client).await.expect("a solution");
        crate::client::accept(&client).await.expect("accepted");
        let seen = server.seen();
        let paths: Vec<&str> = seen.iter().map(|request| &request.path[..]).collect();
        assert_eq!(
            paths,
            [
                "/stem/of/a%20gateway/v101.23/1111222233334444/whatsapp_business_solution",
                "/stem/of/a%20gateway/v101.23/5555666677778888/accept",
            ]
        );
        for request in &seen {
            has_only_the_documented_headers(request);
            assert_eq!(
                request.header("user-agent"),
                "shop/7 (+https://shop.example; \"x\")"
            );
        }
    }
}

#[tokio::test]
async fn ids_keep_their_zeros_and_their_length() {
    let server = Server::start([created()]).await;
    let id = format!("000{}", "7".repeat(60));
    client(&server)
        .create_solution(&id[..], &create_request())
        .await
        .expect("a solution");
    assert_eq!(
        server.seen()[0].path,
        format!("/v25.0/{id}/whatsapp_business_solution")
    );
}

#[tokio::test]
async fn every_attempt_is_the_same_to_the_byte() {
    for call in CALLS {
        let throttled = || Step::answer(429, &[], "");
        let server = Server::start([throttled(), throttled(), throttled(), call.success()]).await;
        let client = client_with(&server, call.eager(policy()));
        let done = call.make(&client).await.expect("the fourth attempt");
        assert_eq!((done.attempts, server.count()), (4, 4));
        let first = &server.seen()[0].raw;
        assert!(!first.is_empty());
        for request in server.seen() {
            assert_eq!(request.raw, *first);
        }
    }
}

#[tokio::test]
async fn clones_share_one_connection() {
    let steps = [created(), graph_error(400, &json!({ "code": 100 }))];
    let server = Server::start(steps.into_iter().chain([accepted()])).await;
    let client = client(&server);
    crate::client::create(&client.clone())
        .await
        .expect("a solution");
    crate::client::create(&client)
        .await
        .expect_err("is refused");
    let clone = client.clone();
    drop(client);
    crate::client::accept(&clone).await.expect("accepted");
    let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0, 0, 0]);
}

#[tokio::test]
async fn attempts_are_no_closer_than_the_server_asks() {
    let wait = Step::answer(429, &[("retry-after", "1")], "");
    let server = Server::start([wait, created()]).await;
    crate::client::create(&client(&server))
        .await
        .expect("a solution");
    let seen = server.seen();
    assert!(seen[1].arrived - seen[0].arrived >= std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn a_request_that_was_built_field_by_field_is_the_same() {
    let server = Server::start([created(), created()]).await;
    let client = client(&server);
    let by_hand = CreateRequest {
        owner_permissions: vec![
            types::WhatsAppBusinessAccountConfigurablePermissionTask::Messaging,
        ],
        partner_app_id: PARTNER.parse().expect("digits"),
        partner_permissions: vec![],
        solution_name: "Wire solution".parse().expect("a name"),
    };
    crate::client::create(&client).await.expect("a solution");
    client
        .create_solution(OWNER, &by_hand)
        .await
        .expect("a solution");
    let seen = server.seen();
    assert_eq!(seen[0].raw, seen[1].raw);
}
