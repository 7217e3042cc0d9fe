//! Saved pages in any form, compared and reported, and what `--update-lock` makes of them.

use std::sync::LazyLock;

use crate::docs_diff::{
    COMPILED_IN_LOCK, COMPILED_IN_YAML, Document, Lock, compare, counterpart,
    model::{ReadError, Source},
    read_source,
    report::{self, Compared},
};

static YAML: LazyLock<Document> =
    LazyLock::new(|| Document::read("the YAML", COMPILED_IN_YAML).expect("the YAML"));

static LOCK: LazyLock<Lock> = LazyLock::new(|| Lock::read(COMPILED_IN_LOCK).expect("the lock"));

/// A file, as it was saved.
pub(super) fn saved_pages(data: &[u8]) {
    let read = read_source(data, &YAML);
    if let Ok(text) = std::str::from_utf8(data) {
        assert_eq!(read, read_source(&utf_16(text), &YAML), "in UTF-16");
    }
    is_told(read);
}

/// The same of a page so long that reading it in two encodings would take too much of the fuzzer's time.
pub(super) fn long_page(data: &[u8]) {
    is_told(read_source(data, &YAML));
}

fn is_told(read: Result<Source, ReadError>) {
    match read {
        Ok(source) => is_compared(&source),
        Err(error) => {
            assert!(!matches!(error, ReadError::TooLarge(_)));
            assert!(!error.to_string().is_empty());
        }
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let marked = std::iter::once(0xfeff).chain(text.encode_utf16());
    marked.flat_map(u16::to_le_bytes).collect()
}

fn is_compared(source: &Source) {
    let differences = match (compare(&YAML, source, &LOCK), counterpart(&YAML, source)) {
        (Ok(differences), Ok(known)) => {
            let mut lock = LOCK.clone();
            for (name, operation) in &known {
                lock.update(name, operation, &YAML.operations());
            }
            let written = lock.text();
            let again = Lock::read(&written).expect("what is written can be read");
            assert_eq!(again.text(), written, "the lock");
            differences
        }
        (Err(one), Err(other)) => return assert_eq!(one, other),
        (one, other) => panic!("{one:?} and {other:?}"),
    };
    let compared = [Compared {
        name: "the page".to_owned(),
        differences,
    }];
    for text in [
        report::human(&YAML, &compared, 0),
        report::markdown(&YAML, &compared, 0),
        report::json(&compared).to_string(),
    ] {
        let steers = |letter: char| letter.is_control() && letter != '\n';
        assert!(!text.contains(steers), "{text:?}");
    }
}
