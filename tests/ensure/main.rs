//! Lookups, `ensure_solution` and `ensure_accepted`, used as a back end would, against the sandbox on real sockets.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used)]

mod accepted;
mod lookups;
mod model;
mod solution;

use std::env;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::sleep;
use whatsapp_multi_partner_solutions::PartnerStatus::Accepted;
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptTerms, Client, CreateRequest, EnsuredAcceptance, EnsuredSolution, Error,
    ErrorKind, KnownFrom, MessagingHolder, RetryPolicy,
};

const OWNER: &str = "1111111111111111";
const PARTNER: &str = "2222222222222222";
const OTHER: &str = "3333333333333333";
const NAME: &str = "Order 4711";

/// Short waits, so that tests are fast.
fn policy() -> RetryPolicy {
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    policy.settle_for(Duration::from_millis(100))
}

fn client(sandbox: &Sandbox, http: reqwest::Client) -> Client {
    let client = Client::builder().token("token").reqwest_client(http);
    let client = client.retry_policy(policy()).base_url(sandbox.base_url());
    client.build().unwrap()
}

async fn start() -> (Sandbox, Client) {
    let sandbox = Sandbox::start().await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build();
    let client = client(&sandbox, http.unwrap());
    (sandbox, client)
}

/// What the owner asks for, who keeps MESSAGING.
fn request() -> CreateRequest {
    named(NAME)
}

fn named(name: &str) -> CreateRequest {
    CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, name).unwrap()
}

/// Creates a solution, and returns its ID.
async fn create(client: &Client, owner: &str, request: &CreateRequest) -> String {
    let created = client.create_solution(owner, request).await.unwrap();
    created.into_inner().solution_id
}

/// How often create and accept were sent.
fn posts(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests().into_iter();
    requests.filter(|it| it.method == "POST").count()
}

/// Only `OutcomeUnknown` means that the call may have taken effect.
fn check(error: &Error, kind: ErrorKind, texts: &[&str]) {
    assert_eq!(error.kind(), kind, "{error}");
    for text in texts {
        assert!(error.to_string().contains(text), "{text}: {error}");
    }
}

fn lost_after() -> Fault {
    Fault::close_after_reading().carried_out()
}

fn unreadable() -> Fault {
    Fault::answer(200).body("{").carried_out()
}
