//! Dropping a call stops it: its connection closes, and nothing more arrives.

use std::time::Duration;

use crate::{
    client::*,
    server::{Server, Step},
};

#[tokio::test]
async fn while_it_waits_or_reads() {
    let half = Step::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_hang();
    let later = Step::response(503, &[("Retry-After", "1")], "");
    for step in [Step::hang(), half, later, throttled("1")] {
        let server = Server::start([step, created()]).await;
        let client = client(&server);
        let a_moment = async {
            server.until(|tally| tally.requests == 1).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        tokio::select! {
            result = create(&client) => panic!("it has to wait, but: {result:?}"),
            () = a_moment => {}
        }
        // If anything were left in the background, it would keep the pool, and with it the connection, open.
        drop(client);
        let tally = server.until(|tally| tally.closed == 1).await;
        assert_eq!((tally.requests, tally.connections), (1, 1));
    }
}

#[tokio::test]
async fn the_client_is_as_good_as_before() {
    let server = Server::start([Step::hang(), created()]).await;
    let client = client(&server);
    drop(create(&client));
    assert_eq!(
        server.tally().connections,
        0,
        "nothing is sent before it is polled"
    );
    tokio::select! {
        result = create(&client) => panic!("there is no response, but: {result:?}"),
        _ = server.until(|tally| tally.requests == 1) => {}
    }
    // The call closes its connection while the client lives.
    server.until(|tally| tally.closed == 1).await;
    let reply = create(&client).await.expect("a solution");
    assert_eq!((reply.attempts(), server.count()), (1, 2));
}
