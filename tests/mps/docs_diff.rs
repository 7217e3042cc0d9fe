//! `mps docs-diff`: exit status, sources, formats, the lock.

use std::{
    fs::{self, File},
    io::{self, Seek},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{Ran, bare, run};

const YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");
const LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");
const LOCK: &str = include_str!("../../openapi/multi-partner-solutions.lock");
const ACCEPT: &str = "POST /{Version}/{Solution-ID}/accept";
const CREATE: &str = "POST /{Version}/{Application-ID}/whatsapp_business_solution";

/// A folder with the YAML and the lock where they belong, and files to compare.
struct Folder(TempDir);

impl Folder {
    /// `same.yaml` says what the YAML says, and `published.yaml` has one fact changed.
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path("openapi")).unwrap();
        folder.write("openapi/multi-partner-solutions.yaml", YAML);
        folder.write("openapi/multi-partner-solutions.lock", LOCK);
        folder.write("same.yaml", YAML);
        folder.write("published.yaml", published());
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

    /// `mps docs-diff` in this folder. Arguments are separated by spaces.
    fn command(&self, arguments: &str) -> Command {
        let mut command = bare();
        command.arg("docs-diff").args(arguments.split(' '));
        command.current_dir(self.0.path());
        command
    }

    fn run(&self, arguments: &str) -> Ran {
        run(&mut self.command(arguments))
    }

    fn json(&self, arguments: &str) -> Value {
        let ran = self.run(&format!("--format json {arguments}"));
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// The exit status, and the last line of what is printed.
    #[track_caller]
    fn ends(&self, arguments: &str, code: i32, last: &str) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.stdout.lines().last(), Some(last), "{}", ran.stderr);
        ran
    }

    #[track_caller]
    fn fails(&self, arguments: &str, says: &str) {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments}: {}", ran.stdout);
        assert_eq!(ran.stdout, "", "{arguments}");
        contains(&ran.stderr, says);
    }
}

/// A file like Meta's, with one of our operations changed.
fn published() -> String {
    let (old, new) = ("[solution_id, success]", "[solution_id, success, message]");
    YAML.replacen(&format!("required: {old}"), &format!("required: {new}"), 1)
}

#[track_caller]
fn contains(text: &str, part: &str) {
    assert!(text.contains(part), "{part}: {text}");
}

#[test]
fn a_file_that_says_the_same_is_no_difference() {
    let folder = Folder::new();
    let ran = folder.ends("same.yaml", 0, "1 page, 0 differences");
    assert_eq!(ran.stderr, "");
    let silent = "not stated by this form: versions; not compared: wording, examples";
    contains(&ran.stdout, silent);
    let nothing = json!({ "differences": [], "refused": [] });
    assert_eq!(folder.json("same.yaml"), nothing);
    let twice = "--format=markdown same.yaml same.yaml";
    folder.ends(twice, 0, "2 pages, 0 differences");
}

