//! Clients and calls as these tests need them.

use std::time::Duration;

use serde_json::json;
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptResponse, Client, ClientBuilder, CreateRequest, CreateResponse, Error,
    MessagingHolder, Reply, Resend, Response, RetryPolicy, Usage,
};

use crate::server::{Server, Step};

pub const TOKEN: &str = "EAAGwireTokenThatNobodyMayEverSee0123456789";
/// The secret of the app that the token belongs to, and what comes of the two, by `openssl dgst -sha256 -hmac`.
pub const APP_SECRET: &str = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
pub const PROOF: &str = "e956bc677a12bb5438e9f7b31b665bb1fd32d0d1d9ae2c724b56ff3386096f2d";
pub const OWNER: &str = "1111222233334444";
pub const PARTNER: &str = "9876543210987654";
pub const SOLUTION: &str = "5555666677778888";

/// Waits that cost a test nothing.
pub fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2))
}

pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .token(TOKEN)
        .base_url(server.url())
        .retry_policy(policy())
}

pub fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

pub fn client_with(server: &Server, policy: RetryPolicy) -> Client {
    builder(server)
        .retry_policy(policy)
        .build()
        .expect("a client")
}

pub fn create_request() -> CreateRequest {
    CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Wire solution")
        .expect("a request")
}

pub fn accept_request() -> AcceptRequest {
    AcceptRequest::by_partner(PARTNER).expect("a request")
}

pub async fn create(client: &Client) -> Result<Reply<CreateResponse>, Error> {
    client.create_solution(OWNER, &create_request()).await
}

pub async fn accept(client: &Client) -> Result<Reply<AcceptResponse>, Error> {
    client.accept_solution(SOLUTION, &accept_request()).await
}

/// A server and a client of it that sends nothing again.
pub struct Once {
    server: Server,
    client: Client,
}

impl Once {
    pub async fn start() -> Self {
        let server = Server::start([]).await;
        let client = client_with(&server, policy().max_attempts(1));
        Self { server, client }
    }

    /// Calls create, to which the server does this.
    pub async fn create(&self, step: Step) -> Result<Reply<CreateResponse>, Error> {
        self.server.script([step]);
        create(&self.client).await
    }

    /// Calls accept, to which the server does this.
    pub async fn accept(&self, step: Step) -> Result<Reply<AcceptResponse>, Error> {
        self.server.script([step]);
        accept(&self.client).await
    }
}

pub fn created() -> Step {
    Step::json(200, &json!({ "solution_id": SOLUTION }))
}

pub fn accepted() -> Step {
    Step::json(
        200,
        &json!({ "success": true, "solution_id": SOLUTION, "partner_status": "ACCEPTED" }),
    )
}

/// The error object of the Graph API around these fields.
pub fn graph_error(status: u16, fields: &serde_json::Value) -> Step {
    Step::json(status, &json!({ "error": fields }))
}

/// What is called, and how eagerly it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Create(Resend),
    Accept,
}

pub const CALLS: [Call; 4] = [
    Call::Create(Resend::OnlyIfSafe),
    Call::Create(Resend::AsDocumented),
    Call::Create(Resend::Always),
    Call::Accept,
];

/// What a success of either operation says of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub attempts: u32,
    pub earlier_may_have_taken_effect: bool,
}

impl Call {
    /// The answer that makes it a success.
    pub fn success(self) -> Step {
        match self {
            Self::Create(_) => created(),
            Self::Accept => accepted(),
        }
    }

    /// The policy with the eagerness of this call.
    pub fn eager(self, policy: RetryPolicy) -> RetryPolicy {
        match self {
            Self::Create(replay) => policy.resend(replay),
            // Accept must not ask for it.
            Self::Accept => policy.resend(Resend::OnlyIfSafe),
        }
    }

    pub async fn make(self, client: &Client) -> Result<Done, Error> {
        fn done<T>(reply: &Reply<T>) -> Done {
            Done {
                attempts: reply.attempts(),
                earlier_may_have_taken_effect: reply.earlier_attempt_may_have_taken_effect(),
            }
        }
        match self {
            Self::Create(_) => create(client).await.map(|reply| done(&reply)),
            Self::Accept => accept(client).await.map(|reply| done(&reply)),
        }
    }
}

/// Shorthands for what a test asks of the last response.
pub trait Facts {
    fn last_response(&self) -> Option<&Response>;

    fn status(&self) -> Option<http::StatusCode> {
        self.last_response().map(Response::status)
    }

    fn headers(&self) -> Option<&http::HeaderMap> {
        self.last_response().map(Response::headers)
    }

    fn body(&self) -> Option<&[u8]> {
        self.last_response().map(Response::body)
    }

    fn is_body_cut_at_limit(&self) -> bool {
        self.last_response().is_some_and(Response::is_truncated)
    }

    fn usage(&self) -> Usage {
        self.last_response()
            .map(Response::usage)
            .cloned()
            .unwrap_or_default()
    }

    fn trace_id(&self) -> Option<&str> {
        self.last_response()?.trace_id()
    }

    fn graph_version(&self) -> Option<&str> {
        self.last_response()?.graph_version()
    }
}

impl Facts for Error {
    fn last_response(&self) -> Option<&Response> {
        self.response()
    }
}

impl<T> Facts for Reply<T> {
    fn last_response(&self) -> Option<&Response> {
        Some(self.response())
    }
}
