//! A stand-in for Meta's Graph API on loopback, for tests and demonstrations (feature `sandbox`).
//!
//! A [`Sandbox`] listens on a free port of 127.0.0.1 and creates, accepts and shows solutions as Graph does. It keeps the
//! solutions and the requests for the test to look at, and stops when it is dropped.
//!
//! It needs a Tokio runtime with I/O and time enabled, such as that of `#[tokio::test]`. Do not pause its clock: a
//! paused clock jumps ahead while the sockets wait, and time limits end calls that are not late.
//!
//! ```
//! use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::start().await?;
//!
//! // The first call is throttled, the second goes as usual.
//! sandbox.next_call(Fault::throttled().retry_after(1));
//!
//! // The code under test sends its requests to this address, with any token.
//! assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
//!
//! // Afterwards the test looks at what the sandbox received and created.
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
//! - Both lookups serve the documented parameters: `fields` with braces for what is inside, such as
//!   `name,partners{status}`, and for a list `role`, `limit`, `after` and `before`. Both sides of a solution have some
//!   default permissions, and the one that holds MESSAGING has it too. A list comes in the order of creation.
//! - It takes any version of the form `vN.N` or none, any numeric application ID and any token that is not empty. A test
//!   can make exceptions: [`reject_token`](Sandbox::reject_token), [`forbid_app`](Sandbox::forbid_app),
//!   [`unknown_app`](Sandbox::unknown_app), [`hide_field`](Sandbox::hide_field), [`list_lags`](Sandbox::list_lags),
//!   [`limit_rate`](Sandbox::limit_rate), [`require_proof`](Sandbox::require_proof).
//! - Meta's own SDKs work with it. The token comes as a bearer header or as the parameter `access_token`; the body as JSON or
//!   as a form, in which a list is JSON (`owner_permissions=["MESSAGING"]`) or has one pair per entry
//!   (`owner_permissions[0]=MESSAGING`); parameters may also stand in the query. Unknown ones are ignored.
//! - It refuses a wrong request with a `GraphAPIError` that has the code, the type and the subcode, if any, which Meta's
//!   published OpenAPI file, or public bug reports, show for it. The checks, in this order:
//!
//! | status | when |
//! |---|---|
//! | 400 | there is no operation at the path (code 2500); the method is not POST, or not GET for a lookup |
//! | 400 | the body is neither JSON nor a form |
//! | 401 | there is no token, or the test rejects it |
//! | 400 | the test requires the proof of the token, and it is missing or wrong |
//! | 400 | the [rate limit](Sandbox::limit_rate) is used up (code 80008) |
//! | 400 | the ID in the path is not numeric; for create, the body does not have the documented shape and bounds |
//! | 404 | the application that creates or whose solutions are listed, or the solution to accept or to show, does not exist |
//! | 403 | the test forbids the application that creates or whose solutions are listed |
//! | 400 | for accept and the lookups, a parameter does not have the documented shape and bounds |
//! | 403 | the application that accepts is not the solution's partner, or the test forbids it |
//! | 422 | both or neither of owner and partner hold MESSAGING; the solution is not `INITIATED`, or its partner not `NOTIFICATION_SENT` |
//!
//! - Accepting needs no `partner_app_id` at v25.0 and later, or without a version: Meta's page of v25.0 documents no request
//!   body. Then the partner accepts.
//! - Every response has Graph's headers: `facebook-api-version`, `x-fb-trace-id`, `x-fb-request-id`.
//! - What it makes up is predictable: IDs count up, and `update_time` is always `2024-01-15T10:30:00+0000`.
//! - A test can script a [`Fault`] for each of the next calls.
//! - It [records](Sandbox::requests) every request that it reads to its end. It closes a connection on which a body is
//!   longer than a MiB.

mod fault;
mod lookups;
mod operations;
mod rate_limit;
mod refusal;
mod request;
mod script;
mod server;
mod state;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use rate_limit::RateLimit;
use state::Shared;

pub use fault::Fault;
pub use request::ReceivedRequest;
pub use state::Solution;

use crate::PartnerStatus;