#[test]
fn a_difference_is_shown_in_every_format() {
    let folder = Folder::new();
    let ran = folder.ends("published.yaml", 1, "1 page, 1 difference");
    let mut lines = YAML.lines();
    let line = lines.position(|line| line == "        message:").unwrap() + 1;
    let place = format!("openapi/multi-partner-solutions.yaml:{line}");
    let item = "response.200.message: required changed";
    for part in [ACCEPT, item, &place, "says: no", "says: yes"] {
        contains(&ran.stdout, part);
    }
    let markdown = "--format markdown published.yaml";
    let markdown = folder.ends(markdown, 1, "1 page, 1 difference").stdout;
    contains(&markdown, "### `published.yaml` (`OpenAPI v25.0`)");
    contains(&markdown, "`response.200.message`: **required changed**");

    let expected = json!([{
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
    assert_eq!(folder.json("published.yaml")["differences"], expected);
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = Folder::new();
    let file = File::open(folder.path("published.yaml")).unwrap();
    assert_eq!(run(folder.command("-").stdin(file)).code, Some(1));
    folder.fails("- -", "give it once");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_compared() {
    let folder = Folder::new();
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
        let both = format!("{name} published.yaml");
        let last = "1 page, 1 difference; 1 file could not be read";
        let ran = folder.ends(&both, 2, last);
        let line = ran.stderr.strip_suffix('\n').unwrap();
        assert!(line.starts_with(&format!("mps: {name}: ")), "{line}");
        assert!(!line.contains('\n'), "{line}");
        let refused = &folder.json(name)["refused"][0];
        assert_eq!(refused["file"], name);
        for text in [line, refused["reason"].as_str().unwrap()] {
            contains(text, says);
        }
    }
}

#[test]
fn fifty_megabytes_are_not_read_to_their_end() {
    let folder = Folder::new();
    let mut file = tempfile::tempfile().unwrap();
    file.set_len(50_000_000).unwrap();
    let same_file = file.try_clone().unwrap();
    let ran = run(folder.command("-").stdin(same_file));
    assert_eq!(ran.code, Some(2));
    contains(&ran.stderr, "standard input: it has more than 4 MiB");
    let read = file.stream_position().unwrap();
    assert!(read < 10_000_000, "{read} bytes were read");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = Folder::new();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let ran = run(folder.command("published.yaml").stdout(writer));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
}

#[test]
fn yaml_and_lock_can_be_other_files_or_those_compiled_in() {
    let folder = Folder::new();
    let other = "--yaml published.yaml same.yaml";
    folder.ends(other, 1, "1 page, 1 difference");

    fs::remove_dir_all(folder.path("openapi")).unwrap();
    folder.ends("same.yaml", 0, "1 page, 0 differences");
    folder.fails("same.yaml --update-lock", "there is no lock to write");
    assert!(!folder.path("openapi").exists());
}

#[test]
fn our_own_files_are_named_with_the_place_when_they_are_broken() {
    let folder = Folder::new();
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
        // Flags of other commands.
        ("--output=json", "leave out --output"),
        ("--max-attempts=2", "unexpected argument"),
        ("--page-version=25", "like v25.0"),
    ] {
        folder.fails(&format!("{flag} same.yaml"), says);
    }
}

#[test]
fn a_file_of_metas_is_compared_with_the_lookups_too() {
    let folder = Folder::new();
    folder.write("openapi/solution-lookups.yaml", LOOKUPS);
    let published = json!({
        "openapi": "3.1.0",
        "info": {"title": "published", "version": "v24.0"},
        "paths": {"/{Version}/{Solution-ID}": {"get": {"responses": {"200": {"description": "One"}}}}},
    });
    folder.write("published.json", published.to_string());
    let report = folder.json("published.json");
    let differences = report["differences"].as_array().unwrap();
    let is_there = |it: &Value| it["yaml_file"] == "openapi/solution-lookups.yaml";
    assert!(differences.iter().all(is_there));
    let mut removed = differences.iter();
    let removed = removed.find(|it| it["item"] == "status.429").unwrap();
    assert_eq!(removed["operation"], "GET /{Version}/{Solution-ID}");
    // That of the second operation.
    let line = removed["yaml_line"].as_u64().unwrap() as usize;
    let lines: Vec<&str> = LOOKUPS.lines().collect();
    assert_eq!(lines[line - 1].trim(), "'429':");
    assert!(lines[..line - 1].contains(&lines[line - 1]));
}

#[test]
fn accepting_wording_takes_the_given_pages_and_no_other() {
    let folder = Folder::new();
    // The real pages are not in the repository. Where they lie beside it, they are held against it.
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    for name in ["creation", "accept"] {
        let page = pages.join(format!("solution-{name}-api.txt"));
        let Ok(text) = fs::read_to_string(&page) else {
            return println!("SKIPPED: there is no {}", page.display());
        };
        folder.write(name, text);
    }
    // Another word than the one that was locked.
    let mut stale: Value = serde_json::from_str(LOCK).unwrap();
    for operation in stale["wording"].as_object_mut().unwrap().values_mut() {
        operation["page"]["header.User-Agent"] = "00000000000000ff".into();
    }
    let stale = format!("{stale:#}\n");
    folder.write("openapi/multi-partner-solutions.lock", &stale);
    let ran = folder.ends("accept", 1, "1 page, 1 difference");
    contains(&ran.stdout, "header.User-Agent: wording changed");

    // Of a bad file, or one with other facts, nothing is accepted at all.
    folder.write("empty", "");
    let text = fs::read_to_string(folder.path("accept")).unwrap();
    let other = text.replace("successboolean·required", "successboolean");
    assert_ne!(other, text);
    folder.write("other", other);
    for other in ["empty", "other"] {
        let ran = folder.run(&format!("--update-lock accept {other}"));
        contains(&ran.stderr, "not written");
        assert_eq!(folder.lock(), stale);
    }

    folder.ends("--update-lock accept", 0, "1 page, 0 differences");
    // The other page is as stale as it was.
    folder.ends("creation", 1, "1 page, 1 difference");
    let both = "--update-lock creation accept";
    folder.ends(both, 0, "2 pages, 0 differences");
    assert_eq!(folder.lock(), LOCK);
}

/// A difference that is acknowledged counts no longer, until it changes or goes.
#[test]
fn acknowledged_differences_are_known_until_they_change() {
    let folder = Folder::new();
    let known = "1 page, 0 differences, 1 known";
    folder.ends("--acknowledge published.yaml", 0, known);
    let ran = folder.ends("published.yaml", 0, known);
    contains(&ran.stdout, "known: response.200.message: required changed");
    let verbose = folder.run("-v published.yaml");
    contains(&verbose.stdout, "says: yes");
    let report = folder.json("published.yaml");
    assert_eq!(report["differences"][0]["known"], true);

    // A file of another version is another source.
    let newer = published().replace("version: v25.0", "version: v26.0");
    folder.write("newer.yaml", newer);
    folder.ends("newer.yaml", 1, "1 page, 1 difference");
    // So it is where the file does not tell its version, and whoever runs mps does.
    let untold = published().replace("  version: v25.0\n", "");
    folder.write("untold.yaml", untold);
    let told = "--page-version=v26.0 untold.yaml";
    folder.ends(told, 1, "1 page, 1 difference");
    folder.ends("--page-version=v25.0 untold.yaml", 0, known);
    // One more difference is found alone.
    let more = published().replace("[partner_app_id]", "[partner_app_id, log_session_id]");
    folder.write("more.yaml", more);
    folder.ends("more.yaml", 1, "1 page, 1 difference, 1 known");
    // One that is gone is told.
    let gone = folder.ends("same.yaml", 1, "1 page, 1 difference");
    contains(&gone.stdout, "no longer so");
    folder.ends("--acknowledge same.yaml", 0, "1 page, 0 differences");
}

/// Files of one source and version are acknowledged together, unless they contradict each other.
#[test]
fn several_files_of_one_source_are_acknowledged_together() {
    let folder = Folder::new();
    let ran = folder.run("--acknowledge published.yaml same.yaml");
    let why = "same.yaml: `response.200.message` is not as published.yaml has it";
    contains(&ran.stderr, why);
    assert_eq!(folder.lock(), LOCK);

    let [accept, create] = [ACCEPT, CREATE].map(|name| name.strip_prefix("POST ").unwrap());
    let list = "/{Version}/{Application-ID}/whatsapp_business_solutions";
    for (name, paths) in [
        ("accept.json", json!({accept: {"post": {}}})),
        ("create.json", json!({create: {"post": {}}})),
        (
            "half.json",
            json!({create: {"post": {}}, list: {"get": {}}}),
        ),
    ] {
        let file = json!({"openapi": "3.1.0", "info": {"version": "v25.0"}, "paths": paths});
        folder.write(name, file.to_string());
    }
    folder.write("openapi/solution-lookups.yaml", LOOKUPS);
    // A file of several operations lacks those that the YAML has beside them.
    let report = folder.json("half.json");
    let differences = report["differences"].as_array().unwrap().iter();
    let lost = differences.filter(|one| one["operation"] == ACCEPT);
    let lost: Vec<&Value> = lost.map(|one| &one["item"]).collect();
    assert_eq!(lost, ["operation"]);
    let ran = folder.run("--acknowledge accept.json create.json");
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
