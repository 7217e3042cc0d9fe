//! What a create costs: this client and the bare generated client as ratios to bare `reqwest`, against one server on
//! loopback. `cargo bench --bench calls` prints the table.
//!
//! Instructions and allocations are counted by valgrind, which runs this program again for each figure.
//! `cargo bench --bench calls -- --only this 1000` makes calls and nothing else, for a profiler.
#![forbid(unsafe_code)]

mod contenders;
mod generated;
mod server;

use std::process::Command;

use contenders::{CONTENDERS, make_calls, per_call};

/// Calls for one figure, and twice as many.
const CALLS: u32 = 500;

/// A tool of valgrind, its option to write no file, and what stands in the line that ends with its count.
const INSTRUCTIONS: [&str; 3] = [
    "--tool=cachegrind",
    "--cachegrind-out-file=/dev/null",
    "refs:",
];
const ALLOCATIONS: [&str; 3] = ["--tool=dhat", "--dhat-out-file=/dev/null", "Total:"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--only", contender, calls, rest @ ..] => {
            let calls = calls.parse().expect("a number of calls");
            let base_url = rest.iter().find(|url| url.starts_with("http"));
            let base_url = base_url.map_or_else(server::start, |url| (*url).to_owned());
            make_calls(contender, &base_url, calls);
        }
        _ => compare(&server::start()),
    }
}

fn compare(base_url: &str) {
    println!(
        "{:<26} {:>10} {:>10} {:>6}   goal",
        "per create, as a ratio", "reqwest", "generated", "this"
    );
    for (what, tool, goal) in [
        ("instructions", INSTRUCTIONS, 1.15),
        ("allocations", ALLOCATIONS, 1.35),
    ] {
        let counts = CONTENDERS.map(|name| count(tool, name, base_url));
        let [reqwest, generated, this] = counts;
        let (generated, this) = (generated / reqwest, this / reqwest);
        let met = if this > goal { "NOT MET" } else { "met" };
        println!(
            "{what:<26} {reqwest:>10.0} {generated:>10.3} {this:>6.3}   at most {goal}: {met}"
        );
    }
}

/// What a tool of valgrind counts per call.
fn count(tool: [&str; 3], contender: &str, base_url: &str) -> f64 {
    let [name, no_file, marker] = tool;
    per_call(CALLS, |calls| {
        let output = Command::new("valgrind")
            .args([name, no_file])
            .arg(std::env::current_exe().expect("this program"))
            .args(["--only", contender, &calls.to_string(), base_url])
            .output()
            .expect("valgrind");
        let report = String::from_utf8_lossy(&output.stderr);
        let line = report.lines().find(|line| line.contains(marker));
        let mut words = line.unwrap_or_default().rsplit(' ');
        words
            .find_map(|word| word.replace(',', "").parse().ok())
            .unwrap_or_else(|| panic!("valgrind does not count: {report}"))
    })
}
