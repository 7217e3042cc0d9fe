//! Ctrl-C and termination, and the command `sandbox`, which runs until then.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{CREATE, JSON, Ran, bare, command, knowing_secrets, run};

/// What Ctrl-C in a terminal sends.
const INTERRUPT: &str = "-INT";
/// What `timeout` and service managers send.
const TERMINATE: &str = "-TERM";

fn start(command: &mut Command) -> Child {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn send(signal: &str, child: &Child) {
    let id = child.id().to_string();
    let kill = Command::new("kill").args([signal, &id]).status();
    assert!(kill.unwrap().success());
}

/// Sends a signal as soon as the log contains `when`.
#[track_caller]
fn interrupted(signal: &str, command: &mut Command, when: &str) -> Ran {
    let mut child = start(command);
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut stderr = String::new();
    while !stderr.contains(when) {
        assert_ne!(log.read_line(&mut stderr).unwrap(), 0, "{stderr}");
    }
    send(signal, &child);
    log.read_to_string(&mut stderr).unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stderr = stderr.into_bytes();
    Ran::of(output)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_interrupted_after_an_attempt_was_started_may_have_taken_effect() {
    let throttled = || Fault::throttled().retry_after(60);
    for (signal, fault, when) in [
        (INTERRUPT, Fault::hang(), "retry_loop: sending"),
        (INTERRUPT, throttled(), "next_attempt"),
        (TERMINATE, throttled(), "next_attempt"),
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.next_call(fault);
        let ran = interrupted(signal, &mut command(&sandbox, &[CREATE, JSON]), when);
        let error = ran.last("error");
        assert_eq!((ran.code, &*ran.stdout), (Some(6), ""), "{ran:?}");
        assert_eq!(error["kind"], "outcome_unknown");
        assert_eq!(error["attempts"], 1);
        assert_eq!(error["may_have_taken_effect"], true);
    }
}

#[test]
fn the_sandbox_plays_what_it_is_told_until_ctrl_c_or_termination() {
    let folder = tempfile::tempdir().unwrap();
    let faults = folder.path().join("faults.txt");
    for signal in [INTERRUPT, TERMINATE] {
        fs::write(&faults, "create: internal-error carried-out\n").unwrap();
        let mut sandbox = knowing_secrets(&["sandbox", "-vv", "--rate-limit=2/h", "--faults"]);
        let mut sandbox = start(sandbox.arg(&faults));
        let mut stdout = BufReader::new(sandbox.stdout.take().unwrap());
        let mut url = String::new();
        stdout.read_line(&mut url).unwrap();
        let url = url.strip_suffix('\n').unwrap();
        let flags = ["--base-url", url, "--max-attempts=1"];
        let create = || run(&mut knowing_secrets(&[CREATE, JSON, &flags].concat()));
        assert_eq!(create().last("error")["code"], 2);
        create().printed();
        assert_eq!(create().last("error")["code"], 80_008);

        fs::write(&faults, "# wrong\ncreate: explode\n").unwrap();
        let address = url.strip_prefix("http://").unwrap();
        for (flag, value, says) in [
            ("--listen", address, "cannot listen"),
            ("--listen", "0.0.0.0:0", "cannot listen"),
            ("--rate-limit", "0/h", "200/h"),
            (
                "--faults",
                faults.to_str().unwrap(),
                "faults.txt: line 2: `explode`",
            ),
        ] {
            let ran = run(bare().args(["sandbox", flag, value]));
            assert_eq!(ran.code, Some(2), "{ran:?}");
            assert!(ran.stderr.contains(says), "{ran:?}");
        }
        send(signal, &sandbox);
        let ran = Ran::of(sandbox.wait_with_output().unwrap());
        let hint = format!("META_ACCESS_TOKEN=any mps ensure-solution --base-url {url}");
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains(&hint), "{ran:?}");
    }
}
