//! Allocations a call, held to the same bound as the benchmark prints: they are the same whatever the machine does.
#![forbid(unsafe_code)]

mod contenders;
mod partner_status;
mod runtime;
mod server;
mod timestamp;
mod transport;

use allocation_counter::measure;
use contenders::{Accept, Create, Operation, Setting, Subject};
use tokio::{net::TcpListener, runtime::Runtime};

const CALLS: u32 = 100;

/// Allocations of bare reqwest and of this client. They are counted by thread, so the server has one of its own.
fn allocations<O: Operation>() -> [f64; 2] {
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
    let [bare, _, this] =
        contenders::all::<O>(&setting).map(|subject| counted(&*subject, &runtime));
    [bare, this]
}

fn counted(subject: &dyn Subject, runtime: &Runtime) -> f64 {
    // What only the first call does is not a call's.
    subject.make(runtime, 1, 2);
    let info = measure(|| subject.make(runtime, 1, CALLS as usize));
    let count = u32::try_from(info.count_total);
    f64::from(count.expect(subject.name())) / f64::from(CALLS)
}

#[track_caller]
fn at_most_a_quarter_more<O: Operation>() {
    let [bare, this] = allocations::<O>();
    assert!(
        this <= bare * 1.25,
        "{}: {this} allocations a call, {bare} of bare reqwest",
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
