//! Bare `reqwest`, with the same requests and answers as serde structs.

use std::hint::black_box;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptResponse, CreateRequest, CreateResponse,
};

use super::{APPLICATION_ID, Contender, SOLUTION_ID, Setting, USER_AGENT, VERSION, http};

#[derive(Clone)]
pub struct Bare {
    http: reqwest::Client,
    base_url: String,
    authorization: HeaderValue,
    create: CreateRequest,
    accept: AcceptRequest,
}

impl Bare {
    async fn post<T: DeserializeOwned>(&self, id: &str, action: &str, body: &impl Serialize) -> T {
        let answer = self
            .http
            .post(format!("{}/{VERSION}/{id}/{action}", self.base_url))
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, self.authorization.clone())
            .json(body)
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .expect("an answer");
        answer.json().await.expect("a body")
    }
}

impl Contender for Bare {
    const NAME: &'static str = "reqwest";

    fn new(setting: &Setting) -> Self {
        let mut authorization =
            HeaderValue::from_str(&format!("Bearer {}", setting.token)).expect("a header");
        authorization.set_sensitive(true);
        Self {
            http: http().user_agent(USER_AGENT).build().expect("a client"),
            base_url: setting.base_url.clone(),
            authorization,
            create: setting.create.clone(),
            accept: setting.accept.clone(),
        }
    }

    async fn create(&self) {
        let action = "whatsapp_business_solution";
        let answer: CreateResponse = self.post(APPLICATION_ID, action, &self.create).await;
        black_box(answer);
    }

    async fn accept(&self) {
        let answer: AcceptResponse = self.post(SOLUTION_ID, "accept", &self.accept).await;
        black_box(answer);
    }
}
