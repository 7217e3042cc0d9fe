//! The usage headers, several of each, with whatever a header may hold.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use serde_json::{Map, Value};

use super::message::headers;
use crate::{Usage, UsageShare, retry::Heard};

/// Lines such as `x-app-usage: {"call_count":28}`.
pub(super) fn usage_headers(data: &[u8]) {
    let headers = headers(data.split(|byte| *byte == b'\n'));
    let usage = Usage::from_headers(&headers);
    let shares = usage.app.iter();
    for share in shares.chain(usage.business.iter().map(|entry| &entry.share)) {
        is_a_share(share);
    }
    let wait = usage.longest_wait();
    assert!(wait.is_none_or(|wait| !wait.is_zero()), "no wait is none");
    assert_eq!(
        wait.unwrap_or_default(),
        usage
            .business
            .iter()
            .map(|entry| entry.estimated_time_to_regain_access)
            .max()
            .unwrap_or_default()
    );
    let now = SystemTime::UNIX_EPOCH;
    let heard = Heard::in_headers(&headers, now);
    assert!(heard.wish >= wait, "another wish shortens it");
    // It does not look at the values that it skips, so it may read a header that is refused as a whole for one of them.
    assert!(heard.usage >= usage.highest(), "usage is overlooked");

    let minutes = longest_minutes(&headers);
    let told = wait.unwrap_or_default().as_secs_f64();
    let expected = (minutes * 60.0).min(Duration::MAX.as_secs_f64());
    assert!(
        (told - expected).abs() <= expected * 1e-9 + 1e-9,
        "{told} s told, and {expected} s sent"
    );
}

fn is_a_share(share: &UsageShare) {
    for part in [share.call_count, share.total_time, share.total_cputime] {
        assert!(part.is_finite());
        assert!(share.highest() >= part);
    }
}

/// The longest wait that any header states, in minutes, found in another way: wherever it is in the JSON.
fn longest_minutes(headers: &HeaderMap) -> f64 {
    headers
        .get_all("x-business-use-case-usage")
        .iter()
        .filter_map(|value| serde_json::from_slice::<Map<String, Value>>(value.as_bytes()).ok())
        .flat_map(|header| header.into_iter().map(|(_, use_cases)| use_cases))
        .filter_map(|use_cases| use_cases.as_array().cloned())
        .flatten()
        .filter_map(|entry| entry.get("estimated_time_to_regain_access")?.as_f64())
        .fold(0.0, f64::max)
}
