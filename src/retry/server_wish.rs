//! How long the server asks to be left alone.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header::RETRY_AFTER};

use crate::{answer::Answer, usage_peak::UsagePeak};

/// What an answer says about limits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Heard {
    /// The longest wait that it asks for: `Retry-After`, or `estimated_time_to_regain_access` in the usage header.
    /// `None` if it asks for none.
    pub(crate) wish: Option<Duration>,
    /// How much of a limit is used up, in per cent; zero where Meta sent no figure. `None` if the answer may not be
    /// Meta's.
    pub(crate) usage: Option<f64>,
}

impl Heard {
    pub(crate) fn in_answer(answer: &Answer) -> Self {
        let heard = Self::in_headers(&answer.headers, answer.read_at);
        let is_metas = answer.status.is_success() || answer.graph_error.is_some();
        Self {
            usage: heard.usage.or(is_metas.then_some(0.0)),
            ..heard
        }
    }

    pub(crate) fn in_headers(headers: &HeaderMap, now: SystemTime) -> Self {
        let usage = UsagePeak::in_headers(headers);
        Self {
            wish: retry_after(headers, now).max(usage.wait),
            usage: usage.share,
        }
    }
}

/// Seconds for people and programs that count in whole ones: never fewer than meant.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs()
        .saturating_add(u64::from(wait.subsec_nanos() > 0))
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
