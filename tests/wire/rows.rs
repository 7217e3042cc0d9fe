//! Rows of the table in which a whole answer came.

use std::time::Duration;

use serde_json::json;
use whatsapp_multi_partner_solutions::ErrorKind::{OutcomeUnknown, Refused, Throttled};

use crate::{
    client::*,
    server::{Server, Step},
    table::*,
};

const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

/// An error body around these fields.
fn error(fields: &serde_json::Value) -> String {
    json!({ "error": fields }).to_string()
}

#[tokio::test]
async fn throttled_by_status() {
    let wait = Row::answer(429, &[("retry-after", "0")], "", Throttled, AGAIN);
    observe([
        Row::answer(429, &[], "", Throttled, AGAIN),
        Row::answer(429, &[], HTML, Throttled, AGAIN),
        Row::answer(429, &[], &error(&json!({ "code": 100 })), Throttled, AGAIN),
        Row {
            retry_after: Some(Duration::ZERO),
            ..wait
        },
    ])
    .await;
}

#[tokio::test]
async fn throttled_by_code() {
    let codes = [
        4, 17, 32, 341, 613, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80007, 80008, 80009,
        80014, 130_429,
    ];
    let row = |status, code: i64| {
        let fields = json!({ "message": "limit", "type": "OAuthException", "code": code });
        Row::answer(status, &[], &error(&fields), Throttled, AGAIN)
    };
    observe(codes.map(|code| row(400, code))).await;
    observe([200, 401, 403, 429, 500, 503].map(|status| row(status, 80008))).await;
}

#[tokio::test]
async fn codes_that_only_look_like_throttling() {
    let rows = [3, 5, 33, 80010, 80013, 80015, 130_428].map(|code| {
        let body = error(&json!({ "code": code }));
        Row::answer(400, &[], &body, Refused, NEVER)
    });
    observe(rows).await;
    observe([400, 403, 429].map(|status| {
        let block = error(&json!({ "code": 368, "is_transient": true }));
        Row::answer(status, &[], &block, Refused, NEVER)
    }))
    .await;
}

#[tokio::test]
async fn metas_own_failures_by_code() {
    let rows = [1, 2].into_iter().flat_map(|code| {
        let body = error(&json!({ "code": code }));
        [200, 400, 403, 500, 502]
            .map(|status| Row::answer(status, &[], &body, OutcomeUnknown, AS_DOCUMENTED))
    });
    observe(rows).await;
}

#[tokio::test]
async fn stated_to_be_transient() {
    let body = error(&json!({ "code": 100, "is_transient": true }));
    let refused = [200, 302, 400, 401, 403, 404, 422]
        .map(|status| Row::answer(status, &[], &body, Refused, AGAIN));
    // At these statuses it may have taken effect all the same.
    let unknown = [500, 502, 503, 504]
        .map(|status| Row::answer(status, &[], &body, OutcomeUnknown, AS_DOCUMENTED));
    observe(refused.into_iter().chain(unknown)).await;
}

#[tokio::test]
async fn stated_not_to_be_transient_wins() {
    let rows = [4, 100].into_iter().flat_map(|code| {
        let body = error(&json!({ "code": code, "is_transient": false }));
        let of = |status, kind| Row::answer(status, &[], &body, kind, NEVER);
        let refused = [200, 400, 403, 429].map(|status| of(status, Refused));
        let unknown = [500, 502, 503, 504].map(|status| of(status, OutcomeUnknown));
        refused.into_iter().chain(unknown).collect::<Vec<_>>()
    });
    observe(rows).await;
}

#[tokio::test]
async fn status_500_with_any_body() {
    let bodies = [
        String::new(),
        HTML.to_owned(),
        "{".to_owned(),
        "null".to_owned(),
        json!({ "solution_id": SOLUTION }).to_string(),
        error(&json!({ "code": 1 })),
        error(&json!({ "code": 2, "is_transient": true })),
        error(&json!({ "code": 100, "type": "OAuthException" })),
    ];
    let of = |body: &String| Row::answer(500, &[], body, OutcomeUnknown, AS_DOCUMENTED);
    observe(bodies.iter().map(of)).await;
}

#[tokio::test]
async fn gateways() {
    let plain = [502, 503, 504].map(|status| {
        let again = IF_SAFE_TO_REPEAT;
        Row::answer(status, &[], HTML, OutcomeUnknown, again)
    });
    let waits = [
        (502, IF_SAFE_TO_REPEAT),
        (503, AS_DOCUMENTED),
        (504, IF_SAFE_TO_REPEAT),
    ]
    .map(|(status, again)| {
        let headers = [("Retry-After", "0")];
        let row = Row::answer(status, &headers, HTML, OutcomeUnknown, again);
        let retry_after = Some(Duration::ZERO);
        Row { retry_after, ..row }
    });
    // What is no Retry-After does not count as one.
    let soon = Row::answer(
        503,
        &[("retry-after", "soon")],
        "",
        OutcomeUnknown,
        IF_SAFE_TO_REPEAT,
    );
    observe(plain.into_iter().chain(waits).chain([soon])).await;
}

