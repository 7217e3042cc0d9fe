//! A page of Meta's against the YAML: what a person can save from Meta's documentation, and how it differs from
//! `openapi/multi-partner-solutions.yaml`.
//!
//! Every source becomes a [`model::Source`]: facts, which are compared, and wording, whose fingerprints are held against
//! a [`Lock`]. [`read_source`] reads a page's Markdown, its text, or Meta's published OpenAPI file; [`Document`] reads the
//! YAML, [`compare()`] finds the [`Difference`]s, and [`report`] prints them.

mod compare;
mod difference;
mod document;
mod facts;
mod fingerprint;
mod items;
mod lock;
pub mod model;
mod openapi;
pub mod page;
mod pairing;
mod place;
mod published;
mod recognise;
pub mod report;
mod wording;
#[allow(dead_code)]
pub(crate) mod yaml;

pub use compare::compare;
pub use difference::{Difference, Kind};
pub use document::{COMPILED_IN as COMPILED_IN_YAML, Document};
pub use fingerprint::fingerprint;
pub use lock::{COMPILED_IN as COMPILED_IN_LOCK, Entry, Lock};
pub use pairing::counterpart;
pub use place::Place;
pub use recognise::{BOUND, read_bounded, read_source};

#[cfg(test)]
#[path = "../../tests/inside/docs_diff/sources.rs"]
mod sources;
