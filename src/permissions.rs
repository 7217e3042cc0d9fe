//! Who holds MESSAGING: exactly one of solution owner and partner app.

use crate::{
    bounded::bounded,
    error::Error,
    generated::types::{
        WhatsAppBusinessAccountConfigurablePermissionTask as Task,
        WhatsAppBusinessSolutionAcceptRequest, WhatsAppBusinessSolutionCreateRequest,
    },
};

/// The side that holds MESSAGING in a solution (page: Solution Creation API, Permission Logic).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessagingHolder {
    /// The app that creates the solution.
    Owner,
    /// The app that is invited into it.
    Partner,
}

impl WhatsAppBusinessSolutionCreateRequest {
    /// A request in which exactly one side holds MESSAGING.
    ///
    /// The bounds of `partner_app_id` and `solution_name` are those of their types.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request), naming the field that breaks its bound.
    pub fn with_messaging(
        holder: MessagingHolder,
        partner_app_id: impl AsRef<str>,
        solution_name: impl AsRef<str>,
    ) -> Result<Self, Error> {
        let (owner_permissions, partner_permissions) = match holder {
            MessagingHolder::Owner => (vec![Task::Messaging], Vec::new()),
            MessagingHolder::Partner => (Vec::new(), vec![Task::Messaging]),
        };
        Ok(Self {
            owner_permissions,
            partner_app_id: bounded("partner_app_id", partner_app_id)?,
            partner_permissions,
            solution_name: bounded("solution_name", solution_name)?,
        })
    }
}

impl WhatsAppBusinessSolutionAcceptRequest {
    /// A request of the partner app that was invited, without a session for logging.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if `partner_app_id` breaks the bounds of its type.
    pub fn by_partner(partner_app_id: impl AsRef<str>) -> Result<Self, Error> {
        Ok(Self {
            log_session_id: None,
            partner_app_id: bounded("partner_app_id", partner_app_id)?,
        })
    }

    /// Names a session, so that one acceptance can be followed through several calls.
    #[must_use]
    pub fn log_session_id(mut self, session: impl Into<String>) -> Self {
        self.log_session_id = Some(session.into());
        self
    }
}

/// Checks the rule across the two fields.
pub(crate) fn check(request: &WhatsAppBusinessSolutionCreateRequest) -> Result<(), Error> {
    let owner = request.owner_permissions.contains(&Task::Messaging);
    let partner = request.partner_permissions.contains(&Task::Messaging);
    match (owner, partner) {
        (true, true) => Err(Error::invalid(
            "owner_permissions and partner_permissions both hold MESSAGING; only one partner can have it, so take \
             it out of one of them",
        )),
        (false, false) => Err(Error::invalid(
            "neither owner_permissions nor partner_permissions holds MESSAGING; at least one partner must have it, \
             so put it into one of them",
        )),
        _ => Ok(()),
    }
}
