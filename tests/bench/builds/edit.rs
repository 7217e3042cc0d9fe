//! One description is edited. Either in the YAML, so that the build script runs and the library is compiled; or in what
//! the build script wrote, so that the library is compiled after the same change and nothing else is done.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use crate::checkout::{Crate, ratios, seconds};

const ROUNDS: usize = 9;
const DOCUMENT: &str = "openapi/multi-partner-solutions.yaml";

pub fn compare(library: &Crate) {
    let yaml = library.folder.join(DOCUMENT);
    let (generated, program) = output(library);
    let mut text = description(&yaml, &generated);
    let (mut in_yaml, mut in_generated) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let next = format!("Edit {round}.");
        replace(&yaml, &text, &next);
        in_yaml.push(library.build());
        text = format!("Alter {round}.");
        replace(&generated, &next, &text);
        in_generated.push(library.build());
        // The build script's next output begins from the document again.
        text = next;
    }
    let script: Vec<Duration> = (0..ROUNDS).map(|_| run(&program, library)).collect();
    println!(
        "\nan edit of a description to a rebuilt library: {} s; the same edit without the build script's work: {} s; \
         ratio {}; the build script by itself: {} s",
        seconds(&in_yaml),
        seconds(&in_generated),
        ratios(&in_yaml, &in_generated),
        seconds(&script)
    );
}

/// What the build script wrote, and the build script.
fn output(library: &Crate) -> (PathBuf, PathBuf) {
    let build = library.target().join("debug/build");
    let (mut generated, mut program) = (None, None);
    for entry in fs::read_dir(build).expect("build scripts") {
        let entry = entry.expect("an entry");
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(env!("CARGO_PKG_NAME"))
        {
            let found = |path: &str| Some(entry.path().join(path)).filter(|path| path.exists());
            generated = found("out/client.rs").or(generated);
            program = found("build-script-build").or(program);
        }
    }
    (
        generated.expect("generated code"),
        program.expect("a program"),
    )
}

/// A description that stands on one line of the document and is in the generated code.
fn description(yaml: &Path, generated: &Path) -> String {
    let read = |file| fs::read_to_string(file).expect("a file");
    let (yaml, generated) = (read(yaml), read(generated));
    let mut descriptions = yaml
        .lines()
        .filter_map(|line| line.trim().strip_prefix("description: "));
    let found = descriptions.find(|text| text.ends_with('.') && generated.contains(text));
    found.expect("a description").to_owned()
}

fn replace(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(old), "{} lacks {old:?}", file.display());
    fs::write(file, text.replace(old, new)).expect("a file");
}

fn run(program: &Path, library: &Crate) -> Duration {
    let out = library.folder.join("out");
    fs::create_dir_all(&out).expect("a folder");
    let begun = Instant::now();
    let status = Command::new(program)
        .env("CARGO_MANIFEST_DIR", &library.folder)
        .env("OUT_DIR", &out)
        .output();
    let took = begun.elapsed();
    assert!(status.expect("the build script").status.success());
    assert!(out.join("client.rs").exists(), "it wrote nothing");
    took
}
