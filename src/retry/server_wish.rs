//! How long the server asks to be left alone.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header::RETRY_AFTER};

use crate::usage::Usage;

/// The longest wait that an answer asks for: `Retry-After`, or `estimated_time_to_regain_access` in the usage
/// header. `None` if it asks for none.
pub(crate) fn server_wish(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    retry_after(headers, now).max(Usage::from_headers(headers).longest_wait())
}

/// `Retry-After`, in seconds or as a date; a date in the past asks for no wait. What is neither counts as not
/// sent. Of several the longest holds.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    headers
        .get_all(RETRY_AFTER)
        .iter()
        .filter_map(|value| wait(value.to_str().ok()?.trim(), now))
        .max()
}

fn wait(value: &str, now: SystemTime) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a u64 holds is longer than anyone waits.
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
#[path = "../../tests/inside/server_wish.rs"]
mod tests;
