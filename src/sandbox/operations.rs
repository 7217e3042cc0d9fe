//! The router, create and accept: state and request in, response out. Nothing here knows of sockets or faults.

use std::str::FromStr;

use http::{HeaderValue, Response};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Operation;
use super::lookups;
use super::refusal::{
    ACCEPT_FORBIDDEN, ACCEPT_UNPROCESSABLE, APP_FORBIDDEN, APP_UNKNOWN, BAD_REQUEST, FORBIDDEN,
    METHOD_NOT_ALLOWED, NO_SOLUTION, NOT_FOUND, Refusal, UNAUTHORIZED, UNPROCESSABLE,
};
use super::request::{Parameters, ReceivedRequest};
use super::state::{Solution, State};
use crate::{PartnerStatus, secret::proof, types};

/// The status of a new solution.
const INITIATED: &str = "INITIATED";

/// Fixed, so that responses are predictable. In the form that Graph sends, which is not RFC 3339.
const UPDATE_TIME: &str = "2024-01-15T10:30:00+0000";

/// Carries out `request`, or refuses it and leaves `state` as it is.
pub(super) fn carry_out(state: &mut State, request: &ReceivedRequest) -> Response<Value> {
    let result = match state.rate_limit.as_mut() {
        Some(limit) => limit.count(),
        None => Ok(()),
    };
    let result = result.and_then(|()| route(state, request));
    let mut response = result.map_or_else(Refusal::response, Response::new);
    if let Some(limit) = &state.rate_limit {
        limit.add_usage(response.headers_mut());
    }
    response
}

/// The API version at the start of a path, if there is one, and the rest.
pub(super) fn version(path: &str) -> (Option<&str>, &str) {
    let path = path.trim_start_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match first.parse::<types::CreateSolutionVersion>() {
        Ok(_) => (Some(first), rest),
        Err(_) => (None, path),
    }
}

/// The operation at a path, and the ID in it.
pub(super) fn operation(path: &str) -> Option<(Operation, &str)> {
    let (_, rest) = version(path);
    let (id, edge) = rest.split_once('/').unwrap_or((rest, ""));
    let operation = match edge {
        _ if id.is_empty() => return None,
        "whatsapp_business_solution" => Operation::Create,
        "accept" => Operation::Accept,
        "whatsapp_business_solutions" => Operation::List,
        "" => Operation::Show,
        _ => return None,
    };
    Some((operation, id))
}

/// The order of the checks is part of what the sandbox promises: path, method, token, body, then the operation's own.
fn route(state: &mut State, request: &ReceivedRequest) -> Result<Value, Refusal> {
    let (operation, id) = operation(request.path()).ok_or_else(|| {
        NOT_FOUND.because("There is no operation at this path. Use one that the sandbox serves.")
    })?;
    let sent = request.parameters();
    match operation {
        Operation::Create => create(state, numeric(id)?, posted(state, request, sent)?),
        Operation::Accept => accept(state, &numeric(id)?, &posted(state, request, sent)?),
        Operation::List => {
            let app: types::SolutionsPageApplicationId = numeric(id)?;
            allowed(state, request, sent.as_ref().ok(), "GET")?;
            lookups::list(state, &app, request)
        }
        Operation::Show => {
            let id: types::SolutionSolutionId = numeric(id)?;
            allowed(state, request, sent.as_ref().ok(), "GET")?;
            lookups::show(state, &id, request)
        }
    }
}

fn create(
    state: &mut State,
    application_id: types::CreateSolutionApplicationId,
    request: types::WhatsAppBusinessSolutionCreateRequest,
) -> Result<Value, Refusal> {
    let owner = request.owner_permissions.len();
    let partner = request.partner_permissions.len();
    // The document says maxItems: 1, but the generated types do not check it.
    if owner > 1 || partner > 1 {
        return Err(BAD_REQUEST.because(
            "A list of permissions has more than one entry. Send [\"MESSAGING\"] or [].",
        ));
    }
    if state.unknown_apps.contains(&*application_id) {
        return Err(NOT_FOUND.because(APP_UNKNOWN));
    }
    if state.forbidden_apps.contains(&*application_id) {
        return Err(FORBIDDEN.because(APP_FORBIDDEN));
    }
    // MESSAGING is the only permission there is, so a list that is not empty holds it.
    if owner == partner {
        return Err(UNPROCESSABLE.because(
            "Both or neither of owner and partner hold MESSAGING. Send [\"MESSAGING\"] for one and [] for the other.",
        ));
    }
    let id = state.next_solution_id();
    state.solutions.push(Solution {
        id: id.clone(),
        application_id: application_id.into(),
        request,
        status: INITIATED.to_owned(),
        partner_status: PartnerStatus::NotificationSent,
        missing_until: state.looks + state.lag,
    });
    Ok(json!({ "solution_id": id }))
}

