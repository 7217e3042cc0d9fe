//! What a call costs: this client, the bare generated client and bare `reqwest` side by side against one server on
//! loopback.
//!
//! `cargo bench --bench calls` prints the table. After `--`: `--quick` makes the least of everything, to see that it
//! runs; `--only CONTENDER OPERATION CALLS` makes that many calls and nothing else, for a profiler.
//!
//! Nothing here fails because of a time: what is measured is printed as a ratio.
#![forbid(unsafe_code)]

mod clock;
mod contenders;
mod memory;
mod partner_status;
mod runtime;
mod server;
mod server_process;
mod size;
mod table;
mod time;
mod timestamp;
mod transport;
mod wire;

use contenders::{Accept, Create, Operation};
use server_process::ServerProcess;
use size::Size;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    server_process::allow_many_connections();
    match arguments.as_slice() {
        ["--serve", in_flight] => server_process::serve(in_flight.parse().expect("a number")),
        ["--only", contender, "create", calls, ..] => only::<Create>(contender, calls),
        ["--only", contender, "accept", calls, ..] => only::<Accept>(contender, calls),
        given => compare(&Size::new(given.contains(&"--quick"))),
    }
}

fn compare(size: &Size) {
    wire::compare();
    let server = ServerProcess::start(size.in_flight);
    table::head(size);
    operation::<Create>(&server, size);
    operation::<Accept>(&server, size);
}

fn operation<O: Operation>(server: &ServerProcess, size: &Size) {
    table::operation(O::NAME);
    time::compare::<O>(&server.setting(), size);
    memory::compare::<O>(&server.setting(), &server.holding(), size);
}

/// Calls of one contender, one after the other.
fn only<O: Operation>(contender: &str, calls: &str) {
    let server = ServerProcess::start(1);
    let subjects = contenders::subject::all::<O>(&server.setting());
    let mut named = subjects
        .iter()
        .filter(|one| one.name().starts_with(contender));
    let one = named.next().expect("one of: reqwest, generated, this");
    one.make(&runtime::one_thread(), 1, calls.parse().expect("a number"));
}
