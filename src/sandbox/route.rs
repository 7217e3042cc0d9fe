//! Which operation a path asks for.

use super::refusal::Refusal;
use crate::types;

/// An operation and the id in its path.
pub(super) enum Operation {
    Create(types::CreateWhatsAppBusinessSolutionApplicationId),
    Accept(types::AcceptWhatsAppBusinessSolutionSolutionId),
}

/// The version that a path begins with, if it begins with one.
pub(super) fn version(path: &str) -> Option<&str> {
    let first = path.strip_prefix('/')?.split('/').next()?;
    first
        .parse::<types::CreateWhatsAppBusinessSolutionVersion>()
        .is_ok()
        .then_some(first)
}

/// The operation at `path`; the ids are held to what the generated types of the parameters allow.
pub(super) fn operation(path: &str) -> Result<Operation, Refusal> {
    let segments: Vec<&str> = path.split('/').collect();
    let ["", _, id, action] = segments[..] else {
        return Err(Refusal::no_such_path());
    };
    if version(path).is_none() {
        return Err(Refusal::no_such_path());
    }
    match action {
        "whatsapp_business_solution" => id
            .parse()
            .map(Operation::Create)
            .map_err(|_| Refusal::id_not_numeric("Application-ID", id)),
        "accept" => id
            .parse()
            .map(Operation::Accept)
            .map_err(|_| Refusal::id_not_numeric("Solution-ID", id)),
        _ => Err(Refusal::no_such_path()),
    }
}
