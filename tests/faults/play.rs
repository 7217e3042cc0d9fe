//! Plays one schedule: its own server, its own client, its own runtime for that client.

use std::{sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    runtime::{Builder, Handle},
    time::{Instant, sleep, timeout},
};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, Error, MessagingHolder, Reply, Response,
};

use crate::{
    schedule::{Call, Listening, Schedule},
    server::{Arrival, SharedLedger, serve, solution_of, with},
};

/// A promise about time is kept to the second on an idle machine; the rest is for a busy one.
pub const SLACK: Duration = Duration::from_secs(10);

/// What the client says of a call.
#[derive(Debug)]
pub struct Said {
    /// The solution's ID, or the error.
    pub result: Result<String, Error>,
    pub attempts: usize,
    /// Whether it says that an earlier attempt may have taken effect.
    pub earlier: bool,
    pub response: Option<Response>,
}

impl Said {
    fn new<T>(result: Result<Reply<T>, Error>, solution: impl Fn(&T) -> &String) -> Self {
        match result {
            Ok(reply) => Self {
                result: Ok(solution(&reply).clone()),
                attempts: reply.attempts() as usize,
                earlier: reply.earlier_attempt_may_have_taken_effect(),
                response: Some(reply.response().clone()),
            },
            Err(error) => Self {
                attempts: error.attempts() as usize,
                earlier: error.earlier_attempt_may_have_taken_effect(),
                response: error.response().cloned(),
                result: Err(error),
            },
        }
    }

    pub fn may_have_taken_effect(&self) -> bool {
        let error = self.result.as_ref().err();
        error.is_none_or(Error::may_have_taken_effect)
    }
}

#[derive(Debug, Default)]
pub struct Called {
    /// `None` if the caller dropped it, it panicked, or nobody waited for it any longer.
    pub said: Option<Said>,
    pub took: Duration,
}

/// Everything that is known of a schedule that was played.
pub struct Played {
    pub schedule: Arc<Schedule>,
    pub calls: Vec<Called>,
    pub arrivals: Vec<Arrival>,
    /// Whether tasks or connections of the client were left when it was dropped.
    pub left_something: bool,
}

/// Plays a schedule; the server runs on the runtime that is handed in.
pub fn play(schedule: Schedule, servers: &Handle) -> Played {
    let (schedule, ledger) = (Arc::new(schedule), SharedLedger::default());
    let listener = servers.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let serving = servers.spawn(serve(listener, schedule.clone(), ledger.clone()));

    let mut runtime = Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    let (calls, left_something) = runtime.expect("a runtime").block_on(async {
        let calls = make_calls(client(&schedule, &address), &schedule).await;
        let metrics = Handle::current().metrics();
        let is_over = || metrics.num_alive_tasks() + with(&ledger, |it| it.open_connections) == 0;
        let dropped = Instant::now();
        while !is_over() && dropped.elapsed() < SLACK {
            sleep(Duration::from_millis(1)).await;
        }
        (calls, dropped.elapsed() >= SLACK)
    });
    serving.abort();
    Played {
        arrivals: with(&ledger, |it| it.arrivals.clone()),
        schedule,
        calls,
        left_something,
    }
}

fn client(schedule: &Schedule, address: &str) -> Client {
    let mut builder = Client::builder()
        .token("EAAGfaultsTokenOfNobody0123456789")
        .base_url(match schedule.listening {
            // Nobody listens there.
            Listening::Refused => "http://127.0.0.1:1".to_owned(),
            Listening::TlsHangs => format!("https://{address}"),
            Listening::Yes => format!("http://{address}"),
        })
        .retry_policy(schedule.policy())
        .retry_budget(schedule.retry_budget);
    if !schedule.own_http {
        // Without the certificates of the system, which take long to read.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .tls_certs_only([]);
        builder = builder.reqwest_client(http.build().expect("an HTTP client"));
    }
    builder.build().expect("a client")
}

/// Wave after wave, and the calls of a wave at the same time.
async fn make_calls(client: Client, schedule: &Schedule) -> Vec<Called> {
    let mut called = Vec::new();
    for wave in schedule.calls.chunk_by(|one, next| one.wave == next.wave) {
        let mut running = Vec::new();
        for call in wave.iter().cloned() {
            let number = called.len() + running.len();
            let limit = call.dropped_after.unwrap_or(schedule.deadline + SLACK);
            let client = client.clone();
            running.push(tokio::spawn(async move {
                let begun = Instant::now();
                let said = timeout(limit, send(&client, number, &call)).await.ok();
                Called {
                    said,
                    took: begun.elapsed(),
                }
            }));
        }
        for call in running {
            // What panicked said nothing.
            called.push(call.await.unwrap_or_default());
        }
    }
    called
}

async fn send(client: &Client, number: usize, call: &Call) -> Said {
    let id = solution_of(number, 0).to_string();
    if call.accepts {
        let request = AcceptRequest::by_partner(call.app).expect("a request");
        let result = client.accept_solution(id, &request).await;
        return Said::new(result, |accepted| &accepted.solution_id);
    }
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, id, "Drawn");
    let request = request.expect("a request");
    let result = client.create_solution(call.app, &request).await;
    Said::new(result, |created| &created.solution_id)
}
