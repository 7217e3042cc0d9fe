//! No secret is in anything that an error shows. `child.rs` looks into logs, panics and `Debug`.

use std::error::Error as _;

use serde_json::json;
use whatsapp_multi_partner_solutions::Error;

use crate::{
    client::*,
    server::{Server, Step},
};

/// Fails even if only half of a secret is shown.
#[track_caller]
pub fn is_clean(text: &str) {
    for secret in [TOKEN, APP_SECRET, PROOF] {
        let (start, end) = secret.split_at(secret.len() / 2);
        let found = text.contains(start) || text.contains(end);
        assert!(!found, "{secret} is in {text:.5000}");
    }
}

/// Everything that an error can show.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:#?} {:?}", error.graph_error());
    if let Some(response) = error.response() {
        let json = response.json();
        let body = String::from_utf8_lossy(response.body());
        text += &format!("{response:?} {body} {json:?}");
        for value in response.headers().values() {
            text += &String::from_utf8_lossy(value.as_bytes());
        }
    }
    match error.source() {
        Some(source) => format!("{text} {source} {source:?}"),
        None => text,
    }
}

#[tokio::test]
async fn a_failed_response_may_repeat_secrets_in_body_and_headers() {
    let once = Once::start().await;
    let line = format!("Bearer {TOKEN}; {TOKEN} {PROOF}");
    let fields = json!({
        "message": format!("{TOKEN}{TOKEN}, appsecret_proof={PROOF}&access_token={TOKEN}"),
        "code": 190, "error_user_title": PROOF, "error_user_msg": TOKEN, "fbtrace_id": TOKEN,
    });
    let json = json!({ "error": fields }).to_string();
    let headers = [("www-authenticate", &line[..]), ("x-fb-trace-id", PROOF)];
    for status in [200, 302, 401, 429, 500] {
        for body in [&json, &line] {
            let step = Step::response(status, &headers, body);
            let text = shown(&once.create(step).await.expect_err("failed"));
            is_clean(&text);
            assert!(text.contains("[access token]; [access token] [appsecret_proof]"));
        }
    }
}

#[tokio::test]
async fn a_response_may_be_cut_within_a_secret() {
    let once = Once::start().await;
    for length in [TOKEN.len() / 2 + 1, TOKEN.len() - 1] {
        // At the limit of the body, or because the connection ends.
        let long = "x".repeat(64 * 1024 - length) + TOKEN;
        let short = Step::response(400, &[], format!("x{TOKEN}"));
        let cut = short.cut(TOKEN.len() - length);
        for step in [Step::response(400, &[], long), cut] {
            let error = once.create(step).await.expect_err("failed");
            let kept = error.response().expect("a response").body();
            assert!(kept.ends_with(b"x[access token]"));
            is_clean(&shown(&error));
        }
    }
}

#[tokio::test]
async fn a_response_may_spell_secrets_as_json_or_a_url_does() {
    let server = Server::start([]).await;
    let (slash, pipe) = ("EAAG/secret/tail+=", "1234567|secret/tail");
    for (token, spelled) in [
        (slash, r"EAAG\/secret\/tail+="),
        (slash, "EAAG%2Fsecret%2Ftail%2B%3D"),
        (pipe, "1234567%7Csecret%2Ftail"),
        (r#"a"b\c/secret/tail"#, r#"a\"b\\c/secret/tail"#),
        (pipe, r"\u0031234567|secret\/tail"),
    ] {
        let builder = builder(&server).token(token);
        let once = builder.retry_policy(policy().max_attempts(1));
        let client = once.build().expect("a client");
        let json = format!("{{\"error\":{{\"message\":\"Malformed {spelled}!\"}}}}");
        // The same as text that is not JSON, where these two are no escapes.
        let text = json
            .replace('{', "")
            .replace(r"\u0031", "1")
            .replace(r"\/", "/");
        for body in [json, text] {
            server.script([Step::response(400, &[], body)]);
            let text = shown(&create(&client).await.expect_err("refused"));
            assert!(text.contains("Malformed [access token]!"), "{text}");
            assert!(!text.contains("tail"), "{text}");
        }
    }
}
