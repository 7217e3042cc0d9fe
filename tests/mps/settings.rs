//! Flags, environment variables and files.

use std::{ffi::OsStr, fs, path::PathBuf, process::Command};

use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{
    ACCEPT, APP_SECRET, CREATE, JSON, PROOF, Ran, TOKEN, VARIABLES, command, knowing_secrets, run,
};

const PATH: &str = "/v25.0/111/whatsapp_business_solution";

#[track_caller]
fn invalid(ran: &Ran, says: &str) {
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.last_line().contains(says), "{ran:?}");
}

fn file(name: &str, content: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, content).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_wins_over_its_variable() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut variable = command(&sandbox, &[CREATE]);
    run(variable.env("GRAPH_API_VERSION", "v23.0")).printed();
    let flags = ["--base-url", sandbox.base_url(), "--api-version", "v24.0"];
    let mut both = command(&sandbox, &[CREATE, &flags]);
    both.env("GRAPH_BASE_URL", "http://127.0.0.1:1")
        .env("GRAPH_API_VERSION", "v1.0");
    run(&mut both).printed();
    run(&mut command(&sandbox, &[CREATE])).printed();
    let requests = sandbox.requests();
    let versions: Vec<&str> = requests.iter().map(|one| &one.path()[1..6]).collect();
    assert_eq!(versions, ["v23.0", "v24.0", "v25.0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_come_from_a_file_or_the_environment() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = || command(&sandbox, &[CREATE]);
    let sends = |create: &mut Command, path: &str| {
        run(create).printed();
        let request = sandbox.requests().pop().unwrap();
        let bearer = format!("Bearer {TOKEN}");
        assert_eq!(request.header("authorization"), Some(&*bearer));
        assert_eq!(request.path_and_query, path);
    };
    let with_proof = format!("{PATH}?appsecret_proof={PROOF}");
    sends(&mut create(), &with_proof);
    let mut from_files = create();
    from_files
        .arg("--token-file")
        .arg(file("token", &format!("{TOKEN}\n")))
        .arg("--app-secret-file")
        .arg(file("app secret", &format!("{APP_SECRET}\r\n")))
        .env("META_APP_SECRET", "other");
    sends(from_files.env("META_ACCESS_TOKEN", "other"), &with_proof);
    sends(create().env_remove("META_APP_SECRET"), PATH);
    sends(create().env("META_APP_SECRET", " "), PATH);

    let ran = run(create().env_remove("META_ACCESS_TOKEN"));
    invalid(&ran, "set META_ACCESS_TOKEN or use --token-file");
    invalid(&run(create().arg("--token-file=/no/file")), "/no/file");
    let empty = file("empty app secret", "\n");
    let ran = run(create().arg("--app-secret-file").arg(&empty));
    invalid(&ran, "it is empty; it should hold the app secret");
    assert_eq!(sandbox.request_count(), 4);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_cannot_be_read_does_not_count_as_unset() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::start().await.unwrap();
    for name in VARIABLES.split(' ') {
        let mut create = command(&sandbox, &[CREATE]);
        create.env(name, OsStr::from_bytes(b"v25.0\xff"));
        invalid(&run(&mut create), name);
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn resend_and_limits_say_how_often_create_is_sent() {
    let (throttled, failed) = (Fault::throttled, Fault::internal_error);
    let gateway = || Fault::load_balancer(502);
    for (fault, flags, attempts) in [
        (failed(), "--resend=only-if-safe", 1),
        (failed(), "--base-delay=1ms", 4),
        (failed(), "--resend=as-documented --base-delay=1ms", 4),
        (gateway(), "--resend=as-documented", 1),
        (gateway(), "--verbose", 1),
        (gateway(), "--resend=always --base-delay=1ms", 4),
        (throttled(), "--max-attempts=2 --base-delay=1ms", 2),
        (throttled(), "--base-delay=100years --max-delay=100years", 1),
        (throttled(), "--base-delay=100years --max-delay=1ms", 4),
        (throttled().retry_after(30), "--deadline=20s", 1),
        (Fault::hang(), "--attempt-timeout=1s", 1),
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.script(vec![fault; 4]);
        let flags: Vec<&str> = flags.split(' ').collect();
        let url = ["--base-url", sandbox.base_url()];
        let mut create = knowing_secrets(&[CREATE, JSON, &url, &flags].concat());
        let error = run(&mut create).last("error");
        assert_eq!(error["attempts"], attempts, "{flags:?}: {error}");
        assert_eq!(sandbox.request_count(), attempts, "{flags:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn verbose_logs_attempts_and_rust_log_wins_over_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let stderr = |flags: &[&str], log: Option<&str>| {
        sandbox.next_call(Fault::throttled());
        let mut create = command(&sandbox, &[CREATE, flags]);
        create.env_remove("RUST_LOG");
        create.envs(log.map(|log| ("RUST_LOG", log)));
        run(&mut create).stderr
    };
    assert_eq!(stderr(&[], None), "");
    assert_eq!(stderr(&["-vv"], Some("off")), "");
    let verbose = stderr(&["-v"], None);
    for part in ["graph_call", "create_solution", "attempt=2", "status=200"] {
        assert!(verbose.contains(part), "{part} in {verbose}");
    }
    assert!(!verbose.contains("hyper_util"));
    assert!(stderr(&["-vv"], None).contains("hyper_util"));
}

/// What a command shows in a terminal; `None` if there is no `script`, which provides one.
#[cfg(target_os = "linux")]
fn in_a_terminal(sandbox: &Sandbox, arguments: &str, no_color: &str) -> Option<String> {
    let mut script = Command::new("script");
    let shell_command = format!("{} {arguments}", env!("CARGO_BIN_EXE_mps"));
    script
        .args(["-qec", &shell_command, "/dev/null"])
        .env("GRAPH_BASE_URL", sandbox.base_url())
        .env("META_ACCESS_TOKEN", TOKEN)
        .env("NO_COLOR", no_color)
        .env("TERM", "xterm")
        .env_remove("RUST_LOG");
    Some(Ran::of(script.output().ok()?).stdout)
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_shows_colours_and_the_time_left_of_a_wait() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::throttled().retry_after(1));
    let Some(shown) = in_a_terminal(&sandbox, &ACCEPT.join(" "), "") else {
        return println!("SKIPPED: the program `script` is not installed");
    };
    for part in ["1 s left", "before attempt 2 of 4 (Ctrl-C stops)"] {
        assert!(shown.contains(part), "{shown:?}");
    }
    // The first line is clap's, the second one that of `mps`.
    for arguments in ["bogus", &ACCEPT.join(" ")] {
        for (no_color, coloured) in [("", true), ("1", false)] {
            let shown = in_a_terminal(&sandbox, arguments, no_color).unwrap();
            assert_eq!(shown.contains("\u{1b}[1m"), coloured, "{shown:?}");
        }
    }
}
