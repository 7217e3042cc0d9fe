//! What the stand-in knows: the solutions, and what the test has declared.

use std::collections::HashSet;

use super::solution::{Solution, SolutionStatus};
use crate::{WhatsAppBusinessSolutionPartnerStatus, types};

/// The first id less one; the smallest number from which every id has the 16 digits of Meta's.
const BEFORE_FIRST_ID: u64 = 1_000_000_000_000_000;

/// Everything that an answer depends on besides the request.
#[derive(Default)]
pub(super) struct State {
    solutions: Vec<Solution>,
    rejected_tokens: HashSet<String>,
    forbidden_apps: HashSet<String>,
    unknown_apps: HashSet<String>,
    answered: u64,
}

impl State {
    /// The number of the request that is answered now; no two get the same.
    pub(super) fn next_number(&mut self) -> u64 {
        self.answered = self.answered.wrapping_add(1);
        self.answered
    }

    /// Adds a solution whose partner has just been invited, and gives its id.
    pub(super) fn create(
        &mut self,
        application_id: String,
        request: types::WhatsAppBusinessSolutionCreateRequest,
    ) -> String {
        let id = (BEFORE_FIRST_ID + 1 + self.solutions.len() as u64).to_string();
        self.solutions.push(Solution {
            id: id.clone(),
            application_id,
            request,
            status: SolutionStatus::Initiated,
            partner_status: WhatsAppBusinessSolutionPartnerStatus::NotificationSent,
        });
        id
    }

    /// In the order of their creation.
    pub(super) fn solutions(&self) -> &[Solution] {
        &self.solutions
    }

    pub(super) fn solution(&self, id: &str) -> Option<&Solution> {
        self.solutions.iter().find(|solution| solution.id == id)
    }

    pub(super) fn solution_mut(&mut self, id: &str) -> Option<&mut Solution> {
        self.solutions.iter_mut().find(|solution| solution.id == id)
    }

    pub(super) fn reject_token(&mut self, token: String) {
        self.rejected_tokens.insert(token);
    }

    pub(super) fn forbid_app(&mut self, id: String) {
        self.forbidden_apps.insert(id);
    }

    pub(super) fn forget_app(&mut self, id: String) {
        self.unknown_apps.insert(id);
    }

    pub(super) fn rejects_token(&self, token: &str) -> bool {
        self.rejected_tokens.contains(token)
    }

    pub(super) fn forbids_app(&self, id: &str) -> bool {
        self.forbidden_apps.contains(id)
    }

    pub(super) fn knows_app(&self, id: &str) -> bool {
        !self.unknown_apps.contains(id)
    }
}
