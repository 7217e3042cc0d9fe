//! The table 'when a call is sent again', row by row.

use std::{
    error::Error as _,
    time::{Duration, Instant, SystemTime},
};

use serde_json::json;
use tokio::{net::TcpSocket, task::JoinSet};
use whatsapp_multi_partner_solutions::{
    Client,
    ErrorKind::{OutcomeUnknown, Refused, Throttled},
};

use crate::{
    client::*,
    server::{Do, Server, Step},
    table::*,
};

const SHORT: Duration = Duration::from_millis(500);
const LONG: Duration = Duration::from_secs(30);
const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

/// A byte order mark, and an entry that debugging adds.
const MARKED: &str = "\u{feff}{\"error\":{\"code\":10},\"__fb_trace\":1}";

fn code(code: i64) -> String {
    json!({ "error": { "message": "Scripted", "code": code } }).to_string()
}

fn transient(code: i64, is_transient: bool) -> String {
    json!({ "error": { "code": code, "is_transient": is_transient } }).to_string()
}

#[tokio::test]
async fn complete_responses() {
    let mut rows = vec![
        // Throttled: by code at any status, and by status 429 whatever the body.
        row(200, &code(4), Throttled, AGAIN),
        row(503, &code(4), Throttled, AGAIN),
        row(429, HTML, Throttled, AGAIN),
        row(429, &code(100), Throttled, AGAIN),
        row_with(("Retry-After", "0"), 429, Throttled, AGAIN),
        // Stated to be transient.
        row(200, &transient(100, true), Refused, AGAIN),
        row(400, &transient(100, true), Refused, AGAIN),
        row(500, &transient(100, true), OutcomeUnknown, AS_DOCUMENTED),
        row(504, &transient(100, true), OutcomeUnknown, AS_DOCUMENTED),
        // Stated not to be transient, or a policy block: it wins.
        row(400, &transient(4, false), Refused, NEVER),
        row(429, &transient(100, false), Refused, NEVER),
        row(500, &transient(2, false), OutcomeUnknown, NEVER),
        row(503, &transient(100, false), OutcomeUnknown, NEVER),
        row(429, &transient(368, true), Refused, NEVER),
        row(500, &code(368), OutcomeUnknown, NEVER),
        // Failures inside Meta.
        row(500, HTML, OutcomeUnknown, AS_DOCUMENTED),
        row(500, &code(100), OutcomeUnknown, AS_DOCUMENTED),
        row(200, &code(1), OutcomeUnknown, AS_DOCUMENTED),
        row(400, &code(2), OutcomeUnknown, AS_DOCUMENTED),
        row(502, &code(1), OutcomeUnknown, AS_DOCUMENTED),
        // Gateways.
        row(502, HTML, OutcomeUnknown, IF_REPEATABLE),
        row(503, HTML, OutcomeUnknown, IF_REPEATABLE),
        row(504, "", OutcomeUnknown, IF_REPEATABLE),
        row(599, "", OutcomeUnknown, IF_REPEATABLE),
        row_with(("Retry-After", "0"), 503, OutcomeUnknown, AS_DOCUMENTED),
        row_with(("Retry-After", "0"), 502, OutcomeUnknown, IF_REPEATABLE),
        row_with(("Retry-After", "soon"), 503, OutcomeUnknown, IF_REPEATABLE),
        // A success that cannot be read.
        row(200, "", OutcomeUnknown, NEVER),
        row(201, HTML, OutcomeUnknown, NEVER),
        row(200, "null", OutcomeUnknown, NEVER),
        row(200, "{\"solution_id\":\"1", OutcomeUnknown, NEVER),
        row(200, "{\"solution_id\":7}", OutcomeUnknown, NEVER),
        row(200, "{\"success\":\"yes\"}", OutcomeUnknown, NEVER),
        row(200, "{\"error\":\"no object\"}", OutcomeUnknown, NEVER),
        // Refused.
        row(200, &code(100), Refused, NEVER),
        row(200, MARKED, Refused, NEVER),
        row(400, &code(100), Refused, NEVER),
        row(404, HTML, Refused, NEVER),
        row(304, "", Refused, NEVER),
        row_with(("location", "/"), 302, Refused, NEVER),
        row_with(("location", "/"), 307, Refused, NEVER),
    ];
    let codes = [17, 32, 341, 613, 80014, 130_429];
    for throttling in codes.into_iter().chain(80000..=80009) {
        rows.push(row(400, &code(throttling), Throttled, AGAIN));
    }
    for other in [3, 5, 80010, 80013, 80015] {
        rows.push(row(400, &code(other), Refused, NEVER));
    }
    observe(policy(), rows).await;
}

