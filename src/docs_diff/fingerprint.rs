//! What a statement is known by without being kept.

use sha2::{Digest, Sha256};

/// So many bytes are enough to tell a statement from its rewordings.
const BYTES: usize = 8;

/// The first 16 hexadecimal digits of the SHA-256 of the letters and digits of a text.
///
/// Forms of a page differ in white space, punctuation and quotes, and in nothing else.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let letters: String = text
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let digest = Sha256::digest(letters.as_bytes());
    digest
        .iter()
        .take(BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
