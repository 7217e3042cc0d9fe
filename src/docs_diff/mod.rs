//! Compares Meta's pages and OpenAPI files with the documents in `openapi/`.
//!
//! The YAML ([`Document`]) lists the headings, statuses and fields that a page must have. The page is split at these. Each
//! part has facts, which are compared with the YAML, and wording, which is compared with the fingerprints in the [`Lock`].
//! An OpenAPI file is compared as data.
//!
//! [`read_source`] reads a file, [`Source::compare`] finds the [`Difference`]s, and [`report`] prints them.

mod compare;
mod facts;
mod fields;
mod lock;
mod model;
mod openapi;
mod outline;
mod page;
mod parts;
#[path = "../build/read.rs"]
mod read;
pub mod report;
mod source;
mod text;
mod yaml;

pub use lock::{COMPILED_IN_LOCK, Lock};
pub use model::{Aspect, Difference, Form, Item, Kind, Operation, ReadError};
pub use openapi::{COMPILED_IN_LOOKUPS, COMPILED_IN_YAML, Document};
pub use source::{MOST_BYTES, Source, read_source};
