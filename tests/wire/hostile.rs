//! Answers that nobody should send: the client ends soon, keeps little, says what it knows and never panics.

use std::time::{Duration, Instant};

use serde_json::json;
use whatsapp_multi_partner_solutions::Error;

use crate::{
    client::*,
    server::{Server, Step, answer},
};

const LIMIT: usize = 64 * 1024;

/// Both operations meet it, at a status of success and at one of refusal.
async fn meet(once: &Once, body: &[u8], headers: &[(&str, &str)]) -> [Error; 4] {
    let step = |status| Step::answer(status, headers, body);
    let errors = [
        once.create(step(200)).await.expect_err("no success"),
        once.accept(step(200)).await.expect_err("no success"),
        once.create(step(400)).await.expect_err("no success"),
        once.accept(step(400)).await.expect_err("no success"),
    ];
    for error in &errors {
        let kept = error.body().expect("a body");
        assert_eq!(
            kept,
            &body[..body.len().min(LIMIT)],
            "what was sent is kept"
        );
        assert_eq!(error.is_body_cut_at_limit(), body.len() > LIMIT);
        let success = error.status().expect("a status").is_success();
        assert_eq!(error.may_have_taken_effect(), success, "{error}");
        assert_eq!(error.is_refused(), !success, "{error}");
        assert!(error.to_string().len() < 2000 && !error.to_string().contains('\n'));
    }
    errors
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let once = Once::start().await;
    let utf16: Vec<u8> = "\u{feff}{\"solution_id\":\"1\",\"success\":true}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let bodies: [&[u8]; 8] = [
        b"",
        b"<!DOCTYPE html><title>Error</title>",
        b"\0\0\0\0",
        &utf16,
        b"{\"solution_id\":\"\xff\xfe\",\"success\":\"\xc3\x28\"}",
        // Latin-1.
        b"{\"error\":{\"message\":\"Zugriff verw\xe4hrt\",\"code\":4}}",
        b"{\"solution_id\":\"1\",\"success\":true}}",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV*\xce",
    ];
    for body in bodies {
        meet(&once, body, &[("content-type", "application/json")]).await;
    }
}

#[tokio::test]
async fn compression_that_nobody_asked_for_is_not_undone() {
    let once = Once::start().await;
    for encoding in ["gzip", "br", "deflate", "zstd"] {
        meet(
            &once,
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
            &[("content-encoding", encoding)],
        )
        .await;
    }
}

#[tokio::test]
async fn json_that_is_deep() {
    let once = Once::start().await;
    for open in [
        "[",
        "{\"error\":",
        "{\"solution_id\":",
        "{\"success\":[{\"a\":",
    ] {
        meet(&once, open.repeat(100_000).as_bytes(), &[]).await;
    }
    let deep = format!(
        "{{\"error\":{}1{}}}",
        "[".repeat(30_000),
        "]".repeat(30_000)
    );
    meet(&once, deep.as_bytes(), &[]).await;
}

#[tokio::test]
async fn a_header_that_is_deep_json() {
    let once = Once::start().await;
    let deep = "[".repeat(30_000);
    let headers = [
        ("x-business-use-case-usage", &deep[..]),
        ("x-app-usage", &deep),
    ];
    let [error, ..] = meet(&once, b"", &headers).await;
    assert_eq!(
        (error.usage(), error.retry_after()),
        (Default::default(), None)
    );
}

#[tokio::test]
async fn wrong_types_in_every_field_of_an_error() {
    let once = Once::start().await;
    let fields = [
        "message",
        "type",
        "code",
        "error_subcode",
        "fbtrace_id",
        "is_transient",
        "error_user_title",
        "error_user_msg",
    ];
    let wrong = [
        json!(null),
        json!([]),
        json!({}),
        json!([[1], {}]),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
    ];
    for value in &wrong {
        let error: serde_json::Map<_, _> = fields
            .iter()
            .map(|name| ((*name).to_owned(), value.clone()))
            .collect();
        let error = once
            .create(graph_error(400, &error.into()))
            .await
            .expect_err("is refused");
        assert!(error.is_refused(), "{error}");
        let graph = error.graph_error().expect("an object");
        assert_eq!(
            (graph.message(), graph.code(), graph.is_transient()),
            (None, None, None)
        );
        assert_eq!(
            graph.as_json()["fbtrace_id"],
            *value,
            "what was sent is kept"
        );
    }
    for other in wrong.iter().chain([&json!("text")]) {
        let error = once
            .create(graph_error(400, other))
            .await
            .expect_err("is refused");
        assert!(error.is_refused(), "{error}");
    }
}