#[tokio::test]
async fn a_success_that_cannot_be_read() {
    let bodies = [
        "",
        HTML,
        "null",
        "[]",
        "\"1\"",
        "true",
        "{}",
        "{\"solution_id\":\"1",
        "{\"success\":\"yes\"}",
        "{\"solution_id\":7}",
        "{\"solution_id\":null,\"success\":null}",
        "{\"error\":\"no object\"}",
    ];
    let row = |status, body| Row::answer(status, &[], body, OutcomeUnknown, NEVER);
    observe(bodies.map(|body| row(200, body))).await;
    observe([row(201, HTML), row(202, ""), row(204, "")]).await;
}

#[tokio::test]
async fn a_success_that_is_an_error() {
    let plain = error(&json!({ "message": "no", "type": "OAuthException", "code": 100 }));
    let inside = error(&json!({ "code": 2 }));
    observe([
        Row::answer(200, &[], &plain, Refused, NEVER),
        Row::answer(201, &[], &error(&json!({})), Refused, NEVER),
        Row::answer(200, &[], &inside, OutcomeUnknown, AS_DOCUMENTED),
    ])
    .await;
}

#[tokio::test]
async fn accept_that_says_it_failed() {
    let once = Once::start().await;
    let bodies = [
        json!({ "success": false }),
        json!({ "success": false, "solution_id": SOLUTION, "message": "Not invited." }),
    ];
    let of = |body: &serde_json::Value| {
        Row::answer(200, &[], &body.to_string(), Refused, NEVER).only(|call| *call == Call::Accept)
    };
    observe(bodies.iter().map(of)).await;
    let error = once
        .accept(Step::json(200, &bodies[1]))
        .await
        .expect_err("no");
    assert!(error.to_string().contains("Not invited."), "{error}");
    let escaped = r#"{"\u0073uccess":false,"solution_id":"1"}"#;
    let error = once.accept(Step::answer(200, &[], escaped)).await;
    assert!(error.is_err_and(|error| error.is_refused()));
}

#[tokio::test]
async fn other_4xx() {
    let documented = [400, 401, 403, 404, 422].map(|status| {
        let fields = json!({ "message": "no", "type": "OAuthException", "code": 100 });
        Row::answer(status, &[], &error(&fields), Refused, NEVER)
    });
    let other = [400, 402, 405, 408, 409, 410, 418, 425, 451, 499]
        .map(|status| Row::answer(status, &[], HTML, Refused, NEVER));
    observe(documented.into_iter().chain(other)).await;
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Server::start([created(), accepted()]).await;
    let to = format!("{}/v25.0/1/accept", elsewhere.url());
    let statuses = [300, 301, 302, 303, 304, 307, 308];
    observe(statuses.map(|status| Row::answer(status, &[("location", &to)], "", Refused, NEVER)))
        .await;
    assert_eq!(elsewhere.tally().connections, 0);
}

#[tokio::test]
async fn a_wish_beyond_the_deadline_ends_the_call_and_is_told() {
    let usage = json!({ "7": [{ "type": "a", "estimated_time_to_regain_access": 19 }] });
    let usage = usage.to_string();
    for (header, seconds) in [
        (("Retry-After", "7200"), 7200),
        (("X-Business-Use-Case-Usage", usage.as_str()), 19 * 60),
    ] {
        for call in CALLS {
            let server = Server::start([Step::answer(429, &[header], ""), call.success()]).await;
            let client = client_with(&server, call.eager(policy()));
            let error = call.make(&client).await.expect_err("throttled");
            assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
            assert!(error.is_throttled() && error.is_deadline_exceeded());
            assert!(!error.may_have_taken_effect());
            assert_eq!((error.attempts(), server.count()), (1, 1));
            assert!(
                error
                    .to_string()
                    .contains(&format!("try again in {seconds} s")),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn attempts_are_bounded() {
    for call in CALLS {
        let server = Server::start(vec![Step::answer(429, &[], ""); 9]).await;
        let client = client_with(&server, call.eager(policy()).max_attempts(5));
        let error = call.make(&client).await.expect_err("throttled");
        assert_eq!((error.attempts(), server.count()), (5, 5));
        assert!(error.is_throttled() && !error.is_deadline_exceeded());
    }
}
