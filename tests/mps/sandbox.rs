//! What `mps sandbox` can be told to play.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

use crate::run::{CREATE, JSON, bare, knowing_secrets, run};

#[test]
fn faults_and_a_rate_limit_are_played() {
    let folder = tempfile::tempdir().unwrap();
    let faults = folder.path().join("faults.txt");
    let flags = ["sandbox", "--rate-limit=2/h", "--faults"];
    let sandbox = || {
        let mut sandbox = bare();
        sandbox.args(flags).arg(&faults).stdout(Stdio::piped());
        sandbox
    };

    fs::write(&faults, "# wrong\ncreate: explode\n").unwrap();
    let ran = run(&mut sandbox());
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.stderr.contains("faults.txt: line 2: `explode`"),
        "{ran:?}"
    );
    let ran = run(bare().args(["sandbox", "--rate-limit=0/h"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let help = run(bare().args(["sandbox", "--help"]));
    assert!(
        help.printed()
            .contains("create: internal-error carried-out")
    );

    fs::write(&faults, "create: internal-error carried-out\n").unwrap();
    let mut sandbox = sandbox().spawn().unwrap();
    let mut url = String::new();
    let mut stdout = BufReader::new(sandbox.stdout.take().unwrap());
    stdout.read_line(&mut url).unwrap();
    let url = ["--base-url", url.trim(), "--max-attempts=1"];
    let create = || run(&mut knowing_secrets(&[CREATE, JSON, &url].concat()));
    let errors = [(); 3].map(|()| create());
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    assert_eq!(errors[0].last("error")["code"], 2);
    assert_eq!(errors[1].code, Some(0), "{errors:?}");
    assert_eq!(errors[2].last("error")["code"], 80_008);
}
