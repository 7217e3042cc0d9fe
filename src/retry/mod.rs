//! When a call is sent again: one idea a file.

pub(crate) mod backoff;
mod brakes;
mod budget;
mod gate;
mod lane;
mod lanes;
mod policy;
mod run;
mod server_wish;
mod verdict;

pub use brakes::Brakes;
pub(crate) use brakes::SharedBrakes;
pub use gate::Limit;
pub use policy::{Replay, RetryPolicy};
pub(crate) use run::{Attempt, Attempted, Ended, Stopped, Success, Terms, run};
pub(crate) use server_wish::whole_seconds;
pub(crate) use verdict::Outcome;

#[cfg(any(test, fuzzing))]
pub(crate) use {
    server_wish::{Heard, retry_after},
    verdict::{Happened, Verdict, judge},
};
