//! The one place that says which operations are safe to repeat.

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

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATION_IDS: &[&str] = include!(concat!(env!("OUT_DIR"), "/operation_ids.rs"));

    #[test]
    fn every_name_is_an_operation_of_the_yaml() {
        for name in SAFE_TO_REPEAT {
            assert!(OPERATION_IDS.contains(name), "{name} is not in the YAML");
        }
    }

    #[test]
    fn what_nobody_declared_may_duplicate() {
        assert_eq!(repetition("rejectSomething"), Repetition::MayDuplicate);
    }
}
