//! The one private door to generated code: what `build.rs` makes of `openapi/multi-partner-solutions.yaml`.
//!
//! The exceptions below are for code that nobody here writes; no other file has any.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::all,
    rustdoc::all,
    unused_imports,
    dead_code
)]

include!(concat!(env!("OUT_DIR"), "/client.rs"));
