//! The bare generated client: the token is a default header of its `reqwest::Client`, which is the generator's way.

use std::{hint::black_box, str::FromStr};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    APPLICATION_ID, Contender, SOLUTION_ID, Setting, USER_AGENT, VERSION,
    generated_code::{Client, types},
    http,
};
use crate::transport::Call;

#[derive(Clone)]
pub struct Generated {
    client: Client,
    create_version: types::CreateSolutionVersion,
    accept_version: types::AcceptSolutionVersion,
    create: types::WhatsAppBusinessSolutionCreateRequest,
    accept: types::WhatsAppBusinessSolutionAcceptRequest,
}

impl Contender for Generated {
    const NAME: &'static str = "generated";

    fn new(setting: &Setting) -> Self {
        let mut authorization =
            HeaderValue::from_str(&format!("Bearer {}", setting.token)).expect("a header");
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([(AUTHORIZATION, authorization)]);
        let http = http().default_headers(headers).build().expect("a client");
        Self {
            client: Client::new_with_client(&setting.base_url, http, Call),
            create_version: VERSION.parse().expect("a version"),
            accept_version: VERSION.parse().expect("a version"),
            create: the_same(&setting.create),
            accept: the_same(&setting.accept),
        }
    }

    async fn create(&self) {
        let id = types::CreateSolutionApplicationId::from_str(APPLICATION_ID).expect("an ID");
        let client = &self.client;
        let answer = client
            .create_solution(&self.create_version, &id, Some(USER_AGENT), &self.create)
            .await;
        black_box(answer.expect("a solution").into_inner());
    }

    async fn accept(&self) {
        let id = types::AcceptSolutionSolutionId::from_str(SOLUTION_ID).expect("an ID");
        let client = &self.client;
        let answer = client
            .accept_solution(&self.accept_version, &id, Some(USER_AGENT), &self.accept)
            .await;
        black_box(answer.expect("an acceptance").into_inner());
    }
}

/// The same request in the other copy of its type.
fn the_same<T: DeserializeOwned>(request: &impl Serialize) -> T {
    serde_json::from_value(serde_json::to_value(request).expect("JSON")).expect("the same type")
}
