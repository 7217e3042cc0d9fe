//! Faults that Graph's callers meet often enough to have names.

use super::fault::Fault;
use crate::types;

impl Fault {
    /// The rate limit is used up: status 429, code 4, subcode 2446079, `is_transient: true`.
    ///
    /// Graph sends the same error with status 400 or 403 as well: `Fault::throttled().status(400)`. How long to wait
    /// is said by [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn throttled() -> Self {
        Self::graph_error(
            429,
            types::GraphApiErrorError {
                message:
                    "(#4) The application has used up its rate limit. Wait before the next call."
                        .to_owned(),
                type_: "OAuthException".to_owned(),
                code: 4,
                error_subcode: Some(2_446_079),
                fbtrace_id: None,
                is_transient: Some(true),
                error_user_title: Some("Too many calls".to_owned()),
                error_user_msg: Some("Wait a while, then try again.".to_owned()),
            },
        )
    }

    /// Something failed on the server's side: status 500, code 2, `is_transient: true`.
    ///
    /// Graph is known to answer so after the operation took effect, too; [`carried_out`](Self::carried_out) plays that.
    #[must_use]
    pub fn internal_error() -> Self {
        Self::graph_error(
            500,
            types::GraphApiErrorError {
                message: "(#2) The service failed for a moment. Try again.".to_owned(),
                type_: "GraphMethodException".to_owned(),
                code: 2,
                error_subcode: Some(13),
                fbtrace_id: None,
                is_transient: Some(true),
                error_user_title: Some("Service failed".to_owned()),
                error_user_msg: Some("Try again in a moment.".to_owned()),
            },
        )
    }

    /// An answer that does not come from Graph but from a load balancer in front of it: HTML, no trace headers.
    ///
    /// # Panics
    ///
    /// If `status` is not from 200 to 999.
    #[must_use]
    pub fn load_balancer(status: u16) -> Self {
        Self::answer(status)
            .header("content-type", "text/html; charset=utf-8")
            .body("<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Sorry</h1></body></html>\n")
    }
}
