//! What all calls of a client share so that they spare a server that is throttling or failing.

use super::{
    budget::{Budget, COST, COST_AFTER_TIME_LIMIT, GAIN},
    gate::{Gate, Limit},
    policy::RetryPolicy,
};

/// The gates and the retry budget of a client and its clones.
#[derive(Debug)]
pub(crate) struct SharedBrakes {
    pub(crate) gate: Gate,
    budget: Option<Budget>,
}

/// The state of a client's brakes at one moment (see [`Client::brakes`](crate::Client::brakes)).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Brakes {
    /// Tokens that are left for sending again; `None` if the policy has no retry budget.
    pub retry_budget: Option<u32>,
    /// Calls that wait: for a gate, for their turn, or for their back-off.
    pub waiting: usize,
    /// The limits that hold or slow calls; empty if none does.
    pub limits: Vec<Limit>,
}

/// There are too few tokens left.
pub(crate) struct Exhausted;

impl SharedBrakes {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        Self {
            gate: Gate::default(),
            budget: policy.retry_budget.map(Budget::new),
        }
    }

    /// Pays for sending again. It is free where the server said when to, because then the gate holds it.
    pub(crate) fn pay(&self, free: bool, took_too_long: bool) -> Result<u32, Exhausted> {
        let Some(budget) = &self.budget else {
            return Ok(0);
        };
        let cost = match (free, took_too_long) {
            (true, _) => 0,
            (_, true) => COST_AFTER_TIME_LIMIT,
            _ => COST,
        };
        if budget.pay(cost) {
            return Ok(cost);
        }
        tracing::info!(cost, left = budget.left(), "retry budget exhausted");
        Err(Exhausted)
    }

    /// Gives back what a retry cost that was not made.
    pub(crate) fn give_back(&self, paid: Option<u32>) {
        if let (Some(budget), Some(paid)) = (&self.budget, paid) {
            budget.give_back(paid);
        }
    }

    /// Gives back after a success: what its last retry cost, or a little if it needed none.
    pub(crate) fn succeeded(&self, paid: Option<u32>) {
        self.give_back(paid.or(Some(GAIN)));
    }

    /// Slows calls down if the usage headers say so, or lets them go faster again; `None` says nothing.
    pub(crate) fn note_usage(&self, app: Option<&str>, policy: &RetryPolicy, usage: Option<f64>) {
        if let (Some(from), Some(per_cent)) = (policy.slow_down_from, usage) {
            self.gate.note_usage(app, per_cent, from);
        }
    }

    pub(crate) fn state(&self) -> Brakes {
        Brakes {
            retry_budget: self.budget.as_ref().map(Budget::left),
            waiting: self.gate.waiting(),
            limits: self.gate.limits(),
        }
    }
}

#[cfg(test)]
#[path = "../../tests/inside/brakes.rs"]
mod tests;
