//! The three that are compared. Each makes its calls as somebody would who had only that.

use std::{hint::black_box, time::Duration};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptResponse, Client, CreateRequest, CreateResponse, MessagingHolder,
};

use crate::generated::{self, types};

/// What the others are compared with comes first.
pub const CONTENDERS: [&str; 3] = ["reqwest", "generated", "this"];

const VERSION: &str = "v25.0";
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const APPLICATION_ID: &str = "1234567890123456";
const PARTNER_APP_ID: &str = "9876543210987654";
const SOLUTION_ID: &str = "1122334455667788";

/// What one call costs, from what `calls` and twice as many cost.
pub fn per_call(calls: u32, cost: impl Fn(u32) -> u64) -> f64 {
    let difference = cost(2 * calls).saturating_sub(cost(calls));
    u32::try_from(difference).map_or(f64::INFINITY, f64::from) / f64::from(calls)
}

/// Sets up one contender and makes calls one after the other, all on this thread.
pub fn make_calls(contender: &str, operation: &str, base_url: &str, calls: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        match contender {
            "reqwest" => reqwest(operation, base_url, calls).await,
            "generated" => generated(operation, base_url, calls).await,
            _ => this(operation, base_url, calls).await,
        }
    });
}

async fn this(operation: &str, base_url: &str, calls: u32) {
    let builder = Client::builder().token(token()).base_url(base_url);
    let client = builder.build().expect("a client");
    let (create, accept) = requests();
    for _ in 0..calls {
        if operation == "create" {
            let reply = client.create_solution(APPLICATION_ID, &create).await;
            black_box(reply.expect("a solution"));
        } else {
            let reply = client.accept_solution(SOLUTION_ID, &accept).await;
            black_box(reply.expect("an acceptance"));
        }
    }
}

/// The token is a default header, because the generated client has no parameter for it.
async fn generated(operation: &str, base_url: &str, calls: u32) {
    let headers = HeaderMap::from_iter([(AUTHORIZATION, authorization())]);
    let http = http().default_headers(headers).build().expect("a client");
    let client = generated::Client::new_with_client(base_url, http, ());
    let (create, accept) = requests();
    let create: types::WhatsAppBusinessSolutionCreateRequest = same(&create);
    let accept: types::WhatsAppBusinessSolutionAcceptRequest = same(&accept);
    for _ in 0..calls {
        if operation == "create" {
            let version = VERSION.parse().expect("a version");
            let id = APPLICATION_ID.parse().expect("an ID");
            let call = client.create_solution(&version, &id, Some(USER_AGENT), &create);
            black_box(call.await.expect("a solution").into_inner());
        } else {
            let version = VERSION.parse().expect("a version");
            let id = SOLUTION_ID.parse().expect("an ID");
            let call = client.accept_solution(&version, &id, Some(USER_AGENT), &accept);
            black_box(call.await.expect("an acceptance").into_inner());
        }
    }
}

async fn reqwest(operation: &str, base_url: &str, calls: u32) {
    let client = http().user_agent(USER_AGENT).build().expect("a client");
    let authorization = authorization();
    let (create, accept) = requests();
    for _ in 0..calls {
        if operation == "create" {
            let url = format!("{base_url}/{VERSION}/{APPLICATION_ID}/whatsapp_business_solution");
            let request = client.post(url).json(&create);
            black_box(send::<CreateResponse>(request, &authorization).await);
        } else {
            let url = format!("{base_url}/{VERSION}/{SOLUTION_ID}/accept");
            let request = client.post(url).json(&accept);
            black_box(send::<AcceptResponse>(request, &authorization).await);
        }
    }
}

async fn send<T: DeserializeOwned>(request: reqwest::RequestBuilder, token: &HeaderValue) -> T {
    let request = request
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(AUTHORIZATION, token.clone());
    let response = request.send().await.expect("a response");
    let response = response.error_for_status().expect("a success");
    response.json().await.expect("a documented body")
}

/// Set up as the library does it.
fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
}

/// As long as Meta's are.
fn token() -> String {
    format!("EAAG{}", "m1Zx7QpL".repeat(24))
}

fn authorization() -> HeaderValue {
    let mut value = HeaderValue::try_from(format!("Bearer {}", token())).expect("a header");
    value.set_sensitive(true);
    value
}

fn requests() -> (CreateRequest, AcceptRequest) {
    let holder = MessagingHolder::Owner;
    let create = CreateRequest::with_messaging(holder, PARTNER_APP_ID, "Our solution");
    let accept = AcceptRequest::by_partner(PARTNER_APP_ID);
    (create.expect("a request"), accept.expect("a request"))
}

/// The same request in the other copy of its type.
fn same<T: DeserializeOwned>(request: &impl Serialize) -> T {
    let json = serde_json::to_value(request).expect("JSON");
    serde_json::from_value(json).expect("the same type")
}
