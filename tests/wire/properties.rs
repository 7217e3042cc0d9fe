//! Whatever the server does. `PROPTEST_CASES` sets the number of cases; the seed is fixed.

use std::time::Duration;

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::{runtime::Runtime, time::timeout};

use crate::{client::*, server::Step};

fn runner() -> TestRunner {
    TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(8),
        // A failure prints its input; a file beside the sources would be one more thing to keep.
        failure_persistence: None,
        ..Config::default()
    })
}

/// Any bytes, often near to what Meta sends in a header or a body.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let real: Vec<&[u8]> = vec![
        b"120",
        b"Sun, 06 Nov 2094 08:49:37 GMT",
        br#"{"call_count":28,"total_time":25.5,"total_cputime":2e1}"#,
        br#"{"1":[{"type":"a","call_count":1e308,"estimated_time_to_regain_access":19}]}"#,
        br#"{"error":{"message":"\u001b[2J\n","code":4,"is_transient":true,"fbtrace_id":"A\u0000"}}"#,
        br#"{"success":true,"solution_id":"1","partner_status":"ACCEPTED","update_time":"2024"}"#,
        b"\xef\xbb\xbf{\"success\":false,\"message\":\"\\ud83d\\u0000\"}",
    ];
    let real = prop::sample::select(real);
    let any_bytes = || prop::collection::vec(any::<u8>(), 0..9);
    let edited = (real, any::<prop::sample::Index>(), any_bytes());
    let edited = edited.prop_map(|(real, at, added)| {
        let (before, after) = real.split_at(at.index(real.len() + 1));
        [before, &added, &after[after.len().min(1)..]].concat()
    });
    prop_oneof![1 => any_bytes(), 3 => edited]
}

const HEADERS: &[&str] = &["retry-after", "x-app-usage", "x-business-use-case-usage"];

/// Any of them that HTTP allows in a header. Those outside ASCII become two bytes each.
fn header() -> impl Strategy<Value = (&'static str, String)> {
    let allowed = |byte: &u8| *byte >= b' ' && *byte != 0x7f;
    let text = move |bytes: Vec<u8>| bytes.into_iter().filter(allowed).map(char::from).collect();
    (prop::sample::select(HEADERS), bytes().prop_map(text))
}

#[test]
fn arbitrary_headers_and_bodies_neither_panic_nor_hang_nor_lose_the_response() {
    let status = (200..1000_u16).prop_filter("no body", |status| !matches!(status, 204 | 304));
    let headers = prop::collection::vec(header(), 0..6);
    let runtime = Runtime::new().expect("a runtime");
    let once = runtime.block_on(Once::start());
    let tried = runner().run(&(status, headers, bytes()), |(status, headers, body)| {
        let headers = headers.iter().map(|(name, value)| (*name, &value[..]));
        let headers: Vec<(&str, &str)> = headers.collect();
        let step = Step::response(status, &headers, &body);
        once.server.script([step.clone(), step]);
        for call in [CALLS[1], Call::Accept] {
            let client = once.client.with_token(TOKEN).expect("a client");
            let ended = async { timeout(Duration::from_secs(30), call.make(&client)).await };
            match runtime.block_on(ended).expect("in time") {
                Ok(_) => prop_assert!((200..300).contains(&status)),
                Err(error) => {
                    let kept = error.response().expect("a response");
                    prop_assert_eq!(kept.status().as_u16(), status);
                    prop_assert_eq!(kept.body(), &body[..]);
                    let text = format!("{error} {error:?}");
                    prop_assert!(!text.contains(char::is_control), "{:?}", text);
                }
            }
        }
        Ok(())
    });
    tried.unwrap_or_else(|failed| panic!("{failed}"));
}
