//! Client for WhatsApp **Multi-Partner Solutions** on Meta's Graph API: a solution owner creates a solution with a partner
//! app, and the partner accepts the invitation.
//!
//! ```no_run
//! use whatsapp_multi_partner_solutions::{Client, CreateRequest, MessagingHolder};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().token(std::env::var("META_ACCESS_TOKEN")?).build()?;
//! let request = CreateRequest::with_messaging(MessagingHolder::Owner, "9876543210987654", "Our solution")?;
//! let ensured = client.ensure_solution("1234567890123456", &request).await?;
//! println!("solution {}, created now: {}", ensured.solution_id, ensured.created);
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] has one method per operation. [`ensure_solution`](Client::ensure_solution) and
//!   [`ensure_accepted`](Client::ensure_accepted) are for back ends: they are safe to call again after any failure.
//!   [`create_solution`](Client::create_solution) and [`accept_solution`](Client::accept_solution) only make the
//!   call, with its retries. Requests and responses are [`types`], generated from the documents in `openapi/`, which
//!   transcribe Meta's two pages ('Solution Creation API' and 'Solution Accept API') and two lookups.
//! - [`RetryPolicy`] limits retries, and [`Resend`] decides when create may be sent again.
//! - A successful call returns a [`Reply`], with details of the call; every failure is an [`Error`]. Ask an error first
//!   whether the call [may have taken effect](Error::may_have_taken_effect).
//! - The calls of a client and its clones share a [throttle and a retry budget](docs::retries): after a throttled response no
//!   call of the same app is sent until the stated time, and retries do not flood a failing server.
//! - `sandbox` (with the feature of that name) stands in for Meta in your own tests.
//! - [`docs`] has a guide to retries, errors, secrets, testing, and changing the YAML.
//!
//! # How a call works
//!
//! A method of [`Client`] checks the request and lets generated code build it (`generated.rs`). The retry loop
//! (`retry_loop.rs`) then waits if the app is throttled, makes an attempt (`transport.rs`), and judges how it ended
//! (`retry/verdict.rs`), until the call is done or a limit of the policy is reached.
//!
//! # Tracing
//!
//! Each call is a span `graph_call` (field `operation`) with the events `sending` (`attempt`, `lookup`),
//! `attempt ended` (`attempt`, `outcome`, `status`, `code`, `error_subcode`, `trace_id`, `retry_after_ms`), `waiting`
//! (`reason`, `wait_ms`, `next_attempt`) and `call failed` (`attempts`, `kind`). The throttle emits two more: `app throttled`
//! and `waiting because the app is throttled` (`app`, `wait_ms`). No event contains the access token, the app secret or
//! its proof.
//!
//! # Features
//!
//! All are off by default. `sandbox` adds the stand-in, `docs-diff` the comparison of Meta's pages with the YAML, and
//! `cli` the binary `mps`. TLS is always rustls; to use another TLS library, pass a
//! [`reqwest::Client`](ClientBuilder::reqwest_client).
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod builder;
mod call;
mod client;
#[cfg(any(doc, doctest))]
pub mod docs;
#[cfg(feature = "docs-diff")]
pub mod docs_diff;
mod ensure;
mod error;
mod generated;
mod lookups;
mod response;
mod retry;
mod retry_loop;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod secret;
mod terms;
mod transport;

/// The examples of the README are compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

pub use builder::ClientBuilder;
pub use call::{ErrorKind, Reply};
pub use client::Client;
pub use ensure::{EnsuredAcceptance, EnsuredSolution, KnownFrom};
pub use error::Error;
#[doc(inline)]
pub use generated::types::{
    GraphApiErrorError as GraphError,
    WhatsAppBusinessAccountConfigurablePermissionTask as PermissionTask,
    WhatsAppBusinessSolution as Solution, WhatsAppBusinessSolutionAcceptRequest as AcceptRequest,
    WhatsAppBusinessSolutionAcceptResponse as AcceptResponse,
    WhatsAppBusinessSolutionApplicationRole as Role,
    WhatsAppBusinessSolutionCreateRequest as CreateRequest,
    WhatsAppBusinessSolutionCreateResponse as CreateResponse,
    WhatsAppBusinessSolutionStatus as SolutionStatus,
};
pub use generated::{PartnerStatus, types};
pub use lookups::SolutionList;
pub use response::{Response, Usage};
pub use retry::{Resend, RetryPolicy, RetryState};
pub use secrecy::SecretString;
pub use terms::{AcceptTerms, MessagingHolder};
