//! Meta's pages and OpenAPI files against the documents in `openapi/`.
//!
//! A source is read with the answer in hand. The YAML ([`Document`]) says which headings, statuses and fields a page must
//! have; the [`Lock`] knows its wording. A page is cut where they begin, and each word belongs to the last of them before
//! it: it is a fact, a part of known wording, or a difference. An OpenAPI file is compared as data.
//!
//! [`read_source`] reads a file, [`Source::compare`] finds the [`Difference`]s, and [`report`] prints them.

mod clean;
mod compare;
mod facts;
mod lock;
mod model;
mod node;
mod openapi;
mod outline;
mod page;
pub mod report;
mod segments;
mod source;
mod words;

pub use lock::{COMPILED_IN_LOCK, Lock};
pub use model::{Aspect, Difference, Form, Item, Kind, Operation, ReadError, Said};
pub use openapi::{COMPILED_IN_LOOKUPS, COMPILED_IN_YAML, Document};
pub use source::{BOUND, Source, read_bounded, read_source};
