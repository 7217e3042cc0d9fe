//! A rate limit, as Graph applies it: usage headers as it fills up, then errors.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use serde_json::json;
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
    /// When each call of the last `per` arrived.
    recent: VecDeque<Instant>,
}

impl RateLimit {
    pub(super) fn new(calls: NonZeroUsize, per: Duration) -> Self {
        Self {
            calls: calls.get(),
            per,
            recent: VecDeque::new(),
        }
    }

    /// Counts a call, and refuses it if it is one too many. A refused call counts too: according to Meta's page on rate
    /// limits, calling on makes the wait longer.
    pub(super) fn count(&mut self) -> Result<(), Refusal> {
        self.recent.retain(|call| call.elapsed() < self.per);
        self.recent.push_back(Instant::now());
        if self.recent.len() > self.calls {
            let message = "The rate limit is used up. Wait as long as the usage headers say.";
            return Err(RATE_LIMITED.because(message));
        }
        Ok(())
    }

    /// Adds the usage headers, once usage is noticeable.
    pub(super) fn add_usage(&mut self, headers: &mut HeaderMap) {
        self.recent.retain(|call| call.elapsed() < self.per);
        let percent = self.recent.len() * 100 / self.calls;
        if percent < NOTICEABLE {
            return;
        }
        // A call is served again as soon as this one is longer ago than the period.
        let last_to_expire = self.recent.len().checked_sub(self.calls);
        let wait = last_to_expire.map_or(Duration::ZERO, |call| {
            self.per.saturating_sub(self.recent[call].elapsed())
        });
        let share = json!({ "call_count": percent, "total_time": 0, "total_cputime": 0 });
        let mut business = share.clone();
        business["type"] = json!("whatsapp_business_management");
        business["estimated_time_to_regain_access"] = json!(wait.as_millis().div_ceil(60_000));
        for (name, usage) in [
            ("x-app-usage", share),
            (
                "x-business-use-case-usage",
                json!({ BUSINESS_ID: [business] }),
            ),
        ] {
            if let Ok(usage) = HeaderValue::from_str(&usage.to_string()) {
                headers.insert(name, usage);
            }
        }
    }
}
