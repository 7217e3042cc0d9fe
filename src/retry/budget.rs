//! The retry budget: tokens that all calls of a client share, so that a failing server is not stormed.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use tokio::time::Instant;

/// What sending again costs.
pub(crate) const COST: u32 = 5;
/// What it costs after a time limit: such an attempt held a connection for long.
pub(crate) const COST_AFTER_TIME_LIMIT: u32 = 10;
/// What a success gives back that needed no retry.
pub(crate) const GAIN: u32 = 1;

/// The bucket. One token a second comes back by itself: a client that seldom calls would otherwise have no retries for
/// days after an outage.
#[derive(Debug)]
pub(crate) struct Budget {
    capacity: u32,
    /// Whether nothing can be given back, so that the usual success takes no lock.
    full: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tokens: u32,
    /// Up to when the tokens that come back by themselves are counted.
    counted: Option<Instant>,
}

impl Budget {
    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            capacity,
            full: AtomicBool::new(true),
            state: Mutex::new(State {
                tokens: capacity,
                counted: None,
            }),
        }
    }

    /// Pays for sending again; `false`, and nothing is paid, if there are too few tokens.
    pub(crate) fn pay(&self, cost: u32) -> bool {
        if cost == 0 {
            return true;
        }
        let mut state = self.state();
        let Some(rest) = state.tokens.checked_sub(cost) else {
            return false;
        };
        state.tokens = rest;
        self.full.store(false, Ordering::Release);
        true
    }

    /// Gives back after a success.
    pub(crate) fn give_back(&self, tokens: u32) {
        if self.full.load(Ordering::Acquire) {
            return;
        }
        let mut state = self.state();
        state.tokens = state.tokens.saturating_add(tokens).min(self.capacity);
        self.full
            .store(state.tokens == self.capacity, Ordering::Release);
    }

    /// Tokens that are left.
    pub(crate) fn left(&self) -> u32 {
        self.state().tokens
    }

    /// The state, with what came back by itself until now.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let counted = *state.counted.get_or_insert(now);
        let seconds = now.duration_since(counted).as_secs();
        let gained = u32::try_from(seconds).unwrap_or(u32::MAX);
        state.tokens = state.tokens.saturating_add(gained).min(self.capacity);
        // A full bucket gathers no part of a token.
        state.counted = if state.tokens == self.capacity {
            Some(now)
        } else {
            counted.checked_add(std::time::Duration::from_secs(seconds))
        };
        state
    }
}

#[cfg(test)]
#[path = "../../tests/inside/budget.rs"]
mod tests;
