//! What is left when the client is gone.

use crate::run::Played;

/// What should not be there any more.
pub fn behind(played: &Played) -> Vec<String> {
    let connections = &played.connections;
    let open = connections.open.iter().filter(|open| **open).count();
    let checks = [
        (
            open == 0,
            format!("no connection is leaked: {open} are open after the client was dropped"),
        ),
        (
            played.tasks_left == 0,
            format!("no task is leaked: {} are left", played.tasks_left),
        ),
        (
            !played.kept_after_late_stray,
            "a connection on which an answer too many came is closed".to_owned(),
        ),
        (
            connections.not_understood == 0,
            "each request can be read by the server".to_owned(),
        ),
    ];
    checks
        .into_iter()
        .filter(|(holds, _)| !holds)
        .map(|(_, what)| what)
        .collect()
}
