//! `docs_diff` against pages of our own wording in every form that a person can save: nothing is reported of a page that
//! did not change, and of one that did, exactly what did.
#![cfg(feature = "docs-diff")]
#![allow(clippy::unwrap_used, missing_docs)]

mod adapter;
mod broken;
mod campaign;
mod edits;
mod notations;
mod page;
mod render;
