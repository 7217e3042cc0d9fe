//! One call in a process of its own, for what only the environment of a process can say (whom to trust, which proxy)
//! and for everything that a process prints.

use std::process::Command;

use serde_json::json;
use whatsapp_multi_partner_solutions::Client;

use crate::{
    client::*,
    secrets::is_clean,
    server::{Server, Step},
};

const BASE_URL: &str = "WIRE_TEST_BASE_URL";
pub const SUCCESS: &str = "the call ended: success after 1 attempts";
pub const UNREACHABLE: &str = "the call ended: unreachable after 3 attempts";

/// Runs `the_call` with nothing in its environment but this. What it printed, which shows no secret.
pub async fn run(base_url: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--ignored", "--exact", "--nocapture", "child::the_call"])
        .env_clear()
        .env(BASE_URL, base_url)
        .envs(environment.iter().copied());
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    let output = ran.expect("no panic").expect("a process");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    is_clean(&printed);
    printed
}

#[tokio::test]
#[ignore = "the other tests run it, in a process of its own"]
async fn the_call() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
    let base_url = std::env::var(BASE_URL).expect("where to call");
    let builder = Client::builder()
        .token(TOKEN)
        .app_secret(APP_SECRET)
        .base_url(base_url)
        .retry_policy(policy().max_attempts(3));
    let client = builder.clone().build().expect("a client");
    let result = create(&client).await;
    let (end, attempts) = match &result {
        Ok(reply) => ("success", reply.attempts()),
        Err(error) => (error.kind().as_str(), error.attempts()),
    };
    println!("\nthe call ended: {end} after {attempts} attempts");
    tracing::error!(?result, ?client, "as a user would log it");
    result.unwrap_or_else(|error| panic!("{error} {error:#?} {builder:#?} {client:#?}"));
}

#[tokio::test]
async fn logs_panics_and_debug_show_no_secret() {
    let text = format!("Malformed access token {TOKEN}, or invalid appsecret_proof {PROOF}");
    let echo = json!({ "message": text, "error_user_msg": TOKEN, "fbtrace_id": PROOF });
    let headers = [("x-fb-trace-id", TOKEN), ("x-app-usage", &text[..])];
    let script = [
        Step::response(429, &headers, &text),
        Step::response(500, &headers, &text),
        graph_error(401, &echo),
    ];
    let server = Server::start(script).await;
    let printed = run(&server.url, &[]).await;
    server.script([Step::json(
        200,
        &json!({ "solution_id": "1", "echo": TOKEN }),
    )]);
    let printed = printed + &run(&server.url, &[]).await;
    // Without these it would say little that the secrets are not there.
    for expected in [
        "graph_call",
        "status=429",
        "next_attempt=3",
        "app throttled",
        "reqwest::connect",
        "TRACE",
        "ClientBuilder",
        "Ok(Reply",
        "Malformed access token [access token]",
    ] {
        assert!(printed.contains(expected), "{expected} is not in {printed}");
    }
}
