//! Who holds MESSAGING: either the solution owner or the partner app.

use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    generated::{
        parse,
        types::{
            WhatsAppBusinessAccountConfigurablePermissionTask as Task,
            WhatsAppBusinessSolutionAcceptRequest, WhatsAppBusinessSolutionCreateRequest,
        },
    },
};

/// The most items in a permission array (`maxItems` in the YAML). Generated types do not check it.
const MAX_PERMISSIONS: usize = 1;

/// The side that holds MESSAGING in a solution (page: Solution Creation API, Permission Logic).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagingHolder {
    /// The app that creates the solution.
    Owner,
    /// The app that is invited into it.
    Partner,
}

impl MessagingHolder {
    /// `None` if both sides hold it, or neither.
    pub(crate) fn of(owner: bool, partner: bool) -> Option<Self> {
        match (owner, partner) {
            (true, false) => Some(Self::Owner),
            (false, true) => Some(Self::Partner),
            _ => None,
        }
    }
}

/// The side that holds MESSAGING in a request.
pub(crate) fn holder(request: &WhatsAppBusinessSolutionCreateRequest) -> Option<MessagingHolder> {
    MessagingHolder::of(
        request.owner_permissions.contains(&Task::Messaging),
        request.partner_permissions.contains(&Task::Messaging),
    )
}

impl WhatsAppBusinessSolutionCreateRequest {
    /// A request in which exactly one side holds MESSAGING.
    ///
    /// `partner_app_id` consists of digits; `solution_name` has 2 to 75 characters.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request), with the name of the field that is out of bounds.
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
            partner_app_id: parse("partner_app_id", partner_app_id)?,
            partner_permissions,
            solution_name: parse("solution_name", solution_name)?,
        })
    }

    /// Checks that exactly one side holds MESSAGING, as [`create_solution`](crate::Client::create_solution) does before it
    /// sends the request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if both sides hold it, or neither.
    pub fn check_messaging(&self) -> Result<(), Error> {
        match (holder(self), self.owner_permissions.is_empty()) {
            (Some(_), _) => Ok(()),
            (None, true) => Err(Error::invalid(
                "neither owner_permissions nor partner_permissions holds MESSAGING; one side must have it, so add it \
                 to one of them",
            )),
            (None, false) => Err(Error::invalid(
                "owner_permissions and partner_permissions both hold MESSAGING; only one side can have it, so remove \
                 it from one of them",
            )),
        }
    }
}

impl WhatsAppBusinessSolutionAcceptRequest {
    /// A request of the partner app that was invited. Set `log_session_id` to follow one acceptance through several
    /// calls.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if `partner_app_id` does not consist of digits.
    pub fn by_partner(partner_app_id: impl AsRef<str>) -> Result<Self, Error> {
        Ok(Self {
            log_session_id: None,
            partner_app_id: parse("partner_app_id", partner_app_id)?,
        })
    }
}

/// Checks the bounds of the permission arrays.
pub(crate) fn check_bounds(request: &WhatsAppBusinessSolutionCreateRequest) -> Result<(), Error> {
    for (name, array) in [
        ("owner_permissions", &request.owner_permissions),
        ("partner_permissions", &request.partner_permissions),
    ] {
        let count = array.len();
        if count > MAX_PERMISSIONS {
            return Err(Error::invalid(format!(
                "{name} has {count} items; at most {MAX_PERMISSIONS} is allowed"
            )));
        }
    }
    Ok(())
}
