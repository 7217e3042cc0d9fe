//! What the calls of a client share.

use std::{collections::BTreeMap, time::Duration};

use super::{budget::RetryBudget, throttle::Throttle};

/// What all calls of a client and its clones share, to protect a server that throttles or fails.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) throttle: Throttle,
    pub(crate) budget: RetryBudget,
}

/// Snapshot of what the calls of a client and its clones share (see
/// [`Client::retry_state`](crate::Client::retry_state)).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryState {
    /// Retries that are left in the [retry budget](crate::ClientBuilder::retry_budget).
    pub retries_left: u32,
    /// The apps that are throttled, by ID, and how long no call of theirs is sent; above zero.
    pub throttled: BTreeMap<String, Duration>,
}

impl Shared {
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            throttle: Throttle::default(),
            budget: RetryBudget::new(retries),
        }
    }

    pub(crate) fn state(&self) -> RetryState {
        RetryState {
            retries_left: self.budget.left(),
            throttled: self.throttle.waits(),
        }
    }
}
