//! Rows of the table in which the request was sent and no whole answer came, and what follows them.

use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::{ErrorKind::OutcomeUnknown, Resend};

use crate::{
    client::*,
    server::{Server, Step, answer},
    table::*,
};

/// Long enough for a whole exchange on loopback even on a machine that is busy.
const SHORT: Duration = Duration::from_millis(700);

fn lost(what: &str, step: Step, status: Option<u16>) -> Row {
    let row = Row::new(what, step, OutcomeUnknown, IF_SAFE_TO_REPEAT);
    Row { status, ..row }
}

#[tokio::test]
async fn the_connection_ends() {
    let whole = answer(200, &[], b"{\"solution_id\":\"1\"}");
    let cut = Step::raw(&whole[..whole.len() - 1]).then_close();
    let head = &whole[..whole.len() - 19];
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let half_a_chunk = [&chunked[..], b"13\r\n{\"solution_id\":"].concat();
    let no_last_chunk = [&chunked[..], b"13\r\n{\"solution_id\":\"1\"}\r\n"].concat();
    let refusal =
        Step::raw(b"HTTP/1.1 400 Bad\r\ncontent-length: 99\r\n\r\n{\"error\":").then_close();
    observe([
        lost("closed before reading", Step::close_unread(), None),
        lost("closed after reading", Step::close(), None),
        lost("reset", Step::reset_after(b""), None),
        lost("reset in the head", Step::reset_after(b"HTTP/1.1 2"), None),
        lost(
            "reset in the body",
            Step::reset_after(&whole[..whole.len() - 1]),
            Some(200),
        ),
        lost("body cut", cut, Some(200)),
        lost("no body", Step::raw(head).then_close(), Some(200)),
        lost(
            "half a status line",
            Step::raw("HTTP/1.").then_close(),
            None,
        ),
        lost(
            "half a head",
            Step::raw("HTTP/1.1 200 OK\r\nx: y\r\n").then_close(),
            None,
        ),
        lost(
            "half a chunk",
            Step::raw(half_a_chunk).then_close(),
            Some(200),
        ),
        lost(
            "no last chunk",
            Step::raw(no_last_chunk).then_close(),
            Some(200),
        ),
        lost("a refusal cut short", refusal, Some(400)),
    ])
    .await;
}

#[tokio::test]
async fn what_comes_is_not_http() {
    let garbage: [&[u8]; 8] = [
        b"\0\x01\x02\x03\x04garbage\r\n\r\n",
        b"{\"solution_id\":\"1\"}\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
    ];
    let row = |bytes: &[u8]| lost(&format!("{}", bytes.escape_ascii()), Step::raw(bytes), None);
    observe(garbage.map(row)).await;
    let size =
        Step::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n");
    observe([lost("no size of a chunk", size, Some(200))]).await;
}

#[tokio::test]
async fn time_runs_out() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n";
    let rows = [
        lost("no answer", Step::hang(), None),
        lost("half a head", Step::raw("HTTP/1.1 200").then_hang(), None),
        lost("no body", Step::raw(head).then_hang(), Some(200)),
        lost(
            "half a body",
            Step::raw(format!("{head}{{\"solution_id\"")).then_hang(),
            Some(200),
        ),
    ];
    let limited = policy().max_attempts(3).attempt_timeout(SHORT);
    let mut ready = Vec::new();
    for row in rows {
        ready.push(Observation::of(limited.clone(), [row]).await);
    }
    // All at the same time, because each has to wait for the time limit.
    let mut observing: JoinSet<()> = ready.into_iter().map(Observation::make).collect();
    while let Some(observed) = observing.join_next().await {
        observed.expect("as the table says");
    }
}

