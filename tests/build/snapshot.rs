//! What the generated files look like, so that an edit of the document shows its effect in the same diff.

use std::path::{Path, PathBuf};

use crate::harness::files;

const REFRESH: &str = "EXPECTORATE=overwrite cargo test --test build snapshot";

/// The generated files that are kept.
fn generated() -> Vec<String> {
    let mut names = vec![
        "client.rs".to_owned(),
        "array_bounds.rs".to_owned(),
        "operations.rs".to_owned(),
    ];
    let docs = files(&Path::new(env!("OUT_DIR")).join("docs"));
    names.extend(docs.iter().map(|name| format!("docs/{name}")));
    names.sort();
    names
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

#[test]
fn snapshot_of_each_generated_file() {
    for name in generated() {
        let text = std::fs::read_to_string(Path::new(env!("OUT_DIR")).join(&name)).unwrap();
        let kept = snapshots().join(&name);
        if std::fs::read_to_string(&kept).ok().as_ref() != Some(&text) {
            eprintln!(
                "The generated file {name} is not what {} holds. If that is meant: {REFRESH}",
                kept.display()
            );
        }
        expectorate::assert_contents(kept, &text);
    }
}

#[test]
fn snapshot_folder_holds_nothing_else() {
    if std::env::var("EXPECTORATE").is_ok_and(|value| value == "overwrite") {
        return;
    }
    let mut kept = files(&snapshots());
    kept.sort();
    assert_eq!(
        kept,
        generated(),
        "remove what is too much; for what is missing: {REFRESH}"
    );
}
