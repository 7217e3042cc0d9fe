//! Runs `mps` against a sandbox of the test's own.

use std::process::{Command, Output, Stdio};

use serde_json::Value;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

/// Looked for in everything that is printed.
pub(crate) const TOKEN: &str = "EAAGsecretOfTheTest0123456789";
/// So is this.
pub(crate) const APP_SECRET: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
/// And what comes of the two, by `openssl dgst -sha256 -hmac`.
pub(crate) const PROOF: &str = "08b22577450c28a3e48ceabdc22285cc7a9316319786ec34b1a679566cc33a2e";

pub(crate) const CREATE: &[&str] = &[
    "create",
    "--app-id=111",
    "--partner-app-id=222",
    "--name=A solution",
    "--messaging=owner",
];

/// A command that knows nothing of the environment of whoever runs the tests.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mps"));
    for name in [
        "META_ACCESS_TOKEN",
        "META_APP_SECRET",
        "GRAPH_BASE_URL",
        "GRAPH_API_VERSION",
        "RUST_LOG",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// With the sandbox's address, both secrets, no waits to speak of, and every log line there is.
pub(crate) fn command(sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let mut command = bare();
    command
        .args(arguments)
        .env("GRAPH_BASE_URL", sandbox.base_url())
        .env("META_ACCESS_TOKEN", TOKEN)
        .env("META_APP_SECRET", APP_SECRET)
        .env("RUST_LOG", "trace");
    if !arguments
        .iter()
        .any(|argument| argument.starts_with("--base-delay"))
    {
        command.arg("--base-delay=1ms");
    }
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

    /// The one object on stdout.
    #[track_caller]
    pub(crate) fn success(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert_eq!(self.stdout.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// What is in the object on the last line of stderr.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.stdout, "", "a failure prints nothing to stdout");
        let last: Value = serde_json::from_str(self.stderr.lines().last().unwrap()).unwrap();
        assert_eq!(last.as_object().unwrap().len(), 1, "{last}");
        last["error"].clone()
    }
}

/// Runs to the end, off the runtime that the sandbox needs.
pub(crate) async fn run(mut command: Command) -> Ran {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    Ran::of(output)
}

/// Creates with JSON output and further flags.
pub(crate) async fn create(sandbox: &Sandbox, flags: &[&str]) -> Ran {
    let arguments = [CREATE, &["--output=json"], flags].concat();
    run(command(sandbox, &arguments)).await
}

/// Accepts with JSON output and further flags.
pub(crate) async fn accept(sandbox: &Sandbox, solution: &str, flags: &[&str]) -> Ran {
    let arguments = [
        &[
            "accept",
            "--solution-id",
            solution,
            "--partner-app-id=222",
            "--output=json",
        ],
        flags,
    ]
    .concat();
    run(command(sandbox, &arguments)).await
}
