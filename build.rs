//! Compiles the OpenAPI document into the client's generated half: reads, checks, generates, writes to `OUT_DIR`.

use std::path::Path;

#[path = "src/spec/mod.rs"]
pub(crate) mod spec;

use spec::cursor::Cursor;
use spec::{array_bounds, check, docs, failure, generate, operations, read, relax};

/// The document, from the manifest's folder on.
pub(crate) const DOCUMENT: &str = "openapi/multi-partner-solutions.yaml";

/// Everything that the output depends on: the document, and the files of this program.
pub(crate) const INPUTS: [&str; 4] = [DOCUMENT, "build.rs", "src/spec", "src/yaml"];

fn main() {
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
    }
    let folder = |name| std::env::var_os(name).unwrap_or_default();
    let (manifest, out) = (folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR"));
    if let Err(lines) = run(Path::new(&manifest), Path::new(&out)) {
        // Cargo shows these lines as errors and fails the build. An exit status other than 0 would make it print
        // everything a second and a third time, as standard output and standard error of a failed program.
        for line in lines {
            println!("cargo::error={line}");
        }
    }
}

/// Reads the document below `manifest`, and writes what is made of it to `out` and nowhere else.
///
/// # Errors
///
/// Lines for a person, each naming the file and the place in it.
pub(crate) fn run(manifest: &Path, out: &Path) -> Result<(), Vec<String>> {
    let path = manifest.join(DOCUMENT);
    let text =
        std::fs::read_to_string(&path).map_err(|error| vec![format!("{DOCUMENT}: {error}")])?;
    let report = |failures| failure::report(DOCUMENT, failures);
    let document = read::read(&text).map_err(|failure| report(vec![failure]))?;
    let failures = check::check(&document);
    if !failures.is_empty() {
        return Err(report(failures));
    }
    let client =
        generate::client(&relax::relax(&document)).map_err(|failure| report(vec![failure]))?;
    let root = Cursor::root(&document);
    let (bounds, _) = array_bounds::collect(&root);
    let mut files = vec![
        ("client.rs".to_owned(), client),
        (
            "array_bounds.rs".to_owned(),
            array_bounds::expression(&bounds),
        ),
        ("operations.rs".to_owned(), operations::expression(&root)),
    ];
    files.extend(
        docs::pages(&root)
            .into_iter()
            .map(|(id, page)| (format!("docs/{id}.md"), page)),
    );
    write(out, &files)
        .map_err(|error| vec![format!("{}: cannot be written: {error}", out.display())])
}

fn write(out: &Path, files: &[(String, String)]) -> std::io::Result<()> {
    let docs = out.join("docs");
    // An operation that is gone must not leave its page behind.
    if docs.exists() {
        std::fs::remove_dir_all(&docs)?;
    }
    std::fs::create_dir_all(&docs)?;
    files
        .iter()
        .try_for_each(|(name, text)| std::fs::write(out.join(name), text))
}
