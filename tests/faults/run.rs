//! One schedule from beginning to end: its own server, its own client, its own runtime for that client.

use std::{sync::Arc, time::Duration};

use tokio::{
    net::TcpStream,
    runtime::{Builder, Handle, Runtime},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, Error, MessagingHolder, Reply,
};

use crate::{
    fault::{After, Answer, Fault},
    ledger::{Arrival, Connections, Ledger},
    request::name_of,
    rows::Operation,
    schedule::{Call, Listening, Schedule},
    server::{Server, solution_of},
};

pub const TOKEN: &str = "EAAGfaultsTokenOfNobody0123456789";
const APP: &str = "1111222233334444";
const PARTNER: &str = "9876543210987654";

/// After this time beyond its deadline a call is not waited for.
const OVERDUE: Duration = Duration::from_secs(15);

/// What is closed has to be seen closed, and what has ended to be gone, in this time.
const GONE: Duration = Duration::from_secs(10);

/// A success of either operation.
#[derive(Clone, Debug)]
pub struct Done {
    pub solution_id: String,
    pub attempts: u32,
    pub earlier_may_have_taken_effect: bool,
    pub body: Vec<u8>,
}

impl Done {
    fn of<T>(reply: &Reply<T>, solution_id: &str) -> Self {
        Self {
            solution_id: solution_id.to_owned(),
            attempts: reply.attempts(),
            earlier_may_have_taken_effect: reply.earlier_attempt_may_have_taken_effect(),
            body: reply.response().body().to_vec(),
        }
    }
}

#[derive(Debug)]
pub enum Result {
    Ok(Done),
    Err(Error),
    /// The caller dropped the future.
    Dropped,
    /// It had not ended long after its deadline.
    Overdue,
    Panicked,
}

#[derive(Debug)]
pub struct Called {
    pub result: Result,
    pub took: Duration,
}

impl Called {
    /// Whether the client did not come to tell anything.
    pub fn is_unknown(&self) -> bool {
        !matches!(self.result, Result::Ok(_) | Result::Err(_))
    }

    /// As far as the client told.
    pub fn attempts(&self) -> usize {
        match &self.result {
            Result::Ok(done) => done.attempts as usize,
            Result::Err(error) => error.attempts() as usize,
            Result::Dropped | Result::Overdue | Result::Panicked => 0,
        }
    }
}

/// Everything that is known of a schedule that was played.
pub struct Played {
    pub schedule: Arc<Schedule>,
    pub calls: Vec<Called>,
    pub arrivals: Vec<Arrival>,
    pub connections: Connections,
    /// Whether a connection on which an answer too many had come was closed while it was idle.
    pub kept_after_late_stray: bool,
    /// Tasks of the client that were there still when all was over.
    pub tasks_left: usize,
    pub began: Instant,
}

/// Plays a schedule; the server runs on the runtime that is handed in.
pub fn play(schedule: Schedule, servers: &Handle) -> Played {
    let schedule = Arc::new(schedule);
    let ledger = Arc::new(Ledger::default());
    let server = {
        let _guard = servers.enter();
        Server::bind(schedule.listening)
    };
    let port = server.port;
    let playing = servers.spawn(server.play(schedule.clone(), ledger.clone()));
    let runtime = runtime(schedule.threads);
    let began = Instant::now();
    let ((calls, kept_after_late_stray), tasks_left) = runtime.block_on(async {
        let client = client(&schedule, port);
        let result = make_calls(&client, &schedule, &ledger).await;
        drop(client);
        let tasks_left = tasks_left().await;
        if schedule.listening != Listening::Refused {
            until_all_is_closed(port, &ledger).await;
        }
        (result, tasks_left)
    });
    let connections = ledger.connections();
    playing.abort();
    Played {
        calls,
        arrivals: ledger.arrivals(),
        connections,
        kept_after_late_stray,
        tasks_left,
        began,
        schedule,
    }
}

