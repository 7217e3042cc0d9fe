//! Rows of the retry table in which nothing was sent: every operation is sent again.

use std::{error::Error as _, time::Duration};

use tokio::{net::TcpSocket, task::JoinSet};
use whatsapp_multi_partner_solutions::Client;

use crate::{
    client::*,
    server::{Server, Step},
};

const SHORT: Duration = Duration::from_millis(500);
const LONG: Duration = Duration::from_secs(30);

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
            let step = Step::bytes(1, says).then_hang();
            let server = Server::start(vec![step; 3]).await;
            calling.spawn(async move {
                let https = server.url().replace("http:", "https:");
                never_sent(call, &https, connect, attempt).await;
                assert_eq!(server.tally().connections, 3, "each attempt tried");
            });
        }
    }
    calling.join_all().await;
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = Server::start([accepted().then_close(), accepted()]).await;
    let client = client(&server);
    accept(&client).await.expect("accepted");
    server.until(|tally| tally.closed == 1).await;
    // Whether or not the client has noticed by now: the server gets the call once.
    accept(&client).await.expect("accepted");
    assert_eq!((server.count(), server.tally().connections), (2, 2));
}
