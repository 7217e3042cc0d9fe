//! Dropping a call stops it: its connection closes, and nothing more arrives.

use std::time::Duration;

use crate::{
    client::*,
    server::{Server, Step},
};

#[tokio::test]
async fn while_it_waits_for_an_answer() {
    for call in CALLS {
        let server = Server::start([Step::hang(), call.success()]).await;
        let client = client_with(&server, call.eager(policy()));
        tokio::select! {
            result = call.make(&client) => panic!("nothing answers, but: {result:?}"),
            _ = server.until(|tally| tally.requests == 1) => {}
        }
        // The client still lives; it is the call that closes its connection.
        let tally = server.until(|tally| tally.closed == 1).await;
        assert_eq!((tally.requests, tally.connections), (1, 1));
        drop(client);
    }
}

#[tokio::test]
async fn while_it_reads_an_answer() {
    let half = Step::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_hang();
    let server = Server::start([half, accepted()]).await;
    let client = client(&server);
    tokio::select! {
        result = accept(&client) => panic!("nothing answers, but: {result:?}"),
        _ = server.until(|tally| tally.requests == 1) => {}
    }
    let tally = server.until(|tally| tally.closed == 1).await;
    assert_eq!((tally.requests, tally.connections), (1, 1));
}

#[tokio::test]
async fn while_it_waits_to_send_again() {
    for call in CALLS {
        let wait = Step::answer(429, &[("retry-after", "1")], "");
        let server = Server::start([wait, call.success()]).await;
        let client = client_with(&server, call.eager(policy()));
        tokio::select! {
            result = call.make(&client) => panic!("it has to wait, but: {result:?}"),
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
        // Were anything left in the background, it would keep the pool, and with it the connection, open.
        drop(client);
        let tally = server.until(|tally| tally.closed == 1).await;
        assert_eq!((tally.requests, tally.connections), (1, 1), "{call:?}");
    }
}

#[tokio::test]
async fn the_client_is_as_good_as_before() {
    let server = Server::start([Step::hang(), created()]).await;
    let client = client(&server);
    tokio::select! {
        result = create(&client) => panic!("nothing answers, but: {result:?}"),
        _ = server.until(|tally| tally.requests == 1) => {}
    }
    let reply = create(&client).await.expect("a solution");
    assert_eq!((reply.attempts(), server.count()), (1, 2));
    assert!(!reply.earlier_attempt_may_have_taken_effect());
}

#[tokio::test]
async fn before_it_is_polled_nothing_is_sent() {
    let server = Server::start([created()]).await;
    let client = client(&server);
    let request = create_request();
    drop(client.create_solution(OWNER, &request));
    assert_eq!(server.tally().connections, 0);
}
