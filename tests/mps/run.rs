//! Runs `mps`, mostly against a sandbox of the test's own.
//!
//! Tests that have a sandbox run on `flavor = "multi_thread"`, so that it responds while the test waits for `mps`.

use std::process::{Command, Output, Stdio};

use serde_json::Value;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

/// No output may contain one of these three.
pub(crate) const TOKEN: &str = "EAAGsecretOfTheTest0123456789";
pub(crate) const APP_SECRET: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
/// Made of the other two by `openssl dgst -sha256 -hmac`.
pub(crate) const PROOF: &str = "08b22577450c28a3e48ceabdc22285cc7a9316319786ec34b1a679566cc33a2e";

pub(crate) const CREATE: &[&str] = &[
    "create",
    "--app-id=111",
    "--partner-app-id=222",
    "--name=A solution",
    "--messaging=owner",
];

pub(crate) const ACCEPT: &[&str] = &["accept", "--solution-id=5", "--partner-app-id=222"];

pub(crate) const VARIABLES: &str =
    "GRAPH_BASE_URL GRAPH_API_VERSION META_ACCESS_TOKEN META_APP_SECRET";

pub(crate) const JSON: &[&str] = &["--output=json"];

/// Without the environment of whoever runs the tests.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mps"));
    for name in VARIABLES.split(' ').chain(["RUST_LOG"]) {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// With both secrets, and with every log line there is.
pub(crate) fn knowing_secrets(arguments: &[&str]) -> Command {
    let mut command = bare();
    command
        .args(arguments)
        .env("META_ACCESS_TOKEN", TOKEN)
        .env("META_APP_SECRET", APP_SECRET)
        .env("RUST_LOG", "trace");
    command
}

/// Calls the sandbox, and hardly waits before a retry.
pub(crate) fn command(sandbox: &Sandbox, arguments: &[&[&str]]) -> Command {
    let mut command = knowing_secrets(&arguments.concat());
    command
        .arg("--base-delay=1ms")
        .env("GRAPH_BASE_URL", sandbox.base_url());
    command
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Fails if a secret was printed.
    #[track_caller]
    pub(crate) fn of(output: Output) -> Self {
        let ran = Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        for secret in [TOKEN, APP_SECRET, PROOF] {
            assert!(!ran.stdout.contains(secret), "{ran:?}");
            assert!(!ran.stderr.contains(secret), "{ran:?}");
        }
        ran
    }

    /// What a success prints.
    #[track_caller]
    pub(crate) fn printed(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:?}");
        &self.stdout
    }

    /// The object that a success prints with `--output json`.
    #[track_caller]
    pub(crate) fn success(&self) -> Value {
        serde_json::from_str(self.printed()).unwrap()
    }

    /// The object on the last line of stderr, where `name` is its only field.
    #[track_caller]
    pub(crate) fn last(&self, name: &str) -> Value {
        let last: Value = serde_json::from_str(self.last_line()).unwrap();
        assert_eq!(last.as_object().unwrap().len(), 1, "{last}");
        last[name].clone()
    }

    pub(crate) fn last_line(&self) -> &str {
        self.stderr.lines().last().unwrap_or_default()
    }
}

/// Runs to the end.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Ran {
    Ran::of(command.output().unwrap())
}
