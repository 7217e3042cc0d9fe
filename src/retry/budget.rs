//! The retry budget: how many retries the calls of a client may make together while a server keeps failing.

use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// Retries that come back by themselves. Without them, a client that seldom calls would have none left for days after
/// an outage.
const REFILL_PER_SECOND: f64 = 0.2;

/// Token bucket: a retry takes one out, a success puts one back, and one comes back every 5 s.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    capacity: f64,
    retries: Mutex<Retries>,
}

#[derive(Debug)]
struct Retries {
    left: f64,
    /// When `left` was last updated.
    counted: Option<Instant>,
}

impl RetryBudget {
    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            capacity: f64::from(capacity),
            retries: Mutex::new(Retries {
                left: f64::from(capacity),
                counted: None,
            }),
        }
    }

    /// Takes one retry out; `false` if there is none.
    pub(crate) fn take(&self) -> bool {
        self.update(|left| {
            if *left < 1.0 {
                false
            } else {
                *left -= 1.0;
                true
            }
        })
    }

    /// Puts one retry back, after a success.
    pub(crate) fn put_back(&self) {
        self.update(|left| *left = (*left + 1.0).min(self.capacity));
    }

    /// Whole retries that are left.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between zero and a u32"
    )]
    pub(crate) fn left(&self) -> u32 {
        self.update(|left| *left as u32)
    }

    /// Adds what came back by itself until now, then applies `change`.
    fn update<T>(&self, change: impl FnOnce(&mut f64) -> T) -> T {
        let mut retries = self.retries.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let counted = retries.counted.replace(now).unwrap_or(now);
        let came_back = now.duration_since(counted).as_secs_f64() * REFILL_PER_SECOND;
        retries.left = (retries.left + came_back).min(self.capacity);
        change(&mut retries.left)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
