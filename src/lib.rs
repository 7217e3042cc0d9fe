//! Client for WhatsApp Multi-Partner Solutions.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod accepted;
mod answer;
mod array_bounds;
mod base_url;
mod bounded;
mod builder;
mod call;
mod client;
mod error;
mod generated;
mod graph_error;
mod lenient;
mod operations;
mod partner_status;
mod permissions;
mod reply;
mod retry;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod timestamp;
mod token;
mod transport;
mod usage;

pub use builder::ClientBuilder;
pub use client::Client;
pub use error::{Error, ErrorKind};
pub use generated::types;
pub use generated::types::{
    WhatsAppBusinessSolutionAcceptRequest as AcceptRequest,
    WhatsAppBusinessSolutionAcceptResponse as AcceptResponse,
    WhatsAppBusinessSolutionCreateRequest as CreateRequest,
    WhatsAppBusinessSolutionCreateResponse as CreateResponse,
};
pub use graph_error::GraphError;
pub use partner_status::WhatsAppBusinessSolutionPartnerStatus;
pub use permissions::MessagingHolder;
pub use reply::Reply;
pub use retry::{Replay, RetryPolicy};
pub use timestamp::Timestamp;
pub use token::AccessToken;
pub use usage::{BusinessUseCaseUsage, Usage, UsageShare};
