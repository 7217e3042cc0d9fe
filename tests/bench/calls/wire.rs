//! That the three ask for the same: every byte of a call, side by side.

use std::{collections::BTreeSet, sync::mpsc};

use tokio::{io::AsyncWriteExt, net::TcpListener, runtime::Runtime};

use crate::{
    contenders::{self, Accept, Create, Operation, Setting},
    runtime, server,
};

/// What the generator adds of its own.
const GENERATED_ONLY: &str = "api-version: v25.0";

/// Header lines may come in any order; apart from that there is one difference.
pub fn compare() {
    let runtime = runtime::one_thread();
    operation::<Create>(&runtime, &server::create());
    operation::<Accept>(&runtime, &server::accept());
    println!(
        "On the wire all three are the same; the generated client alone adds `{GENERATED_ONLY}`."
    );
}

fn operation<O: Operation>(runtime: &Runtime, answer: &[u8]) {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sent, received) = mpsc::channel();
    let answer = answer.to_vec();
    runtime.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut raw = Vec::new();
            let length = server::request(&mut stream, &mut raw).await;
            assert_eq!(length.expect("a socket"), Some(raw.len()), "one request");
            sent.send(String::from_utf8(raw).expect("text")).ok();
            stream.write_all(&answer).await.ok();
        }
    });
    let setting = Setting::new(format!("http://{address}"));
    let [bare, generated, this] = contenders::subject::all::<O>(&setting).map(|subject| {
        subject.make(runtime, 1, 1);
        received.recv().expect("a request")
    });
    let this = parts(&this);
    assert_eq!(this, parts(&bare), "this client and bare reqwest");
    let mut generated = parts(&generated);
    assert!(generated.1.remove(GENERATED_ONLY), "{generated:?}");
    assert_eq!(this, generated, "this client and the generated one");
}

/// First line, header lines, body.
fn parts(request: &str) -> (&str, BTreeSet<&str>, &str) {
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.split("\r\n");
    (lines.next().expect("a first line"), lines.collect(), body)
}
