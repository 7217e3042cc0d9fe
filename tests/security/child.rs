//! One call in a process of its own, for what only the environment of a process can say: whom to trust, which proxy.

use std::{
    ffi::OsStr,
    process::{Command, Output},
};

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{
    Client, CreateRequest, Error, MessagingHolder, RetryPolicy,
};

pub const TOKEN: &str = "EAAGtokenOfTheChildThatNobodyMaySee0123456789";
pub const APP_SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// What comes of the two, by `openssl dgst -sha256 -hmac`.
pub const PROOF: &str = "3291e88ac2c39c42f739c04169110067a0819fc4273b48e79d6e88fb8a54de64";

/// Attempts that a child makes at most.
pub const ATTEMPTS: u64 = 3;

const BASE_URL: &str = "SECURITY_TEST_BASE_URL";
const CALL: &str = "child::the_call";
/// Begins the line that says what the call ended in.
const REPORT: &str = "the call ended in ";

/// Such a process, before it runs.
pub struct Child(Command);

/// What its call ended in, and everything that it printed.
#[derive(Debug)]
pub struct Told {
    report: Value,
    printed: String,
}

impl Child {
    /// Knows nothing of the environment of whoever runs the tests.
    pub fn new(base_url: &str) -> Self {
        Self::running(CALL).env(BASE_URL, base_url)
    }

    /// Another test of this program, which does nothing unless it is asked for by name.
    pub fn running(test: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command
            .args(["--ignored", "--exact", "--nocapture", test])
            .env_clear()
            .env("RUST_BACKTRACE", "full");
        Self(command)
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it beside the servers of the test.
    pub async fn output(self) -> Output {
        let Self(mut command) = self;
        let ran = tokio::task::spawn_blocking(move || command.output());
        ran.await.expect("no panic").expect("a process")
    }

    /// Runs it to the end. That it shows no secret is checked every time.
    pub async fn tell(self) -> Told {
        let printed = printed(&self.output().await);
        let report = printed
            .lines()
            .find_map(|line| line.split_once(REPORT))
            .unwrap_or_else(|| panic!("a report in {printed}"));
        Told {
            report: serde_json::from_str(report.1).expect("JSON"),
            printed,
        }
    }
}

/// Both streams, in which no secret is.
#[track_caller]
pub fn printed(output: &Output) -> String {
    let printed = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy);
    let printed = printed.concat();
    for secret in [TOKEN, APP_SECRET, PROOF] {
        assert!(!printed.contains(secret), "{printed}");
    }
    printed
}

impl Told {
    #[track_caller]
    pub fn succeeded(&self) {
        assert_eq!(self.report, json!({ "attempts": 1 }), "{}", self.printed);
    }

    /// Checks that nothing was sent, and that it was tried as often as the policy says and no more; the text of the error
    /// and of all its sources.
    #[track_caller]
    pub fn unreachable(&self) -> &str {
        assert_eq!(self.report["kind"], "unreachable", "{}", self.printed);
        assert_eq!(self.report["attempts"], ATTEMPTS, "{}", self.printed);
        assert_eq!(self.report["status"], Value::Null, "{}", self.printed);
        self.report["text"].as_str().expect("a text")
    }

    pub fn printed(&self) -> &str {
        &self.printed
    }
}

pub fn client(base_url: &str) -> whatsapp_multi_partner_solutions::ClientBuilder {
    let policy = RetryPolicy::default()
        .max_attempts(ATTEMPTS as u32)
        .base_delay(std::time::Duration::from_millis(1));
    Client::builder()
        .token(TOKEN)
        .app_secret(APP_SECRET)
        .base_url(base_url)
        .retry_policy(policy)
}

pub fn request() -> CreateRequest {
    CreateRequest::with_messaging(MessagingHolder::Owner, "2", "Solution").expect("a request")
}

/// An error and all that is behind it.
pub fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(why) = source {
        text.push_str(&format!("; because: {why}"));
        source = why.source();
    }
    text
}

/// Makes the log go to stderr, all of it.
pub fn log_everything() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
}

#[tokio::test]
#[ignore = "the other tests run it, in a process of its own"]
async fn the_call() {
    log_everything();
    let base_url = std::env::var(BASE_URL).expect("where to call");
    let client = client(&base_url).build().expect("a client");
    let report = match client.create_solution("1", &request()).await {
        Ok(reply) => json!({ "attempts": reply.attempts() }),
        Err(error) => {
            tracing::error!(?error, %error, ?client, "as a user would log it");
            json!({
                "kind": error.kind().as_str(),
                "attempts": error.attempts(),
                "status": error.status().map(|status| status.as_u16()),
                "text": chain(&error),
            })
        }
    };
    println!("{REPORT}{report}");
}
