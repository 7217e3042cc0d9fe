//! The only calls into the crate.

use std::sync::LazyLock;

use whatsapp_multi_partner_solutions::docs_diff::{COMPILED_IN_YAML, Document, read_source};

pub use whatsapp_multi_partner_solutions::docs_diff::{Lock, ReadError};

static YAML: LazyLock<Document> =
    LazyLock::new(|| Document::read("the YAML", COMPILED_IN_YAML).unwrap());

/// What `--update-lock` makes of an empty lock and these pages.
pub fn lock_of(pages: &[impl AsRef<[u8]>]) -> Result<Lock, String> {
    let mut lock = Lock::default();
    update(&mut lock, pages, false)?;
    Ok(lock)
}

/// Accepts the wording of pages or, with `known`, acknowledges their differences.
pub fn update(lock: &mut Lock, pages: &[impl AsRef<[u8]>], known: bool) -> Result<(), String> {
    let mut sources = vec![];
    for text in pages {
        sources.push(read_source("a page", text.as_ref(), &YAML, None).unwrap());
    }
    lock.update(&YAML, &sources, known)
}

/// What is reported of a file and not known: item, aspect and kind of each difference.
pub fn compare(text: &str, lock: &Lock) -> Result<Vec<String>, ReadError> {
    let source = read_source("a page", text.as_bytes(), &YAML, None)?;
    let differences = source.compare(&YAML, lock).into_iter();
    let lines = differences.filter(|one| !one.known).map(|one| {
        let one = serde_json::json!(one);
        let parts = ["item", "aspect", "kind"].map(|part| one[part].as_str().unwrap());
        parts.join(" ")
    });
    Ok(lines.collect())
}
