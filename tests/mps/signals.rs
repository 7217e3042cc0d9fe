//! Ctrl-C: while waiting, while sending, and in the sandbox.
#![cfg(unix)]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use serde_json::json;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{CREATE, Ran, bare, command};

/// What Ctrl-C in a terminal sends.
const INTERRUPT: &str = "-INT";
/// What `timeout` and service managers send.
const TERMINATE: &str = "-TERM";

fn send(signal: &str, child: &Child) {
    let status = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// Starts a command, sends it a signal as soon as its log says `when`, and waits for its end.
async fn signalled(signal: &'static str, mut command: Command, when: &'static str) -> Ran {
    tokio::task::spawn_blocking(move || {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut stderr = String::new();
        while !stderr.contains(when) {
            assert_ne!(
                log.read_line(&mut stderr).unwrap(),
                0,
                "{when:?} in {stderr}"
            );
        }
        send(signal, &child);
        log.read_to_string(&mut stderr).unwrap();
        let mut output = child.wait_with_output().unwrap();
        output.stderr = stderr.into_bytes();
        Ran::of(output)
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_wait_can_be_interrupted() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::throttled().retry_after(60));
    let create = command(&sandbox, &[CREATE, &["--output=json"]].concat());
    let ran = signalled(INTERRUPT, create, "next_attempt").await;
    let error = ran.error();
    assert_eq!(
        (ran.code, &error["kind"], &error["attempts"]),
        (Some(6), &json!("outcome_unknown"), &json!(1)),
        "{ran:?}"
    );
    assert_eq!(sandbox.request_count(), 1);
}

#[tokio::test]
async fn a_wait_after_an_unknown_outcome_keeps_that_knowledge() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::internal_error().retry_after(60));
    let create = command(&sandbox, &[CREATE, &["--output=json"]].concat());
    let ran = signalled(INTERRUPT, create, "next_attempt").await;
    assert_eq!(
        (ran.code, &ran.error()["may_have_taken_effect"]),
        (Some(6), &json!(true))
    );
}

#[tokio::test]
async fn an_attempt_under_way_leaves_the_outcome_unknown() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::hang().carried_out());
    let create = command(&sandbox, &[CREATE, &["--output=json"]].concat());
    let ran = signalled(INTERRUPT, create, "retry::run: sending").await;
    assert_eq!(
        (ran.code, &ran.error()["kind"]),
        (Some(6), &json!("outcome_unknown"))
    );
}

#[tokio::test]
async fn a_termination_is_an_interruption() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::throttled().retry_after(60));
    let create = command(&sandbox, &[CREATE, &["--output=json"]].concat());
    let ran = signalled(TERMINATE, create, "next_attempt").await;
    assert_eq!(
        (ran.code, &ran.error()["kind"]),
        (Some(6), &json!("outcome_unknown"))
    );
}

#[tokio::test]
async fn the_sandbox_says_its_address_first_and_ends_on_ctrl_c() {
    tokio::task::spawn_blocking(|| {
        let mut sandbox = bare()
            .args(["sandbox"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(sandbox.stdout.take().unwrap());
        let mut url = String::new();
        stdout.read_line(&mut url).unwrap();
        assert!(
            url.starts_with("http://127.0.0.1:") && url.ends_with('\n'),
            "{url:?}"
        );

        let mut create = bare();
        create
            .args(CREATE)
            .args(["--base-url", url.trim_end()])
            .env("META_ACCESS_TOKEN", "any");
        assert!(create.output().unwrap().status.success());

        let listen = url.trim_end().trim_start_matches("http://");
        let taken = bare()
            .args(["sandbox", "--listen", listen])
            .output()
            .unwrap();
        assert_eq!(taken.status.code(), Some(2), "the address is in use");
        let open = bare()
            .args(["sandbox", "--listen=0.0.0.0:0"])
            .output()
            .unwrap();
        assert_eq!(
            open.status.code(),
            Some(2),
            "it takes any token, so loopback only"
        );

        send(INTERRUPT, &sandbox);
        assert_eq!(sandbox.wait().unwrap().code(), Some(0));
    })
    .await
    .unwrap();
}
