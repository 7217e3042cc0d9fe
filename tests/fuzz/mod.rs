//! What reads input from outside, each reader as a function that a fuzzer feeds, with what has to hold of whatever it
//! reads.
//!
//! `.ci/fuzz` runs them by way of `runner/`; the tests run them on every input that is kept in `corpus/`.

mod answers;
mod message;
mod redaction;
mod retry_after;
mod times;
mod usage_headers;

#[cfg(feature = "docs-diff")]
mod locks;
#[cfg(feature = "docs-diff")]
mod long_pages;
#[cfg(feature = "docs-diff")]
mod saved_pages;
#[cfg(feature = "docs-diff")]
mod yaml;

#[cfg(test)]
mod replay;

/// A function that takes any bytes and panics if something does not hold.
pub type Target = fn(&[u8]);

/// Every target by the name of its file and of its folder in `corpus/`.
pub const TARGETS: &[(&str, Target)] = &[
    ("answers", answers::answers),
    ("redaction", redaction::redaction),
    ("retry_after", retry_after::retry_after),
    ("times", times::times),
    ("usage_headers", usage_headers::usage_headers),
    #[cfg(feature = "docs-diff")]
    ("locks", locks::locks),
    #[cfg(feature = "docs-diff")]
    ("long_pages", long_pages::long_pages),
    #[cfg(feature = "docs-diff")]
    ("saved_pages", saved_pages::saved_pages),
    #[cfg(feature = "docs-diff")]
    ("yaml", yaml::yaml),
];
