//! The router, create and accept: state and request in, response out. Nothing here knows of sockets or faults.

use std::str::FromStr;

use http::{HeaderValue, Response, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::lookups;
use super::refusal::{
    ACCEPT_FORBIDDEN, ACCEPT_UNPROCESSABLE, APP_FORBIDDEN, APP_UNKNOWN, BAD_REQUEST, FORBIDDEN,
    METHOD_NOT_ALLOWED, NO_SOLUTION, NOT_FOUND, Refusal, UNAUTHORIZED, UNPROCESSABLE,
};
use super::request::ReceivedRequest;
use super::state::{Solution, State};
use crate::{PartnerStatus, types};

/// The status of a new solution.
const INITIATED: &str = "INITIATED";

/// Fixed, so that responses are predictable. In the form that Graph sends, which is not RFC 3339.
const UPDATE_TIME: &str = "2024-01-15T10:30:00+0000";

/// Carries out `request`, or refuses it and leaves `state` as it is.
pub(super) fn carry_out(state: &mut State, request: &ReceivedRequest) -> Response<Value> {
    route(state, request).map_or_else(Refusal::response, Response::new)
}

/// The API version at the start of a path, if there is one.
pub(super) fn version(path: &str) -> Option<&str> {
    let first = path.split('/').nth(1)?;
    let valid = first.parse::<types::CreateSolutionVersion>().is_ok();
    valid.then_some(first)
}

/// The order of the checks is part of what the sandbox promises: path, method, token, body, then the operation's own.
fn route(state: &mut State, request: &ReceivedRequest) -> Result<Value, Refusal> {
    let path = request.path();
    let segments: Vec<&str> = path.split('/').collect();
    match (version(path), &segments[..]) {
        (Some(_), ["", _, id, "whatsapp_business_solution"]) => {
            create(state, numeric(id)?, posted(state, request)?)
        }
        (Some(_), ["", _, id, "accept"]) => {
            accept(state, &numeric(id)?, &posted(state, request)?)
        }
        (Some(_), ["", _, id, "whatsapp_business_solutions"]) => {
            let app: types::SolutionsPageApplicationId = numeric(id)?;
            allowed(state, request, "GET")?;
            lookups::list(state, &app, request)
        }
        (Some(_), ["", _, id]) => {
            let id: types::SolutionSolutionId = numeric(id)?;
            allowed(state, request, "GET")?;
            lookups::show(state, &id, request)
        }
        _ => Err(NOT_FOUND.because(
            "There is no operation at this path. Use one that the sandbox serves, with a version such as v25.0.",
        )),
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
fn allowed(state: &State, request: &ReceivedRequest, method: &'static str) -> Result<(), Refusal> {
    if request.method != method {
        let message = format!("This path takes {method} only. Send a {method} request.");
        let mut refusal = METHOD_NOT_ALLOWED.because(message);
        refusal.allow = Some(HeaderValue::from_static(method));
        return Err(refusal);
    }
    if bearer_token(request).is_none_or(|token| state.rejected_tokens.contains(token)) {
        return Err(UNAUTHORIZED.because(
            "There is no bearer token, or the test told the sandbox to reject it. Send another one.",
        ));
    }
    Ok(())
}

/// The body of a POST request.
fn posted<T: DeserializeOwned>(state: &State, request: &ReceivedRequest) -> Result<T, Refusal> {
    allowed(state, request, "POST")?;
    let content_type = request
        .header(header::CONTENT_TYPE.as_str())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(
            BAD_REQUEST.because("The Content-Type of the body is not application/json. Send JSON.")
        );
    }
    // The generated types check the documented bounds.
    serde_json::from_slice(&request.body).map_err(|error| {
        // At most 200 characters, because the error may quote the request at any length.
        let error = error.to_string();
        BAD_REQUEST.because(format!(
            "The body is not as documented: {error:.200}. Correct it."
        ))
    })
}

fn bearer_token(request: &ReceivedRequest) -> Option<&str> {
    let (scheme, token) = request
        .header(header::AUTHORIZATION.as_str())?
        .split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
