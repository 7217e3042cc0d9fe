//! Rows of the table in which nothing was sent.

use std::{net::SocketAddr, time::Duration};

use tokio::{net::TcpSocket, task::JoinSet};
use whatsapp_multi_partner_solutions::{Client, ClientBuilder, Error, RetryPolicy};

use crate::{
    client::*,
    server::{Server, Step},
};

const SHORT: Duration = Duration::from_millis(500);
const LONG: Duration = Duration::from_secs(30);

/// A port that is taken and that nobody listens on, for as long as the socket lives.
fn refusing() -> (TcpSocket, SocketAddr) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind(([127, 0, 0, 1], 0).into())
        .expect("a free port");
    let address = socket.local_addr().expect("an address");
    (socket, address)
}

async fn never_sent(call: Call, builder: ClientBuilder, policy: RetryPolicy) -> Error {
    let client = builder
        .retry_policy(call.eager(policy).max_attempts(3))
        .build()
        .expect("a client");
    let error = call.make(&client).await.expect_err("nobody there");
    assert!(error.is_unreachable(), "{call:?}: {error:?}");
    assert!(!error.may_have_taken_effect() && !error.is_throttled());
    assert!(!error.earlier_attempt_may_have_taken_effect());
    assert_eq!((error.status(), error.retry_after()), (None, None));
    assert_eq!(error.attempts(), 3, "{call:?}: {error}");
    assert!(
        error.to_string().contains("trying again is safe"),
        "{error}"
    );
    error
}

fn to(base_url: &str) -> ClientBuilder {
    Client::builder().token(TOKEN).base_url(base_url)
}

#[tokio::test]
async fn the_port_is_closed() {
    let (_taken, address) = refusing();
    for scheme in ["http", "https"] {
        for call in CALLS {
            let error = never_sent(call, to(&format!("{scheme}://{address}")), policy()).await;
            assert!(std::error::Error::source(&error).is_some());
        }
    }
}

#[tokio::test]
async fn the_name_does_not_resolve() {
    for call in CALLS {
        never_sent(call, to("https://no-such-host.invalid"), policy()).await;
    }
}

/// Each call, to a server that says this when TLS begins; all at the same time, because some wait for a time limit.
async fn no_tls(says: &'static [u8], connect_timeout: Duration, policy: RetryPolicy) {
    let mut calling = JoinSet::new();
    for call in CALLS {
        let server = Server::start(vec![Step::unread(says); 3]).await;
        let https = to(&server.url().replace("http:", "https:")).connect_timeout(connect_timeout);
        let policy = policy.clone();
        calling.spawn(async move {
            never_sent(call, https, policy).await;
            assert_eq!(server.tally().connections, 3, "each attempt tried");
        });
    }
    while let Some(called) = calling.join_next().await {
        called.expect("as the table says");
    }
}

#[tokio::test]
async fn tls_is_not_answered_within_the_time_to_connect() {
    no_tls(b"", SHORT, policy()).await;
}

#[tokio::test]
async fn tls_is_not_answered_within_the_time_of_an_attempt() {
    no_tls(b"", LONG, policy().attempt_timeout(SHORT)).await;
}

#[tokio::test]
async fn tls_fails() {
    no_tls(b"HTTP/1.1 400 Bad Request\r\n\r\n", LONG, policy()).await;
    // A fatal alert: handshake failure.
    no_tls(b"\x15\x03\x03\x00\x02\x02\x28", LONG, policy()).await;
}

#[tokio::test]
async fn a_server_that_comes_up_meanwhile_gets_the_call() {
    for call in CALLS {
        let (socket, address) = refusing();
        let patient = call
            .eager(policy())
            .max_attempts(u32::MAX)
            .deadline(Duration::from_secs(30));
        let client = to(&format!("http://{address}"))
            .retry_policy(patient)
            .build()
            .expect("a client");
        let calling = tokio::spawn(async move { call.make(&client).await });
        // Until then there is no way to know that an attempt was made; whichever comes first, the call succeeds.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let server = Server::listen(socket.listen(8).expect("listening"), [call.success()]);
        let done = calling.await.expect("no panic").expect("a success");
        assert!(done.attempts >= 1 && !done.earlier_may_have_taken_effect);
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = Server::start([accepted().then_close(), accepted()]).await;
    let client = client(&server);
    accept(&client).await.expect("accepted");
    server.until(|tally| tally.closed == 1).await;
    // Whether the client has noticed by now or not: it gets over it, and the server gets the call once.
    accept(&client).await.expect("accepted");
    assert_eq!((server.count(), server.tally().connections), (2, 2));
}
