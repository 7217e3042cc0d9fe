//! The binary `mps` as a script meets it: exit status, stdout, stderr, signals.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod docs_diff;
mod ensure;
mod failures;
mod run;
mod settings;
mod signals;
mod successes;