/// A stand-in for Meta's Graph API; see the [module](self).
///
/// When it is dropped, its port refuses connections at once. Open connections are closed when the runtime next runs its
/// tasks.
pub struct Sandbox {
    base_url: String,
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl Sandbox {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// If the system has no free port.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime with I/O enabled.
    pub async fn start() -> io::Result<Self> {
        Self::bind((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    /// Starts on `address`. Port 0 stands for any free port.
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
                    "the sandbox takes any token, so it listens on loopback only, and {} is not a loopback address: \
                     use 127.0.0.1 or ::1",
                    address.ip()
                ),
            ));
        }
        let listener = TcpListener::bind(address).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::<Shared>::default();
        shared.lock().listener = Some(listener);
        Ok(Self {
            base_url,
            server: tokio::spawn(server::run(shared.clone())).abort_handle(),
            shared,
        })
    }

    /// The base URL for clients: `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// All solutions, in the order in which they were created.
    #[must_use]
    pub fn solutions(&self) -> Vec<Solution> {
        self.shared.lock().solutions.clone()
    }

    /// The solution with this ID, if there is one.
    #[must_use]
    pub fn solution(&self, id: &str) -> Option<Solution> {
        self.shared.lock().solution_mut(id).cloned()
    }

    /// Sets the status of a solution, to `REJECTED` or `DEACTIVATED` for example, and returns the changed solution, or
    /// `None` if no solution has this ID.
    pub fn set_solution_status(&self, id: &str, status: impl Into<String>) -> Option<Solution> {
        let mut state = self.shared.lock();
        let solution = state.solution_mut(id)?;
        solution.status = status.into();
        Some(solution.clone())
    }

    /// Sets the status of a solution's partner, and returns the changed solution, or `None` if no solution has this ID.
    pub fn set_partner_status(&self, id: &str, status: PartnerStatus) -> Option<Solution> {
        let mut state = self.shared.lock();
        let solution = state.solution_mut(id)?;
        solution.partner_status = status;
        Some(solution.clone())
    }

    /// From now on, requests with this token get 401.
    pub fn reject_token(&self, token: impl Into<String>) {
        self.shared.lock().rejected_tokens.insert(token.into());
    }

    /// From now on, this application gets 403 when it creates, accepts or lists its solutions.
    pub fn forbid_app(&self, id: impl Into<String>) {
        self.shared.lock().forbidden_apps.insert(id.into());
    }

    /// From now on, this application gets 404 when it creates or lists its solutions.
    pub fn unknown_app(&self, id: impl Into<String>) {
        self.shared.lock().unknown_apps.insert(id.into());
    }

    /// From now on, lookups leave this field out, as if the token may not see it: for example `partners`, or
    /// `partner_permissions` inside of them.
    pub fn hide_field(&self, name: impl Into<String>) {
        self.shared.lock().hidden_fields.insert(name.into());
    }

    /// From now on, lists lag behind: a new solution is missing the first `looks` times that anyone lists solutions.
    /// Solutions that already exist are all listed. Looking up a single solution shows it at once.
    pub fn list_lags(&self, looks: usize) {
        let mut state = self.shared.lock();
        state.lag = looks;
        let solutions = state.solutions.iter_mut();
        solutions.for_each(|solution| solution.missing_until = 0);
    }

    /// Appends to the script: one fault for each of the next calls. After the end of the script, calls go as usual.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        // Collected before locking, because the caller's iterator may use this sandbox.
        let faults: Vec<_> = faults.into_iter().map(|fault| (None, fault)).collect();
        self.shared.lock().script.extend(faults);
    }

    /// Appends the faults in a text, each for the next call of one operation or of any. Every [`Fault`] can be written in
    /// this format:
    ///
    /// ```text
    #[doc = include_str!("faults.txt")]
    /// ```
    ///
    /// # Errors
    ///
    /// The number of the first wrong line, and what can stand there. The script stays as it is.
    pub fn script_text(&self, text: &str) -> Result<(), String> {
        let faults = script::read(text)?;
        self.shared.lock().script.extend(faults);
        Ok(())
    }

    /// From now on, at most this many calls are served in any period of this length. Others get status 400 and code
    /// 80008, and the usage headers say in how many minutes calls succeed again. Once a quarter of the limit is used,
    /// every response has the usage headers.
    ///
    /// A call counts if it passes the checks that stand above the rate limit in the [table](self#what-it-does), even if it
    /// is then refused. So further calls make the wait longer, as it does at Meta.
    pub fn limit_rate(&self, calls: NonZeroUsize, per: Duration) {
        self.shared.lock().rate_limit = Some(RateLimit::new(calls, per));
    }

    /// From now on, every call needs the `appsecret_proof` of its token, as an app with 'Require App Secret' on does.
    pub fn require_proof(&self, app_secret: impl Into<SecretString>) {
        self.shared.lock().app_secret = Some(app_secret.into());
    }

    /// Appends one fault to the [`script`](Self::script).
    pub fn next_call(&self, fault: Fault) {
        self.script([fault]);
    }

    /// How many scripted faults have not been used yet.
    #[must_use]
    pub fn faults_left(&self) -> usize {
        self.shared.lock().script.len()
    }

    /// Every request that was read to its end, in the order of arrival, whatever the response was.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.lock().requests.clone()
    }

    /// How many [`requests`](Self::requests) there are.
    #[must_use]
    pub fn request_count(&self) -> usize {
        self.shared.lock().requests.len()
    }
}

impl Drop for Sandbox {
    /// Aborting alone would leave the port open until the runtime drops the task, so the listener is dropped here.
    fn drop(&mut self) {
        self.server.abort();
        self.shared.lock().listener = None;
    }
}

/// Shows no requests, because they hold tokens.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Sandbox");
        let shown = shown.field("base_url", &self.base_url);
        shown.finish_non_exhaustive()
    }
}
