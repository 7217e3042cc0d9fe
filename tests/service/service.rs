//! The service: handlers that take and show jobs, and a worker per tenant that runs them.

use std::{collections::BTreeMap, fmt::Display, sync::Arc, time::Duration};

use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header::CONTENT_TYPE};
use axum::{Router, routing};
use serde::Serialize;
use serde_json::json;
use tokio::sync::{Mutex, Notify, watch};
use tokio::{net::TcpListener, task::JoinSet, time};
use tracing::Instrument;
use whatsapp_multi_partner_solutions::{Client, CreateRequest};

#[derive(Default)]
pub struct Service {
    /// By name: the tenant's app ID, and a client with its token.
    pub tenants: BTreeMap<String, (String, Client)>,
    /// Stands in for a table of your database, which outlives the process. It is also the queue.
    pub jobs: Mutex<Vec<Job>>,
    pub added: Notify,
    /// How many runs succeeded, and how many failed with each kind of error.
    pub outcomes: Mutex<BTreeMap<&'static str, u64>>,
    /// The wait before a job runs again, unless the server asks for another one. Make it at least as long as the list of
    /// solutions may lag behind.
    pub pause: Duration,
    /// How long running jobs may go on after the service was told to stop.
    pub grace: Duration,
}

#[derive(Clone, Debug, Serialize)]
pub struct Job {
    pub id: usize,
    pub tenant: String,
    pub request: CreateRequest,
    pub progress: Progress,
    /// Whether the solution may exist although the job is not done.
    pub may_have_taken_effect: bool,
    /// Before the next run.
    #[serde(skip)]
    pub wait: Duration,
    /// Why the last run failed, for a person to read.
    pub error: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    Pending,
    /// The ID of the solution.
    Done(String),
    Failed,
}

/// Serves until `stop` ends, and returns the jobs that are not done then.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    stop: impl Future<Output = ()>,
) -> Vec<Job> {
    // Dropping `running` tells the workers and the server to stop.
    let (running, mut stopped) = watch::channel(());
    let mut tasks = JoinSet::new();
    for tenant in service.tenants.keys().cloned() {
        tasks.spawn(work(service.clone(), tenant, stopped.clone()));
    }
    let server = axum::serve(listener, router(service.clone()))
        .with_graceful_shutdown(async move { stopped.changed().await.unwrap_or_default() });
    tasks.spawn(async { server.await.unwrap_or_default() });
    stop.await;
    drop(running);
    let all_ended = async { while tasks.join_next().await.is_some() {} };
    if time::timeout(service.grace, all_ended).await.is_err() {
        // Drops the calls, which stops them. `run` has recorded that they may take effect.
        tasks.shutdown().await;
    }
    service.pending().await
}

/// Runs the jobs of one tenant, one after another: while it is throttled, all of them have to wait anyway.
async fn work(service: Arc<Service>, tenant: String, mut stopped: watch::Receiver<()>) {
    loop {
        let added = service.added.notified();
        let mut pending = service.pending().await.into_iter();
        let Some(job) = pending.find(|job| job.tenant == tenant) else {
            tokio::select! {
                () = added => continue,
                _ = stopped.changed() => return,
            }
        };
        tokio::select! {
            biased;
            _ = stopped.changed() => return,
            () = time::sleep(job.wait) => {}
        }
        let span = tracing::info_span!("job", job.id, job.tenant);
        service.run(job).instrument(span).await;
    }
}

impl Service {
    async fn pending(&self) -> Vec<Job> {
        let mut jobs = self.jobs.lock().await.clone();
        jobs.retain(|job| job.progress == Progress::Pending);
        jobs
    }

    async fn run(&self, mut job: Job) {
        let may_exist = job.may_have_taken_effect;
        // Recorded before anything is sent. If the process ends during the call, the next one knows that it has to wait
        // until the list shows what the call created.
        job.may_have_taken_effect = true;
        job.wait = self.pause;
        self.jobs.lock().await[job.id] = job.clone();

        let (app_id, client) = &self.tenants[&job.tenant];
        let outcome = match client.ensure_solution(app_id, &job.request).await {
            Ok(solution) => {
                job.progress = Progress::Done(solution.solution_id);
                job.may_have_taken_effect = false;
                job.error = None;
                "done"
            }
            Err(error) => {
                let unknown = error.may_have_taken_effect();
                // An earlier run may have taken effect even if this one did not.
                job.may_have_taken_effect = may_exist || unknown;
                if unknown || error.is_throttled() || error.is_unreachable() {
                    job.wait = error.retry_after().unwrap_or(self.pause);
                } else {
                    // Another run would fail too, until a person has read the error and mended its cause.
                    job.progress = Progress::Failed;
                }
                job.error = Some(error.to_string());
                error.kind().as_str()
            }
        };
        tracing::info!(outcome, error = job.error, "run ended");
        self.jobs.lock().await[job.id] = job.clone();
        *self.outcomes.lock().await.entry(outcome).or_default() += 1;
    }
}

/// Without authentication: only your own back ends may reach it.
fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/tenants/{tenant}/solutions", routing::post(add_job))
        .route("/jobs/{id}", routing::get(show_job))
        .route("/metrics", routing::get(metrics))
        .with_state(service)
}

type Shared = State<Arc<Service>>;
type Json = ([(HeaderName, &'static str); 1], String);

fn to_json(job: &Job) -> Json {
    ([(CONTENT_TYPE, "application/json")], json!(job).to_string())
}

/// Two jobs with the same partner and solution name make one solution, so let the name contain an ID of your own.
async fn add_job(
    State(service): Shared,
    Path(tenant): Path<String>,
    body: String,
) -> Result<(StatusCode, Json), (StatusCode, String)> {
    if !service.tenants.contains_key(&tenant) {
        return Err((StatusCode::NOT_FOUND, "no such tenant".to_owned()));
    }
    let invalid = |why: &dyn Display| (StatusCode::UNPROCESSABLE_ENTITY, why.to_string());
    let request: CreateRequest = serde_json::from_str(&body).map_err(|why| invalid(&why))?;
    request.messaging_holder().map_err(|why| invalid(&why))?;
    let mut jobs = service.jobs.lock().await;
    let job = Job {
        id: jobs.len(),
        tenant,
        request,
        progress: Progress::Pending,
        may_have_taken_effect: false,
        wait: Duration::ZERO,
        error: None,
    };
    jobs.push(job.clone());
    service.added.notify_waiters();
    Ok((StatusCode::ACCEPTED, to_json(&job)))
}

async fn show_job(State(service): Shared, Path(id): Path<usize>) -> Result<Json, StatusCode> {
    let jobs = service.jobs.lock().await;
    let job = jobs.get(id).ok_or(StatusCode::NOT_FOUND)?;
    Ok(to_json(job))
}

/// In the text format of Prometheus.
async fn metrics(State(service): Shared) -> String {
    let outcomes = service.outcomes.lock().await;
    let line = |(outcome, count)| format!("solution_runs_total{{outcome=\"{outcome}\"}} {count}\n");
    outcomes.iter().map(line).collect()
}
