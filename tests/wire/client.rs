//! Clients and calls as these tests need them.

use std::time::Duration;

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptResponse, Client, ClientBuilder, CreateRequest, CreateResponse, Error,
    MessagingHolder, Reply, Resend, RetryPolicy,
};

use crate::server::{Server, Step};

pub const TOKEN: &str = "EAAGwireTokenThatNobodyMayEverSee0123456789";
/// The secret of the app that the token belongs to, and the proof of the two, by `openssl dgst -sha256 -hmac`.
pub const APP_SECRET: &str = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
pub const PROOF: &str = "e956bc677a12bb5438e9f7b31b665bb1fd32d0d1d9ae2c724b56ff3386096f2d";
pub const OWNER: &str = "1111222233334444";
pub const PARTNER: &str = "9876543210987654";
pub const SOLUTION: &str = "5555666677778888";

/// Short waits.
pub fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(2))
}

pub fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().token(TOKEN).base_url(&server.url);
    builder.retry_policy(policy())
}

pub fn client(server: &Server) -> Client {
    client_with(server, policy())
}

pub fn client_with(server: &Server, policy: RetryPolicy) -> Client {
    let builder = builder(server).retry_policy(policy);
    builder.build().expect("a client")
}

pub fn create_request() -> CreateRequest {
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Wire solution");
    request.expect("a request")
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

/// A success of either operation.
pub fn success() -> Step {
    Step::json(200, &json!({ "success": true, "solution_id": SOLUTION }))
}

/// The error object of the Graph API with these fields.
pub fn graph_error(status: u16, fields: &Value) -> Step {
    Step::json(status, &json!({ "error": fields }))
}

/// A throttled response that asks to wait so many seconds.
pub fn throttled(retry_after: &str) -> Step {
    Step::response(429, &[("Retry-After", retry_after)], "")
}

pub fn status(error: &Error) -> Option<u16> {
    error.response().map(|response| response.status().as_u16())
}

/// A server, and a client of it that makes one attempt.
pub struct Once {
    pub server: Server,
    pub client: Client,
}

impl Once {
    pub async fn start() -> Self {
        let server = Server::start([]).await;
        let builder = builder(&server).retry_policy(policy().max_attempts(1));
        let client = builder.app_secret(APP_SECRET).build().expect("a client");
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

/// An operation, and when it is sent again.
#[derive(Clone, Copy, Debug)]
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

impl Call {
    pub fn policy(self) -> RetryPolicy {
        policy().resend(match self {
            Self::Create(resend) => resend,
            // It does not matter for accept.
            Self::Accept => Resend::OnlyIfSafe,
        })
    }

    /// The attempts that a success took, and whether an earlier one may have taken effect.
    pub async fn make(self, client: &Client) -> Result<(u32, bool), Error> {
        fn told<T>(reply: Reply<T>) -> (u32, bool) {
            let earlier = reply.earlier_attempt_may_have_taken_effect();
            (reply.attempts(), earlier)
        }
        match self {
            Self::Create(_) => create(client).await.map(told),
            Self::Accept => accept(client).await.map(told),
        }
    }
}