fn runtime(threads: bool) -> Runtime {
    let mut builder = if threads {
        Builder::new_multi_thread()
    } else {
        Builder::new_current_thread()
    };
    builder
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

/// How many tasks of this runtime are left, once there was time for them to end.
async fn tasks_left() -> usize {
    let metrics = Handle::current().metrics();
    let begun = Instant::now();
    while metrics.num_alive_tasks() > 0 && begun.elapsed() < GONE {
        sleep(Duration::from_millis(1)).await;
    }
    metrics.num_alive_tasks()
}

/// Waits for the end of every connection, also of those that the server has not noticed yet: they come before one more.
async fn until_all_is_closed(port: u16, ledger: &Ledger) {
    let last = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a server");
    let from = last.local_addr().expect("an address").port();
    drop(last);
    let such =
        |connections: &Connections| connections.from.contains(&from) && connections.all_closed();
    ledger.until(GONE, such).await;
}

fn client(schedule: &Schedule, port: u16) -> Client {
    let scheme = if matches!(schedule.listening, Listening::NoTls(_)) {
        "https"
    } else {
        "http"
    };
    let mut builder = Client::builder()
        .token(TOKEN)
        .base_url(format!("{scheme}://127.0.0.1:{port}"))
        .retry_policy(schedule.bounds.policy())
        .retry_budget(schedule.bounds.retry_budget.unwrap_or(u32::MAX));
    if !schedule.own_http {
        builder = builder.reqwest_client(http_client());
    }
    builder.build().expect("a client")
}

/// As the crate builds one, but without reading the certificates of the system, which takes longer than a schedule.
fn http_client() -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy();
    let builder = builder.tls_backend_rustls().tls_certs_only([]);
    builder.build().expect("an HTTP client")
}

async fn make_calls(client: &Client, schedule: &Schedule, ledger: &Ledger) -> (Vec<Called>, bool) {
    let calls = schedule.calls.iter().cloned().enumerate();
    let mut kept_after_late_stray = false;
    let mut called = Vec::new();
    if schedule.at_once {
        let mut running = JoinSet::new();
        for (number, call) in calls {
            let (client, limit) = (client.clone(), schedule.bounds.deadline + OVERDUE);
            running.spawn(async move { (number, make_call(client, number, call, limit).await) });
        }
        let mut ended = running.join_all().await;
        ended.sort_by_key(|(number, _)| *number);
        called.extend(ended.into_iter().map(|(_, called)| called));
    } else {
        for (number, call) in calls {
            let limit = schedule.bounds.deadline + OVERDUE;
            called.push(make_call(client.clone(), number, call, limit).await);
            if let Some(connection) = with_late_stray(ledger, number) {
                let closed = |connections: &Connections| !connections.open[connection];
                kept_after_late_stray |= !ledger.until(GONE, closed).await;
            }
        }
    }
    (called, kept_after_late_stray)
}

/// The connection on which an answer too many comes while nobody asks anything.
fn with_late_stray(ledger: &Ledger, call: usize) -> Option<usize> {
    let last = ledger
        .arrivals()
        .into_iter()
        .rfind(|arrival| arrival.call == call)?;
    let late = matches!(
        last.fault,
        Fault::Answer(Answer {
            after: After::LateStray,
            ..
        })
    );
    late.then_some(last.connection)
}

async fn make_call(client: Client, number: usize, call: Call, limit: Duration) -> Called {
    let begun = Instant::now();
    // A task of its own, so that a panic in it ends nothing else.
    let mut task = tokio::spawn(async move { make(&client, number, call.operation).await });
    let wait = call.dropped_after.unwrap_or(limit);
    let ended = timeout(wait, &mut task).await;
    let took = begun.elapsed();
    let result = match ended {
        Ok(Ok(Ok(done))) => Result::Ok(done),
        Ok(Ok(Err(error))) => Result::Err(error),
        Ok(Err(_)) => Result::Panicked,
        Err(_) => {
            task.abort();
            match task.await {
                Err(ended) if ended.is_panic() => Result::Panicked,
                _ if call.dropped_after.is_some() => Result::Dropped,
                _ => Result::Overdue,
            }
        }
    };
    Called { result, took }
}

async fn make(
    client: &Client,
    number: usize,
    operation: Operation,
) -> std::result::Result<Done, Error> {
    match operation {
        Operation::Create => {
            let holder = MessagingHolder::Owner;
            let request = CreateRequest::with_messaging(holder, PARTNER, name_of(number));
            let reply = client
                .create_solution(APP, &request.expect("a request"))
                .await?;
            Ok(Done::of(&reply, &reply.solution_id))
        }
        Operation::Accept => {
            let request = AcceptRequest::by_partner(PARTNER).expect("a request");
            let reply = client
                .accept_solution(solution_of(number).to_string(), &request)
                .await?;
            Ok(Done::of(&reply, &reply.solution_id))
        }
    }
}
