//! The three that are compared. Each makes its calls as somebody would who had only that.

use std::{hint::black_box, time::Duration};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use whatsapp_multi_partner_solutions::{Client, CreateRequest, CreateResponse, MessagingHolder};

use crate::generated::{self, types};

/// What the others are compared with comes first.
pub const CONTENDERS: [&str; 3] = ["reqwest", "generated", "this"];

const VERSION: &str = "v25.0";
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const APPLICATION_ID: &str = "1234567890123456";
const PARTNER_APP_ID: &str = "9876543210987654";

/// What one call costs, from what `calls` and twice as many cost.
pub fn per_call(calls: u32, cost: impl Fn(u32) -> u64) -> f64 {
    let difference = cost(2 * calls).saturating_sub(cost(calls));
    u32::try_from(difference).map_or(f64::INFINITY, f64::from) / f64::from(calls)
}

/// Sets up one contender and creates solutions one after the other, all on this thread.
pub fn make_calls(contender: &str, base_url: &str, calls: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        match contender {
            "reqwest" => reqwest(base_url, calls).await,
            "generated" => generated(base_url, calls).await,
            _ => this(base_url, calls).await,
        }
    });
}

async fn this(base_url: &str, calls: u32) {
    let builder = Client::builder().token(token()).base_url(base_url);
    let client = builder.build().expect("a client");
    let request = request();
    for _ in 0..calls {
        let reply = client.create_solution(APPLICATION_ID, &request).await;
        black_box(reply.expect("a solution"));
    }
}

/// The token is a default header, because the generated client has no parameter for it.
async fn generated(base_url: &str, calls: u32) {
    let headers = HeaderMap::from_iter([(AUTHORIZATION, authorization())]);
    let http = http().default_headers(headers).build().expect("a client");
    let client = generated::Client::new_with_client(base_url, http, ());
    // The same request in the other copy of its type.
    let json = serde_json::to_value(request()).expect("JSON");
    let request: types::WhatsAppBusinessSolutionCreateRequest =
        serde_json::from_value(json).expect("the same type");
    for _ in 0..calls {
        let version = VERSION.parse().expect("a version");
        let id = APPLICATION_ID.parse().expect("an ID");
        let call = client.create_solution(&version, &id, Some(USER_AGENT), &request);
        black_box(call.await.expect("a solution").into_inner());
    }
}

async fn reqwest(base_url: &str, calls: u32) {
    let client = http().user_agent(USER_AGENT).build().expect("a client");
    let authorization = authorization();
    let request = request();
    for _ in 0..calls {
        let url = format!("{base_url}/{VERSION}/{APPLICATION_ID}/whatsapp_business_solution");
        let call = client
            .post(url)
            .json(&request)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, authorization.clone());
        let response = call.send().await.expect("a response");
        let response = response.error_for_status().expect("a success");
        let created: CreateResponse = response.json().await.expect("a documented body");
        black_box(created);
    }
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

fn request() -> CreateRequest {
    let holder = MessagingHolder::Owner;
    let request = CreateRequest::with_messaging(holder, PARTNER_APP_ID, "Our solution");
    request.expect("a request")
}
