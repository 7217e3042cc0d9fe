//! The errors that the sandbox responds with: one table, by status.

use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::types;

/// Status, `code`, `type` and `error_subcode` of an error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kind(StatusCode, i64, &'static str, Option<i64>);

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

// As in the examples of Meta's published OpenAPI file.
pub(super) const BAD_REQUEST: Kind = Kind(StatusCode::BAD_REQUEST, 100, OAUTH, None);
pub(super) const UNAUTHORIZED: Kind = Kind(StatusCode::UNAUTHORIZED, 190, OAUTH, Some(463));
pub(super) const FORBIDDEN: Kind = Kind(StatusCode::FORBIDDEN, 200, OAUTH, None);
pub(super) const NOT_FOUND: Kind = Kind(StatusCode::NOT_FOUND, 803, METHOD, None);
pub(super) const UNPROCESSABLE: Kind = Kind(StatusCode::UNPROCESSABLE_ENTITY, 100, METHOD, None);
pub(super) const TOO_MANY_REQUESTS: Kind =
    Kind(StatusCode::TOO_MANY_REQUESTS, 4, OAUTH, Some(2_446_079));
pub(super) const INTERNAL_SERVER_ERROR: Kind =
    Kind(StatusCode::INTERNAL_SERVER_ERROR, 2, METHOD, None);
// As Graph responds according to public bug reports: to a method that the path does not take and to a wrong
// appsecret_proof, and to a path that it does not know.
pub(super) const NOT_SUPPORTED: Kind = Kind(BAD_REQUEST.0, 100, METHOD, None);
pub(super) const UNKNOWN_PATH: Kind = Kind(BAD_REQUEST.0, 2500, OAUTH, None);
// Not 429, which the page of create does not have.
pub(super) const RATE_LIMITED: Kind = Kind(BAD_REQUEST.0, 80_008, OAUTH, None);
// Where accept and the lookups have a subcode that create does not have.
pub(super) const ACCEPT_FORBIDDEN: Kind = Kind(FORBIDDEN.0, 200, OAUTH, Some(1_349_175));
pub(super) const LOOKUP_FORBIDDEN: Kind = Kind(FORBIDDEN.0, 200, OAUTH, Some(1_349_174));
pub(super) const ACCEPT_UNPROCESSABLE: Kind = Kind(UNPROCESSABLE.0, 100, METHOD, Some(2_207_051));

// Messages of several operations.
pub(super) const NO_SOLUTION: &str = "No solution has this ID. Create one, or use another ID.";
pub(super) const APP_FORBIDDEN: &str =
    "The test told the sandbox that this application lacks the permission. Use another one.";

/// A reason to refuse a request.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: Kind,
    /// What is wrong and what to do next.
    message: String,
}

impl Kind {
    pub(super) fn because(self, message: impl Into<String>) -> Refusal {
        Refusal {
            kind: self,
            message: message.into(),
        }
    }
}

impl Refusal {
    /// The body, to which the server adds the trace ID.
    pub(super) fn body(self) -> Value {
        let Kind(status, code, type_, error_subcode) = self.kind;
        // Only these two are transient in Meta's file, which leaves the field out everywhere else.
        let transient = [TOO_MANY_REQUESTS, INTERNAL_SERVER_ERROR].contains(&self.kind);
        let error = types::GraphApiErrorError {
            message: Some(format!("(#{code}) {}", self.message)),
            type_: Some(type_.to_owned()),
            code: Some(code),
            error_subcode,
            fbtrace_id: None,
            is_transient: transient.then_some(true),
            error_user_title: status.canonical_reason().map(str::to_owned),
            error_user_msg: Some(self.message),
        };
        json!({ "error": error })
    }

    /// The response, to which the server adds Graph's headers.
    pub(super) fn response(self) -> Response<Value> {
        let status = self.kind.0;
        let mut response = Response::new(self.body());
        *response.status_mut() = status;
        response
    }
}