fn accept(
    state: &mut State,
    solution_id: &types::AcceptSolutionSolutionId,
    request: &types::WhatsAppBusinessSolutionAcceptRequest,
) -> Result<Value, Refusal> {
    let forbidden = state.forbidden_apps.contains(&*request.partner_app_id);
    let solution = state
        .solution_mut(solution_id)
        .ok_or_else(|| NOT_FOUND.because(NO_SOLUTION))?;
    if forbidden {
        return Err(ACCEPT_FORBIDDEN.because(APP_FORBIDDEN));
    }
    if *solution.request.partner_app_id != *request.partner_app_id {
        return Err(ACCEPT_FORBIDDEN.because(
            "This application is not the partner of the solution. Accept as the partner.",
        ));
    }
    if (&*solution.status, &solution.partner_status)
        != (INITIATED, &PartnerStatus::NotificationSent)
    {
        return Err(ACCEPT_UNPROCESSABLE.because(format!(
            "The solution is {} and its partner {}; only INITIATED with NOTIFICATION_SENT can be accepted. Create a \
             new solution, unless this one was accepted as you wanted.",
            solution.status, solution.partner_status
        )));
    }
    solution.partner_status = PartnerStatus::Accepted;
    solution.status = "ACTIVE".to_owned();
    Ok(json!({
        "solution_id": solution.id,
        "partner_status": solution.partner_status,
        "success": true,
        "message": "The partner takes part in the solution now.",
        "update_time": UPDATE_TIME,
    }))
}

/// An ID from the path; the generated types check it.
fn numeric<T: FromStr>(id: &str) -> Result<T, Refusal> {
    id.parse()
        .map_err(|_| BAD_REQUEST.because("The ID in the path is not numeric. Use digits only."))
}

/// Whether the path takes the method, and the token is not rejected.
fn allowed(
    state: &State,
    request: &ReceivedRequest,
    sent: Option<&Parameters>,
    method: &'static str,
) -> Result<(), Refusal> {
    if request.method != method {
        let message = format!("This path takes {method} only. Send a {method} request.");
        let mut refusal = METHOD_NOT_ALLOWED.because(message);
        refusal.allow = Some(HeaderValue::from_static(method));
        return Err(refusal);
    }
    let token = request
        .token(sent)
        .filter(|token| !state.rejected_tokens.contains(token));
    let token = token.ok_or_else(|| {
        UNAUTHORIZED.because(
            "There is no token, or the test told the sandbox to reject it. Send another one.",
        )
    })?;
    if let Some(app_secret) = &state.app_secret {
        let expected = proof(&token.into(), app_secret);
        let sent = sent.and_then(|sent| sent.get("appsecret_proof")?.as_str());
        if sent != Some(expected.expose_secret()) {
            return Err(BAD_REQUEST.because(
                "appsecret_proof is missing or is not that of this token and the app secret. Send it, in lower-case hex.",
            ));
        }
    }
    Ok(())
}

/// The parameters of a POST request.
fn posted<T: DeserializeOwned>(
    state: &State,
    request: &ReceivedRequest,
    sent: Result<Parameters, String>,
) -> Result<T, Refusal> {
    allowed(state, request, sent.as_ref().ok(), "POST")?;
    // The generated types check the documented bounds.
    let read = sent.and_then(|sent| T::deserialize(sent).map_err(|why| why.to_string()));
    // At most 200 characters, because the error may quote the request at any length.
    read.map_err(|why| {
        BAD_REQUEST.because(format!(
            "The body is not as documented: {why:.200}. Correct it."
        ))
    })
}
