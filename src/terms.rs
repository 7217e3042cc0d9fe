//! The terms of a solution: who holds MESSAGING, what a request asks for, and what a solution is compared with.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    AcceptRequest, CreateRequest,
    PermissionTask::Messaging,
    Solution,
    error::Error,
    generated::{
        PartnerStatus, parse,
        types::{
            WhatsAppBusinessAccountPermissionTask as Task,
            WhatsAppBusinessSolutionPartner as Partner,
        },
    },
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

/// What a solution has to be before [`ensure_accepted`](crate::Client::ensure_accepted) accepts it. What is `None` is not
/// checked.
///
/// Acceptance is final, so Meta's guide asks the partner to look first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptTerms {
    /// ID of the app that owns the solution.
    pub owner_app_id: Option<String>,
    /// Name of the solution.
    pub solution_name: Option<String>,
    /// Which side holds MESSAGING.
    pub messaging: Option<MessagingHolder>,
}

/// Whether a solution is the one that a request asks for; `None` if too little of it can be seen.
pub(crate) fn is_same(solution: &Solution, request: &CreateRequest) -> Option<bool> {
    let terms = AcceptTerms {
        owner_app_id: None,
        solution_name: Some(request.solution_name.to_string()),
        messaging: request.messaging_holder().ok(),
    };
    let differences = differences(solution, &request.partner_app_id, &terms);
    if differences.iter().any(|difference| difference.seen) {
        return Some(false);
    }
    (solution.status.is_some() && differences.is_empty()).then_some(true)
}

fn partner<'s>(solution: &'s Solution, app: &str) -> Option<&'s Partner> {
    let mut partners = solution.partners.as_ref()?.data.iter();
    partners.find(|partner| partner.partner_app.as_ref().is_some_and(|it| it.id == app))
}

pub(crate) fn has_accepted(solution: &Solution, app: &str) -> bool {
    partner(solution, app).is_some_and(|partner| partner.status == Some(PartnerStatus::Accepted))
}

/// Where a solution is not what was asked for, or may not be.
pub(crate) struct Difference {
    /// Whether the token can see the actual value.
    seen: bool,
    pub(crate) text: String,
}

pub(crate) fn differences(
    solution: &Solution,
    partner_app: &str,
    terms: &AcceptTerms,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let status = solution.status.as_ref().map(|status| status.as_str());
    if let Some(ended @ ("REJECTED" | "DEACTIVATED")) = status {
        let text = format!("the solution is {ended}");
        differences.push(Difference { seen: true, text });
    }
    let mut compare = |what: &str, expected: Option<&str>, is: Option<&str>| {
        if let Some(expected) = expected.filter(|expected| is != Some(*expected)) {
            let text = match is {
                Some(is) => format!("the {what} is {is:?}, not {expected:?}"),
                None => format!("the token cannot see the {what}, which should be {expected:?}"),
            };
            let seen = is.is_some();
            differences.push(Difference { seen, text });
        }
    };
    let owner = solution.owner_app.as_ref().map(|app| app.id.as_str());
    compare("owner app", terms.owner_app_id.as_deref(), owner);
    let name = terms.solution_name.as_deref();
    compare("name", name, solution.name.as_deref());
    let Some(partner) = partner(solution, partner_app) else {
        let apps = partner_apps(solution).map(|apps| match apps[..] {
            [] => "none".to_owned(),
            _ => apps.join(", "),
        });
        compare("partner app", Some(partner_app), apps.as_deref());
        return differences;
    };
    let expected = json!(terms.messaging);
    let holder = messaging_holder(solution, partner);
    compare("holder of MESSAGING", expected.as_str(), holder);
    differences
}

/// The partner apps; `None` if the token may not see all of them.
fn partner_apps(solution: &Solution) -> Option<Vec<&str>> {
    let partners = solution.partners.as_ref()?;
    if partners.paging.as_ref().is_some_and(|it| it.next.is_some()) {
        return None;
    }
    let apps = partners.data.iter().map(|it| it.partner_app.as_ref());
    apps.map(|app| Some(app?.id.as_str())).collect()
}

/// Who holds MESSAGING, as serde writes a [`MessagingHolder`]; `None` if that cannot be seen.
fn messaging_holder(solution: &Solution, partner: &Partner) -> Option<&'static str> {
    let holds = |tasks: &[Task]| tasks.iter().any(|task| task.as_str() == "MESSAGING");
    let owner = holds(solution.owner_permissions.as_ref()?);
    let partner = holds(partner.partner_permissions.as_ref()?);
    Some(match (owner, partner) {
        (true, false) => "owner",
        (false, true) => "partner",
        _ => "both or neither",
    })
}
