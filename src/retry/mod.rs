//! When a call is sent again, and how long it waits before that.

mod budget;
mod policy;
mod run;
#[cfg(test)]
mod tests;
mod throttle;
mod verdict;

pub(crate) use policy::full_jitter;
pub use policy::{Resend, RetryPolicy};
pub(crate) use run::{Attempt, Call, CallRecord, Effect, Operation, Sender, StoppedBy, run};
pub use throttle::ThrottledApp;

use budget::RetryBudget;
use throttle::Throttle;

use crate::ensure::EnsureLocks;

/// What all calls of a client and its clones share, to protect a server that throttles or fails.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) throttle: Throttle,
    pub(crate) budget: RetryBudget,
    pub(crate) ensure_locks: EnsureLocks,
}

/// Snapshot of what the calls of a client and its clones share (see
/// [`Client::retry_state`](crate::Client::retry_state)).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryState {
    /// Retries that are left in the [retry budget](crate::ClientBuilder::retry_budget).
    pub retries_left: u32,
    /// The apps that are throttled, so that no call of theirs is sent, in order of their IDs.
    pub throttled: Vec<ThrottledApp>,
}

impl Shared {
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            throttle: Throttle::default(),
            budget: RetryBudget::new(retries),
            ensure_locks: EnsureLocks::default(),
        }
    }

    pub(crate) fn state(&self) -> RetryState {
        RetryState {
            retries_left: self.budget.left(),
            throttled: self.throttle.throttled(),
        }
    }
}