#[tokio::test]
async fn incomplete_responses() {
    let ok = "HTTP/1.1 200 OK\r\n";
    let closed = |bytes: String| Step::raw(bytes).then(Do::Close);
    let many_headers = ok.to_owned() + &"x: y\r\n".repeat(50_000);
    let refusal = Step::response(400, &[], "{}");
    let switching = "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
    let rows = vec![
        lost("closed", Step::close(), None),
        lost("reset", Step::bytes(9, b"").then(Do::Close), None),
        lost("half a head", closed(format!("{ok}x: y\r\n")), None),
        lost("endless headers", closed(many_headers), None),
        lost("half a body", created().cut(1), Some(200)),
        lost("half a refusal", refusal.cut(1), Some(400)),
        lost("no HTTP", Step::raw("SSH-2.0-OpenSSH\r\n\r\n"), None),
        lost("another protocol", Step::raw(switching), Some(101)),
    ];
    // Long enough for a whole exchange on a busy machine.
    let limited = policy().attempt_timeout(Duration::from_millis(1500));
    let none = lost("no response in time", Step::hang(), None);
    let half = Step::raw(format!("{ok}content-length: 19\r\n\r\n{{")).then(Do::Hang);
    let half = lost("half a body in time", half, Some(200));
    tokio::join!(
        observe(policy(), rows),
        observe(limited.clone(), vec![none]),
        observe(limited, vec![half])
    );
}

#[tokio::test]
async fn success_false_is_a_refusal_of_accept_and_unknown_for_create() {
    let once = Once::start().await;
    let body = json!({ "success": false, "solution_id": SOLUTION, "message": "Not invited." });
    let denied = Step::json(200, &body);
    let error = once.accept(denied.clone()).await.expect_err("denied");
    assert!(error.is_refused() && error.to_string().contains("Not invited."));
    let error = once.create(denied).await.expect_err("denied");
    assert!(error.may_have_taken_effect(), "{error}");
}

#[tokio::test]
async fn attempts_are_limited_and_all_the_same_to_the_byte() {
    let server = Server::start(vec![Step::response(429, &[], ""); 9]).await;
    let client = client_with(&server, policy().max_attempts(3));
    let error = create(&client).await.expect_err("throttled");
    assert_eq!((error.attempts(), server.count()), (3, 3));
    assert!(error.is_throttled() && !error.is_deadline_exceeded());
    let seen = server.seen();
    assert!(seen.iter().all(|request| request.raw == seen[0].raw));
}

/// What the attempts before the last one leave true.
#[tokio::test]
async fn earlier_attempts() {
    let server = Server::start([]).await;
    for (earlier, unknown) in [
        (Step::close(), true),
        (Step::response(504, &[], ""), true),
        (throttled("0"), false),
    ] {
        server.script([earlier, graph_error(422, &json!({ "code": 100 }))]);
        let error = accept(&client(&server)).await.expect_err("refused");
        assert_eq!((error.attempts(), server.count()), (2, 2));
        assert_eq!(error.may_have_taken_effect(), unknown, "{error}");
        assert_eq!(error.is_refused(), !unknown);
        assert_eq!(error.earlier_attempt_may_have_taken_effect(), unknown);
        let said = "an earlier attempt may have taken effect";
        assert_eq!(error.to_string().contains(said), unknown, "{error}");
    }

    server.script([Step::response(500, &[], ""), throttled("9999")]);
    let error = create(&client(&server)).await.expect_err("throttled");
    assert!(error.may_have_taken_effect() && error.is_throttled());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9999)));
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let server = Server::start([]).await;
    let wait = [("Retry-After", "1")];
    server.script([Step::response(503, &wait, ""), accepted()]);
    accept(&client(&server)).await.expect("accepted");
    let seen = server.seen();
    assert!(seen[1].arrived - seen[0].arrived >= Duration::from_secs(1));

    // A wait beyond the deadline is not begun.
    let minutes = json!({ "7": [{ "type": "a", "estimated_time_to_regain_access": 19 }] });
    let usage = ("X-Business-Use-Case-Usage", &minutes.to_string()[..]);
    let date = SystemTime::now() + Duration::from_secs(7200);
    let date = httpdate::fmt_http_date(date);
    for (headers, seconds) in [
        (&[("Retry-After", "7200")][..], 7200..=7200),
        (&[("Retry-After", &date)], 7100..=7200),
        (&[usage], 1140..=1140),
        (&[("Retry-After", "3"), usage], 1140..=1140),
        (&[("Retry-After", "2000"), usage], 2000..=2000),
    ] {
        for status in [429, 500] {
            server.script([Step::response(status, headers, ""), accepted()]);
            let error = accept(&client(&server)).await.expect_err("too long");
            assert!(error.is_deadline_exceeded(), "{error}");
            assert_eq!((error.attempts(), server.count()), (1, 1));
            let wait = error.retry_after().expect("a wait").as_secs();
            assert!(seconds.contains(&wait), "{headers:?}: {wait}");
            let advice = match status {
                429 => "; try again in ",
                _ => "; the server asks to wait ",
            };
            assert!(error.to_string().contains(advice), "{error}");
        }
    }
}