#[tokio::test]
async fn text_of_an_error_cannot_write_to_the_terminal() {
    let once = Once::start().await;
    let fields = json!({ "message": "a\u{1b}[2J\r\nb\u{7}\u{9b}c", "error_user_title": "\n\n", "fbtrace_id": "\u{1b}]0;" });
    let error = once
        .create(graph_error(400, &fields))
        .await
        .expect_err("is refused");
    for text in [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}").replace('\n', ""),
    ] {
        assert!(!text.chars().any(char::is_control), "{text:?}");
    }
    let long = json!({ "message": "\u{1F600}".repeat(9000), "error_user_msg": "x".repeat(20_000) });
    let error = once
        .create(graph_error(400, &long))
        .await
        .expect_err("is refused");
    assert!(error.to_string().chars().count() < 1200);
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    const TOTAL: usize = 100 << 20;
    for (status, head) in [
        (
            200,
            format!("HTTP/1.1 200 OK\r\ncontent-length: {TOTAL}\r\n\r\n"),
        ),
        (
            500,
            format!("HTTP/1.1 500 No\r\ncontent-length: {}\r\n\r\n", 1_u64 << 60),
        ),
        (400, "HTTP/1.1 400 No\r\n\r\n".to_owned()),
    ] {
        let server = Server::start([Step::flood(&head, TOTAL)]).await;
        let begun = Instant::now();
        let error = create(&client_with(&server, policy().max_attempts(1)))
            .await
            .expect_err("no success");
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status), "{error}");
        assert!(error.is_body_cut_at_limit(), "{error}");
        assert_eq!(error.body().map(<[u8]>::len), Some(LIMIT));
        assert_eq!(error.may_have_taken_effect(), status != 400, "{error}");
        // Closing is how the client says that it does not want the rest; buffers of sockets hold some of it.
        let tally = server.until(|tally| tally.closed == 1).await;
        assert!(tally.flooded < TOTAL / 2, "{tally:?}");
    }
}

#[tokio::test]
async fn a_body_at_the_limit_is_whole() {
    let once = Once::start().await;
    for (length, cut) in [(LIMIT - 1, false), (LIMIT, false), (LIMIT + 1, true)] {
        let error = once
            .create(Step::answer(400, &[], "x".repeat(length)))
            .await
            .expect_err("no");
        assert_eq!(error.is_body_cut_at_limit(), cut, "{length}");
        assert_eq!(error.body().map(<[u8]>::len), Some(length.min(LIMIT)));
    }
}

#[tokio::test]
async fn headers_without_end_end_the_attempt() {
    let once = Once::start().await;
    let many: String = (0..200_000).map(|n| format!("x-{n}: y\r\n")).collect();
    let huge = format!("x: {}\r\n", "y".repeat(8 << 20));
    for headers in [many, huge] {
        let step = Step::raw(format!(
            "HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}"
        ));
        let error = once.create(step).await.expect_err("no answer");
        assert!(error.may_have_taken_effect(), "{error}");
        assert_eq!(error.status(), None);
    }
}

#[tokio::test]
async fn an_answer_too_many_is_not_the_answer_to_the_next_call() {
    let first = answer(200, &[], b"{\"solution_id\":\"1\"}");
    let stray = answer(200, &[], b"{\"solution_id\":\"666\"}");
    let server = Server::start([Step::raw([first, stray].concat()), created()]).await;
    let client = client(&server);
    assert_eq!(
        create(&client)
            .await
            .expect("a solution")
            .solution_id
            .to_string(),
        "1"
    );
    // Whether the stray answer is noticed before the next call or in it, nobody takes it for that call's.
    match create(&client).await {
        Ok(reply) => assert_eq!(reply.solution_id.to_string(), SOLUTION),
        Err(error) => assert!(error.may_have_taken_effect(), "{error}"),
    }
}
