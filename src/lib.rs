//! Client for the two operations of WhatsApp **Multi-Partner Solutions** on Meta's Graph API: a solution owner creates a
//! solution with a partner app, and the partner accepts the invitation.
//!
//! ```no_run
//! use whatsapp_multi_partner_solutions::{AcceptRequest, Client, CreateRequest, MessagingHolder};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().token(std::env::var("META_ACCESS_TOKEN")?).build()?;
//! let request = CreateRequest::with_messaging(MessagingHolder::Owner, "9876543210987654", "Our solution")?;
//! let created = client.create_solution("1234567890123456", &request).await?;
//! println!("solution {} after {} attempt(s)", created.solution_id, created.attempts());
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] has one method an operation. Requests and answers are [`types`], generated from
//!   `openapi/multi-partner-solutions.yaml`, which transcribes Meta's two pages.
//! - [`RetryPolicy`] says when, how often and how long a call is sent again, and [`Replay`] how eagerly create is.
//! - [`Reply`] is a success and what is known about the call; [`Error`] is everything else. Ask an error first whether
//!   the call [may have taken effect](Error::may_have_taken_effect).
//! - [`Brakes`] is what the calls of a client and its clones share: after a throttled answer none is sent until the
//!   stated time, and a server that fails is not stormed.
//! - `sandbox` (with the feature of that name) stands in for Meta in your own tests.
//!
//! # Tracing
//!
//! Each call is a span `graph_call` (field `operation`) with the events `sending` (`attempt`), `attempt ended` (`attempt`,
//! `outcome`, `status`, `code`, `error_subcode`, `error_user_title`, `error_user_msg`, `trace_id`,
//! `retry_after_seconds`, `may_have_taken_effect`), `waiting` (`reason`, `wait_ms`, `next_attempt`,
//! `max_attempts`) and `the call ended` (`attempts`, `stopped`). What calls share is told too: `gate closed` (`app`,
//! `closed_ms`), `held back` (`app`, `wait_ms`), `slowing down` (`app`, `per_cent`, `gap_ms`) and `retry budget
//! exhausted` (`cost`, `left`). Neither the access token
//! nor the app secret nor its proof is in any of them.
//!
//! # Features
//!
//! `rustls` (on by default) and `native-tls` choose the TLS library; where both are on, it is `native-tls`. `sandbox`
//! adds the stand-in, `docs-diff` the comparison of Meta's pages with the YAML, and `cli` the binary `mps`.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod accepted;
mod answer;
mod app_secret;
mod array_bounds;
mod base_url;
mod bounded;
mod builder;
mod call;
mod client;
mod credentials;
#[cfg(feature = "docs-diff")]
pub mod docs_diff;
mod error;
/// What a fuzzer feeds. The readers are private, and this is the one door to them; no release has it.
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[path = "../tests/fuzz/mod.rs"]
pub mod fuzz;
mod generated;
mod graph_error;
mod lenient;
mod operations;
mod partner_status;
mod permissions;
mod redact;
mod reply;
mod retry;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod secret;
mod timestamp;
mod token;
mod transport;
mod usage;
mod usage_peak;

/// The examples of the README are compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

pub use app_secret::AppSecret;
pub use builder::ClientBuilder;
pub use client::Client;
pub use error::{Error, ErrorKind};
pub use generated::types;
pub use generated::types::{
    WhatsAppBusinessAccountConfigurablePermissionTask as PermissionTask,
    WhatsAppBusinessSolutionAcceptRequest as AcceptRequest,
    WhatsAppBusinessSolutionAcceptResponse as AcceptResponse,
    WhatsAppBusinessSolutionCreateRequest as CreateRequest,
    WhatsAppBusinessSolutionCreateResponse as CreateResponse,
};
pub use graph_error::GraphError;
pub use partner_status::WhatsAppBusinessSolutionPartnerStatus;
pub use permissions::MessagingHolder;
pub use reply::Reply;
pub use retry::{Brakes, Limit, Replay, RetryPolicy};
pub use timestamp::Timestamp;
pub use token::AccessToken;
pub use usage::{BusinessUseCaseUsage, Usage, UsageShare};
