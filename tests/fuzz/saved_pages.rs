//! Saved pages in any form, compared and reported, and what `--update-lock` and `--acknowledge` make of them.

use std::sync::LazyLock;

use crate::docs_diff::{
    COMPILED_IN_LOCK, COMPILED_IN_YAML, Document, Lock, ReadError, Source, read_source,
    report::{Compared, Report},
};

static YAML: LazyLock<Document> =
    LazyLock::new(|| Document::read("the YAML", COMPILED_IN_YAML).expect("the YAML"));

static LOCK: LazyLock<Lock> = LazyLock::new(|| Lock::read(COMPILED_IN_LOCK).expect("the lock"));

/// A file, as it was saved.
pub(super) fn saved_pages(data: &[u8]) {
    long_page(data);
}

/// The same of a page that is long.
pub(super) fn long_page(data: &[u8]) {
    match read_source(data, &YAML, &LOCK, None) {
        Ok(source) => is_compared(source),
        Err(ReadError::TooLarge(_)) => {}
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn is_compared(source: Source) {
    let compared = Compared::new("the page".to_owned(), &source, &YAML, &LOCK);
    let mut lock = LOCK.clone();
    lock.acknowledge(&YAML, &source);
    let known = source.compare(&YAML, &lock);
    assert!(known.iter().all(|difference| difference.known), "{known:?}");
    let _ = lock.accept(&YAML, &[("the page".to_owned(), source)]);
    let written = lock.text();
    let again = Lock::read(&written).expect("what is written can be read");
    assert_eq!(again.text(), written, "the lock");
    let report = Report {
        compared: vec![compared],
        ..Report::default()
    };
    for text in [
        report.human(&YAML),
        report.markdown(&YAML),
        report.json(&YAML),
    ] {
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(steers), "{text:?}");
    }
}
