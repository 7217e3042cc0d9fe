//! The service, run against the sandbox on real sockets.
#![allow(clippy::unwrap_used)]

mod service;

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use service::{Job, Service, serve};
use tokio::{net::TcpListener, time};
use whatsapp_multi_partner_solutions::sandbox::{Fault, Sandbox};
use whatsapp_multi_partner_solutions::{Client, CreateRequest, MessagingHolder};

/// Runs the service until `calls`, which gets its URL, has ended. Returns the jobs that are not done.
async fn run(service: &Arc<Service>, calls: impl AsyncFnOnce(&str)) -> Vec<Job> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let all = serve(listener, service.clone(), calls(&url));
    time::timeout(Duration::from_secs(60), all).await.unwrap()
}

async fn add(url: &str, tenant: &str, name: &str) {
    let url = format!("{url}/tenants/{tenant}/solutions");
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, "3", name).unwrap();
    let response = reqwest::Client::new().post(url).json(&request).send().await;
    assert_eq!(response.unwrap().status(), 202);
}

async fn get(url: String) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

/// The progress of a job, as soon as it is not pending.
async fn ended(url: &str, id: usize) -> Value {
    loop {
        let job = get(format!("{url}/jobs/{id}")).await;
        let job: Value = serde_json::from_str(&job).unwrap();
        if job["progress"] != "pending" {
            return job["progress"].clone();
        }
        time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn jobs_end_as_they_should_and_those_that_a_stop_interrupts_are_reported_and_resumed() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.reject_token("globex");
    let client = Client::builder().token("none").base_url(sandbox.base_url());
    let client = client.build().unwrap();
    let mut service = Service::default();
    for (name, app_id) in [("acme", "1"), ("globex", "2")] {
        let tenant = (app_id.to_owned(), client.with_token(name).unwrap());
        service.tenants.insert(name.to_owned(), tenant);
    }
    let service = Arc::new(service);

    let left = run(&service, async |url| {
        add(url, "acme", "Undisturbed").await;
        assert_eq!(ended(url, 0).await["done"], sandbox.solutions()[0].id);

        let lost = Fault::close_after_reading().carried_out();
        sandbox.script([Fault::none(), lost]);
        add(url, "acme", "Response lost").await;
        assert_eq!(ended(url, 1).await["done"], sandbox.solutions()[1].id);

        add(url, "globex", "Refused").await;
        assert_eq!(ended(url, 2).await, "failed");
        let metrics = get(format!("{url}/metrics")).await;
        assert!(metrics.contains(r#"outcome="refused"} 1"#), "{metrics}");

        sandbox.script([Fault::none(), Fault::hang().carried_out()]);
        add(url, "acme", "In flight").await;
        while sandbox.solutions().len() < 3 {
            time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(left.await[0].may_have_taken_effect);

    let left = run(&service, async |url| {
        assert_eq!(ended(url, 3).await["done"], sandbox.solutions()[2].id);
    });
    assert!(left.await.is_empty());
}
