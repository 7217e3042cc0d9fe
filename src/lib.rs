//! Client for WhatsApp Multi-Partner Solutions.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod generated;
mod partner_status;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod timestamp;
mod transport;

pub use generated::types;
pub use partner_status::WhatsAppBusinessSolutionPartnerStatus;
pub use timestamp::Timestamp;
