//! The errors that the sandbox responds with: one table, by status.

use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::types;

/// Status, `code`, `type` and `error_subcode` of an error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind(StatusCode, i64, &'static str, Option<i64>);

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

// As in the examples of Meta's published OpenAPI file, which has no 405.
pub(super) const BAD_REQUEST: Kind = Kind(StatusCode::BAD_REQUEST, 100, OAUTH, None);
pub(super) const UNAUTHORIZED: Kind = Kind(StatusCode::UNAUTHORIZED, 190, OAUTH, Some(463));
pub(super) const FORBIDDEN: Kind = Kind(StatusCode::FORBIDDEN, 200, OAUTH, None);
pub(super) const NOT_FOUND: Kind = Kind(StatusCode::NOT_FOUND, 803, METHOD, None);
pub(super) const METHOD_NOT_ALLOWED: Kind = Kind(StatusCode::METHOD_NOT_ALLOWED, 100, METHOD, None);
pub(super) const UNPROCESSABLE: Kind = Kind(StatusCode::UNPROCESSABLE_ENTITY, 100, METHOD, None);
pub(super) const TOO_MANY_REQUESTS: Kind =
    Kind(StatusCode::TOO_MANY_REQUESTS, 4, OAUTH, Some(2_446_079));
pub(super) const INTERNAL_SERVER_ERROR: Kind =
    Kind(StatusCode::INTERNAL_SERVER_ERROR, 2, METHOD, None);
// Where accept and the lookups have a subcode that create does not have.
pub(super) const ACCEPT_FORBIDDEN: Kind = Kind(FORBIDDEN.0, 200, OAUTH, Some(1_349_175));
pub(super) const LOOKUP_FORBIDDEN: Kind = Kind(FORBIDDEN.0, 200, OAUTH, Some(1_349_174));
pub(super) const ACCEPT_UNPROCESSABLE: Kind = Kind(UNPROCESSABLE.0, 100, METHOD, Some(2_207_051));

// Messages of several operations.
pub(super) const APP_UNKNOWN: &str =
    "The test told the sandbox that this application does not exist. Use another one.";
pub(super) const NO_SOLUTION: &str = "No solution has this ID. Create one, or use another ID.";
pub(super) const APP_FORBIDDEN: &str =
    "The test told the sandbox that this application lacks the permission. Use another one.";

/// A reason to refuse a request.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: Kind,
    /// What is wrong and what to do next.
    message: String,
    /// The method that the path takes, if that is why.
    pub(super) allow: Option<HeaderValue>,
}

impl Kind {
    pub(super) fn because(self, message: impl Into<String>) -> Refusal {
        let message = message.into();
        Refusal {
            kind: self,
            message,
            allow: None,
        }
    }
}

impl Refusal {
    /// The error object, to which the server adds the trace ID.
    pub(super) fn error(self) -> types::GraphApiErrorError {
        let Kind(status, code, type_, error_subcode) = self.kind;
        let transient = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
        types::GraphApiErrorError {
            message: Some(format!("(#{code}) {}", self.message)),
            type_: Some(type_.to_owned()),
            code: Some(code),
            error_subcode,
            fbtrace_id: None,
            is_transient: Some(transient),
            error_user_title: status.canonical_reason().map(str::to_owned),
            error_user_msg: Some(self.message),
        }
    }

    /// The response, to which the server adds Graph's headers.
    pub(super) fn response(mut self) -> Response<Value> {
        let (status, allow) = (self.kind.0, self.allow.take());
        let mut response = Response::new(json!({ "error": self.error() }));
        *response.status_mut() = status;
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        response
    }
}
