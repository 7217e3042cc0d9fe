//! Meta's pages and OpenAPI files against the documents in `openapi/`.
//!
//! The YAML ([`Document`]) says which headings, statuses and fields a page must have, and the [`Lock`] knows its wording. A
//! page is cut where these begin, and each word belongs to the last of them before it: the word is a fact, a part of known
//! wording, or a difference. An OpenAPI file is compared as data.
//!
//! [`read_source`] reads a file, [`Source::compare`] finds the [`Difference`]s, and [`report`] prints them.

mod clean;
mod compare;
mod facts;
mod lock;
mod model;
mod openapi;
mod outline;
mod page;
pub mod report;
mod segments;
mod source;
mod words;
mod yaml;

pub use lock::{COMPILED_IN_LOCK, Lock};
pub use model::{Aspect, Difference, Form, Item, Kind, Operation, ReadError, Said};
pub use openapi::{COMPILED_IN_LOOKUPS, COMPILED_IN_YAML, Document};
pub use source::{BOUND, Source, read_bounded, read_source};
