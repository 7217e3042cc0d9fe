//! The retry budget: how many retries the calls of a client may make together while a server keeps failing.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// How long it takes until one retry comes back by itself. Without that, a client that seldom calls would have none left
/// for days after an outage.
const REFILL: Duration = Duration::from_secs(5);

/// A debt of time: a retry adds [`REFILL`] to it, a success takes as much away, and it shrinks as time passes.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    /// The largest debt that is allowed.
    limit: Duration,
    /// When the debt will be zero.
    paid_at: Mutex<Option<Instant>>,
}

impl RetryBudget {
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            limit: REFILL * retries,
            paid_at: Mutex::default(),
        }
    }

    /// Uses one retry; `false` if there is none.
    pub(crate) fn take(&self) -> bool {
        self.change(|debt| {
            let is_left = *debt + REFILL <= self.limit;
            if is_left {
                *debt += REFILL;
            }
            is_left
        })
    }

    /// Gives one retry back, after a success.
    pub(crate) fn put_back(&self) {
        self.change(|debt| *debt = debt.saturating_sub(REFILL));
    }

    /// Whole retries that are left.
    pub(crate) fn left(&self) -> u32 {
        let credit = self.limit - self.change(|debt| *debt);
        u32::try_from(credit.as_secs() / REFILL.as_secs()).unwrap_or(u32::MAX)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Duration) -> T) -> T {
        let mut paid_at = self.paid_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let mut debt = paid_at.map_or(Duration::ZERO, |at| at.saturating_duration_since(now));
        let result = change(&mut debt);
        *paid_at = Some(now + debt);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn retries_come_back_with_successes_and_with_time_and_never_exceed_the_budget() {
        let budget = RetryBudget::new(2);
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        budget.put_back();
        assert!(budget.take());
        tokio::time::advance(Duration::from_millis(4900)).await;
        assert!(!budget.take());
        tokio::time::advance(Duration::from_millis(200)).await;
        assert!(budget.take());
        tokio::time::advance(Duration::from_secs(3600)).await;
        budget.put_back();
        assert_eq!(budget.left(), 2);
    }
}