#[tokio::test]
async fn the_deadline_ends_an_attempt() {
    let deadline = Duration::from_secs(1);
    let server = Server::start([Step::hang(), accepted()]).await;
    let client = client_with(&server, policy().deadline(deadline));
    let begun = Instant::now();
    let error = accept(&client).await.expect_err("time is up");
    assert!((deadline..deadline * 20).contains(&begun.elapsed()));
    assert!(error.may_have_taken_effect() && error.is_deadline_exceeded());
    assert_eq!((error.attempts(), server.count()), (1, 1));
}

/// Nothing was sent: every operation is sent again.
async fn never_sent(call: Call, base_url: &str, connect: Duration, attempt: Duration) {
    let policy = call.policy(policy()).max_attempts(3);
    let client = Client::builder()
        .token(TOKEN)
        .base_url(base_url)
        .connect_timeout(connect)
        .retry_policy(policy.attempt_timeout(attempt));
    let client = client.build().expect("a client");
    let error = call.make(&client).await.expect_err("nobody there");
    assert!(error.is_unreachable(), "{call:?}: {error:?}");
    assert!(!error.may_have_taken_effect() && !error.is_throttled());
    assert!(!error.earlier_attempt_may_have_taken_effect());
    assert_eq!((status(&error), error.retry_after()), (None, None));
    assert_eq!(error.attempts(), 3, "{call:?}: {error}");
    assert!(error.to_string().contains("trying again is safe"));
    assert!(error.source().is_some() || attempt == SHORT);
}

#[tokio::test]
async fn dns_or_connecting_fails() {
    // Taken for as long as the socket lives, and nobody listens.
    let taken = TcpSocket::new_v4().expect("a socket");
    taken.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let address = taken.local_addr().expect("an address");
    for call in CALLS {
        never_sent(call, &format!("http://{address}"), LONG, LONG).await;
    }
    never_sent(Call::Accept, "https://no-such-host.invalid", SHORT, LONG).await;
}

#[tokio::test]
async fn tls_fails_or_takes_too_long() {
    let alert: &[u8] = b"\x15\x03\x03\x00\x02\x02\x28";
    // At the same time, because some wait for a time limit.
    let mut calling = JoinSet::new();
    for (says, connect, attempt) in [
        (alert, LONG, LONG),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", LONG, LONG),
        (b"", SHORT, LONG),
        (b"", LONG, SHORT),
    ] {
        for call in CALLS {
            let step = Step::bytes(1, says).then(Do::Hang);
            let server = Server::start(vec![step; 3]).await;
            calling.spawn(async move {
                let https = server.url().replace("http:", "https:");
                never_sent(call, &https, connect, attempt).await;
                server.until(|tally| tally.connections == 3).await;
            });
        }
    }
    calling.join_all().await;
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = Server::start([accepted().then(Do::Close), accepted()]).await;
    let client = client(&server);
    accept(&client).await.expect("accepted");
    server.until(|tally| tally.closed == 1).await;
    // Whether or not the client has noticed by now: the server gets the call once.
    accept(&client).await.expect("accepted");
    assert_eq!((server.count(), server.tally().connections), (2, 2));
}
