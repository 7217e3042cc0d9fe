//! A folder of its own for each run of the build.

use std::path::Path;

use tempfile::TempDir;

use crate::build_script::{DOCUMENT, run};

/// A good document. It is not the real one, so that an edit of that breaks no test of the checks.
pub(crate) fn document() -> String {
    include_str!("document.yaml").to_owned()
}

/// The document with these texts replaced, each of which must stand in it exactly once.
pub(crate) fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(document(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "not exactly once: {from}");
        text.replacen(from, to, 1)
    })
}

/// A manifest folder that holds `document` and nothing else, beside an empty folder for the output.
pub(crate) struct Build {
    folder: TempDir,
    /// What the build ended in.
    pub(crate) result: Result<(), Vec<String>>,
}

impl Build {
    /// Runs the build.
    pub(crate) fn of(document: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest").join(DOCUMENT);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, document).unwrap();
        std::fs::create_dir(folder.path().join("out")).unwrap();
        let result = run(&folder.path().join("manifest"), &folder.path().join("out"));
        Self { folder, result }
    }

    /// The text of a file in the output folder.
    pub(crate) fn output(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join("out").join(name)).unwrap()
    }

    /// All files below the folder of this run, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = files(self.folder.path());
        files.sort();
        files
    }
}

/// All files below a folder, named from it on with `/`.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(
                files(&entry.path())
                    .iter()
                    .map(|below| format!("{name}/{below}")),
            );
        } else {
            found.push(name);
        }
    }
    found
}
