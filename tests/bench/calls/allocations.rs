//! Allocations a call, held to the same bound as the benchmark prints: they are the same whatever the machine does.
#![forbid(unsafe_code)]

mod contenders;
mod partner_status;
mod runtime;
mod server;
mod timestamp;
mod transport;

use allocation_counter::measure;
use contenders::{Accept, Create, Operation, Setting};
use tokio::net::TcpListener;

const CALLS: usize = 100;

/// Allocations are counted by thread, so the server has one of its own.
#[track_caller]
fn at_most_a_quarter_more<O: Operation>() {
    let (say, base_url) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime::one_thread().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            say.send(format!("http://{address}")).expect("a listener");
            server::serve(listener, 1).await;
        });
    });
    let setting = Setting::new(base_url.recv().expect("a server"));
    let runtime = runtime::one_thread();
    let counts = contenders::subject::all::<O>(&setting).map(|subject| {
        // What only the first call does is not a call's.
        subject.make(&runtime, 1, 2);
        let info = measure(|| subject.make(&runtime, 1, CALLS));
        (subject.name(), info.count_total)
    });
    let [(_, bare), _, (_, this)] = counts;
    assert!(
        this * 4 <= bare * 5,
        "allocations in {CALLS} calls of {}: {counts:?}",
        O::NAME
    );
}

#[test]
fn create_allocates_at_most_a_quarter_more_often_than_bare_reqwest() {
    at_most_a_quarter_more::<Create>();
}

#[test]
fn accept_allocates_at_most_a_quarter_more_often_than_bare_reqwest() {
    at_most_a_quarter_more::<Accept>();
}
