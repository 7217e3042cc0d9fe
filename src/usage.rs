//! The usage headers of a response: how much of a rate limit is used up.

use std::time::Duration;

use http::HeaderMap;
use serde_json::{Map, Value};

const APP_USAGE: &str = "x-app-usage";
const BUSINESS_USE_CASE_USAGE: &str = "x-business-use-case-usage";

/// What a response said about the rate limits (Meta's documentation of rate limiting).
///
/// Meta sends these headers only once usage is noticeable, so both parts are often empty. A part that cannot be
/// read counts as not sent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Usage {
    /// `X-App-Usage`: the limit of the app.
    pub app: Option<UsageShare>,
    /// `X-Business-Use-Case-Usage`: the limits of each business, by use case.
    pub business: Vec<BusinessUseCaseUsage>,
}

/// How much of one limit is used up, in per cent: calls are throttled at 100.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UsageShare {
    /// Share of the calls allowed, in per cent.
    pub call_count: f64,
    /// Share of the total time allowed, in per cent.
    pub total_time: f64,
    /// Share of the processor time allowed, in per cent.
    pub total_cputime: f64,
}

impl UsageShare {
    /// The largest of the three shares, in per cent.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.call_count.max(self.total_time).max(self.total_cputime)
    }
}

/// One entry of `X-Business-Use-Case-Usage`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BusinessUseCaseUsage {
    /// The business that the limit is for.
    pub business_id: String,
    /// The use case, such as `whatsapp_business_management`; empty where Meta sent none.
    pub use_case: String,
    /// How much of the limit is used up.
    pub share: UsageShare,
    /// How long until calls succeed again; Meta counts it in whole minutes, and zero is no wait.
    pub estimated_time_to_regain_access: Duration,
}

impl Usage {
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        Self {
            app: objects(headers, APP_USAGE)
                .next()
                .map(|entry| share(&entry)),
            business: objects(headers, BUSINESS_USE_CASE_USAGE)
                .flat_map(business)
                .collect(),
        }
    }

    /// The longest wait that any limit asks for; `None` if none does.
    pub(crate) fn longest_wait(&self) -> Option<Duration> {
        self.business
            .iter()
            .map(|entry| entry.estimated_time_to_regain_access)
            .max()
            .filter(|wait| !wait.is_zero())
    }
}

/// Every header of that name that can be read.
fn objects(headers: &HeaderMap, name: &str) -> impl Iterator<Item = Map<String, Value>> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| serde_json::from_slice(value.as_bytes()).ok())
}

fn share(entry: &Map<String, Value>) -> UsageShare {
    UsageShare {
        call_count: number(entry, "call_count"),
        total_time: number(entry, "total_time"),
        total_cputime: number(entry, "total_cputime"),
    }
}

/// Zero where there is no number.
fn number(entry: &Map<String, Value>, name: &str) -> f64 {
    entry.get(name).and_then(Value::as_f64).unwrap_or_default()
}

fn business(header: Map<String, Value>) -> Vec<BusinessUseCaseUsage> {
    let mut entries = Vec::new();
    for (business_id, use_cases) in header {
        let Value::Array(use_cases) = use_cases else {
            continue;
        };
        for entry in use_cases.iter().filter_map(Value::as_object) {
            entries.push(BusinessUseCaseUsage {
                business_id: business_id.clone(),
                use_case: entry
                    .get("type")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                share: share(entry),
                estimated_time_to_regain_access: minutes(number(
                    entry,
                    "estimated_time_to_regain_access",
                )),
            });
        }
    }
    entries
}

/// Minutes, which need not be whole; below zero is no wait.
fn minutes(minutes: f64) -> Duration {
    let seconds = minutes * 60.0;
    if seconds > 0.0 {
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    } else {
        Duration::ZERO
    }
}
