//! Flags, environment and token.

use std::{fs, time::Instant};

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};

use crate::run::{APP_SECRET, CREATE, PROOF, TOKEN, bare, command, create, run};

#[tokio::test]
async fn flags_win_over_the_environment() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut from_environment = command(&sandbox, CREATE);
    from_environment.env("GRAPH_API_VERSION", "v23.0");
    assert_eq!(run(from_environment).await.code, Some(0));

    let flags = ["--base-url", sandbox.base_url(), "--api-version", "v24.0"];
    let mut from_flags = command(&sandbox, &[&flags[..], CREATE].concat());
    from_flags
        .env("GRAPH_BASE_URL", "http://127.0.0.1:1")
        .env("GRAPH_API_VERSION", "v1.0");
    assert_eq!(
        run(from_flags).await.code,
        Some(0),
        "flags may stand before the command too"
    );

    let defaults = create(&sandbox, &[]).await;
    assert_eq!(defaults.code, Some(0));
    let paths: Vec<String> = sandbox
        .requests()
        .iter()
        .map(|request| request.path().to_owned())
        .collect();
    let path = "111/whatsapp_business_solution";
    assert_eq!(
        paths,
        [
            format!("/v23.0/{path}"),
            format!("/v24.0/{path}"),
            format!("/v25.0/{path}")
        ]
    );
}

#[tokio::test]
async fn the_token_comes_from_the_environment_or_a_file() {
    let sandbox = Sandbox::start().await.unwrap();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("token of the test");
    fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let mut from_file = command(&sandbox, CREATE);
    from_file
        .env("META_ACCESS_TOKEN", "the file wins over this one")
        .arg("--token-file")
        .arg(&file);
    let ran = run(from_file).await;
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        sandbox.requests()[0].header("authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );

    let mut missing = command(&sandbox, CREATE);
    missing.env_remove("META_ACCESS_TOKEN");
    let ran = run(missing).await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("META_ACCESS_TOKEN") && ran.stderr.contains("--token-file"));

    let mut no_file = command(&sandbox, CREATE);
    no_file.arg("--token-file=/no/such/file");
    let ran = run(no_file).await;
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("/no/such/file"), "{ran:?}");
    assert_eq!(sandbox.request_count(), 1);
}

#[tokio::test]
async fn the_app_secret_comes_from_the_environment_or_a_file_and_need_not_be_given() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = "/v25.0/111/whatsapp_business_solution";
    let with_proof = format!("{path}?appsecret_proof={PROOF}");
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("app secret of the test");
    fs::write(&file, format!("{APP_SECRET}\r\n")).unwrap();

    let from_environment = command(&sandbox, CREATE);
    let mut from_file = command(&sandbox, CREATE);
    from_file
        .env("META_APP_SECRET", "the file wins over this one")
        .arg("--app-secret-file")
        .arg(&file);
    let mut without = command(&sandbox, CREATE);
    without.env_remove("META_APP_SECRET");
    let mut set_to_nothing = command(&sandbox, CREATE);
    set_to_nothing.env("META_APP_SECRET", "");
    for (create, sent) in [
        (from_environment, &*with_proof),
        (from_file, &with_proof),
        (without, path),
        (set_to_nothing, path),
    ] {
        let ran = run(create).await;
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(sandbox.requests().last().unwrap().path_and_query, sent);
    }

    let before = sandbox.request_count();
    fs::write(&file, "\n").unwrap();
    let mut empty = command(&sandbox, CREATE);
    empty.arg("--app-secret-file").arg(&file);
    let ran = run(empty).await;
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("the app secret is empty"), "{ran:?}");
    let mut no_file = command(&sandbox, CREATE);
    no_file.arg("--app-secret-file=/no/such/file");
    let ran = run(no_file).await;
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("app secret, /no/such/file"), "{ran:?}");
    assert_eq!(sandbox.request_count(), before);
}

