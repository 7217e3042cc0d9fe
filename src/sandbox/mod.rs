//! A stand-in for the two operations, on loopback, for tests and demonstrations (feature `sandbox`).
//!
//! A [`Sandbox`] listens on a free port of 127.0.0.1, plays Graph's part of creating and accepting solutions, and stops
//! when it is dropped. It remembers: what was created can be accepted, and can be looked at. It needs a Tokio runtime
//! with I/O and time enabled, as `#[tokio::test]` and `#[tokio::main]` make it. (Not with a paused clock: sockets take
//! real time, and a clock that jumps ahead whenever nothing else is to do gives time-outs that are not real.)
//!
//! ```
//! use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::start().await?;
//!
//! // The first call is told to wait, the second goes as usual.
//! sandbox.next_call(Fault::throttled().retry_after(1));
//!
//! // Here the code under test talks to this address, with any token.
//! assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
//!
//! // What came of it:
//! assert_eq!(sandbox.request_count(), 0);
//! assert!(sandbox.solutions().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # What it does
//!
//! - Creating makes a solution `INITIATED` whose partner is `NOTIFICATION_SENT`; accepting makes the partner `ACCEPTED`
//!   and the solution `ACTIVE`.
//! - Any version of the form `vN.N`, any numeric application id and any token that is not empty will do, until the test
//!   says otherwise: [`reject_token`](Sandbox::reject_token), [`forbid_app`](Sandbox::forbid_app),
//!   [`unknown_app`](Sandbox::unknown_app).
//! - What is wrong is refused with a `GraphAPIError` in which every field is filled. The checks, in this order:
//!
//! | status | when |
//! |---|---|
//! | 404, 400 | there is no operation at the path; its id is not numeric |
//! | 405 | the method is not POST |
//! | 401 | there is no bearer token, or the test has it rejected |
//! | 400 | the body is not `application/json`, is longer than a MiB, or breaks the documented shape or its bounds |
//! | 404 | the application that creates is unknown, or the solution to be accepted is |
//! | 403 | the application that creates or accepts is not permitted, or is not the one that was invited |
//! | 422 | both or neither hold MESSAGING; what is to be accepted is not `INITIATED`, or its partner not `NOTIFICATION_SENT` |
//!
//! - Every answer carries the headers that Graph puts on its own: `facebook-api-version`, `x-fb-trace-id`,
//!   `x-fb-request-id`.
//! - [`Fault`]s can be scripted for the next calls.
//! - Every request that arrives whole is [recorded](Sandbox::requests), for as long as the sandbox lives.

mod fault;
mod operations;
mod refusal;
mod request;
mod server;
mod state;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use state::Shared;

pub use fault::Fault;
pub use request::ReceivedRequest;
pub use state::{Solution, SolutionStatus};

use crate::WhatsAppBusinessSolutionPartnerStatus;

/// A stand-in for the two operations; see the [module](self).
///
/// When it is dropped, its port refuses connections at once, and the open ones are closed as soon as the runtime gets to
/// it.
pub struct Sandbox {
    address: SocketAddr,
    base_url: String,
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl Sandbox {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// If the system gives no port.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime with I/O enabled.
    pub async fn start() -> io::Result<Self> {
        Self::bind((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    /// Starts on `address`; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// If the address is not a loopback address ([`InvalidInput`](io::ErrorKind::InvalidInput)) or cannot be listened on.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime with I/O enabled.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().to_canonical().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "the sandbox accepts any token and so listens on loopback only, which {} is not: take 127.0.0.1 \
                     or ::1",
                    address.ip()
                ),
            ));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        shared.lock().listener = Some(listener);
        Ok(Self {
            address,
            base_url: format!("http://{address}"),
            server: tokio::spawn(server::run(shared.clone())).abort_handle(),
            shared,
        })
    }

    /// Where a client is to send its requests: `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address that the sandbox listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All solutions, in the order in which they were created.
    #[must_use]
    pub fn solutions(&self) -> Vec<Solution> {
        self.shared.lock().solutions.clone()
    }

    /// The solution with this id, if there is one.
    #[must_use]
    pub fn solution(&self, id: &str) -> Option<Solution> {
        self.shared.lock().solution_mut(id).cloned()
    }

    /// Puts a solution into another status, and gives it as it is then; `None` if no solution has this id.
    pub fn set_solution_status(&self, id: &str, status: SolutionStatus) -> Option<Solution> {
        let mut state = self.shared.lock();
        let solution = state.solution_mut(id)?;
        solution.status = status;
        Some(solution.clone())
    }

    /// Puts the partner of a solution into another status, and gives the solution as it is then; `None` if no solution
    /// has this id.
    pub fn set_partner_status(
        &self,
        id: &str,
        status: WhatsAppBusinessSolutionPartnerStatus,
    ) -> Option<Solution> {
        let mut state = self.shared.lock();
        let solution = state.solution_mut(id)?;
        solution.partner_status = status;
        Some(solution.clone())
    }

    /// From now on, requests with this token are answered with 401.
    pub fn reject_token(&self, token: impl Into<String>) {
        self.shared.lock().rejected_tokens.insert(token.into());
    }

    /// From now on, this application is not permitted to create or to accept: 403.
    pub fn forbid_app(&self, id: impl Into<String>) {
        self.shared.lock().forbidden_apps.insert(id.into());
    }

    /// From now on, there is no such application to create a solution: 404.
    pub fn unknown_app(&self, id: impl Into<String>) {
        self.shared.lock().unknown_apps.insert(id.into());
    }

    /// Scripts what happens to the next calls, one fault a call, after what is scripted already. Once the script is at
    /// its end, calls go as usual.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        // Collected first: the iterator is the caller's, and may well look at this sandbox.
        let faults: Vec<Fault> = faults.into_iter().collect();
        self.shared.lock().script.extend(faults);
    }

    /// Scripts what happens to the next call: [`script`](Self::script) with one fault.
    pub fn next_call(&self, fault: Fault) {
        self.script([fault]);
    }

    /// How many scripted faults no call has met yet.
    #[must_use]
    pub fn faults_left(&self) -> usize {
        self.shared.lock().script.len()
    }

    /// Every request that was read whole, in the order of arrival, whatever became of it.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.lock().requests.clone()
    }

    /// How many [`requests`](Self::requests) there are.
    #[must_use]
    pub fn request_count(&self) -> usize {
        self.shared.lock().requests.len()
    }

    /// How many connections were opened so far: fewer than requests where connections were used again.
    #[must_use]
    pub fn connection_count(&self) -> usize {
        self.shared.lock().connections
    }
}

impl Drop for Sandbox {
    /// Aborting alone would leave the port open until the runtime drops the task, so the listener is dropped here.
    fn drop(&mut self) {
        self.server.abort();
        self.shared.lock().listener = None;
    }
}

/// Shows counts only: requests hold tokens.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url)
            .field("solutions", &self.solutions().len())
            .field("requests", &self.request_count())
            .field("faults_left", &self.faults_left())
            .finish_non_exhaustive()
    }
}
