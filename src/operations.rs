//! What is known of each operation beside its wire: whether it is safe to repeat, and which app a call names.

/// The name of each operation's method, and where its path names an app, counted in segments from the end.
const OPERATIONS: &[(&str, Option<usize>)] =
    &[("create_solution", Some(1)), ("accept_solution", None)];

/// Operations, by the name of their method, that leave the same state behind however often they are carried out.
///
/// Accepting twice accepts once: the second time is refused, because the solution is not INITIATED any more. What
/// is not named here is treated like create, where every repetition may leave one more solution behind.
const SAFE_TO_REPEAT: &[&str] = &["accept_solution"];

/// Whether an operation may be carried out twice without harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// A second time changes nothing.
    Safe,
    /// A second time may do the thing twice.
    MayDuplicate,
}

/// What repeating an operation does.
pub(crate) fn repetition(operation_id: &str) -> Repetition {
    if SAFE_TO_REPEAT.contains(&operation_id) {
        Repetition::Safe
    } else {
        Repetition::MayDuplicate
    }
}

/// The app that a call names in its path; `None` if the operation's path names none.
pub(crate) fn app<'u>(operation_id: &str, path: &'u str) -> Option<&'u str> {
    let (_, at) = OPERATIONS.iter().find(|(id, _)| *id == operation_id)?;
    path.rsplit('/').nth((*at)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_operation_of_the_yaml() {
        for name in SAFE_TO_REPEAT {
            let known = OPERATIONS.iter().any(|(id, _)| id == name);
            assert!(known, "{name} is not in the YAML");
        }
    }

    #[test]
    fn what_nobody_declared_may_duplicate() {
        assert_eq!(repetition("rejectSomething"), Repetition::MayDuplicate);
    }

    #[test]
    fn create_names_an_app_and_accept_names_none() {
        let path = "/below/a/base/v25.0/12/whatsapp_business_solution";
        assert_eq!(app("create_solution", path), Some("12"));
        assert_eq!(app("accept_solution", "/v25.0/34/accept"), None);
        assert_eq!(app("rejectSomething", path), None);
    }
}