#[cfg(unix)]
#[tokio::test]
async fn a_variable_that_cannot_be_read_does_not_count_as_none() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let sandbox = Sandbox::start().await.unwrap();
    for name in [
        "GRAPH_BASE_URL",
        "GRAPH_API_VERSION",
        "META_ACCESS_TOKEN",
        "META_APP_SECRET",
    ] {
        let mut create = command(&sandbox, CREATE);
        create.env(name, OsStr::from_bytes(b"v25.0\xff"));
        let ran = run(create).await;
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(name), "{ran:?}");
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn a_secret_given_as_an_argument_is_not_repeated() {
    let sandbox = Sandbox::start().await.unwrap();
    for (secret, by) in [(TOKEN, "[access token]"), (APP_SECRET, "[app secret]")] {
        // That it is not in the output is checked of every run.
        let ran = create(&sandbox, &[secret]).await;
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(by), "{ran:?}");
    }
}

#[tokio::test]
async fn no_secret_is_an_argument() {
    let mut help = bare();
    help.args(["create", "--help"]);
    let help = run(help).await.stdout;
    for flag in ["--token ", "--token=", "--app-secret ", "--app-secret="] {
        assert!(!help.contains(flag), "{help}");
    }
}

#[tokio::test]
async fn how_eagerly_create_is_sent_again() {
    let sandbox = Sandbox::start().await.unwrap();
    for (replay, after_500, after_502) in
        [("rejected", 1, 1), ("documented", 2, 1), ("always", 2, 2)]
    {
        for (fault, attempts) in [
            (Fault::internal_error(), after_500),
            (Fault::load_balancer(502), after_502),
        ] {
            let before = sandbox.request_count();
            sandbox.next_call(fault);
            create(&sandbox, &["--replay", replay]).await;
            assert_eq!(sandbox.request_count() - before, attempts, "{replay}");
        }
    }
}

#[tokio::test]
async fn times_bound_the_call() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.next_call(Fault::hang());
    let begun = Instant::now();
    let ran = create(&sandbox, &["--attempt-timeout=250ms"]).await;
    assert_eq!(ran.error()["kind"], json!("outcome_unknown"));
    assert!(begun.elapsed().as_millis() >= 250);

    sandbox.next_call(Fault::throttled().retry_after(2));
    let ran = create(&sandbox, &["--deadline=1s"]).await;
    assert_eq!(ran.error()["retry_after_seconds"], json!(2));

    for flags in ["--deadline=0s", "--attempt-timeout=0ms", "--max-attempts=0"] {
        let ran = create(&sandbox, &[flags]).await;
        assert_eq!(ran.code, Some(2), "{ran:?}");
        let name = flags[2..].split('=').next().unwrap().replace('-', "_");
        let message: Value = ran.error()["message"].clone();
        assert!(message.as_str().unwrap().contains(&name), "{message}");
    }
    for flags in ["--deadline=soon", "--base-delay=5 parsecs"] {
        assert_eq!(create(&sandbox, &[flags]).await.code, Some(2));
    }
}

#[tokio::test]
async fn what_connects_to_nothing_takes_no_connection() {
    for name in ["demo", "sandbox"] {
        let mut command = bare();
        command.args([name, "--max-attempts=2"]);
        let ran = run(command).await;
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("connects to nothing"), "{ran:?}");
    }
}

#[tokio::test]
async fn verbosity() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut quiet = command(&sandbox, CREATE);
    quiet.env_remove("RUST_LOG");
    assert_eq!(run(quiet).await.stderr, "");
    let mut verbose = command(&sandbox, CREATE);
    verbose.env_remove("RUST_LOG").arg("-v");
    let ran = run(verbose).await;
    for part in [
        "graph_call",
        "operation=\"create_solution\"",
        "attempt=1",
        "status=200",
    ] {
        assert!(ran.stderr.contains(part), "{part} in {ran:?}");
    }
}
