//! The router and the two operations: state and request in, response out. Nothing here knows of sockets or faults.

use http::{Method, Response, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::request::ReceivedRequest;
use super::state::{Solution, SolutionStatus, State};
use crate::{WhatsAppBusinessSolutionPartnerStatus as PartnerStatus, types};

/// Carries out `request`, or refuses it and leaves `state` as it is.
pub(super) fn carry_out(state: &mut State, request: &ReceivedRequest) -> Response<Value> {
    route(state, request).map_or_else(Refusal::into_response, Response::new)
}

/// The API version at the start of a path, if there is one.
pub(super) fn version(path: &str) -> Option<&str> {
    let first = path.split('/').nth(1)?;
    first
        .parse::<types::CreateSolutionVersion>()
        .is_ok()
        .then_some(first)
}

/// The order of the checks is part of what the sandbox promises: path, method, token, body, then the operation's own.
fn route(state: &mut State, request: &ReceivedRequest) -> Result<Value, Refusal> {
    let segments: Vec<&str> = request.path().split('/').collect();
    let ["", _, id, action] = segments[..] else {
        return Err(Refusal::no_such_path());
    };
    if version(request.path()).is_none() {
        return Err(Refusal::no_such_path());
    }
    match action {
        "whatsapp_business_solution" => {
            let application_id = id
                .parse()
                .map_err(|_| Refusal::id_not_numeric("Application-ID", id))?;
            create(state, application_id, posted(state, request)?)
        }
        "accept" => {
            let solution_id = id
                .parse()
                .map_err(|_| Refusal::id_not_numeric("Solution-ID", id))?;
            accept(state, &solution_id, &posted(state, request)?)
        }
        _ => Err(Refusal::no_such_path()),
    }
}

fn create(
    state: &mut State,
    application_id: types::CreateSolutionApplicationId,
    body: types::WhatsAppBusinessSolutionCreateRequest,
) -> Result<Value, Refusal> {
    let owner = body.owner_permissions.len();
    let partner = body.partner_permissions.len();
    // The document says maxItems: 1, but the generated types do not check it.
    if owner > 1 || partner > 1 {
        return Err(Refusal::too_many_permissions());
    }
    if state.unknown_apps.contains(&*application_id) {
        return Err(Refusal::no_such_app(&application_id));
    }
    if state.forbidden_apps.contains(&*application_id) {
        return Err(Refusal::app_forbidden(&application_id));
    }
    // MESSAGING is the only permission there is, so an array that is not empty holds it.
    match (owner, partner) {
        (1, 1) => return Err(Refusal::both_hold_messaging()),
        (0, 0) => return Err(Refusal::neither_holds_messaging()),
        _ => {}
    }
    let id = state.next_solution_id();
    state.solutions.push(Solution {
        id: id.clone(),
        application_id: application_id.into(),
        request: body,
        status: SolutionStatus::Initiated,
        partner_status: PartnerStatus::NotificationSent,
    });
    Ok(json!({ "solution_id": id }))
}

fn accept(
    state: &mut State,
    solution_id: &types::AcceptSolutionSolutionId,
    body: &types::WhatsAppBusinessSolutionAcceptRequest,
) -> Result<Value, Refusal> {
    let partner: &str = &body.partner_app_id;
    let forbidden = state.forbidden_apps.contains(partner);
    let solution = state
        .solution_mut(solution_id)
        .ok_or_else(|| Refusal::no_such_solution(solution_id))?;
    if forbidden {
        return Err(Refusal::app_forbidden(partner));
    }
    if *solution.request.partner_app_id != partner {
        return Err(Refusal::not_invited(partner));
    }
    if solution.status != SolutionStatus::Initiated
        || solution.partner_status != PartnerStatus::NotificationSent
    {
        return Err(Refusal::not_acceptable(
            solution.status,
            &solution.partner_status,
        ));
    }
    solution.partner_status = PartnerStatus::Accepted;
    solution.status = SolutionStatus::Active;
    Ok(json!({
        "solution_id": solution.id,
        "partner_status": solution.partner_status,
        "success": true,
        "message": "The partner takes part in the solution now.",
        // Graph's own form, which is not RFC 3339: a client has to cope with it.
        "update_time": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S+0000").to_string(),
    }))
}

/// The body of a POST request that carries an accepted token.
fn posted<T: DeserializeOwned>(state: &State, request: &ReceivedRequest) -> Result<T, Refusal> {
    if request.method != Method::POST {
        return Err(Refusal::wrong_method());
    }
    let token = bearer_token(request).ok_or_else(Refusal::no_token)?;
    if state.rejected_tokens.contains(token) {
        return Err(Refusal::token_rejected());
    }
    let content_type = request
        .header(header::CONTENT_TYPE.as_str())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::not_json());
    }
    if request.body_too_long {
        return Err(Refusal::body_too_long());
    }
    // The generated types check the documented bounds.
    serde_json::from_slice(&request.body).map_err(|error| Refusal::unreadable(&error))
}

fn bearer_token(request: &ReceivedRequest) -> Option<&str> {
    let (scheme, token) = request
        .header(header::AUTHORIZATION.as_str())?
        .split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
