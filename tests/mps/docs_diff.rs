//! `mps docs-diff`: exit status, sources, formats, the lock.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{Ran, bare, run};

const YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");
const LOCK: &str = include_str!("../../openapi/multi-partner-solutions.lock");
const ACCEPT: &str = "POST /{Version}/{Solution-ID}/accept";
const CREATE: &str = "POST /{Version}/{Application-ID}/whatsapp_business_solution";

/// A folder with the YAML and the lock where they belong, and files to compare.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.0.path().join("openapi")).unwrap();
        folder.write("openapi/multi-partner-solutions.yaml", YAML);
        folder.write("openapi/multi-partner-solutions.lock", LOCK);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    fn lock(&self) -> String {
        fs::read_to_string(self.path("openapi/multi-partner-solutions.lock")).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare();
        command
            .arg("docs-diff")
            .args(arguments)
            .current_dir(self.0.path());
        command
    }

    fn piped(&self, argument: &str) -> Child {
        let mut command = self.command(&[argument]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(&mut self.command(arguments))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&ran.stdout).unwrap()
    }
}

#[track_caller]
fn expect(ran: &Ran, code: i32, last: &str) {
    assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stdout.lines().last(), Some(last), "{}", ran.stderr);
}

/// A file like Meta's, with one of our operations changed.
fn published() -> String {
    let text = YAML.replacen(
        "required: [solution_id, success]",
        "required: [solution_id, success, message]",
        1,
    );
    assert_ne!(text, YAML);
    text
}

#[track_caller]
fn says(text: &str, part: &str) {
    assert!(text.contains(part), "{part}: {text}");
}

#[test]
fn a_file_that_says_the_same_is_no_difference() {
    let folder = Folder::new();
    folder.write("same.yaml", YAML);
    let ran = folder.run(&["same.yaml"]);
    expect(&ran, 0, "1 page, 0 differences");
    assert_eq!(ran.stderr, "");
    let silent = "not stated by this form: versions, wording, examples";
    says(&ran.stdout, silent);
    let nothing = serde_json::json!({ "differences": [], "refused": [] });
    assert_eq!(folder.json(&["same.yaml"]), nothing);
    expect(
        &folder.run(&["--format=markdown", "same.yaml", "same.yaml"]),
        0,
        "2 pages, 0 differences",
    );
}

#[test]
fn a_difference_is_shown_in_every_format() {
    let folder = Folder::new();
    folder.write("published.yaml", published());
    let ran = folder.run(&["published.yaml"]);
    expect(&ran, 1, "1 page, 1 difference");
    let line = YAML
        .lines()
        .position(|line| line == "        message:")
        .unwrap()
        + 1;
    let place = format!("openapi/multi-partner-solutions.yaml:{line}");
    for part in [
        ACCEPT,
        "response.200.message: required changed",
        &place,
        "says: no",
        "says: yes",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    let markdown = folder.run(&["--format", "markdown", "published.yaml"]);
    expect(&markdown, 1, "1 page, 1 difference");
    says(&markdown.stdout, "### `published.yaml` (`OpenAPI v25.0`)");
    let item = "`response.200.message`: **required changed**";
    says(&markdown.stdout, item);

    let expected = serde_json::json!([{
        "operation": ACCEPT,
        "item": "response.200.message",
        "aspect": "required",
        "kind": "changed",
        "yaml": false,
        "page": true,
        "yaml_file": "openapi/multi-partner-solutions.yaml",
        "yaml_line": line,
        "file": "published.yaml",
        "source": "OpenAPI v25.0",
        "known": false,
    }]);
    assert_eq!(folder.json(&["published.yaml"])["differences"], expected);
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = Folder::new();
    let mut child = folder.piped("-");
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(published().as_bytes()).unwrap();
    drop(stdin);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(1));

    let twice = folder.run(&["-", "-"]);
    assert_eq!(twice.code, Some(2));
    says(&twice.stderr, "give it once");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_compared() {
    let folder = Folder::new();
    folder.write("published.yaml", published());
    folder.write("latin.txt", b"POST /caf\xe9");
    let deep = format!("openapi: 3.1.0\nx:\n  {}a\n", "- ".repeat(100_000));
    let html = "<!DOCTYPE html>\n<html><body>POST /x</body></html>";
    let other = "openapi: 3.1.0\npaths:\n  /other:\n    get: {}\n";
    for (name, content, says) in [
        ("empty.txt", "\n \n", "it is empty"),
        ("picture.png", "PNG\r\n\0\0\0", "it is not UTF-8 text"),
        ("saved.html", html, "it is HTML"),
        ("broken.yaml", "openapi: 3.1.0\npaths: [\n", "the file:"),
        ("broken.json", "{\"openapi\": \"3.1.0\",", "the file:"),
        ("deep.yaml", &deep, "too large or too complex"),
        ("letter.txt", "Dear reader,\nno page.\n", "no endpoint"),
        ("notes.md", "# Notes\n- POST offices\n", "no endpoint"),
        ("other.yaml", other, "GET /other"),
        ("latin.txt", "", "it is not UTF-8 text"),
        ("missing.md", "", "cannot be read"),
    ] {
        if !content.is_empty() {
            folder.write(name, content);
        }
        let ran = folder.run(&[name, "published.yaml"]);
        expect(&ran, 2, "1 page, 1 difference; 1 file could not be read");
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), 1, "{name}: {lines:?}");
        let line = lines[0];
        assert!(line.starts_with(&format!("mps: {name}: ")), "{line}");
        assert!(line.contains(says), "{line}");
        let refused = &folder.json(&[name])["refused"][0];
        assert_eq!(refused["file"], name);
        let reason = refused["reason"].as_str().unwrap();
        assert!(reason.contains(says), "{refused}");
    }
}