#[tokio::test]
async fn what_came_of_an_answer_is_kept() {
    let once = Once::start().await;
    let cut = Step::raw(
        "HTTP/1.1 200 OK\r\nx-fb-trace-id: T7\r\ncontent-length: 50\r\n\r\n{\"solution_id\":\"77\"",
    );
    let error = once.create(cut.then_close()).await.expect_err("is cut");
    assert_eq!(error.body(), Some(&b"{\"solution_id\":\"77\""[..]));
    assert_eq!(error.trace_id(), Some("T7"));
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn an_answer_that_comes_slowly_or_in_chunks_is_a_whole_one() {
    let once = Once::start().await;
    let body = b"{\"solution_id\":\"5555666677778888\",\"success\":true}";
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
        3;ext=1\r\n{\"s\r\n17\r\nolution_id\":\"5555666677\r\n17\r\n778888\",\"success\":true}\r\n0\r\ntrailer: x\r\n\r\n";
    let early = [
        &b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"[..],
        &answer(200, &[], body),
    ]
    .concat();
    let until_closed = [&b"HTTP/1.0 200 OK\r\n\r\n"[..], body].concat();
    for step in [
        Step::drip(&answer(200, &[], body)),
        Step::raw(&chunked[..]),
        Step::raw(early),
        Step::raw(until_closed).then_close(),
    ] {
        let reply = once.create(step.clone()).await.expect("a solution");
        assert_eq!(reply.solution_id.to_string(), SOLUTION);
        let reply = once.accept(step).await.expect("accepted");
        assert_eq!(reply.solution_id, SOLUTION);
    }
}

#[tokio::test]
async fn the_deadline_bounds_attempts_that_hang() {
    let server = Server::start(vec![Step::hang(); 9]).await;
    let policy = policy().deadline(SHORT).attempt_timeout(SHORT * 10);
    let begun = std::time::Instant::now();
    let error = accept(&client_with(&server, policy))
        .await
        .expect_err("time is up");
    assert!(begun.elapsed() >= SHORT);
    assert!(begun.elapsed() < SHORT * 9, "the deadline ends an attempt");
    assert!(error.may_have_taken_effect() && error.is_deadline_exceeded());
    assert_eq!((error.attempts(), server.count()), (1, 1));
}

#[tokio::test]
async fn accept_that_is_refused_after_a_lost_answer_may_have_taken_effect() {
    let refused = || graph_error(422, &json!({ "code": 100, "error_subcode": 2_207_051 }));
    let denied = || Step::json(200, &json!({ "success": false }));
    let gateway = || Step::answer(504, &[], "");
    for (lost, then) in [
        (Step::close(), refused()),
        (gateway(), refused()),
        (Step::close(), denied()),
    ] {
        let server = Server::start([lost, then]).await;
        let error = accept(&client(&server)).await.expect_err("is refused");
        assert_eq!((error.attempts(), server.count()), (2, 2));
        assert!(
            error.may_have_taken_effect() && !error.is_refused(),
            "{error}"
        );
        assert!(error.earlier_attempt_may_have_taken_effect());
        let text = error.to_string();
        assert!(
            text.contains("an earlier attempt may have been the one that took effect"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_refusal_without_a_lost_answer_says_nothing_of_one() {
    let server = Server::start([Step::answer(429, &[], ""), Step::answer(422, &[], "")]).await;
    let error = accept(&client(&server)).await.expect_err("is refused");
    assert_eq!((error.attempts(), server.count()), (2, 2));
    assert!(error.is_refused() && !error.may_have_taken_effect());
    assert!(!error.to_string().contains("earlier attempt"), "{error}");
}

#[tokio::test]
async fn throttled_after_a_lost_answer_is_both() {
    let script = [
        Step::answer(500, &[], ""),
        Step::answer(429, &[("retry-after", "9999")], ""),
    ];
    let server = Server::start(script).await;
    let error = create(&client(&server)).await.expect_err("is throttled");
    assert!(error.may_have_taken_effect() && error.is_throttled());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9999)));
    assert_eq!((error.attempts(), server.count()), (2, 2));
}

#[tokio::test]
async fn create_by_default_stops_at_the_first_lost_answer() {
    let script = [
        Step::answer(429, &[], ""),
        Step::answer(500, &[], ""),
        Step::close(),
        created(),
    ];
    let server = Server::start(script.clone()).await;
    let error = create(&client(&server)).await.expect_err("is lost");
    assert_eq!((error.attempts(), server.count()), (3, 3));

    let server = Server::start(script).await;
    let eager = policy().resend(Resend::Always);
    let reply = create(&client_with(&server, eager))
        .await
        .expect("a solution");
    assert_eq!((reply.attempts(), server.count()), (4, 4));
    assert!(reply.earlier_attempt_may_have_taken_effect());
}
