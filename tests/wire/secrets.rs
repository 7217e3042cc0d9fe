//! The token goes into one header, the proof of the app secret into the query, and neither anywhere else: not into logs
//! of any crate at any level, not into any text. The app secret itself goes nowhere.

use std::{
    error::Error as _,
    io::Write,
    sync::{Mutex, PoisonError},
};

use serde_json::json;
use whatsapp_multi_partner_solutions::{Client, Error, RetryPolicy, SecretString};

use crate::{
    client::*,
    server::{Server, Step},
};

/// Everything that any crate logs at any level, in any thread and so in other tests too: none of them may log the
/// token either. What comes by way of the crate `log` is there as well.
#[derive(Clone, Copy)]
struct Log;

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

impl Log {
    fn capture() {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(|| Log)
            .init();
    }

    fn text() -> String {
        String::from_utf8_lossy(&LOGGED.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[track_caller]
fn is_clean(text: &str, what: &str) {
    for secret in [TOKEN, APP_SECRET, PROOF] {
        // A part of it is a secret too.
        let (begin, end) = secret.split_at(secret.len() / 2);
        if let Some(at) = text.find(begin).or_else(|| text.find(end)) {
            panic!(
                "{what} shows a secret: {:.300}",
                &text[at.saturating_sub(99)..]
            );
        }
    }
}

/// A client with every secret that there is.
fn knowing(server: &Server, policy: RetryPolicy) -> Client {
    let builder = builder(server).retry_policy(policy).app_secret(APP_SECRET);
    builder.build().expect("a client")
}

/// Everything that an error can be asked for.
#[track_caller]
fn error_is_clean(error: &Error) {
    is_clean(&error.to_string(), "Display");
    is_clean(&format!("{error:?} {error:#?}"), "Debug");
    is_clean(&format!("{:?}", error.graph_error()), "graph_error");
    is_clean(
        &String::from_utf8_lossy(error.body().unwrap_or_default()),
        "body",
    );
    for (name, value) in error.headers().into_iter().flatten() {
        is_clean(name.as_str(), "the name of a header");
        is_clean(&String::from_utf8_lossy(value.as_bytes()), "a header");
    }
    is_clean(error.trace_id().unwrap_or_default(), "trace_id");
    is_clean(&format!("{:?}", error.usage()), "usage");
    let mut source = error.source();
    while let Some(why) = source {
        is_clean(&format!("{why} {why:?} {why:#?}"), "a source");
        source = why.source();
    }
}

#[tokio::test]
async fn nothing_is_logged_of_it() {
    Log::capture();
    for call in CALLS {
        let echo = json!({
            "message": format!("Malformed access token {TOKEN}, or invalid appsecret_proof {PROOF}"),
            "code": 190,
            "error_user_title": PROOF,
            "error_user_msg": TOKEN,
            "fbtrace_id": TOKEN,
        });
        let server = Server::start([
            Step::answer(429, &[("x-fb-trace-id", TOKEN)], TOKEN),
            Step::answer(500, &[("x-fb-trace-id", PROOF)], PROOF),
            Step::close(),
            call.success(),
            graph_error(401, &echo),
        ])
        .await;
        let client = knowing(&server, call.eager(policy().max_attempts(9)));
        for _ in 0..4 {
            if let Err(error) = call.make(&client).await {
                error_is_clean(&error);
                tracing::error!(?error, %error, ?client, "as a user would log it");
            }
        }
        let refusing = builder(&server)
            .base_url("https://127.0.0.1:1")
            .app_secret(APP_SECRET);
        let unreachable = call.make(&refusing.build().expect("a client")).await;
        tracing::error!(error = ?unreachable.expect_err("nobody there"), "as a user would log it");
    }
    let log = Log::text();
    // Only so does what is not in it say anything.
    for expected in [
        "graph_call",
        "operation",
        "attempt",
        "waiting",
        "status=429",
        "next_attempt",
        "reqwest::connect",
        "TRACE",
    ] {
        assert!(
            log.contains(expected),
            "{expected} is not in the log:\n{log:.5000}"
        );
    }
    is_clean(&log, "the log");
}

#[tokio::test]
async fn nothing_that_can_be_printed_holds_it() {
    let server = Server::start([Step::json(
        200,
        &json!({ "solution_id": "1", "token": TOKEN, "proof": PROOF }),
    )])
    .await;
    let secrets = (SecretString::from(TOKEN), SecretString::from(APP_SECRET));
    is_clean(&format!("{secrets:?} {secrets:#?}"), "a secret");
    let builder = builder(&server).app_secret(APP_SECRET);
    is_clean(&format!("{builder:?} {builder:#?}"), "ClientBuilder");
    let client = builder.build().expect("a client");
    is_clean(&format!("{client:?} {client:#?}"), "Client");
    let reply = create(&client).await.expect("a solution");
    is_clean(&format!("{reply:?} {reply:#?}"), "Reply");
}

#[tokio::test]
async fn a_panic_of_a_task_that_holds_a_client_does_not_tell_it() {
    let server = Server::start([Step::answer(400, &[], TOKEN)]).await;
    let client = client(&server);
    let shown = tokio::spawn(async move {
        let refused = create(&client).await.map_err(|error| (error, client));
        refused.map(|_| ()).expect("a task that gives up")
    });
    let panic = shown.await.expect_err("it gave up").into_panic();
    let text = panic.downcast_ref::<String>().expect("a message");
    assert!(
        text.contains("a task that gives up") && text.contains("Refused"),
        "{text}"
    );
    is_clean(text, "a panic");
}

/// Sends an answer that repeats the token in some spelling, and looks for it.
async fn echoed(token: &str, spelt: &[u8], secret: &str) {
    let server = Server::start([]).await;
    let client = Client::builder()
        .token(token)
        .base_url(server.url())
        .retry_policy(policy().max_attempts(1))
        .build()
        .expect("a client");
    for status in [200, 400, 401, 500] {
        let body = [
            &b"{\"error\":{\"message\":\"Malformed "[..],
            spelt,
            b"\",\"code\":190,\"type\":\"T\"}}",
        ]
        .concat();
        server.script([Step::answer(status, &[], body)]);
        let error = create(&client).await.expect_err("is refused");
        assert!(
            error.to_string().contains("Malformed"),
            "the rest is kept: {error}"
        );
        let body = String::from_utf8_lossy(error.body().expect("a body")).into_owned();
        for text in [
            error.to_string(),
            format!("{error:?} {:?}", error.graph_error()),
            body,
        ] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn an_answer_may_repeat_it_in_any_spelling() {
    echoed(TOKEN, TOKEN.as_bytes(), TOKEN).await;
    let twice = format!("{TOKEN}{TOKEN}");
    echoed(TOKEN, twice.as_bytes(), TOKEN).await;
    // As PHP writes a slash in JSON, as JSON may write anything, and as a URL writes what an app's token holds.
    let slash = "EAAG/secret/tail+/x=|end";
    echoed(slash, br"EAAG\/secret\/tail+\/x=|end", "tail").await;
    echoed(
        slash,
        br"\u0045AAG\u002fsecret\u002Ftail+/x\u003d\u007Cend",
        "tail",
    )
    .await;
    echoed("1234567|app-secret", b"1234567%7Capp-secret", "app-secret").await;
    echoed("1234567|app-secret", b"1234567%7capp-secret", "app-secret").await;
    echoed(
        r#"quote"back\slash-secret"#,
        br#"quote\"back\\slash-secret"#,
        "slash-secret",
    )
    .await;
}

#[tokio::test]
async fn what_is_left_of_it_where_an_answer_ends_is_taken_out() {
    let once = Once::start().await;
    const LIMIT: usize = 64 * 1024;
    // The limit cuts the body in the middle of the token, and so does a connection that ends.
    for kept in [TOKEN.len() / 2 + 1, TOKEN.len() - 1] {
        let body = format!("{}{TOKEN}{TOKEN}", "x".repeat(LIMIT - kept));
        let error = once
            .create(Step::answer(400, &[], body))
            .await
            .expect_err("no");
        assert!(error.is_body_cut_at_limit());
        error_is_clean(&error);
        let cut = format!(
            "HTTP/1.1 400 No\r\ncontent-length: 999\r\n\r\nsee {}",
            &TOKEN[..kept]
        );
        let error = once
            .create(Step::raw(cut).then_close())
            .await
            .expect_err("no");
        assert!(error.body().is_some_and(|body| body.starts_with(b"see ")));
        error_is_clean(&error);
    }
}

#[tokio::test]
async fn headers_of_an_answer_may_repeat_it() {
    let once = Once::start().await;
    let line = format!("Bearer {TOKEN}; {TOKEN}");
    let headers = [
        ("www-authenticate", &line[..]),
        ("x-fb-trace-id", TOKEN),
        ("location", &line),
    ];
    for status in [302, 401, 429] {
        let error = once
            .create(Step::answer(status, &headers, ""))
            .await
            .expect_err("no");
        error_is_clean(&error);
        let shown = error.headers().expect("headers")["www-authenticate"].to_str();
        assert_eq!(
            shown.expect("text"),
            "Bearer [access token]; [access token]"
        );
    }
}
