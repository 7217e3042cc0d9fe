//! Every way in which the stand-in refuses a request, as a complete `GraphAPIError`.
//!
//! Codes, types and subcodes are those of the examples in Meta's published OpenAPI file. It has no subcode for some
//! refusals; those get a small number of the sandbox's own, so that the field is filled and a test can tell the
//! reasons of one status apart.

use http::{HeaderValue, StatusCode, header};

use super::answer::{Answer, Marks};
use super::request::BODY_LIMIT;
use crate::types;

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

/// A reason to refuse a request.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    kind: &'static str,
    code: i64,
    subcode: i64,
    title: &'static str,
    /// What is wrong.
    message: String,
    /// What to do next.
    advice: String,
}

impl Refusal {
    fn bad_request(subcode: i64, message: String, advice: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: OAUTH,
            code: 100,
            subcode,
            title: "Invalid request",
            message,
            advice: advice.into(),
        }
    }

    pub(super) fn id_not_numeric(name: &str, id: &str) -> Self {
        let id = shown(id);
        let message = format!("{name} in the path is '{id}', which is not made of digits alone.");
        let advice = format!("Put the numeric id in the place of {name}.");
        Self::bad_request(1, message, advice)
    }

    pub(super) fn not_json(content_type: Option<&str>) -> Self {
        let message = match content_type {
            Some(other) => format!("The body's Content-Type is '{}'.", shown(other)),
            None => "The body has no Content-Type.".to_owned(),
        };
        Self::bad_request(2, message, "Send the body as application/json.")
    }

    pub(super) fn body_too_long() -> Self {
        let message = format!("The body is longer than {BODY_LIMIT} bytes.");
        Self::bad_request(
            3,
            message,
            "Send the documented fields alone; they need less than a kilobyte.",
        )
    }

    pub(super) fn unreadable(schema: &str, error: &serde_json::Error) -> Self {
        let message = format!("The body is not a {schema}: {}.", shown(&error.to_string()));
        let advice = format!("Send a JSON object with the fields of {schema} as documented.");
        Self::bad_request(4, message, advice)
    }

    pub(super) fn too_many_permissions(field: &str, count: usize) -> Self {
        let message = format!("{field} has {count} entries, and at most one is allowed.");
        Self::bad_request(5, message, "Send [\"MESSAGING\"] or [].")
    }

    fn unauthorized(message: &str, advice: &str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            kind: OAUTH,
            code: 190,
            subcode: 463,
            title: "No valid access token",
            message: message.to_owned(),
            advice: advice.to_owned(),
        }
    }

    pub(super) fn no_token() -> Self {
        Self::unauthorized(
            "The request carries no bearer token.",
            "Send the header 'Authorization: Bearer' followed by an access token.",
        )
    }

    pub(super) fn token_rejected() -> Self {
        Self::unauthorized(
            "The access token is not valid; the test told this sandbox to reject it.",
            "Get a new access token and send it instead.",
        )
    }

    pub(super) fn app_forbidden(id: &str) -> Self {
        let id = shown(id);
        Self {
            status: StatusCode::FORBIDDEN,
            kind: OAUTH,
            code: 200,
            subcode: 6,
            title: "Not permitted",
            message: format!("Application {id} is not permitted to do this."),
            advice: "Give the application whatsapp_business_management, or take one that has it."
                .to_owned(),
        }
    }

    pub(super) fn not_invited(partner_app_id: &str, solution_id: &str) -> Self {
        let (app, solution) = (shown(partner_app_id), shown(solution_id));
        Self {
            status: StatusCode::FORBIDDEN,
            kind: OAUTH,
            code: 200,
            subcode: 1_349_175,
            title: "Not invited",
            message: format!("Application {app} was not invited into solution {solution}."),
            advice: "Accept as the application that the solution names as its partner.".to_owned(),
        }
    }

    fn not_found(subcode: i64, message: String, advice: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            kind: METHOD,
            code: 803,
            subcode,
            title: "Not found",
            message,
            advice: advice.to_owned(),
        }
    }

    pub(super) fn no_such_path() -> Self {
        Self::not_found(
            7,
            "There is no operation at this path.".to_owned(),
            "Use /{Version}/{Application-ID}/whatsapp_business_solution or /{Version}/{Solution-ID}/accept, with a \
             version such as v25.0.",
        )
    }

    pub(super) fn no_such_app(id: &str) -> Self {
        let message = format!("There is no application {}.", shown(id));
        Self::not_found(8, message, "Use the id of an application that exists.")
    }

    pub(super) fn no_such_solution(id: &str) -> Self {
        let message = format!("There is no solution {}.", shown(id));
        Self::not_found(
            9,
            message,
            "Create the solution first, and use the id in the answer.",
        )
    }

    pub(super) fn wrong_method(method: &http::Method) -> Self {
        let method = shown(method.as_str());
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            kind: METHOD,
            code: 100,
            subcode: 10,
            title: "Wrong method",
            message: format!("This path knows no {method}."),
            advice: "Send the request with POST.".to_owned(),
        }
    }

    fn unprocessable(subcode: i64, title: &'static str, message: String, advice: String) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            kind: METHOD,
            code: 100,
            subcode,
            title,
            message,
            advice,
        }
    }

    pub(super) fn both_hold_messaging() -> Self {
        Self::unprocessable(
            11,
            "Permissions do not add up",
            "Owner and partner both hold MESSAGING.".to_owned(),
            "Give MESSAGING to one of the two, and [] to the other.".to_owned(),
        )
    }

    pub(super) fn neither_holds_messaging() -> Self {
        Self::unprocessable(
            12,
            "Permissions do not add up",
            "Neither owner nor partner holds MESSAGING.".to_owned(),
            "Give MESSAGING to one of the two.".to_owned(),
        )
    }

    /// `what` is the solution or its partner, `status` where it is.
    pub(super) fn not_acceptable(what: &str, status: &str, needed: &str) -> Self {
        let status = shown(status);
        Self::unprocessable(
            2_207_051,
            "Cannot be accepted now",
            format!("The {what} is {status}, and accepting needs it to be {needed}."),
            format!(
                "If {status} is what you want, there is nothing left to do; else create a new solution."
            ),
        )
    }

    /// As it goes to the client.
    pub(super) fn answer(self, marks: &Marks) -> Answer {
        let error = types::GraphApiError {
            error: types::GraphApiErrorError {
                message: format!("(#{}) {} {}", self.code, self.message, self.advice),
                type_: self.kind.to_owned(),
                code: self.code,
                error_subcode: Some(self.subcode),
                fbtrace_id: Some(marks.trace_id.clone()),
                is_transient: Some(false),
                error_user_title: Some(self.title.to_owned()),
                error_user_msg: Some(format!("{} {}", self.message, self.advice)),
            },
        };
        let mut answer = Answer::graph(self.status, &error, marks);
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            answer
                .headers
                .insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        answer
    }
}

/// What a client sent, shortened: an answer must not grow with the request.
fn shown(text: &str) -> String {
    const LIMIT: usize = 200;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
