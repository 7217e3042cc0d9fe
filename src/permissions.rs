//! Who holds MESSAGING: either the solution owner or the partner app.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    AcceptRequest, CreateRequest, PermissionTask::Messaging, error::Error, generated::parse,
};

/// The side that holds MESSAGING in a solution (page: Solution Creation API, Permission Logic).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagingHolder {
    /// The app that creates the solution.
    Owner,
    /// The app that is invited into it.
    Partner,
}

impl CreateRequest {
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
            MessagingHolder::Owner => (vec![Messaging], Vec::new()),
            MessagingHolder::Partner => (Vec::new(), vec![Messaging]),
        };
        Ok(Self {
            owner_permissions,
            partner_app_id: parse("partner_app_id", partner_app_id)?,
            partner_permissions,
            solution_name: parse("solution_name", solution_name)?,
        })
    }

    /// The side that holds MESSAGING. [`create_solution`](crate::Client::create_solution) checks the same before it sends
    /// a request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if both sides hold it, or neither, or if it stands twice in one
    /// array.
    pub fn messaging_holder(&self) -> Result<MessagingHolder, Error> {
        // An array has one item at most (`maxItems` in the YAML), which generated types do not check.
        match (&self.owner_permissions[..], &self.partner_permissions[..]) {
            ([Messaging], []) => Ok(MessagingHolder::Owner),
            ([], [Messaging]) => Ok(MessagingHolder::Partner),
            (owner, partner) => Err(Error::invalid(format!(
                "exactly one side has to hold MESSAGING, but owner_permissions is {} and partner_permissions is {}",
                json!(owner),
                json!(partner)
            ))),
        }
    }
}

impl AcceptRequest {
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
