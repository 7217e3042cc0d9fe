//! The same file that the library includes, compiled a second time: it is private there. Its exceptions from the lints
//! are for code that nobody here writes.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::all,
    rustdoc::all,
    unused_imports,
    dead_code
)]

include!(concat!(env!("OUT_DIR"), "/client.rs"));
