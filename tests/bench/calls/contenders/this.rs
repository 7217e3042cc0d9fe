//! This crate's client, with every setting as it comes.

use std::hint::black_box;

use whatsapp_multi_partner_solutions::{AcceptRequest, Client, CreateRequest};

use super::{APPLICATION_ID, Contender, SOLUTION_ID, Setting};

#[derive(Clone)]
pub struct This {
    client: Client,
    create: CreateRequest,
    accept: AcceptRequest,
}

impl Contender for This {
    const NAME: &'static str = "this client";

    fn new(setting: &Setting) -> Self {
        let client = Client::builder()
            .token(setting.token.as_str())
            .base_url(&setting.base_url)
            .build();
        Self {
            client: client.expect("a client"),
            create: setting.create.clone(),
            accept: setting.accept.clone(),
        }
    }

    async fn create(&self) {
        let reply = self
            .client
            .create_solution(APPLICATION_ID, &self.create)
            .await;
        black_box(reply.expect("a solution"));
    }

    async fn accept(&self) {
        let reply = self.client.accept_solution(SOLUTION_ID, &self.accept).await;
        black_box(reply.expect("an acceptance"));
    }
}
