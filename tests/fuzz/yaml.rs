//! The YAML, which a person may have edited.

use crate::docs_diff::{Document, Lock, read_source};

/// A file that may be YAML.
pub(super) fn yaml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match Document::read("a.yaml", text) {
        Ok(document) => {
            assert!(!document.operations.is_empty());
            let _ = read_source(data, &document, &Lock::default(), None);
        }
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}
