//! Plays one schedule, with its own server and its own client.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    time::{Instant, timeout},
};
use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, Error, MessagingHolder, Reply, Response,
};

use crate::{
    schedule::{Call, Schedule},
    server::{Arrival, Ledger, serve, solution_of},
};

/// A promise about time is kept to the second on an idle machine; the rest is for a busy one.
pub const SLACK: Duration = Duration::from_secs(10);

/// The app that calls: create's Application-ID, accept's partner_app_id.
const APP: &str = "1111222233334444";

/// What the client says of a call.
#[derive(Debug)]
pub struct Said {
    /// The solution's ID, or the error.
    pub result: Result<String, Error>,
    pub attempts: usize,
    /// Whether it says that an earlier attempt may have taken effect.
    pub earlier: bool,
    pub response: Option<Response>,
    pub took: Duration,
}

impl Said {
    fn new<T>(
        begun: Instant,
        result: Result<Reply<T>, Error>,
        solution: impl Fn(&T) -> &String,
    ) -> Self {
        let took = begun.elapsed();
        match result {
            Ok(reply) => Self {
                result: Ok(solution(&reply).clone()),
                attempts: reply.attempts() as usize,
                earlier: reply.earlier_attempt_may_have_taken_effect(),
                response: Some(reply.response().clone()),
                took,
            },
            Err(error) => Self {
                attempts: error.attempts() as usize,
                earlier: error.earlier_attempt_may_have_taken_effect(),
                response: error.response().cloned(),
                result: Err(error),
                took,
            },
        }
    }

    pub fn may_have_taken_effect(&self) -> bool {
        let error = self.result.as_ref().err();
        error.is_none_or(Error::may_have_taken_effect)
    }
}

/// Everything that is known of a schedule that was played.
pub struct Played {
    pub schedule: Arc<Schedule>,
    pub calls: Vec<Said>,
    pub arrivals: Vec<Arrival>,
}

pub async fn play(schedule: Schedule) -> Played {
    let (schedule, ledger) = (Arc::new(schedule), Arc::<Ledger>::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(serve(listener, schedule.clone(), ledger.clone()));
    let calls = make_calls(client(&schedule, address), &schedule).await;
    serving.abort();
    let arrivals = ledger.lock().expect("nobody panicked").clone();
    Played {
        schedule,
        calls,
        arrivals,
    }
}

fn client(schedule: &Schedule, address: SocketAddr) -> Client {
    // Without the certificates of the system, which take long to read.
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .tls_certs_only([]);
    Client::builder()
        .token("EAAGfaultsTokenOfNobody0123456789")
        .base_url(format!("http://{address}"))
        .retry_policy(schedule.policy())
        .retry_budget(u32::MAX)
        .reqwest_client(http.build().expect("an HTTP client"))
        .build()
        .expect("a client")
}

async fn make_calls(client: Client, schedule: &Arc<Schedule>) -> Vec<Said> {
    let mut running = Vec::new();
    for number in 0..schedule.calls.len() {
        let (client, schedule) = (client.clone(), schedule.clone());
        let call = async move { send(&client, number, &schedule.calls[number]).await };
        running.push(tokio::spawn(call));
    }
    let mut all_said = Vec::new();
    for call in running {
        let ended = timeout(schedule.deadline + SLACK, call).await;
        let Ok(Ok(said)) = ended else {
            panic!("FAULTS_SEED={}: {ended:?}", schedule.seed);
        };
        all_said.push(said);
    }
    all_said
}

async fn send(client: &Client, number: usize, call: &Call) -> Said {
    let begun = Instant::now();
    let id = solution_of(number, 0).to_string();
    if call.accepts {
        let request = AcceptRequest::by_partner(APP).expect("a request");
        let result = client.accept_solution(id, &request).await;
        return Said::new(begun, result, |accepted| &accepted.solution_id);
    }
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, id, "Drawn");
    let request = request.expect("a request");
    let result = client.create_solution(APP, &request).await;
    Said::new(begun, result, |created| &created.solution_id)
}
