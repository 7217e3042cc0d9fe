//! What counts as an acceptance: `success: true`, whatever else the answer lacks.

use serde_json::{Map, Value};

use crate::{
    call::{Read, Reading},
    generated::types::{AcceptSolutionSolutionId, WhatsAppBusinessSolutionAcceptResponse},
    lenient,
};

/// Reads a 2xx of accept. Meta is known to answer `{"success": true}` alone, so `solution_id` falls back to the one
/// asked for, and a field that does not fit is left out; the raw body has it still.
pub(crate) fn read(
    asked_for: &AcceptSolutionSolutionId,
    read: Read<WhatsAppBusinessSolutionAcceptResponse>,
) -> Reading<WhatsAppBusinessSolutionAcceptResponse> {
    read.or_else(|body| made_up_for(asked_for, &body).ok_or(body))
        .map_or(Reading::Unreadable, Reading::Success)
}

fn made_up_for(
    asked_for: &AcceptSolutionSolutionId,
    body: &[u8],
) -> Option<WhatsAppBusinessSolutionAcceptResponse> {
    let sent: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let known = Map::from_iter([
        ("solution_id".to_owned(), asked_for.as_str().into()),
        ("success".to_owned(), sent.get("success")?.clone()),
    ]);
    lenient::read(known, sent)
}
