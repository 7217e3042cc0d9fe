//! The code that `build.rs` generates from `openapi/`, and how this crate uses it.
//!
//! Generated code builds the request of an operation. It could also send it, but without retries, and it discards the
//! headers and every body that it does not expect. So the hook [`ClientHooks::pre`] takes the finished request, and
//! [`crate::Client`] sends it.

use std::{
    fmt::{self, Display},
    mem,
    str::FromStr,
    sync::{Arc, OnceLock},
};

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Method, Request};
use serde::{Deserialize, Serialize};

pub(crate) use code::Client;
pub use code::types;

use crate::error::Error;

// Lints do not apply to generated code.
#[allow(warnings, missing_docs, clippy::unwrap_used)]
mod code {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

/// How far a partner's part in a solution has come (source: Solution Accept API; the values: Meta's published
/// OpenAPI file).
///
/// It replaces the type that the generator would make from the schema of the same name: that one is closed, and one
/// unknown value would make the whole response unreadable. A value that is not listed is kept as sent in
/// [`Other`](Self::Other).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PartnerStatus {
    /// `DRAFT`
    Draft,
    /// `INITIATED`
    Initiated,
    /// `NOTIFICATION_SENT`: the invitation is on its way, and can be accepted.
    NotificationSent,
    /// `ACCEPTED`: the partner accepted the invitation.
    Accepted,
    /// `REJECTED`
    Rejected,
    /// `DEACTIVATED`
    Deactivated,
    /// A value that this version of the crate does not list, as sent.
    #[serde(untagged)]
    Other(String),
}

impl Display for PartnerStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Header that the generator adds to every request. Meta's pages do not have it.
const API_VERSION_HEADER: &str = "api-version";

/// The Graph API version, in the type that generated code has for it per operation.
#[derive(Clone, Debug)]
pub(crate) struct Versions {
    pub(crate) create_solution: types::CreateSolutionVersion,
    pub(crate) accept_solution: types::AcceptSolutionVersion,
    pub(crate) solution: types::SolutionVersion,
    pub(crate) solutions_page: types::SolutionsPageVersion,
}

impl Versions {
    pub(crate) fn parse(version: &str) -> Result<Self, Error> {
        Ok(Self {
            create_solution: parse("Version", version)?,
            accept_solution: parse("Version", version)?,
            solution: parse("Version", version)?,
            solutions_page: parse("Version", version)?,
        })
    }
}

/// Where the hook leaves the finished request.
pub(crate) type RequestSlot = Arc<OnceLock<Request>>;

impl ClientHooks<RequestSlot> for Client {
    /// Keeps the request, and stops generated code with an error that the caller ignores.
    async fn pre<E>(
        &self,
        request: &mut Request,
        _: &OperationInfo,
    ) -> Result<(), progenitor_client::Error<E>> {
        let empty = Request::new(Method::GET, request.url().clone());
        let mut request = mem::replace(request, empty);
        request.headers_mut().remove(API_VERSION_HEADER);
        let _ = self.inner.set(request);
        Err(progenitor_client::Error::Custom(String::new()))
    }
}

impl Client {
    /// The request that the operation just called has built. What that operation returned carries no information.
    pub(crate) fn into_request(self) -> Result<Request, Error> {
        let request = Arc::into_inner(self.inner).and_then(OnceLock::into_inner);
        request.ok_or_else(|| Error::invalid("the request cannot be built"))
    }
}

/// Converts a value to its generated type, which checks its bounds. The error uses the name from Meta's page.
pub(crate) fn parse<T: FromStr<Err: Display>>(
    name: &str,
    value: impl AsRef<str>,
) -> Result<T, Error> {
    let value = value.as_ref();
    value
        .parse()
        .map_err(|why| Error::invalid(format!("{name}: {why}: {value:?}")))
}
