//! Flags, environment variables and files.

use std::{ffi::OsStr, fs, path::PathBuf, process::Command};

use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{
    ACCEPT, APP_SECRET, CREATE, JSON, PROOF, Ran, TOKEN, VARIABLES, command, knowing_secrets, run,
};

const PATH: &str = "/v25.0/111/whatsapp_business_solution";

/// The last request's header `Authorization`, and its path with the query.
fn last_request(sandbox: &Sandbox) -> (String, String) {
    let request = sandbox.requests().pop().unwrap();
    let authorization = request.header("authorization").unwrap_or_default();
    (authorization.to_owned(), request.path_and_query.clone())
}

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
async fn the_token_comes_from_a_file_or_the_environment() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = || command(&sandbox, &[CREATE]);
    run(&mut create()).printed();
    assert_eq!(last_request(&sandbox).0, format!("Bearer {TOKEN}"));
    let token = file("token", "token-of-the-file\n");
    run(create().arg("--token-file").arg(&token)).printed();
    assert_eq!(last_request(&sandbox).0, "Bearer token-of-the-file");

    let ran = run(create().env_remove("META_ACCESS_TOKEN"));
    invalid(&ran, "set META_ACCESS_TOKEN or use --token-file");
    invalid(&run(create().arg("--token-file=/no/file")), "/no/file");
    assert_eq!(sandbox.request_count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_secret_comes_from_a_file_or_the_environment_or_is_not_used() {
    let sandbox = Sandbox::start().await.unwrap();
    let create = || command(&sandbox, &[CREATE]);
    let sent_by = |create: &mut Command| {
        run(create).printed();
        last_request(&sandbox).1
    };
    let with_proof = format!("{PATH}?appsecret_proof={PROOF}");
    assert_eq!(sent_by(&mut create()), with_proof);
    let secret = file("app secret", &format!("{APP_SECRET}\r\n"));
    let mut from_file = create();
    from_file.arg("--app-secret-file").arg(&secret);
    assert_eq!(
        sent_by(from_file.env("META_APP_SECRET", "other")),
        with_proof
    );
    assert_eq!(sent_by(create().env_remove("META_APP_SECRET")), PATH);
    assert_eq!(sent_by(create().env("META_APP_SECRET", " ")), PATH);

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
async fn resend_says_after_which_failures_create_is_sent_again() {
    let sandbox = Sandbox::start().await.unwrap();
    for (flag, attempts) in [
        ("--resend=only-if-safe", [1, 1]),
        // Without the flag.
        ("--verbose", [2, 1]),
        ("--resend=as-documented", [2, 1]),
        ("--resend=always", [2, 2]),
    ] {
        let faults = [Fault::internal_error(), Fault::load_balancer(502)];
        for (fault, attempts) in faults.into_iter().zip(attempts) {
            let before = sandbox.request_count();
            sandbox.next_call(fault);
            run(&mut command(&sandbox, &[CREATE, &[flag]]));
            assert_eq!(sandbox.request_count() - before, attempts, "{flag}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_end_a_call() {
    let throttled = Fault::throttled;
    for (fault, flags, attempts) in [
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
