//! When a call is sent again, and how long it waits before that.

mod budget;
mod policy;
mod run;
mod shared;
#[cfg(test)]
mod tests;
mod throttle;
mod verdict;

pub(crate) use policy::full_jitter;
pub use policy::{Resend, RetryPolicy};
pub(crate) use run::{Call, Sender, run};
pub use shared::RetryState;
pub(crate) use shared::Shared;
