//! How many packages the library brings, and which it has beyond the named dependencies.

use std::collections::{BTreeMap, BTreeSet};

use crate::checkout::Crate;

/// By package, who asks for it.
type Packages = BTreeMap<String, BTreeSet<String>>;

pub fn compare(library: &Crate, reference: &Crate) {
    for (what, edges) in [
        ("in the library", "normal"),
        ("in the library and its build", "normal,build"),
    ] {
        let (ours, theirs) = (packages(library, edges), packages(reference, edges));
        println!(
            "packages {what}: {}; with the named dependencies alone: {}; ratio {}",
            ours.len(),
            theirs.len(),
            ratio(ours.len(), theirs.len())
        );
        for (package, parents) in &ours {
            if !theirs.contains_key(package) {
                let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
                println!("    {package}, for {}", parents.join(", "));
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundreds at most")]
fn ratio(ours: usize, theirs: usize) -> String {
    format!("{:.3}", ours as f64 / theirs as f64)
}

/// All packages but the crate itself.
fn packages(of: &Crate, edges: &str) -> Packages {
    let tree = ["--edges", edges, "--prefix", "depth", "--no-dedupe"];
    let output = of.cargo("tree").args(tree).output().expect("cargo");
    assert!(output.status.success(), "{output:?}");
    let mut packages = Packages::new();
    let mut above: Vec<String> = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let name_at = line.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
        let Ok(depth) = line[..name_at].parse::<usize>() else {
            continue;
        };
        let mut words = line[name_at..].split(' ');
        let (name, version) = (words.next(), words.next());
        let package = format!(
            "{} {}",
            name.unwrap_or_default(),
            version.unwrap_or_default()
        );
        above.truncate(depth);
        if let Some(parent) = above.last() {
            let parents = packages.entry(package.clone()).or_default();
            parents.insert(parent.split(' ').next().unwrap_or_default().to_owned());
        }
        above.push(package);
    }
    packages
}
