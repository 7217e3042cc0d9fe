//! How long to wait before the next attempt: exponential back-off with full jitter.

use std::time::Duration;

use super::RetryPolicy;

/// The longest wait after this many attempts.
pub(crate) fn ceiling(policy: &RetryPolicy, attempts: u32) -> Duration {
    let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
    policy
        .base_delay
        .saturating_mul(factor)
        .min(policy.max_delay)
}

/// A random wait between zero and the ceiling.
pub(crate) fn full_jitter(ceiling: Duration) -> Duration {
    Duration::try_from_secs_f64(ceiling.as_secs_f64() * fastrand::f64()).unwrap_or(ceiling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_the_longest_delay_and_never_overflows() {
        let policy = RetryPolicy::default();
        let seconds = [1, 2, 3, 6, 7, 8, u32::MAX].map(|n| ceiling(&policy, n).as_secs_f64());
        assert_eq!(seconds, [0.5, 1.0, 2.0, 16.0, 30.0, 30.0, 30.0]);
    }

    #[test]
    fn jitter_covers_the_whole_range() {
        let ceiling = Duration::from_secs(30);
        let waits: Vec<Duration> = (0..2000).map(|_| full_jitter(ceiling)).collect();
        assert!(waits.iter().all(|wait| *wait <= ceiling));
        assert!(waits.iter().any(|wait| *wait < ceiling / 10));
        assert!(waits.iter().any(|wait| *wait > ceiling * 9 / 10));
    }
}
