//! When the calls to one limit may begin: closed for a while, then gently open, and apart where usage is high.

use std::time::Duration;

use tokio::time::Instant;

/// The longest that one answer closes a gate for. Meta's own limits pass within an hour; an answer that is not Meta's
/// must not shut a client for good.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How far apart calls begin after a gate opened; half of it with each further second.
const FIRST_GAP: Duration = Duration::from_millis(50);
/// A gate that was closed for less than this many first gaps opens with smaller ones.
const GAPS_IN_A_CLOSURE: u32 = 20;
/// After so many seconds the gap is below a millisecond, and the gate is open.
const OPENING_SECONDS: u32 = 6;

/// How far apart calls begin at 100 % of a limit.
const SLOWEST: Duration = Duration::from_secs(1);
/// Meta counts usage over an hour that rolls on; older figures say nothing.
const USAGE_HOLDS: Duration = Duration::from_secs(60 * 60);

/// What one limit asks of the calls to it. It has no clock: every question says what time it is.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    /// When the gate opens, or opened last, and the first gap after that.
    opens: Option<(Instant, Duration)>,
    usage: Option<Usage>,
    /// Before this no further call begins.
    next: Option<Instant>,
    /// Goes up whenever the places that were given out do not hold any more.
    pub(crate) epoch: u64,
}

#[derive(Debug)]
struct Usage {
    per_cent: f64,
    noted: Instant,
    gap: Duration,
}

impl Lane {
    /// Closes the gate; `false` if it is closed for longer already.
    pub(crate) fn close(&mut self, now: Instant, wait: Duration) -> bool {
        let wait = wait.min(LONGEST);
        let Some(until) = now.checked_add(wait) else {
            return false;
        };
        if wait.is_zero() || self.opens.is_some_and(|(opens, _)| opens >= until) {
            return false;
        }
        self.opens = Some((until, FIRST_GAP.min(wait / GAPS_IN_A_CLOSURE)));
        self.next = None;
        true
    }

    /// Notes how much of the limit is used up, and the share from which on that matters; `true` if calls that wait
    /// may now begin much sooner.
    pub(crate) fn note_usage(&mut self, now: Instant, per_cent: f64, from: u8) -> bool {
        let gap = usage_gap(per_cent, from);
        let before = self.usage_gap_at(now);
        if gap.is_zero() {
            self.usage = None;
        } else {
            self.usage = Some(Usage {
                per_cent,
                noted: now,
                gap,
            });
            self.next = self.next.max(now.checked_add(gap));
        }
        let sooner = !before.is_zero() && gap <= before / 2;
        if sooner {
            self.next = None;
        }
        sooner
    }

    /// When the gate opens, if it is closed.
    pub(crate) fn closed_until(&self, now: Instant) -> Option<Instant> {
        self.opens.map(|(opens, _)| opens).filter(|at| *at > now)
    }

    /// When the next call may begin.
    pub(crate) fn earliest(&self, now: Instant) -> Instant {
        let opens = self.opens.map(|(opens, _)| opens);
        opens.max(self.next).map_or(now, |at| at.max(now))
    }

    /// Gives a place to a call that begins at this time.
    pub(crate) fn take(&mut self, at: Instant) {
        let gap = self.gap(at);
        if !gap.is_zero() {
            self.next = self.next.max(at.checked_add(gap));
        }
    }

    /// How far after a call that begins at this time the next one may begin.
    pub(crate) fn gap(&self, at: Instant) -> Duration {
        self.opening_gap(at).max(self.usage_gap_at(at))
    }

    /// How much of the limit is used up, in per cent, as far as it matters.
    pub(crate) fn usage(&self, now: Instant) -> Option<f64> {
        let usage = self.usage.as_ref()?;
        (now.duration_since(usage.noted) < USAGE_HOLDS).then_some(usage.per_cent)
    }

    /// Whether it still holds or slows any call.
    pub(crate) fn matters(&self, now: Instant) -> bool {
        self.next.is_some_and(|next| next > now)
            || self.closed_until(now).is_some()
            || !self.gap(now).is_zero()
    }

    fn opening_gap(&self, at: Instant) -> Duration {
        let Some((opens, first_gap)) = self.opens else {
            return Duration::ZERO;
        };
        match u32::try_from(at.duration_since(opens).as_secs()) {
            Ok(seconds) if seconds < OPENING_SECONDS => first_gap / (1 << seconds),
            _ => Duration::ZERO,
        }
    }

    fn usage_gap_at(&self, at: Instant) -> Duration {
        match &self.usage {
            Some(usage) if at.duration_since(usage.noted) < USAGE_HOLDS => usage.gap,
            _ => Duration::ZERO,
        }
    }
}

/// None at the threshold, the longest at 100 %, in proportion between.
fn usage_gap(per_cent: f64, from: u8) -> Duration {
    let from = f64::from(from);
    if per_cent >= 100.0 {
        return SLOWEST;
    }
    SLOWEST.mul_f64(((per_cent - from) / (100.0 - from)).clamp(0.0, 1.0))
}

#[cfg(test)]
#[path = "../../tests/inside/lane.rs"]
mod tests;
