//! The bounds within which a call is sent again.

use std::time::Duration;

/// How eagerly an operation that is not safe to repeat, as create is, is sent again.
///
/// Operations that are safe to repeat, as accept is, do not ask: they are sent again wherever that may help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Replay {
    /// Only when the attempt surely did not take effect: it was never sent, throttled, or refused as transient.
    Rejected,
    /// As the pages document: also after status 500, and after 503 with `Retry-After`. A second solution may come
    /// of it; [`Reply::earlier_attempt_may_have_taken_effect`](crate::Reply::earlier_attempt_may_have_taken_effect)
    /// says so.
    #[default]
    Documented,
    /// Also after 502, 503, 504 and any other 5xx, and when no whole answer came. Every such attempt may leave one more solution
    /// behind. A success that cannot be read is not sent again even so.
    Always,
}

/// How often, how long and how eagerly a call is sent again.
///
/// The wait before attempt *n* + 1 is drawn at random between zero and `base_delay` × 2ⁿ⁻¹, at most `max_delay`
/// (exponential back-off with full jitter). What the server asks for (`Retry-After`,
/// `estimated_time_to_regain_access`) is waited for instead where it is longer, above `max_delay` too. A wait that
/// would reach past the deadline is not begun: the call ends at once and its error carries the server's wish.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_multi_partner_solutions::{Replay, RetryPolicy};
///
/// let patient = RetryPolicy::default()
///     .max_attempts(6)
///     .deadline(Duration::from_secs(600))
///     .replay(Replay::Rejected);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) replay: Replay,
    pub(crate) slow_down_from: Option<u8>,
    pub(crate) retry_budget: Option<u32>,
}

/// 4 attempts, back-off from 500 ms to 30 s, 30 s an attempt, 120 s in all, [`Replay::Documented`], slower from 90 % of
/// a rate limit on, a retry budget of 500.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            deadline: Duration::from_secs(120),
            attempt_timeout: Duration::from_secs(30),
            replay: Replay::Documented,
            slow_down_from: Some(90),
            retry_budget: Some(500),
        }
    }
}

impl RetryPolicy {
    /// One attempt, never sent again.
    #[must_use]
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Attempts in all, the first one included; at least 1. Default 4.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the second attempt; it doubles with every further one. Default 500 ms.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest back-off; a base above it is cut to it. Default 30 s. What the server asks for is not bounded by it.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Time for the whole call, attempts and waits together; above zero. Default 120 s.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Time for one attempt, from connecting to the last byte of the answer; above zero. Default 30 s. What is left
    /// of the deadline limits it further.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How eagerly an operation that is not safe to repeat is sent again. Default [`Replay::Documented`].
    #[must_use]
    pub fn replay(mut self, replay: Replay) -> Self {
        self.replay = replay;
        self
    }

    /// From how much of a rate limit on calls are slowed down, in per cent, 0 to 100. Default 90.
    ///
    /// The share is the highest in the usage headers of the last answer. From there on the calls of a client begin
    /// apart from each other: not at all at the threshold, by a second at 100 %, in proportion between. A call whose
    /// turn would come after its deadline is not sent and ends as throttled.
    #[must_use]
    pub fn slow_down_from(mut self, per_cent: u8) -> Self {
        self.slow_down_from = Some(per_cent);
        self
    }

    /// Calls go at full speed whatever the usage headers say, until an answer is throttled.
    #[must_use]
    pub fn without_slow_down(mut self) -> Self {
        self.slow_down_from = None;
        self
    }

    /// The tokens that all calls of a client share for sending again. Default 500.
    ///
    /// Sending again costs 5, or 10 after a time limit, and nothing after a throttled answer that stated how long to
    /// wait. A success gives back what its own last retry cost, or 1 if it needed none, and one token a second comes
    /// back by itself. With too few tokens a call ends with what it has
    /// ([`Error::is_retry_budget_exhausted`](crate::Error::is_retry_budget_exhausted)). So a server that always fails
    /// and does not say when to come back gets at most `tokens` / 5 requests more than there are calls, and one more
    /// every 5 s; one that says so while it throttles is spared by the gate.
    #[must_use]
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = Some(tokens);
        self
    }

    /// Sending again is limited by attempts and time alone.
    #[must_use]
    pub fn without_retry_budget(mut self) -> Self {
        self.retry_budget = None;
        self
    }

    /// What is wrong with the policy, if anything is.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.max_attempts == 0 {
            return Err(
                "the retry policy allows no attempt; max_attempts has to be at least 1".to_owned(),
            );
        }
        for (name, time) in [
            ("deadline", self.deadline),
            ("attempt_timeout", self.attempt_timeout),
        ] {
            if time.is_zero() {
                return Err(format!(
                    "the retry policy's {name} is zero; nothing could be sent"
                ));
            }
        }
        if let Some(per_cent @ 101..) = self.slow_down_from {
            return Err(format!(
                "the retry policy's slow_down_from is {per_cent} %; a limit is reached at 100"
            ));
        }
        Ok(())
    }
}