#[test]
fn fifty_megabytes_are_not_read_to_their_end() {
    let folder = Folder::new();
    // Without a reader for most of it, the pipe breaks, and that is how it is seen that no more was read.
    let mut child = folder.piped("-");
    let mut stdin = child.stdin.take().unwrap();
    let megabyte = "All work and no play. ".repeat(50_000);
    let written = (0..50)
        .take_while(|_| stdin.write_all(megabyte.as_bytes()).is_ok())
        .count();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    says(&stderr, "standard input: it has more than 4 MiB");
    assert!(written < 10, "{written} megabytes were taken");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = Folder::new();
    folder.write("published.yaml", published());
    let mut child = folder.piped("published.yaml");
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn yaml_and_lock_can_be_other_files_or_those_compiled_in() {
    let folder = Folder::new();
    folder.write("same.yaml", YAML);
    folder.write("ours.yaml", published());
    expect(
        &folder.run(&["--yaml", "ours.yaml", "same.yaml"]),
        1,
        "1 page, 1 difference",
    );

    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = bare();
    command
        .arg("docs-diff")
        .arg(folder.path("same.yaml"))
        .current_dir(elsewhere.path());
    expect(&run(&mut command), 0, "1 page, 0 differences");
    let update = run(command.arg("--update-lock"));
    assert_eq!(update.code, Some(2));
    says(&update.stderr, "there is no lock to write");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn our_own_files_are_named_with_the_place_when_they_are_broken() {
    let folder = Folder::new();
    folder.write("same.yaml", YAML);
    folder.write("broken.yaml", "openapi: 3.0.3\npaths: [\n");
    folder.write("cut.yaml", &YAML[..YAML.find("components:\n").unwrap()]);
    folder.write("broken.lock", "{\nnot an entry\n");
    for (flag, says) in [
        ("--yaml=broken.yaml", "broken.yaml:"),
        ("--yaml=cut.yaml", "cut.yaml:"),
        ("--yaml=cut.yaml", "leads nowhere"),
        ("--yaml=missing.yaml", "missing.yaml cannot be read"),
        ("--lock=broken.lock", "broken.lock: line 2:"),
        ("--lock=missing.lock", "missing.lock cannot be read"),
    ] {
        let ran = folder.run(&[flag, "same.yaml"]);
        assert_eq!(ran.code, Some(2), "{flag}");
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains(says), "{flag}: {}", ran.stderr);
    }
}

#[test]
fn flags_of_other_commands_are_refused() {
    let folder = Folder::new();
    for flag in ["--output=json", "--max-attempts=2"] {
        assert_eq!(folder.run(&["same.yaml", flag]).code, Some(2), "{flag}");
    }
}

/// The real pages are not in the repository. Where they lie beside it, they are held against it.
fn real_pages() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    let pages =
        ["solution-creation-api.txt", "solution-accept-api.txt"].map(|name| folder.join(name));
    if pages.iter().all(|page| page.exists()) {
        return Some(pages.to_vec());
    }
    println!("SKIPPED: the real pages do not lie at {}", folder.display());
    None
}

