//! The build: what it makes of the document, and what it says of a broken one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broken;
mod harness;
mod output;
mod partner_status;
mod snapshot;

// `main` is for cargo alone; what the build script itself does not use, its own compilation reports.
#[allow(dead_code)]
#[path = "../../build.rs"]
mod build_script;
