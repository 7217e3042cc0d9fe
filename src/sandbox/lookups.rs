//! The two lookups: which solutions a page shows, and which fields of them.

use std::str::FromStr;

use serde_json::{Value, json};

use super::operations::check_app;
use super::refusal::{BAD_REQUEST, LOOKUP_FORBIDDEN, NO_SOLUTION, NOT_FOUND, Refusal};
use super::request::{Parameters, ReceivedRequest};
use super::state::{Solution, State};
use crate::types::WhatsAppBusinessSolutionApplicationRole as Role;

/// Both sides have the first three, and one side all. Which permissions a solution partner has by default is not in the
/// documents, so the three are some of those that a permission array can hold. A request holds MESSAGING or nothing.
const PERMISSIONS: [&str; 4] = ["MANAGE_TEMPLATES", "MANAGE_PHONE", "VIEW_COST", "MESSAGING"];

/// One page of the solutions of an app.
pub(super) fn list(
    state: &mut State,
    app: &str,
    request: &ReceivedRequest,
    sent: &Parameters,
) -> Result<Value, Refusal> {
    check_app(state, app, LOOKUP_FORBIDDEN)?;
    let role: Option<Role> = parameter(sent, "role")?;
    let limit = parameter(sent, "limit")?.unwrap_or(25);
    if !(1..=100).contains(&limit) {
        return Err(invalid("limit"));
    }
    let after: Option<String> = parameter(sent, "after")?;
    let before: Option<String> = parameter(sent, "before")?;
    if after.is_none() && before.is_none() {
        state.looks += 1;
    }
    let listed: Vec<&Solution> = state
        .solutions
        .iter()
        .filter(|solution| solution.missing_until < state.looks.max(1))
        .filter(|solution| {
            let (owner, partner) = (&solution.application_id, &solution.request.partner_app_id);
            (owner == app && role != Some(Role::Partner))
                || (**partner == app && role != Some(Role::Owner))
        })
        .collect();
    let position = |cursor: &String| {
        let position = listed.iter().position(|solution| solution.id == *cursor);
        position.ok_or_else(|| invalid("after` or `before"))
    };
    let mut start = after.as_ref().map_or(Ok(0), |id| Ok(position(id)? + 1))?;
    let mut end = before.as_ref().map_or(Ok(listed.len()), position)?;
    start = start.max(before.map_or(0, |_| end.saturating_sub(limit)));
    end = end.min(start + limit);
    let page = listed.get(start..end).unwrap_or_default();
    let data = page.iter().map(|solution| view(state, solution, sent));
    let data = data.collect::<Result<Vec<Value>, Refusal>>()?;
    let (Some(first), Some(last)) = (page.first(), page.last()) else {
        return Ok(json!({ "data": [] }));
    };
    let mut paging = json!({ "cursors": { "before": first.id, "after": last.id } });
    if start > 0 {
        paging["previous"] = link(request, sent, "before", &first.id);
    }
    if end < listed.len() {
        paging["next"] = link(request, sent, "after", &last.id);
    }
    Ok(json!({ "data": data, "paging": paging }))
}

/// One solution.
pub(super) fn show(state: &State, id: &str, sent: &Parameters) -> Result<Value, Refusal> {
    let solution = state.solutions.iter().find(|solution| solution.id == id);
    let solution = solution.ok_or_else(|| NOT_FOUND.because(NO_SOLUTION))?;
    view(state, solution, sent)
}

/// What the parameters ask for and the token may see of a solution.
fn view(state: &State, solution: &Solution, sent: &Parameters) -> Result<Value, Refusal> {
    let fields: Option<String> = parameter(sent, "fields")?;
    let fields = fields.unwrap_or_else(|| "name,status,status_for_pending_request".to_owned());
    select(&everything(solution), &fields, state)
}

fn everything(solution: &Solution) -> Value {
    let request = &solution.request;
    let app = |id: &str| json!({ "id": id, "name": format!("App {id}") });
    let pending = match &*solution.status {
        "INITIATED" | "PENDING" => "PENDING_ACTIVATION",
        "PENDING_DEACTIVATION" => "PENDING_DEACTIVATION",
        _ => "NONE",
    };
    let partner = json!({
        "id": format!("2{}", &solution.id[1..]),
        "partner_app": app(&request.partner_app_id),
        "partner_permissions": PERMISSIONS[..3 + request.partner_permissions.len()],
        "status": solution.partner_status,
    });
    json!({
        "id": solution.id,
        "name": request.solution_name,
        "status": solution.status,
        "status_for_pending_request": pending,
        "owner_app": app(&solution.application_id),
        "owner_permissions": PERMISSIONS[..3 + request.owner_permissions.len()],
        "partners": { "data": [partner], "paging": { "cursors": {} } },
    })
}

/// The fields of an object that are asked for and not hidden, and its `id`. Braces after a name hold the fields of what
/// is inside.
fn select(object: &Value, fields: &str, state: &State) -> Result<Value, Refusal> {
    let mut selected = json!({ "id": object["id"] });
    let mut depth = 0;
    let separates = |char: char| {
        depth += i32::from(char == '{') - i32::from(char == '}');
        char == ',' && depth == 0
    };
    for field in fields.split(separates) {
        let inside = field
            .strip_suffix('}')
            .and_then(|field| field.split_once('{'));
        let (name, inside) = inside.map_or((field, None), |(name, inside)| (name, Some(inside)));
        let mut value = object.get(name).ok_or_else(|| invalid("fields"))?.clone();
        if let Some(fields) = inside {
            if let Some(items) = value.get_mut("data").and_then(Value::as_array_mut) {
                for item in items {
                    *item = select(item, fields, state)?;
                }
            } else {
                value = select(&value, fields, state)?;
            }
        }
        if !state.hidden_fields.contains(name) {
            selected[name] = value;
        }
    }
    Ok(selected)
}

fn parameter<T: FromStr>(sent: &Parameters, name: &str) -> Result<Option<T>, Refusal> {
    let value = sent.get(name);
    let value = value.map(|value| value.as_str().and_then(|text| text.parse().ok()));
    value
        .map(|value| value.ok_or_else(|| invalid(name)))
        .transpose()
}

fn invalid(what: &str) -> Refusal {
    BAD_REQUEST.because(format!("`{what}` is not as documented. Correct it."))
}

/// The URL of the page at this cursor, with all other parameters as they were sent.
fn link(request: &ReceivedRequest, sent: &Parameters, cursor: &str, id: &str) -> Value {
    let host = request.header("host").unwrap_or("localhost");
    let others = sent
        .iter()
        .filter(|(name, _)| *name != "after" && *name != "before");
    let others = others.filter_map(|(name, value)| Some((name, value.as_str()?)));
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(others).append_pair(cursor, id).finish();
    json!(format!("http://{host}{}?{query}", request.path()))
}
