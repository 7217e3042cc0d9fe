//! What the sandbox remembers: its solutions, the settings of the test, the script and the recorded requests.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;
use tokio::net::TcpListener;

use super::fault::Fault;
use super::operations::Operation;
use super::rate_limit::RateLimit;
use super::request::ReceivedRequest;
use crate::{PartnerStatus, types};

/// A solution that was created in the [`Sandbox`](super::Sandbox).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solution {
    /// Its ID: 16 digits, counted up.
    pub id: String,
    /// The application that owns it: the one in the path of the request that created it.
    pub application_id: String,
    /// The request that created it.
    pub request: types::WhatsAppBusinessSolutionCreateRequest,
    /// How far the solution has come: `INITIATED`, `ACTIVE`, or what the test
    /// [set](super::Sandbox::set_solution_status).
    pub status: String,
    /// How far the invited partner has come.
    pub partner_status: PartnerStatus,
    /// Lists leave it out until lists have been requested more than this many times.
    pub(super) missing_until: usize,
}

/// Everything that the [`Sandbox`](super::Sandbox) and its connections share.
#[derive(Default)]
pub(super) struct State {
    /// `None` once the sandbox is dropped.
    pub(super) listener: Option<TcpListener>,
    /// Each for the next call, or for the next call of an operation.
    pub(super) script: VecDeque<(Option<Operation>, Fault)>,
    pub(super) requests: Vec<ReceivedRequest>,
    pub(super) solutions: Vec<Solution>,
    pub(super) rejected_tokens: HashSet<String>,
    pub(super) forbidden_apps: HashSet<String>,
    pub(super) unknown_apps: HashSet<String>,
    pub(super) hidden_fields: HashSet<String>,
    pub(super) app_secret: Option<SecretString>,
    pub(super) rate_limit: Option<RateLimit>,
    /// How often anyone looked at a list.
    pub(super) looks: usize,
    /// How many looks a new solution is missing in.
    pub(super) lag: usize,
}

impl State {
    /// The fault for a call that has arrived. `called` is `None` if there is no operation at its path.
    pub(super) fn next_fault(&mut self, called: Option<Operation>) -> Fault {
        let mut script = self.script.iter();
        let next = script.position(|(operation, _)| operation.is_none() || *operation == called);
        let next = next.and_then(|at| self.script.remove(at));
        next.map_or_else(Fault::none, |(_, fault)| fault)
    }

    pub(super) fn solution_mut(&mut self, id: &str) -> Option<&mut Solution> {
        self.solutions.iter_mut().find(|solution| solution.id == id)
    }
}

/// [`State`] behind one lock, so that a request is recorded and takes effect in one step.
#[derive(Default)]
pub(super) struct Shared(Mutex<State>);

impl Shared {
    /// Ignores poisoning: after a panic a test may still want to see what the sandbox recorded.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
