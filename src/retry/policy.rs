//! The limits of retries.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::error::Error;

/// An attempt starts only if this much of the deadline is left, or a tenth of a shorter deadline. An attempt that is cut
/// off at once would only make the outcome unknown.
const MIN_TIME_LEFT: Duration = Duration::from_secs(1);

/// The longest time that is added to an `Instant`: a century. `Duration::MAX` would overflow.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// When an operation that is not idempotent, such as create, is sent again.
///
/// An idempotent operation, such as accept, is retried after every failure that may be temporary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Resend {
    /// Only if the attempt certainly did not take effect: it was never sent, throttled, or refused with
    /// `is_transient: true`.
    OnlyIfSafe,
    /// As Meta's pages say: also after status 500, after code 1 or 2, after any 5xx with `is_transient: true`, and after
    /// 503 with `Retry-After`. This may create a second solution;
    /// [`Reply::earlier_attempt_may_have_taken_effect`](crate::Reply::earlier_attempt_may_have_taken_effect) says so.
    #[default]
    AsDocumented,
    /// Also after 502, 503, 504 and any other 5xx, and if no complete response arrived. Each such attempt may create
    /// one more solution. A success that cannot be read is never sent again.
    Always,
}

/// How often, how long and when a call is sent again.
///
/// The wait before attempt *n* + 1 is random between zero and `base_delay` × 2ⁿ⁻¹, at most `max_delay` (exponential
/// back-off with full jitter). If the server asks for a longer wait (`Retry-After`,
/// `estimated_time_to_regain_access`), the client waits that long, even above `max_delay`. It does not begin a wait
/// that would pass the deadline: the call ends at once, and its error has the wait that the server asked for.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_multi_partner_solutions::{Resend, RetryPolicy};
///
/// let patient = RetryPolicy::default()
///     .max_attempts(6)
///     .deadline(Duration::from_secs(600))
///     .resend(Resend::OnlyIfSafe);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client gets it"]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) resend: Resend,
    pub(crate) settle_for: Duration,
}

/// 4 attempts, back-off from 500 ms to 30 s, 30 s per attempt, 120 s in all, [`Resend::AsDocumented`].
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            deadline: Duration::from_secs(120),
            attempt_timeout: Duration::from_secs(30),
            resend: Resend::AsDocumented,
            settle_for: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// Attempts in all, the first one included; at least 1. With 1, nothing is sent again. Default 4.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the second attempt; it doubles with every further one. Default 500 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest back-off, even if `base_delay` is longer. Default 30 s. A wait that the server asks for may be
    /// longer.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Time for the whole call, attempts and waits together; above zero. Default 120 s.
    ///
    /// No attempt is started in the last second of it, or in the last tenth if that is shorter.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Time for one attempt, from connecting to the last byte of the response; above zero. Default 30 s. An attempt
    /// never lasts longer than the deadline allows.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// When an operation that is not idempotent is sent again. Default [`Resend::AsDocumented`].
    pub fn resend(mut self, resend: Resend) -> Self {
        self.resend = resend;
        self
    }

    /// How long [`ensure_solution`](crate::Client::ensure_solution) looks for the solution if the outcome of its create
    /// is unknown, because the list may lag behind. Default 30 s; the deadline limits it further.
    pub fn settle_for(mut self, time: Duration) -> Self {
        self.settle_for = time;
        self
    }

    /// A random wait after this many attempts: exponential back-off with full jitter.
    pub(crate) fn back_off(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let longest = self.base_delay.saturating_mul(factor).min(self.max_delay);
        longest.mul_f64(fastrand::f64())
    }

    /// The last moment at which an attempt may start.
    pub(crate) fn latest_start(&self, begun: Instant) -> Instant {
        begun + (self.deadline - self.min_time_left()).min(FOREVER)
    }

    /// The policy for the next of several calls that share one deadline. It leaves time for one attempt.
    pub(crate) fn remaining(&self, begun: Instant) -> Self {
        let left = self.deadline.saturating_sub(begun.elapsed());
        self.clone().deadline(left.max(self.min_time_left()))
    }

    fn min_time_left(&self) -> Duration {
        MIN_TIME_LEFT.min(self.deadline / 10)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = if self.max_attempts == 0 {
            "max_attempts is 0; it has to be at least 1"
        } else if self.deadline.is_zero() {
            "deadline is zero, so nothing could be sent"
        } else if self.attempt_timeout.is_zero() {
            "attempt_timeout is zero, so nothing could be sent"
        } else {
            return Ok(());
        };
        Err(Error::invalid(format!("the retry policy's {wrong}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_off_doubles_up_to_the_longest_delay_and_is_anything_between_zero_and_that() {
        for (attempts, seconds) in [(1, 0.5), (2, 1.0), (6, 16.0), (7, 30.0), (u32::MAX, 30.0)] {
            let wait = |_| RetryPolicy::default().back_off(attempts).as_secs_f64();
            let waits: Vec<f64> = (0..1000).map(wait).collect();
            assert!(waits.iter().all(|wait| *wait <= seconds));
            assert!(waits.iter().any(|wait| *wait < seconds * 0.1));
            assert!(waits.iter().any(|wait| *wait > seconds * 0.9));
        }
        let endless = RetryPolicy::default().base_delay(Duration::MAX);
        assert!(endless.max_delay(Duration::MAX).back_off(9) > Duration::ZERO);
    }
}
