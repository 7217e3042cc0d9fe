//! A crate that has the named dependencies and nothing else, with the versions and features that the library asks for.

use std::{fs, path::Path};

use crate::checkout::Crate;

const NAMED: [(&str, &[&str]); 2] = [
    ("dependencies", &["reqwest", "serde", "serde_json", "tokio"]),
    ("build-dependencies", &["openapiv3", "progenitor"]),
];

/// Its lines are the library's own, so that the two cannot drift apart.
pub fn make(folder: &Path) -> Crate {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = fs::read_to_string(checkout.join("Cargo.toml")).expect("the manifest");
    let mut manifest = String::from(
        "[package]\nname = \"reference\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    );
    for (table, names) in NAMED {
        manifest += &format!("[{table}]\n");
        let lines = ours.split(&format!("\n[{table}]\n")).nth(1);
        let lines = lines.and_then(|rest| rest.split("\n[").next());
        for name in names {
            let begins = format!("{name} = ");
            let mut lines = lines.unwrap_or_default().lines();
            let line = lines.find(|line| line.starts_with(&begins));
            manifest += &format!("{}\n", line.expect("a dependency of the library"));
        }
    }
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(folder.join("src/lib.rs"), "").expect("a library");
    fs::write(folder.join("build.rs"), "fn main() {}\n").expect("a build script");
    fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the same versions");
    Crate {
        folder: folder.to_owned(),
    }
}
