//! What the calls of a client and its clones share: the throttle, the retry budget, and locks.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// Calls that had to wait start this far apart, 20 a second, so that they do not come back as a burst.
const SPACING: Duration = Duration::from_millis(50);

/// No app is throttled for longer, whatever a response asks for.
const MAX_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long it takes until one retry comes back by itself. Without that, a client that seldom calls would have none left
/// for days after an outage.
const REFILL: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) throttle: Throttle,
    pub(crate) budget: RetryBudget,
    /// One per solution, so that `ensure_solution` on clones of one client creates it once.
    ensure_locks: Mutex<HashMap<String, EnsureLock>>,
}

type EnsureLock = Arc<tokio::sync::Mutex<()>>;

impl Shared {
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            throttle: Throttle::default(),
            budget: RetryBudget::new(retries),
            ensure_locks: Mutex::default(),
        }
    }

    pub(crate) fn ensure_lock(&self, solution: String) -> EnsureLock {
        let mut locks = lock(&self.ensure_locks);
        // Those that only the map holds are not used.
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        locks.entry(solution).or_default().clone()
    }
}

/// Snapshot of what the calls of a client and its clones share (see
/// [`Client::retry_state`](crate::Client::retry_state)).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryState {
    /// Retries that are left in the [retry budget](crate::ClientBuilder::retry_budget).
    pub retries_left: u32,
    /// The throttled apps by ID, each with the time until its calls may be sent again; always above zero.
    pub throttled: BTreeMap<String, Duration>,
}

/// After a throttled response no call of the same app is sent until the stated time. The throttled apps are kept by ID;
/// expired entries are removed when an app is added.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<String, Throttled>>);

#[derive(Clone, Copy, Debug)]
struct Throttled {
    /// No call is sent before this.
    until: Instant,
    /// When the next call that has to wait may start.
    next_start: Instant,
}

impl Throttle {
    /// Holds all calls of the app for this long.
    pub(crate) fn close(&self, app: &str, wait: Duration) {
        let now = Instant::now();
        let until = now + wait.min(MAX_WAIT);
        let mut apps = lock(&self.0);
        apps.retain(|_, throttled| throttled.next_start > now);
        let throttled = apps.entry(app.to_owned()).or_insert(Throttled {
            until,
            next_start: until,
        });
        throttled.until = throttled.until.max(until);
        throttled.next_start = throttled.next_start.max(until);
        // Unlocked first: a tracing subscriber may call `retry_state`.
        drop(apps);
        tracing::info!(app, wait_ms = wait.as_millis(), "app throttled");
    }

    /// How long no call of an app is sent, by ID.
    pub(crate) fn waits(&self) -> BTreeMap<String, Duration> {
        let now = Instant::now();
        let left = |it: &Throttled| it.until.saturating_duration_since(now);
        let apps = lock(&self.0);
        let waits = apps.iter().map(|(app, it)| (app.clone(), left(it)));
        waits.filter(|(_, wait)| !wait.is_zero()).collect()
    }

    /// Waits until a call of the app may be sent.
    ///
    /// # Errors
    ///
    /// The wait that would be needed, at once, if it would end after `latest`.
    pub(crate) async fn admit(&self, app: &str, latest: Instant) -> Result<(), Duration> {
        let mut waited = false;
        loop {
            let (start, wait) = {
                let mut apps = lock(&self.0);
                let Some(throttled) = apps.get_mut(app) else {
                    return Ok(());
                };
                let now = Instant::now();
                let start = throttled.next_start;
                // A call that has waited for its turn goes, unless the app was throttled again meanwhile.
                let open = if waited { throttled.until } else { start };
                if open <= now {
                    return Ok(());
                }
                if start > latest {
                    return Err(start - now);
                }
                throttled.next_start += SPACING;
                (start, start - now)
            };
            let wait_ms = wait.as_millis();
            tracing::debug!(app, wait_ms, "waiting because the app is throttled");
            sleep_until(start).await;
            waited = true;
        }
    }
}

/// How many retries the calls may make together while a server keeps failing. It is kept as a debt of time: a retry adds
/// [`REFILL`] to it, a success takes as much away, and it shrinks as time passes.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    pub(crate) retries: u32,
    /// When the debt is paid; in the past if there is none.
    paid_at: Mutex<Instant>,
}

impl RetryBudget {
    fn new(retries: u32) -> Self {
        let paid_at = Mutex::new(Instant::now());
        Self { retries, paid_at }
    }

    /// Whole retries that are left.
    pub(crate) fn left(&self) -> u32 {
        let debt = lock(&self.paid_at).saturating_duration_since(Instant::now());
        let used = debt.as_nanos().div_ceil(REFILL.as_nanos());
        self.retries
            .saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }

    /// Uses one retry; `false` if there is none.
    pub(crate) fn take(&self) -> bool {
        let mut paid_at = lock(&self.paid_at);
        let now = Instant::now();
        let paid = now.max(*paid_at) + REFILL;
        let is_left = paid - now <= REFILL * self.retries;
        if is_left {
            *paid_at = paid;
        }
        is_left
    }

    /// Gives one retry back, after a success.
    pub(crate) fn put_back(&self) {
        let mut paid_at = lock(&self.paid_at);
        *paid_at = paid_at.checked_sub(REFILL).unwrap_or(*paid_at);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::time::{advance, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn retries_come_back_with_successes_and_with_time_and_never_exceed_the_budget() {
        let budget = RetryBudget::new(1);
        assert!(budget.take() && !budget.take());
        budget.put_back();
        assert!(budget.take());
        advance(Duration::from_millis(4900)).await;
        assert!(!budget.take());
        advance(Duration::from_secs(3600)).await;
        budget.put_back();
        assert!(budget.take() && !budget.take());
    }

    #[tokio::test(start_paused = true)]
    async fn an_app_that_is_throttled_again_holds_those_that_wait_already() {
        let (throttle, begun) = (Throttle::default(), Instant::now());
        throttle.close("1", Duration::from_secs(5));
        let throttled_again = async {
            sleep(Duration::from_secs(2)).await;
            throttle.close("1", Duration::from_secs(10));
        };
        let (admitted, ()) = tokio::join!(throttle.admit("1", begun + MAX_WAIT), throttled_again);
        assert_eq!(
            (admitted, begun.elapsed()),
            (Ok(()), Duration::from_secs(12))
        );
        // A day at most, whatever a response asks for.
        throttle.close("1", Duration::MAX);
        let held = throttle.admit("1", Instant::now()).await;
        assert_eq!(held, Err(Duration::from_secs(24 * 60 * 60)));
    }
}
