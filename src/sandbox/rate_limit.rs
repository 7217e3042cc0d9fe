//! A rate limit, as Graph applies it: usage headers as it fills up, then errors.

use std::collections::VecDeque;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::refusal::{RATE_LIMITED, Refusal};

/// Below this percentage no usage headers are sent. Meta does not say where it begins to send them.
const NOTICEABLE: usize = 25;

/// The business that the headers name.
const BUSINESS_ID: &str = "1000000000000000";

#[derive(Debug)]
pub(super) struct RateLimit {
    calls: usize,
    per: Duration,
    /// When each call of the last `per` was counted.
    recent: VecDeque<Instant>,
}

impl RateLimit {
    pub(super) fn new(calls: usize, per: Duration) -> Self {
        Self {
            calls,
            per,
            recent: VecDeque::new(),
        }
    }

    /// Counts a call, or refuses it.
    pub(super) fn count(&mut self) -> Result<(), Refusal> {
        self.recent.retain(|call| call.elapsed() < self.per);
        if self.recent.len() >= self.calls {
            return Err(
                RATE_LIMITED.because("The rate limit is used up. Wait before the next call.")
            );
        }
        self.recent.push_back(Instant::now());
        Ok(())
    }

    pub(super) fn add_usage(&self, headers: &mut HeaderMap) {
        let percent = self.recent.len() * 100 / self.calls.max(1);
        if percent < NOTICEABLE {
            return;
        }
        let oldest = self.recent.front().filter(|_| percent >= 100);
        let wait = oldest.map_or(Duration::ZERO, |call| {
            self.per.saturating_sub(call.elapsed())
        });
        let share = json!({ "call_count": percent, "total_time": 0, "total_cputime": 0 });
        let mut business = share.clone();
        business["type"] = json!("whatsapp_business_management");
        business["estimated_time_to_regain_access"] = json!(wait.as_secs().div_ceil(60));
        let mut insert = |name, value: Value| {
            if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        insert("x-app-usage", share);
        insert(
            "x-business-use-case-usage",
            json!({ BUSINESS_ID: [business] }),
        );
    }
}
