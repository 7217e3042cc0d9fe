//! The router, create and accept: state and request in, response out. Nothing here knows of sockets or faults.

use std::fmt::Display;
use std::str::FromStr;

use http::{Method, Response};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::lookups;
use super::rate_limit::RateLimit;
use super::refusal::{
    ACCEPT_FORBIDDEN, ACCEPT_UNPROCESSABLE, APP_FORBIDDEN, BAD_REQUEST, FORBIDDEN, Kind,
    NO_SOLUTION, NOT_FOUND, NOT_SUPPORTED, Refusal, UNAUTHORIZED, UNKNOWN_PATH, UNPROCESSABLE,
};
use super::request::{Parameters, ReceivedRequest};
use super::state::{Solution, State};
use crate::{PartnerStatus, secret::proof, types};

/// IDs count up from here; they have 16 digits, as Meta's do.
const FIRST_ID: u64 = 1_000_000_000_000_001;

/// The status of a new solution.
const INITIATED: &str = "INITIATED";

/// Fixed, so that responses are predictable. In the form that Graph sends, which is not RFC 3339.
const UPDATE_TIME: &str = "2024-01-15T10:30:00+0000";

/// The version of a path without one.
const DEFAULT_VERSION: &str = "v25.0";

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Operation {
    Create,
    Accept,
    List,
    Show,
}

/// Carries out `request`, or refuses it and leaves the solutions as they are.
pub(super) fn carry_out(state: &mut State, request: &ReceivedRequest) -> Response<Value> {
    let mut response = route(state, request).map_or_else(Refusal::response, Response::new);
    if let Some(limit) = &mut state.rate_limit {
        limit.add_usage(response.headers_mut());
    }
    response
}

/// The API version of a path, and the rest of the path.
pub(super) fn version(path: &str) -> (&str, &str) {
    let path = path.trim_start_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match first.parse::<types::CreateSolutionVersion>() {
        Ok(_) => (first, rest),
        Err(_) => (DEFAULT_VERSION, path),
    }
}

/// The operation at a path without its version, and the ID in it.
pub(super) fn operation(path: &str) -> Option<(Operation, &str)> {
    let (id, edge) = path.split_once('/').unwrap_or((path, ""));
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

/// The order of the checks is part of what the sandbox promises.
fn route(state: &mut State, request: &ReceivedRequest) -> Result<Value, Refusal> {
    let (version, path) = version(request.path());
    let (operation, id) = operation(path).ok_or_else(|| {
        UNKNOWN_PATH.because("There is no operation at this path. Use one that the sandbox serves.")
    })?;
    let method = match operation {
        Operation::Create | Operation::Accept => Method::POST,
        Operation::List | Operation::Show => Method::GET,
    };
    if request.method != method {
        let message = format!("This path takes {method} only. Send a {method} request.");
        return Err(NOT_SUPPORTED.because(message));
    }
    // Before the token, which may be in the body.
    let sent = request.parameters().map_err(not_as_documented)?;
    authorize(state, request, &sent)?;
    // Only now would Graph know whose limit the call counts against.
    state.rate_limit.as_mut().map_or(Ok(()), RateLimit::count)?;
    match operation {
        Operation::Create => create(state, numeric(id)?, read(sent)?),
        Operation::Accept => accept(state, &numeric(id)?, sent, version),
        Operation::List => {
            let app: types::SolutionsPageApplicationId = numeric(id)?;
            lookups::list(state, &app, request, &sent)
        }
        Operation::Show => {
            let id: types::SolutionSolutionId = numeric(id)?;
            lookups::show(state, &id, &sent)
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
    check_app(state, &application_id, FORBIDDEN)?;
    // MESSAGING is the only permission there is, so a list that is not empty holds it.
    if owner == partner {
        return Err(UNPROCESSABLE.because(
            "Both or neither of owner and partner hold MESSAGING. Send [\"MESSAGING\"] for one and [] for the other.",
        ));
    }
    let id = (FIRST_ID + state.solutions.len() as u64).to_string();
    state.solutions.push(Solution {
        id: id.clone(),
        application_id: application_id.into(),
        request,
        status: INITIATED.to_owned(),
        partner_status: PartnerStatus::NotificationSent,
        missing_until: state.looks.saturating_add(state.lag) * usize::from(state.lag > 0),
    });
    Ok(json!({ "solution_id": id }))
}

fn accept(
    state: &mut State,
    solution_id: &types::AcceptSolutionSolutionId,
    mut sent: Parameters,
    version: &str,
) -> Result<Value, Refusal> {
    let mut solutions = state.solutions.iter_mut();
    let solution = solutions.find(|solution| solution.id == **solution_id);
    let solution = solution.ok_or_else(|| NOT_FOUND.because(NO_SOLUTION))?;
    // Meta's page of accept at v25.0 documents no request body: the token says which app accepts. The sandbox takes any
    // token, so there the partner accepts if nobody is named.
    let major = version.trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()) >= Some(25) {
        let partner = || json!(solution.request.partner_app_id);
        sent.entry("partner_app_id").or_insert_with(partner);
    }
    let request: types::WhatsAppBusinessSolutionAcceptRequest = read(sent)?;
    if state.forbidden_apps.contains(&*request.partner_app_id) {
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

/// Whether the test lets this application create or list solutions.
pub(super) fn check_app(state: &State, app: &str, forbidden: Kind) -> Result<(), Refusal> {
    if state.unknown_apps.contains(app) {
        return Err(NOT_FOUND.because(
            "The test told the sandbox that this application does not exist. Use another one.",
        ));
    }
    if state.forbidden_apps.contains(app) {
        return Err(forbidden.because(APP_FORBIDDEN));
    }
    Ok(())
}

/// An ID from the path; the generated types check it.
fn numeric<T: FromStr>(id: &str) -> Result<T, Refusal> {
    id.parse()
        .map_err(|_| BAD_REQUEST.because("The ID in the path is not numeric. Use digits only."))
}

/// Whether there is a token that the test does not reject, and the proof that belongs to it if one is required.
fn authorize(state: &State, request: &ReceivedRequest, sent: &Parameters) -> Result<(), Refusal> {
    let token = request.token(sent);
    let token = token.filter(|token| !state.rejected_tokens.contains(token));
    let token = token.ok_or_else(|| {
        UNAUTHORIZED.because(
            "There is no token, or the test told the sandbox to reject it. Send another one.",
        )
    })?;
    if let Some(app_secret) = &state.app_secret {
        let expected = proof(&token.into(), app_secret);
        let sent = sent.get("appsecret_proof").and_then(Value::as_str);
        if sent != Some(expected.expose_secret()) {
            return Err(NOT_SUPPORTED.because(
                "appsecret_proof is missing or is not that of this token and the app secret. Send it, in lower-case hex.",
            ));
        }
    }
    Ok(())
}

/// The parameters of a POST request. The generated types check the documented bounds.
fn read<T: DeserializeOwned>(sent: Parameters) -> Result<T, Refusal> {
    T::deserialize(sent).map_err(not_as_documented)
}

fn not_as_documented(why: impl Display) -> Refusal {
    // At most 200 characters, because the error may quote the request at any length.
    let why = format!("{:.200}", why.to_string());
    BAD_REQUEST.because(format!(
        "The request is not as documented: {why}. Correct it."
    ))
}
