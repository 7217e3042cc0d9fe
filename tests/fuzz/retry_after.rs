//! `Retry-After`, of which there may be several, at any time.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, header::RETRY_AFTER};

use crate::retry;

/// The first line is the time in seconds since 1970; every other is one header's value.
pub(super) fn retry_after(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let seconds: Option<i64> = lines
        .next()
        .and_then(|line| std::str::from_utf8(line).ok()?.parse().ok());
    let Some(now) = seconds.and_then(time) else {
        return;
    };
    let mut all = HeaderMap::new();
    let mut longest = None;
    for line in lines {
        let Ok(value) = HeaderValue::from_bytes(line) else {
            continue;
        };
        let alone = HeaderMap::from_iter([(RETRY_AFTER, value.clone())]);
        let wait = retry::retry_after(&alone, now);
        if let Some(digits) = digits(line) {
            assert_eq!(wait, Some(digits), "{value:?}");
        }
        longest = longest.max(wait);
        all.append(RETRY_AFTER, value);
    }
    assert_eq!(retry::retry_after(&all, now), longest, "the longest holds");
    assert_eq!(retry::Heard::in_headers(&all, now).wish, longest);
}

fn time(seconds: i64) -> Option<SystemTime> {
    let from_epoch = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(from_epoch)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(from_epoch)
    }
}

/// Seconds in digits, with spaces and tabs around them, counted digit by digit.
fn digits(line: &[u8]) -> Option<Duration> {
    let line = line.trim_ascii();
    let mut seconds = Some(0_u64);
    for byte in line {
        if !byte.is_ascii_digit() {
            return None;
        }
        let digit = u64::from(byte - b'0');
        seconds = seconds.and_then(|seconds| seconds.checked_mul(10)?.checked_add(digit));
    }
    let wait = seconds.map_or(Duration::MAX, Duration::from_secs);
    (!line.is_empty()).then_some(wait)
}
