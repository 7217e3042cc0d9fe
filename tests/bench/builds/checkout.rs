//! A crate in a folder of its own, and cargo in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// What the library is built from, and what its manifest names besides.
const PARTS: [&str; 7] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "build.rs",
    "openapi",
    "src",
    "tests",
];

pub struct Crate {
    pub folder: PathBuf,
}

impl Crate {
    pub fn copy_of_checkout(folder: &Path) -> Self {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in PARTS {
            copy(&checkout.join(part), &folder.join(part));
        }
        Self {
            folder: folder.to_owned(),
        }
    }

    /// cargo in this crate: no network, no features, and a target folder that nobody else has.
    pub fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([command, "--offline", "--no-default-features"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.target())
            .env_remove("CARGO_INCREMENTAL");
        cargo
    }

    pub fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Builds the library; how long it took.
    pub fn build(&self) -> Duration {
        let begun = Instant::now();
        let output = self.cargo("build").args(["--lib", "--quiet"]).output();
        let took = begun.elapsed();
        let output = output.expect("cargo");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        took
    }

    pub fn build_afresh(&self) -> Duration {
        if self.target().exists() {
            fs::remove_dir_all(self.target()).expect("its own folder");
        }
        self.build()
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("a copy");
    }
}

/// Median.
pub fn seconds(times: &[Duration]) -> String {
    let mut times = times.to_vec();
    times.sort();
    format!("{:.2}", times[times.len() / 2].as_secs_f64())
}

/// Median of the rounds' own ratios, with least and greatest.
pub fn ratios(times: &[Duration], to: &[Duration]) -> String {
    let rounds = times.iter().zip(to);
    let mut ratios: Vec<f64> = rounds
        .map(|(time, to)| time.as_secs_f64() / to.as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let (least, greatest) = (ratios[0], ratios[ratios.len() - 1]);
    format!("{:.3} ({least:.2}–{greatest:.2})", ratios[ratios.len() / 2])
}
