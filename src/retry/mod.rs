//! When a call is sent again: one idea a file.

pub(crate) mod backoff;
mod policy;
mod run;
mod server_wish;
mod verdict;

pub use policy::{Replay, RetryPolicy};
pub(crate) use run::{Attempt, Attempted, Ended, Stopped, Success, run};
pub(crate) use verdict::Outcome;
