//! Meta's pages and OpenAPI files against the documents in `openapi/`.
//!
//! A source is read with the answer in hand. The YAML ([`Document`]) says which names, types, statuses and schemas a page
//! must have and in which order; the [`Lock`] knows its wording. The words of a page are laid beside the words that are
//! expected, and so each of them is a fact, a part of known wording, or a difference. An OpenAPI file is compared as data.
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
