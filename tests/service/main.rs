//! A complete small service to copy from: it takes jobs over HTTP and creates solutions for several tenants.
//!
//! ```sh
//! export TENANT_ACME=1234567890123456:EAAG...      # one variable per tenant: its app ID and access token
//! cargo run --example service                      # LISTEN=ADDRESS:PORT, and GRAPH_BASE_URL=URL for a sandbox
//! curl localhost:8080/tenants/acme/solutions --json '{"partner_app_id": "9876543210987654",
//!     "solution_name": "Order 4711", "owner_permissions": ["MESSAGING"], "partner_permissions": []}'
//! curl localhost:8080/jobs/0 localhost:8080/metrics
//! ```

mod service;

use std::{env, error::Error, sync::Arc, time::Duration};

use service::{Service, serve};
use tokio::{net::TcpListener, signal};
use whatsapp_multi_partner_solutions::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().init();
    // Makes no calls: each tenant has a client with its own token, on the same connection pool.
    let mut client = Client::builder().token("none");
    if let Ok(url) = env::var("GRAPH_BASE_URL") {
        client = client.base_url(url);
    }
    let client = client.build()?;

    let mut service = Service {
        pause: Duration::from_secs(30),
        // Many platforms kill a process 30 s after they told it to stop.
        grace: Duration::from_secs(25),
        ..Service::default()
    };
    for (variable, value) in env::vars() {
        if let Some(name) = variable.strip_prefix("TENANT_") {
            let parts = value.split_once(':');
            let (app_id, token) = parts.ok_or(format!("{variable} is not APP_ID:TOKEN"))?;
            let tenant = (app_id.to_owned(), client.with_token(token)?);
            service.tenants.insert(name.to_lowercase(), tenant);
        }
    }

    let listen = env::var("LISTEN").unwrap_or("127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&listen).await?;
    tracing::info!(listen, tenants = ?service.tenants.keys(), "listening");
    for job in serve(listener, Arc::new(service), told_to_stop()).await {
        tracing::warn!(?job, "not done");
    }
    Ok(())
}

/// Ends at Ctrl-C, and on Unix also at SIGTERM.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut sigterm) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! { _ = sigterm.recv() => return, _ = signal::ctrl_c() => return }
    }
    let _ = signal::ctrl_c().await;
}
