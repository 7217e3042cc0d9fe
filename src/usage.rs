//! The usage headers of a response: how much of a rate limit is used up.

use std::{collections::BTreeMap, time::Duration};

use http::HeaderMap;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

/// What a response said about the rate limits (Meta's documentation of rate limiting).
///
/// Meta sends these headers only above some level of usage, so both parts are often empty. A header that cannot be read
/// counts as not sent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Usage {
    /// `X-App-Usage`: the limit of the app.
    pub app: Option<UsageShare>,
    /// `X-Business-Use-Case-Usage`: by ID of the business, its limits per use case.
    pub business: BTreeMap<String, Vec<BusinessUseCaseUsage>>,
}

/// How much of one limit is used up, in per cent: calls are throttled at 100. Zero where Meta sent no figure.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UsageShare {
    /// Share of the calls allowed, in per cent.
    pub call_count: f64,
    /// Share of the total time allowed, in per cent.
    pub total_time: f64,
    /// Share of the processor time allowed, in per cent.
    pub total_cputime: f64,
}

/// One entry of `X-Business-Use-Case-Usage`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct BusinessUseCaseUsage {
    /// The use case, such as `whatsapp_business_management`; empty where Meta sent none.
    #[serde(rename = "type")]
    pub use_case: String,
    /// How much of the limit is used up.
    #[serde(flatten)]
    pub share: UsageShare,
    /// How long until calls succeed again; zero is no wait. Meta states it in minutes.
    #[serde(deserialize_with = "minutes")]
    pub estimated_time_to_regain_access: Duration,
}

impl Usage {
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        Self {
            app: json_header(headers, "x-app-usage"),
            business: json_header(headers, "x-business-use-case-usage").unwrap_or_default(),
        }
    }

    /// The longest wait that a limit asks for; `None` if none does.
    pub(crate) fn longest_wait(&self) -> Option<Duration> {
        let limits = self.business.values().flatten();
        let waits = limits.map(|limit| limit.estimated_time_to_regain_access);
        waits.max().filter(|wait| !wait.is_zero())
    }
}

fn json_header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    serde_json::from_slice(headers.get(name)?.as_bytes()).ok()
}

/// Minutes, which need not be whole. Below zero is no wait.
fn minutes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?.max(0.0) * 60.0;
    Ok(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}
