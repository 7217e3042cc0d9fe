//! How late this machine wakes who sleeps: other work may share its processors, and that is not the client's doing.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

const TICK: Duration = Duration::from_millis(5);

static WORST_MICROS: AtomicU64 = AtomicU64::new(0);

/// Measures until it is told to stop.
pub fn measure(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        thread::sleep(TICK);
        let late = begun.elapsed().saturating_sub(TICK).as_micros();
        WORST_MICROS.fetch_max(u64::try_from(late).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// The worst so far.
pub fn worst() -> Duration {
    Duration::from_micros(WORST_MICROS.load(Ordering::Relaxed))
}
