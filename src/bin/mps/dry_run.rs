//! `--dry-run`: the request that a command would send.
//!
//! The client really sends it, but to a sandbox in this process, so that what is printed cannot differ from what would
//! be sent.

use serde_json::{Map, Value, json};
use whatsapp_multi_partner_solutions::{Client, Error, RetryPolicy};

use crate::{
    connection::Connection,
    output::{Failure, Success},
    sandbox,
};

const APP_SECRET_PROOF: &str = "appsecret_proof=";

/// Makes `call` with a client that differs from the real one in nothing but where it sends to.
pub(crate) async fn dry_run<T>(
    connection: &Connection,
    permission_check: &str,
    call: impl AsyncFnOnce(Client) -> Result<T, Error>,
) -> Result<Success, Failure> {
    let sandbox = sandbox::start().await?;
    let token = connection.token()?.unwrap_or_else(|| "none".to_owned());
    let base_url = connection.base_url()?;
    let builder = connection.builder(RetryPolicy::default(), token)?;
    // Checks what the real call would be made with.
    builder.clone().build()?;
    let client = builder
        .base_url(sandbox.base_url())
        .retry_policy(RetryPolicy::default().max_attempts(1))
        .build()?;
    let error = call(client).await.err();
    let Some(request) = sandbox.requests().pop() else {
        let unknown = || Failure::invalid("the request cannot be shown");
        return Err(error.map_or_else(unknown, Failure::from));
    };

    let target = &request.path_and_query;
    let target = match target.split_once(APP_SECRET_PROOF) {
        Some((before, _)) => format!("{before}{APP_SECRET_PROOF}[appsecret_proof]"),
        None => target.clone(),
    };
    let url = format!("{}{target}", base_url.trim_end_matches('/'));
    let mut headers = Map::new();
    for (name, value) in &request.headers {
        let value = match name.as_str() {
            "authorization" => "Bearer [access token]".into(),
            // That of the sandbox.
            "host" => continue,
            _ => String::from_utf8_lossy(value.as_bytes()),
        };
        headers.insert(name.to_string(), value.into());
    }
    let body = String::from_utf8_lossy(&request.body);

    let mut lines = format!("{} {url}\n", request.method);
    for (name, value) in &headers {
        lines.push_str(&format!("{name}: {}\n", value.as_str().unwrap_or_default()));
    }
    lines.push_str(&format!(
        "\n{body}\n\npermission check: {permission_check}\nnothing was sent"
    ));
    let json = json!({
        "dry_run": true,
        "method": request.method.as_str(),
        "url": url,
        "headers": headers,
        "body": serde_json::from_str(&body).unwrap_or(Value::Null),
        "permission_check": permission_check,
    });
    Ok(Success::new(json, lines))
}
