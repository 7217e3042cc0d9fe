//! Connections, and what happens to them in the end.

use std::io::ErrorKind;
use std::net::TcpStream;

use tokio::io::AsyncWriteExt;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::wire::*;

#[tokio::test]
async fn only_loopback() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let error = Sandbox::bind(address.parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_closes_everything() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.base_url()["http://".len()..].to_owned();
    let unused = connect(&sandbox).await;
    let kept_alive = sent(&sandbox, &create().replace("close", "keep-alive")).await;
    kept_alive.readable().await.unwrap();
    sandbox.next_call(Fault::hang());
    let hanging = sent(&sandbox, &create()).await;
    until(|| sandbox.request_count() == 2).await;

    drop(sandbox);
    // At once, before the runtime can run other tasks.
    let error = TcpStream::connect(address).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    for mut stream in [unused, kept_alive, hanging] {
        rest(&mut stream).await.unwrap();
    }
}

#[tokio::test]
async fn only_whole_requests_are_recorded() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = sent(&sandbox, create().trim_end_matches('}')).await;
    stream.shutdown().await.unwrap();
    rest(&mut stream).await.ok();

    let too_long = request(CREATE, &" ".repeat(1024 * 1024 + 1));
    let mut stream = connect(&sandbox).await;
    // Writing fails if the sandbox closes the connection first.
    stream.write_all(too_long.as_bytes()).await.ok();
    assert_eq!(rest(&mut stream).await.unwrap_or_default(), "");
    assert_eq!((sandbox.request_count(), sandbox.solutions().len()), (0, 0));
}
