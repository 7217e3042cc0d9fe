//! How long to wait before the next attempt: exponential, with full jitter.

use std::time::Duration;

/// The most that is waited after the `attempt`th attempt (counted from 1).
pub(crate) fn ceiling(base: Duration, cap: Duration, attempt: u32) -> Duration {
    let doublings = attempt.saturating_sub(1);
    2_u32
        .checked_pow(doublings)
        .and_then(|factor| base.checked_mul(factor))
        .map_or(if base.is_zero() { base } else { cap }, |delay| {
            delay.min(cap)
        })
}

/// A random wait between zero and the ceiling.
pub(crate) fn full_jitter(ceiling: Duration) -> Duration {
    Duration::try_from_secs_f64(ceiling.as_secs_f64() * fastrand::f64()).unwrap_or(ceiling)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_millis(500);
    const CAP: Duration = Duration::from_secs(30);

    #[test]
    fn the_ceiling_doubles_up_to_the_cap() {
        let ceilings: Vec<u128> = (1..=9).map(|n| ceiling(BASE, CAP, n).as_millis()).collect();
        assert_eq!(
            ceilings,
            [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]
        );
    }

    #[test]
    fn no_number_of_attempts_overflows() {
        assert_eq!(ceiling(BASE, CAP, u32::MAX), CAP);
        assert_eq!(ceiling(Duration::ZERO, CAP, u32::MAX), Duration::ZERO);
        assert_eq!(ceiling(Duration::MAX, Duration::MAX, 2), Duration::MAX);
    }

    #[test]
    fn jitter_spreads_over_the_whole_range_and_never_past_it() {
        let waits: Vec<Duration> = (0..2000).map(|_| full_jitter(CAP)).collect();
        assert!(waits.iter().all(|wait| *wait <= CAP));
        assert!(waits.iter().any(|wait| *wait < CAP / 10));
        assert!(waits.iter().any(|wait| *wait > CAP * 9 / 10));
        assert!(full_jitter(Duration::MAX) <= Duration::MAX);
    }
}
