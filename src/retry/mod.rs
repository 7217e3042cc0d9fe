//! When a call is sent again, and how long it waits before that.

mod policy;
mod shared;
mod verdict;

pub use policy::{Resend, RetryPolicy};
pub use shared::RetryState;
pub(crate) use shared::Shared;
pub(crate) use verdict::judge;
