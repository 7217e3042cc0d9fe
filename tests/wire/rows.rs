//! The table 'when a call is sent again', with a row for each of its classes. `tests/faults` draws many more responses.

use std::{
    error::Error as _,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::{net::TcpSocket, task::JoinSet};
use whatsapp_multi_partner_solutions::{
    Client,
    ErrorKind::{self, OutcomeUnknown, Refused, Throttled},
};

use crate::{
    client::*,
    server::{Do, Server, Step},
};

const SHORT: Duration = Duration::from_millis(500);
const LONG: Duration = Duration::from_secs(30);
const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

/// Whether a call is sent again: create under `OnlyIfSafe`, `AsDocumented` and `Always`, and accept; in the order of
/// [`CALLS`].
type Again = [bool; 4];

const AGAIN: Again = [true; 4];
const NEVER: Again = [false; 4];
/// Where both pages ask for it although a second solution may be created.
const AS_DOCUMENTED: Again = [false, true, true, true];
/// Where create is repeated only on an explicit wish.
const IF_REPEATABLE: Again = [false, false, true, true];

/// What the server does, and what that leads to.
type Row = (Step, ErrorKind, Again);

fn row(status: u16, body: &str, kind: ErrorKind, again: Again) -> Row {
    (Step::response(status, &[], body), kind, again)
}

fn code(code: i64) -> String {
    json!({ "error": { "code": code } }).to_string()
}

fn transient(code: i64, is_transient: bool) -> String {
    json!({ "error": { "code": code, "is_transient": is_transient } }).to_string()
}

#[tokio::test]
async fn sent() {
    let wait = Step::response(503, &[("Retry-After", "0")], "");
    let unreadable_wait = Step::response(503, &[("Retry-After", "soon")], "");
    let redirect = Step::response(302, &[("location", "/")], "");
    let refusal = json!({ "error": { "code": 10 }, "__debug__": {} }).to_string();
    let denied = r#"{"error":{"code":4},"success":false,"id":1}"#;
    let rows = [
        // Throttled: by code at any status, and by status 429 whatever the body.
        row(200, denied, Throttled, AGAIN),
        row(429, HTML, Throttled, AGAIN),
        // Stated to be transient.
        row(400, &transient(100, true), Refused, AGAIN),
        row(504, &transient(100, true), OutcomeUnknown, AS_DOCUMENTED),
        // Stated not to be transient, or a policy block: it wins.
        row(429, &transient(100, false), Refused, NEVER),
        row(500, &transient(2, false), OutcomeUnknown, NEVER),
        row(429, &transient(368, true), Refused, NEVER),
        // Failures inside Meta.
        row(500, HTML, OutcomeUnknown, AS_DOCUMENTED),
        row(400, &code(2), OutcomeUnknown, AS_DOCUMENTED),
        // Gateways.
        row(502, HTML, OutcomeUnknown, IF_REPEATABLE),
        (wait, OutcomeUnknown, AS_DOCUMENTED),
        (unreadable_wait, OutcomeUnknown, IF_REPEATABLE),
        // No complete response. After 101 the connection speaks another protocol.
        row(101, "", OutcomeUnknown, IF_REPEATABLE),
        (Step::close(), OutcomeUnknown, IF_REPEATABLE),
        (success().cut(1), OutcomeUnknown, IF_REPEATABLE),
        // A success that cannot be read.
        row(201, HTML, OutcomeUnknown, NEVER),
        row(200, r#"{"success":"yes"}"#, OutcomeUnknown, NEVER),
        // Refused.
        row(200, &refusal, Refused, NEVER),
        row(404, HTML, Refused, NEVER),
        (redirect, Refused, NEVER),
    ];
    // The calls at the same time, because the last row waits for the time limit.
    let mut observing = JoinSet::new();
    for (index, call) in CALLS.into_iter().enumerate() {
        let rows = rows.clone();
        observing.spawn(async move {
            for (step, kind, again) in rows {
                observe(call, LONG, step, kind, again[index]).await;
            }
            // Long enough for a whole exchange on a busy machine.
            let limit = Duration::from_secs(3);
            let again = IF_REPEATABLE[index];
            observe(call, limit, Step::hang(), OutcomeUnknown, again).await;
        });
    }
    // Panics if one of them did.
    observing.join_all().await;
}

/// Makes a call whose attempts all succeed but the first: once with up to three attempts, and once with a single one,
/// whose error then says what came of it.
async fn observe(call: Call, limit: Duration, step: Step, kind: ErrorKind, again: bool) {
    let what = format!("{call:?}: {step:?}");
    let unknown = kind == OutcomeUnknown;
    let policy = call.policy().attempt_timeout(limit);
    for (attempts, is_sent_again) in [(3, again), (1, false)] {
        let server = Server::start([step.clone(), success(), success()]).await;
        let client = client_with(&server, policy.clone().max_attempts(attempts));
        let result = call.make(&client).await;
        assert_eq!(server.count(), 1 + usize::from(is_sent_again), "{what}");
        if is_sent_again {
            assert_eq!(result.expect(&what), (2, unknown), "{what}");
            continue;
        }
        let error = result.expect_err(&what);
        assert_eq!(error.kind(), kind, "{what}: {error}");
        assert_eq!(error.is_throttled(), kind == Throttled, "{what}");
        assert_eq!(error.may_have_taken_effect(), unknown, "{what}");
        assert_eq!(error.attempts(), 1, "{what}");
    }
}

#[tokio::test]
async fn never_sent() {
    // Taken for as long as the socket lives, and nobody listens.
    let taken = TcpSocket::new_v4().expect("a socket");
    taken.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let refusing = format!("http://{}", taken.local_addr().expect("an address"));
    let no_such_host = "https://no-such-host.invalid".to_owned();
    let alert: &[u8] = b"\x15\x03\x03\x00\x02\x02\x28";
    // At the same time, because some wait for a time limit.
    let mut calling = JoinSet::new();
    for call in CALLS {
        for url in [&refusing, &no_such_host] {
            calling.spawn(unreachable(call, url.clone(), SHORT, LONG));
        }
        for (says, connect, attempt) in
            [(alert, LONG, LONG), (b"", SHORT, LONG), (b"", LONG, SHORT)]
        {
            let step = Step::bytes(1, says).then(Do::Hang);
            let server = Server::start(vec![step; 3]).await;
            calling.spawn(async move {
                let https = server.url.replace("http:", "https:");
                unreachable(call, https, connect, attempt).await;
                server.until(|tally| tally.connections == 3).await;
            });
        }
    }
    calling.join_all().await;
}

/// Every operation is sent again.
async fn unreachable(call: Call, base_url: String, connect: Duration, attempt: Duration) {
    let client = Client::builder()
        .token(TOKEN)
        .base_url(base_url)
        .connect_timeout(connect)
        .retry_policy(call.policy().max_attempts(3).attempt_timeout(attempt));
    let client = client.build().expect("a client");
    let error = call.make(&client).await.expect_err("nobody there");
    assert!(error.is_unreachable(), "{call:?}: {error:?}");
    assert_eq!((status(&error), error.retry_after()), (None, None));
    assert_eq!(error.attempts(), 3, "{call:?}: {error}");
    assert!(error.to_string().contains("trying again is safe"));
    assert!(error.source().is_some() || attempt == SHORT);
}

#[tokio::test]
async fn an_earlier_attempt_may_have_taken_effect() {
    for (earlier, unknown) in [(Step::close(), true), (throttled("0"), false)] {
        let refused = graph_error(422, &json!({ "code": 100 }));
        let server = Server::start([earlier, refused]).await;
        let error = accept(&client(&server)).await.expect_err("refused");
        assert_eq!(error.is_refused(), !unknown);
        assert_eq!(error.earlier_attempt_may_have_taken_effect(), unknown);
        let said = "an earlier attempt may have taken effect";
        assert_eq!(error.to_string().contains(said), unknown, "{error}");
    }
    // Of a lookup, the last response counts.
    let server = Server::start([throttled("1"), Step::response(500, &[], "")]).await;
    let client = client_with(&server, policy().max_attempts(2));
    let begun = Instant::now();
    let error = client.solution(SOLUTION).await.expect_err("a 500");
    assert!(error.is_unreachable() && !error.is_throttled(), "{error}");
    assert!(begun.elapsed() >= Duration::from_secs(1));
    // One that is never sent says nothing about those before it.
    let server = Server::start([throttled("1").then(Do::Close)]).await;
    let client = client_with(&server, policy().max_attempts(2));
    let gone = async move { server.until(|tally| tally.closed == 1).await };
    let error = tokio::join!(accept(&client), gone).0.expect_err("gone");
    assert!(error.is_throttled() && !error.is_unreachable(), "{error}");
    assert_eq!((error.attempts(), error.retry_after()), (2, None));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let look = "; check whether it did before you try again; the server asks to wait";
    for (status, advice) in [(429, "; try again in"), (500, look)] {
        // Of the deadline of 120 s, no attempt may start in the last second.
        let wait = Step::response(status, &[("Retry-After", "119")], "");
        let server = Server::start([wait, success()]).await;
        let begun = Instant::now();
        let error = accept(&client(&server)).await.expect_err("too long");
        assert!(error.is_deadline_exceeded() && begun.elapsed() < LONG);
        assert_eq!((error.attempts(), server.count()), (1, 1));
        let advice = format!("; the deadline leaves no time for another attempt{advice} 119 s");
        assert!(error.to_string().ends_with(&advice), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = Server::start([success().then(Do::Close), success()]).await;
    let client = client(&server);
    accept(&client).await.expect("accepted");
    server.until(|tally| tally.closed == 1).await;
    // Whether or not the client has noticed by now: the server gets the call once.
    accept(&client).await.expect("accepted");
    assert_eq!((server.count(), server.tally().connections), (2, 2));
}
