//! The sandbox from its client's side, on real sockets. Every response that no test has scripted is checked against the
//! YAML.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used)]

mod clients;
mod faults;
mod lookups;
mod operations;
mod rate_limit;
mod schema;
mod server;
mod wire;
