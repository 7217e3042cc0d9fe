//! Responses that nobody should send: the client ends soon, keeps little, says what it knows and never panics.

use std::{error::Error as _, time::Duration};

use serde_json::{Map, json};
use whatsapp_multi_partner_solutions::Error;

use crate::{client::*, server::Step};

const LIMIT: usize = 64 * 1024;

/// Both operations receive it, with a status of success and with one of refusal.
async fn receive(once: &Once, headers: &[(&str, &str)], body: &[u8]) -> Error {
    let step = |status| Step::response(status, headers, body);
    let errors = [
        once.create(step(200)).await.expect_err("no success"),
        once.accept(step(200)).await.expect_err("no success"),
        once.create(step(400)).await.expect_err("no success"),
        once.accept(step(400)).await.expect_err("no success"),
    ];
    for error in &errors {
        let kept = error.response().expect("a response");
        assert_eq!(kept.body(), &body[..body.len().min(LIMIT)]);
        assert_eq!(kept.is_truncated(), body.len() > LIMIT);
        let success = kept.status().is_success();
        assert_eq!(error.may_have_taken_effect(), success, "{error}");
        assert_eq!(error.is_refused(), !success, "{error}");
    }
    let [.., last] = errors;
    last
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_kept_as_sent() {
    let once = Once::start().await;
    let deep = "[".repeat(100_000);
    let balanced = format!("{{\"error\":{}1{}}}", "[".repeat(9000), "]".repeat(9000));
    let bodies: [&[u8]; 6] = [
        b"\0\0\0\0",
        b"{\"solution_id\":\"1\",\"success\":true}}",
        b"{\"error\":{\"message\":\"Latin-1: \xe4\",\"code\":4}}",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV*\xce",
        deep.as_bytes(),
        balanced.as_bytes(),
    ];
    for body in bodies {
        receive(&once, &[("content-encoding", "gzip")], body).await;
    }
    for length in [LIMIT, LIMIT + 1] {
        receive(&once, &[], "x".repeat(length).as_bytes()).await;
    }
}

/// Fuzzing once found that some of these are read wrongly; the others are at the ends of what is possible.
#[tokio::test]
async fn waits_that_are_out_of_range() {
    let once = Once::start().await;
    let minutes = |minutes: &str| {
        format!(r#"{{"1":[{{"call_count":-1e308,"estimated_time_to_regain_access":{minutes}}}]}}"#)
    };
    let usage = "x-business-use-case-usage";
    let forever = Some(Duration::MAX);
    for (header, value, expected) in [
        (usage, &minutes("1e308")[..], forever),
        (usage, &minutes("18446744073709551616"), forever),
        (usage, &minutes("0.5"), Some(Duration::from_secs(30))),
        (usage, &minutes("-1"), None),
        (usage, &minutes("29999999999999999991e308"), None),
        (usage, &minutes("\"19\""), None),
        (usage, &"[".repeat(30_000), None),
        ("retry-after", "99999999999999999999999", forever),
        (
            "retry-after",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            Some(Duration::ZERO),
        ),
        ("retry-after", "Sun, 99 Nov 9999 99:99:99 GMT", None),
        ("retry-after", "-5", None),
    ] {
        let error = receive(&once, &[(header, value)], b"").await;
        assert_eq!(error.retry_after(), expected, "{header}: {value:.99}");
    }
}

#[tokio::test]
async fn wrong_types_and_numbers_in_an_error() {
    let once = Once::start().await;
    let fields = ["message", "code", "fbtrace_id", "is_transient"];
    for value in [json!(null), json!([[1], {}]), json!(1e300), json!(u64::MAX)] {
        let all = fields.map(|name| (name.to_owned(), value.clone()));
        let all = Map::from_iter(all).into();
        let error = once.create(graph_error(400, &all)).await;
        let error = error.expect_err("refused");
        assert!(error.is_refused(), "{error}");
        let graph = error.graph_error().expect("an object");
        let read = (graph.message(), graph.code(), graph.is_transient());
        assert_eq!(read, (None, None, None));
        assert_eq!(graph.as_json()["fbtrace_id"], value, "it is kept as sent");
    }
    // A byte order mark, and an entry that debugging adds.
    let marked = "\u{feff}{\"error\":{\"code\":10},\"__fb_trace\":1}";
    let error = once.accept(Step::response(200, &[], marked)).await;
    let error = error.expect_err("an error");
    assert_eq!(error.graph_error().and_then(|it| it.code()), Some(10));
}

#[tokio::test]
async fn the_text_of_an_error_cannot_steer_a_terminal_and_is_short() {
    let once = Once::start().await;
    let steering = "a\u{1b}[2J\r\nb\u{7}\u{9b}c\u{202e}";
    for text in [steering.to_owned(), "\u{1F600}".repeat(9000)] {
        let fields =
            json!({ "message": text, "error_user_msg": format!("{text}x"), "fbtrace_id": text });
        let error = once.create(graph_error(400, &fields)).await;
        let error = error.expect_err("refused");
        let text = format!("{error}{error:?}");
        let steers = |char: char| char.is_control() || char == '\u{202e}';
        assert!(!text.contains(steers), "{text:?}");
        assert!(text.chars().count() < 2500, "{text}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let once = Once::start().await;
    for (code, length) in [
        (200, ""),
        (400, ""),
        (500, "content-length: 999999999999\r\n"),
    ] {
        let head = format!("HTTP/1.1 {code} Scripted\r\n{length}\r\n");
        let error = once.create(Step::flood(&head)).await;
        let error = error.expect_err("no success");
        assert_eq!(error.may_have_taken_effect(), code != 400, "{error}");
        let kept = error.response().expect("a response");
        assert_eq!(kept.status().as_u16(), code);
        assert!(kept.is_truncated() && kept.body().len() == LIMIT);
    }
    // Closing is how the client says that it does not want the rest.
    once.server.until(|tally| tally.closed == 3).await;
}

#[tokio::test]
async fn the_part_of_a_response_that_arrived_is_kept() {
    let once = Once::start().await;
    let head = "HTTP/1.1 200 OK\r\nx-fb-trace-id: T7\r\ncontent-length: 50\r\n\r\n";
    let part = Step::raw(format!("{head}{{\"solution_id\"")).then_close();
    let error = once.create(part).await.expect_err("cut off");
    let kept = error.response().expect("a part");
    assert_eq!(kept.body(), b"{\"solution_id\"");
    assert_eq!(kept.trace_id(), Some("T7"));
    assert!(error.source().is_some());
}
