//! The lock, which a person may have edited or a merge may have broken.

use crate::docs_diff::Lock;

/// A file of fingerprints.
pub(super) fn locks(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match Lock::read(text) {
        Ok(lock) => {
            let written = lock.text();
            let again = Lock::read(&written).expect("what is written can be read");
            assert_eq!(again.text(), written);
        }
        Err(why) => assert!(why.starts_with("line "), "{why}"),
    }
}
