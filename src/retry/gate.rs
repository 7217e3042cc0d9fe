//! The gate: after a throttled answer no call to the same limit is sent until the stated time.

use std::{
    pin::pin,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use super::lanes::Lanes;

/// What a call that was held keeps of its time for its attempt: a tenth of it, and no more than this. One that is sent
/// with nothing left would be broken off, and nobody would know what came of it.
const MOST_KEPT: Duration = Duration::from_secs(1);

/// The gates of a client. A call that names an app in its path belongs to the limit of that app; one that names none
/// may count against any, so it keeps to all of them, and what it meets holds for all.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// Whether anything holds or slows a call, so that the usual call takes no lock.
    busy: AtomicBool,
    lanes: Mutex<Lanes>,
    /// Told when calls that wait have to look again.
    changed: Notify,
    waiting: AtomicUsize,
}

/// A place in the order in which calls begin.
struct Place {
    at: Instant,
    epoch: u64,
}

enum Admission {
    Go,
    Wait(Instant),
    /// It could begin at this time, which is too late.
    TooLate(Instant),
}

/// One limit that holds or slows calls.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Limit {
    /// The app whose calls it holds; `None` if it holds all calls of the client.
    pub app: Option<String>,
    /// How long no call is sent; zero if the gate is open.
    pub opens_in: Duration,
    /// How far apart calls begin, once the gate is open.
    pub gap: Duration,
    /// The highest share in the last usage headers, in per cent, if it is high enough to slow calls down.
    pub usage: Option<f64>,
}

impl Gate {
    /// Waits until a call may begin: not before `ready`, not while a gate is closed, and in its turn.
    ///
    /// # Errors
    ///
    /// When it could begin, if that is `latest` or later, or if it is held until so little before that no time for an
    /// attempt is left; told as soon as it is known.
    pub(crate) async fn pass(
        &self,
        app: Option<&str>,
        ready: Instant,
        latest: Option<Instant>,
    ) -> Result<(), Instant> {
        if !self.busy.load(Ordering::Acquire) && ready <= Instant::now() {
            return Ok(());
        }
        let _waiting = Waiting::new(&self.waiting);
        let mut place = None;
        let mut told = false;
        loop {
            // Listens before it looks, so that no change falls between the two.
            let changed = pin!(self.changed.notified());
            let now = Instant::now();
            match self.admit(app, ready, now, latest, &mut place) {
                Admission::Go => return Ok(()),
                Admission::TooLate(at) => return Err(at),
                Admission::Wait(until) => {
                    if until > ready && !told {
                        told = true;
                        let wait_ms = millis(until.duration_since(now));
                        tracing::debug!(app, wait_ms, "held back");
                    }
                    // Either way it looks again.
                    let _ = timeout_at(until, changed).await;
                }
            }
        }
    }

    fn admit(
        &self,
        app: Option<&str>,
        ready: Instant,
        now: Instant,
        latest: Option<Instant>,
        place: &mut Option<Place>,
    ) -> Admission {
        let too_late = |at: Instant| {
            latest.is_some_and(|latest| {
                let kept = MOST_KEPT.min(latest.duration_since(ready) / 10);
                at >= latest || (at > ready && at > latest - kept)
            })
        };
        let mut lanes = self.lanes(now);
        if now < ready {
            let opens = lanes
                .of(app)
                .filter_map(|lane| lane.closed_until(now))
                .max();
            // Behind a gate that is closed for longer it takes its place at once, and keeps nobody from an earlier one.
            if opens.is_none_or(|opens| opens < ready) {
                return if too_late(ready) {
                    Admission::TooLate(ready)
                } else {
                    Admission::Wait(ready)
                };
            }
        }
        let epoch = lanes.of(app).map(|lane| lane.epoch).max().unwrap_or(0);
        let at = match place {
            Some(held) if held.epoch >= epoch => held.at,
            _ => {
                let at = lanes.of(app).map(|lane| lane.earliest(now)).max();
                let at = at.unwrap_or(now);
                if too_late(at) {
                    return Admission::TooLate(at);
                }
                lanes.take(app, at);
                *place = Some(Place { at, epoch });
                at
            }
        };
        if at <= now {
            Admission::Go
        } else {
            Admission::Wait(at)
        }
    }

    /// Closes the gate of an app, or of all, for a while.
    pub(crate) fn close(&self, app: Option<&str>, wait: Duration) {
        let now = Instant::now();
        let mut lanes = self.lanes(now);
        if !lanes.own(app).close(now, wait) {
            return;
        }
        lanes.void_places(app);
        self.busy.store(true, Ordering::Release);
        drop(lanes);
        tracing::info!(app, closed_ms = millis(wait), "gate closed");
        self.changed.notify_waiters();
    }

    /// Notes the highest share in the usage headers of an answer; zero where Meta sent none, which it does as long as
    /// usage is not noticeable.
    pub(crate) fn note_usage(&self, app: Option<&str>, per_cent: f64, from: u8) {
        let matters = per_cent > f64::from(from) || per_cent >= 100.0;
        if !matters && !self.busy.load(Ordering::Acquire) {
            return;
        }
        let now = Instant::now();
        let mut lanes = self.lanes(now);
        let mut sooner = false;
        // What is newest replaces what it might contradict.
        if app.is_some() {
            sooner |= lanes.any.note_usage(now, 0.0, from);
        } else {
            for lane in lanes.apps.values_mut() {
                sooner |= lane.note_usage(now, 0.0, from);
            }
        }
        if matters || lanes.of(app).any(|lane| lane.usage(now).is_some()) {
            let lane = lanes.own(app);
            sooner |= lane.note_usage(now, per_cent, from);
            if matters {
                self.busy.store(true, Ordering::Release);
                let gap_ms = millis(lane.gap(now));
                tracing::debug!(app, per_cent, gap_ms, "slowing down");
            }
        }
        if sooner {
            lanes.void_all_places();
            drop(lanes);
            self.changed.notify_waiters();
        }
    }

    /// The limits that hold or slow calls now.
    pub(crate) fn limits(&self) -> Vec<Limit> {
        let now = Instant::now();
        let lanes = self.lanes(now);
        let any = (None, &lanes.any);
        let apps = lanes.apps.iter().map(|(app, lane)| (Some(app), lane));
        let mut limits: Vec<Limit> = std::iter::once(any)
            .chain(apps)
            .filter(|(_, lane)| lane.matters(now))
            .map(|(app, lane)| {
                let opens = lane.closed_until(now).unwrap_or(now);
                Limit {
                    app: app.map(|app| app.to_string()),
                    opens_in: opens.duration_since(now),
                    gap: lane.gap(opens),
                    usage: lane.usage(now),
                }
            })
            .collect();
        limits.sort_by(|a, b| a.app.cmp(&b.app));
        limits
    }

    /// How many calls wait, for a gate or for their back-off.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// The lanes, without those that hold nothing any more.
    fn lanes(&self, now: Instant) -> MutexGuard<'_, Lanes> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.tidy(now) {
            self.busy.store(false, Ordering::Release);
        }
        lanes
    }
}

/// Counts one call that waits, as long as it does.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "../../tests/inside/gate.rs"]
mod tests;