#[test]
fn a_file_of_metas_is_compared_with_the_lookups_too() {
    let folder = Folder::new();
    let lookups = include_str!("../../openapi/solution-lookups.yaml");
    folder.write("openapi/solution-lookups.yaml", lookups);
    let published = r#"{
        "openapi": "3.1.0",
        "info": {"title": "published", "version": "v24.0"},
        "paths": {"/{Version}/{Solution-ID}": {"get": {"responses": {"200": {"description": "One"}}}}}
    }"#;
    folder.write("published.json", published);
    let ran = folder.run(&["--format=json", "published.json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let differences = report["differences"].as_array().unwrap();
    let is_there = |it: &Value| it["yaml_file"] == "openapi/solution-lookups.yaml";
    assert!(differences.iter().all(is_there));
    let removed = differences
        .iter()
        .find(|it| it["item"] == "status.429")
        .unwrap();
    assert_eq!(removed["operation"], "GET /{Version}/{Solution-ID}");
    // That of the second operation.
    let line = removed["yaml_line"].as_u64().unwrap() as usize;
    let lines: Vec<&str> = lookups.lines().collect();
    assert_eq!(lines[line - 1].trim(), "'429':");
    assert!(lines[..line - 1].contains(&lines[line - 1]));
}

#[test]
fn accepting_wording_takes_the_given_pages_and_no_other() {
    let Some(pages) = real_pages() else { return };
    let folder = Folder::new();
    let accept = pages[1].to_str().unwrap();
    // Another word than the one that was locked.
    let mut stale: Value = serde_json::from_str(LOCK).unwrap();
    for operation in stale["wording"].as_object_mut().unwrap().values_mut() {
        operation["page"]["header.User-Agent"] = "00000000000000ff".into();
    }
    let stale = format!("{stale:#}\n");
    folder.write("openapi/multi-partner-solutions.lock", &stale);
    let ran = folder.run(&[accept]);
    expect(&ran, 1, "1 page, 1 difference");
    says(&ran.stdout, "header.User-Agent: wording changed");

    // Of a bad file, or one with other facts, nothing is accepted at all.
    folder.write("empty.txt", "");
    let text = fs::read_to_string(accept).unwrap();
    folder.write(
        "other.txt",
        text.replace("success boolean·required", "success boolean")
            .replace("successboolean·required", "successboolean"),
    );
    for other in ["empty.txt", "other.txt"] {
        let ran = folder.run(&["--update-lock", accept, other]);
        says(&ran.stderr, "not written");
        assert_eq!(folder.lock(), stale);
    }

    expect(
        &folder.run(&["--update-lock", accept]),
        0,
        "1 page, 0 differences",
    );
    // The other page is as stale as it was.
    let create = pages[0].to_str().unwrap();
    expect(&folder.run(&[create]), 1, "1 page, 1 difference");
    expect(
        &folder.run(&["--update-lock", create, accept]),
        0,
        "2 pages, 0 differences",
    );
    assert_eq!(folder.lock(), LOCK);
}

/// A difference that is acknowledged counts no longer, until it changes or goes.
#[test]
fn acknowledged_differences_are_known_until_they_change() {
    let folder = Folder::new();
    folder.write("published.yaml", published());
    expect(
        &folder.run(&["--acknowledge", "published.yaml"]),
        0,
        "1 page, 0 differences, 1 known",
    );
    let ran = folder.run(&["published.yaml"]);
    expect(&ran, 0, "1 page, 0 differences, 1 known");
    says(&ran.stdout, "known: response.200.message: required changed");
    let verbose = folder.run(&["-v", "published.yaml"]);
    says(&verbose.stdout, "says: yes");
    assert_eq!(
        folder.json(&["published.yaml"])["differences"][0]["known"],
        true
    );

    // A file of another version is another source.
    folder.write(
        "newer.yaml",
        published().replace("version: v25.0", "version: v26.0"),
    );
    expect(&folder.run(&["newer.yaml"]), 1, "1 page, 1 difference");
    // So it is where the file does not tell its version, and whoever runs mps does.
    folder.write("untold.yaml", published().replace("  version: v25.0\n", ""));
    let untold = folder.run(&["--page-version=v26.0", "untold.yaml"]);
    expect(&untold, 1, "1 page, 1 difference");
    let told = folder.run(&["--page-version=v25.0", "untold.yaml"]);
    expect(&told, 0, "1 page, 0 differences, 1 known");
    // One more difference is found alone.
    let more = published().replace("[partner_app_id]", "[partner_app_id, log_session_id]");
    folder.write("more.yaml", more);
    expect(
        &folder.run(&["more.yaml"]),
        1,
        "1 page, 1 difference, 1 known",
    );
    // One that is gone is told.
    folder.write("same.yaml", YAML);
    let gone = folder.run(&["same.yaml"]);
    expect(&gone, 1, "1 page, 1 difference");
    says(&gone.stdout, "no longer so");
    let updated = folder.run(&["--update-lock", "same.yaml"]);
    expect(&updated, 0, "1 page, 0 differences");
}

/// Files of one source and version are acknowledged together, unless they contradict each other.
#[test]
fn several_files_of_one_source_are_acknowledged_together() {
    let folder = Folder::new();
    folder.write("published.yaml", published());
    folder.write("same.yaml", YAML);
    let ran = folder.run(&["--acknowledge", "published.yaml", "same.yaml"]);
    let why = "same.yaml: `response.200.message` is not as published.yaml has it";
    says(&ran.stderr, why);
    assert_eq!(folder.lock(), LOCK);

    for (name, operation) in [("accept.json", ACCEPT), ("create.json", CREATE)] {
        let paths = serde_json::json!({ &operation["POST ".len()..]: { "post": {} } });
        let single = serde_json::json!({
            "openapi": "3.1.0",
            "info": { "version": "v25.0" },
            "paths": paths,
        });
        folder.write(name, single.to_string());
    }
    let ran = folder.run(&["--acknowledge", "accept.json", "create.json"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn the_lock_holds_no_sentence() {
    let lock: Value = serde_json::from_str(LOCK).unwrap();
    let operations = lock["wording"].as_object().unwrap().values();
    let forms = operations.flat_map(|forms| forms.as_object().unwrap().values());
    let wording = forms.flat_map(|form| form.as_object().unwrap().values());
    for print in wording.flat_map(|prints| prints.as_str().unwrap().split_whitespace()) {
        let print = print.trim_start_matches('#');
        assert!(u64::from_str_radix(print, 16).is_ok(), "{print}");
    }
}
