//! The rate limit.

use std::time::Duration;

use http::Response;
use serde_json::Value;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::wire::*;

/// The percentage of the limit that is used, and the minutes to wait.
fn usage(response: &Response<String>) -> Option<(i64, i64)> {
    let header = response.headers().get("x-business-use-case-usage")?;
    let usage: Value = serde_json::from_slice(header.as_bytes()).unwrap();
    let usage = &usage.as_object()?.values().next()?[0];
    let wait = usage["estimated_time_to_regain_access"].as_i64()?;
    Some((usage["call_count"].as_i64()?, wait))
}

#[tokio::test]
async fn a_rate_limit_is_announced_and_then_held() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.limit_rate(5.try_into().unwrap(), Duration::from_secs(3600));
    // Nobody knows whose calls these are.
    refused(&sandbox, UNKNOWN_PATH, &get("/")).await;
    refused(&sandbox, UNAUTHORIZED, &create().replace(TOKEN, "")).await;
    assert_eq!(usage(&send(&sandbox, &create()).await), None);
    // A refused call counts.
    refused(&sandbox, NOT_FOUND, &accept("77", PARTNER)).await;
    for expected in [(60, 0), (80, 0), (100, 60)] {
        assert_eq!(usage(&send(&sandbox, &create()).await), Some(expected));
    }
    // Calling on makes the wait longer, but an hour after the last call is always enough.
    for percent in [120, 140] {
        let response = refused(&sandbox, RATE_LIMITED, &create()).await;
        assert_eq!(usage(&response), Some((percent, 60)));
    }
}
