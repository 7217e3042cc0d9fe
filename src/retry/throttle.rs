//! The throttle: after a throttled response no call of the same app is sent until the stated time.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// Calls that had to wait start this far apart, 20 a second, so that they do not come back as a burst.
const SPACING: Duration = Duration::from_millis(50);

/// No app is throttled for longer, whatever a response asks for.
const MAX_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The throttled apps, by ID. Those that are no longer throttled are removed when the next one is added.
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
        let mut apps = self.lock();
        apps.retain(|_, throttled| throttled.next_start > now);
        let throttled = apps.entry(app.to_owned()).or_insert(Throttled {
            until,
            next_start: until,
        });
        throttled.until = throttled.until.max(until);
        throttled.next_start = throttled.next_start.max(until);
        // A subscriber may ask for the state.
        drop(apps);
        tracing::info!(app, wait_ms = wait.as_millis(), "app throttled");
    }

    /// Waits until a call of the app may be sent.
    ///
    /// # Errors
    ///
    /// The wait that would be needed, at once, if it would end after `latest`.
    pub(crate) async fn admit(&self, app: &str, latest: Option<Instant>) -> Result<(), Duration> {
        let mut waited = false;
        loop {
            let now = Instant::now();
            let start = {
                let mut apps = self.lock();
                let Some(throttled) = apps.get_mut(app) else {
                    return Ok(());
                };
                // A call that has waited for its turn goes, unless the app was throttled again meanwhile.
                let open = if waited {
                    throttled.until
                } else {
                    throttled.next_start
                };
                if open <= now {
                    return Ok(());
                }
                let start = throttled.next_start;
                if latest.is_some_and(|latest| start > latest) {
                    return Err(start - now);
                }
                throttled.next_start += SPACING;
                start
            };
            let wait_ms = (start - now).as_millis();
            tracing::debug!(app, wait_ms, "waiting because the app is throttled");
            sleep_until(start).await;
            waited = true;
        }
    }

    /// How long no call of an app is sent, by ID.
    pub(crate) fn waits(&self) -> BTreeMap<String, Duration> {
        let now = Instant::now();
        let apps = self.lock();
        let left = |it: &Throttled| it.until.saturating_duration_since(now);
        let waits = apps.iter().map(|(app, it)| (app.clone(), left(it)));
        waits.filter(|(_, wait)| !wait.is_zero()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Throttled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
