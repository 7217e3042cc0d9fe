//! Every way in which the sandbox refuses a request, as a `GraphAPIError`.

use http::{HeaderValue, Response, StatusCode, header};
use serde_json::Value;

use super::request::BODY_LIMIT;
use super::state::SolutionStatus;
use crate::{WhatsAppBusinessSolutionPartnerStatus as PartnerStatus, types};

/// Status, `code`, `type` and `error_subcode` of an error.
type Kind = (StatusCode, i64, &'static str, Option<i64>);

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

// As in the examples of Meta's published OpenAPI file; it has none for 405.
const BAD_REQUEST: Kind = (StatusCode::BAD_REQUEST, 100, OAUTH, None);
const UNAUTHORIZED: Kind = (StatusCode::UNAUTHORIZED, 190, OAUTH, Some(463));
const FORBIDDEN: Kind = (StatusCode::FORBIDDEN, 200, OAUTH, None);
const ACCEPT_FORBIDDEN: Kind = (StatusCode::FORBIDDEN, 200, OAUTH, Some(1_349_175));
const NOT_FOUND: Kind = (StatusCode::NOT_FOUND, 803, METHOD, None);
const WRONG_METHOD: Kind = (StatusCode::METHOD_NOT_ALLOWED, 100, METHOD, None);
const UNPROCESSABLE: Kind = (StatusCode::UNPROCESSABLE_ENTITY, 100, METHOD, None);
const ACCEPT_UNPROCESSABLE: Kind = (
    StatusCode::UNPROCESSABLE_ENTITY,
    100,
    METHOD,
    Some(2_207_051),
);

/// A reason to refuse a request. Messages say what is wrong and what to do next.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: Kind,
    message: String,
}

impl Refusal {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind, message }
    }

    fn sub(mut self, subcode: i64) -> Self {
        self.kind.3 = Some(subcode);
        self
    }

    pub(super) fn no_such_path() -> Self {
        let message = "There is no operation at this path. Use /{Version}/{Application-ID}/whatsapp_business_solution \
                       or /{Version}/{Solution-ID}/accept, with a version such as v25.0.";
        Self::new(NOT_FOUND, message).sub(7)
    }

    /// `name` is what the documentation calls the ID.
    pub(super) fn id_not_numeric(name: &str, id: &str) -> Self {
        let message = format!("{name} in the path is '{id:.200}'. Use digits only.");
        Self::new(BAD_REQUEST, message).sub(1)
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(
            WRONG_METHOD,
            "This path takes POST only. Send a POST request.",
        )
        .sub(10)
    }

    pub(super) fn no_token() -> Self {
        let message = "The request has no bearer token. Send the header 'Authorization: Bearer' with an access token.";
        Self::new(UNAUTHORIZED, message)
    }

    pub(super) fn token_rejected() -> Self {
        let message = "The test told the sandbox to reject this access token. Send another one.";
        Self::new(UNAUTHORIZED, message)
    }

    pub(super) fn not_json() -> Self {
        let message = "The body's Content-Type is not application/json. Send JSON.";
        Self::new(BAD_REQUEST, message).sub(2)
    }

    pub(super) fn body_too_long() -> Self {
        let message =
            format!("The body is longer than {BODY_LIMIT} bytes. Send only the documented fields.");
        Self::new(BAD_REQUEST, message).sub(3)
    }

    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        let error = error.to_string();
        let message = format!(
            "The body is not the documented JSON: {error:.200}. Correct it and send it again."
        );
        Self::new(BAD_REQUEST, message).sub(4)
    }

    pub(super) fn too_many_permissions() -> Self {
        let message = "A list of permissions has more than one entry. Send [\"MESSAGING\"] or [].";
        Self::new(BAD_REQUEST, message).sub(5)
    }

    pub(super) fn no_such_app(id: &str) -> Self {
        let message = format!("There is no application {id:.200}. Use one that exists.");
        Self::new(NOT_FOUND, message).sub(8)
    }

    pub(super) fn no_such_solution(id: &str) -> Self {
        let message = format!("There is no solution {id:.200}. Create it first.");
        Self::new(NOT_FOUND, message).sub(9)
    }

    pub(super) fn app_forbidden(id: &str) -> Self {
        let message =
            format!("Application {id:.200} lacks the permission. Use another application.");
        Self::new(FORBIDDEN, message).sub(6)
    }

    pub(super) fn not_invited(app: &str) -> Self {
        let message =
            format!("Application {app:.200} is not the solution's partner. Accept as the partner.");
        Self::new(ACCEPT_FORBIDDEN, message)
    }

    pub(super) fn both_hold_messaging() -> Self {
        let message = "Owner and partner both hold MESSAGING. Send [] for one of them.";
        Self::new(UNPROCESSABLE, message).sub(11)
    }

    pub(super) fn neither_holds_messaging() -> Self {
        let message =
            "Neither owner nor partner holds MESSAGING. Send [\"MESSAGING\"] for one of them.";
        Self::new(UNPROCESSABLE, message).sub(12)
    }

    pub(super) fn not_acceptable(status: SolutionStatus, partner: &PartnerStatus) -> Self {
        let partner = partner.to_string();
        let message = format!(
            "The solution is {status} and its partner {partner:.200}; only INITIATED and NOTIFICATION_SENT can be \
             accepted. Create a new solution, unless this one is as you want it."
        );
        Self::new(ACCEPT_UNPROCESSABLE, message)
    }

    /// The response, without what the server adds to every response (the trace ID, for example).
    pub(super) fn into_response(self) -> Response<Value> {
        let (status, code, type_, error_subcode) = self.kind;
        let error = types::GraphApiErrorError {
            message: format!("(#{code}) {}", self.message),
            type_: type_.to_owned(),
            code,
            error_subcode,
            fbtrace_id: None,
            is_transient: Some(false),
            error_user_title: status.canonical_reason().map(str::to_owned),
            error_user_msg: Some(self.message),
        };
        let mut response = Response::new(serde_json::json!({ "error": error }));
        *response.status_mut() = status;
        if status == StatusCode::METHOD_NOT_ALLOWED {
            let post = HeaderValue::from_static("POST");
            response.headers_mut().insert(header::ALLOW, post);
        }
        response
    }
}
