//! The two operations: state and request in, answer out. Nothing here knows of sockets or faults.

use http::{Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::{Answer, Marks};
use super::refusal::Refusal;
use super::request::ReceivedRequest;
use super::route::{self, Operation};
use super::solution::SolutionStatus;
use super::state::State;
use crate::{WhatsAppBusinessSolutionPartnerStatus as PartnerStatus, types};

/// Answers `request` and changes `state` accordingly. `now` is the time that an acceptance is given.
pub(super) fn handle(
    state: &mut State,
    request: &ReceivedRequest,
    marks: &Marks,
    now: jiff::Timestamp,
) -> Answer {
    carry_out(state, request, marks, now).unwrap_or_else(|refusal| refusal.answer(marks))
}

/// The order of the checks is part of what the sandbox promises: path, method, token, body, permissions, state.
fn carry_out(
    state: &mut State,
    request: &ReceivedRequest,
    marks: &Marks,
    now: jiff::Timestamp,
) -> Result<Answer, Refusal> {
    let operation = route::operation(request.path())?;
    if request.method != Method::POST {
        return Err(Refusal::wrong_method(&request.method));
    }
    let token = bearer_token(request).ok_or_else(Refusal::no_token)?;
    if state.rejects_token(token) {
        return Err(Refusal::token_rejected());
    }
    match operation {
        Operation::Create(application_id) => {
            let body = read_body(request, "WhatsAppBusinessSolutionCreateRequest")?;
            let created = create(state, application_id.into(), body)?;
            Ok(Answer::graph(StatusCode::OK, &created, marks))
        }
        Operation::Accept(solution_id) => {
            let body = read_body(request, "WhatsAppBusinessSolutionAcceptRequest")?;
            let accepted = accept(state, &solution_id, &body, now)?;
            Ok(Answer::graph(StatusCode::OK, &accepted, marks))
        }
    }
}

fn create(
    state: &mut State,
    application_id: String,
    body: types::WhatsAppBusinessSolutionCreateRequest,
) -> Result<Value, Refusal> {
    let (owner, partner) = (&body.owner_permissions, &body.partner_permissions);
    // The document says maxItems, but the generated type does not hold a body to it.
    for (field, permissions) in [
        ("owner_permissions", owner),
        ("partner_permissions", partner),
    ] {
        if permissions.len() > 1 {
            return Err(Refusal::too_many_permissions(field, permissions.len()));
        }
    }
    if !state.knows_app(&application_id) {
        return Err(Refusal::no_such_app(&application_id));
    }
    if state.forbids_app(&application_id) {
        return Err(Refusal::app_forbidden(&application_id));
    }
    // MESSAGING is the only permission there is, so an array that is not empty holds it.
    match (owner.is_empty(), partner.is_empty()) {
        (false, false) => return Err(Refusal::both_hold_messaging()),
        (true, true) => return Err(Refusal::neither_holds_messaging()),
        _ => {}
    }
    Ok(json!({ "solution_id": state.create(application_id, body) }))
}

fn accept(
    state: &mut State,
    solution_id: &str,
    body: &types::WhatsAppBusinessSolutionAcceptRequest,
    now: jiff::Timestamp,
) -> Result<Value, Refusal> {
    let partner: &str = &body.partner_app_id;
    let forbidden = state.forbids_app(partner);
    let solution = state
        .solution_mut(solution_id)
        .ok_or_else(|| Refusal::no_such_solution(solution_id))?;
    if forbidden {
        return Err(Refusal::app_forbidden(partner));
    }
    if *solution.request.partner_app_id != partner {
        return Err(Refusal::not_invited(partner, solution_id));
    }
    if solution.status != SolutionStatus::Initiated {
        let status = solution.status.to_string();
        return Err(Refusal::not_acceptable("solution", &status, "INITIATED"));
    }
    if solution.partner_status != PartnerStatus::NotificationSent {
        let status = solution.partner_status.to_string();
        return Err(Refusal::not_acceptable(
            "partner",
            &status,
            "NOTIFICATION_SENT",
        ));
    }
    solution.partner_status = PartnerStatus::Accepted;
    solution.status = SolutionStatus::Active;
    // As JSON, so that a field that the YAML gains does not have to be named here. That the generated type reads it is
    // for the tests to see.
    Ok(json!({
        "solution_id": solution.id,
        "partner_status": solution.partner_status,
        "success": true,
        "message": "The partner takes part in the solution now.",
        // Graph's own form, which is not RFC 3339: a client has to cope with it.
        "update_time": now.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string(),
    }))
}

fn bearer_token(request: &ReceivedRequest) -> Option<&str> {
    let (scheme, token) = request
        .header(header::AUTHORIZATION.as_str())?
        .split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The generated types hold the body to the documented bounds.
fn read_body<T: DeserializeOwned>(request: &ReceivedRequest, schema: &str) -> Result<T, Refusal> {
    let content_type = request.header(header::CONTENT_TYPE.as_str());
    let essence = content_type.map(|value| value.split(';').next().unwrap_or_default().trim());
    if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
        return Err(Refusal::not_json(content_type));
    }
    if request.body_too_long {
        return Err(Refusal::body_too_long());
    }
    serde_json::from_slice(&request.body).map_err(|error| Refusal::unreadable(schema, &error))
}
