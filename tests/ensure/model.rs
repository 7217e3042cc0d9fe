//! Both calls under random schedules of faults, called until they succeed. A seed gives the schedule: `ENSURE_SEED` runs
//! one, `ENSURE_SCHEDULES` sets how many run.
//!
//! The list lags, but it has caught up when the next call begins, as the docs ask for: otherwise a second solution could
//! be created.

use fastrand::Rng;

use super::*;

#[tokio::test]
async fn a_solution_is_created_once() {
    run(create_once).await;
}

#[tokio::test]
async fn a_solution_is_accepted_once() {
    run(accept_once).await;
}

/// Runs schedules, some at a time because they mostly wait.
async fn run<S: Future<Output = ()> + Send + 'static>(schedule: fn(Process) -> S) {
    let number = |name| env::var(name).ok().map(|value| value.parse().unwrap());
    let count = number("ENSURE_SCHEDULES").unwrap_or(2000);
    let seeds = number("ENSURE_SEED").map_or(0..count, |seed| seed..seed + 1);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut running = JoinSet::new();
    for seed in seeds {
        if running.len() == 100 {
            running.join_next().await.unwrap().unwrap();
        }
        let process = Process {
            sandbox: Sandbox::start().await.unwrap(),
            http: http.clone(),
            random: Rng::with_seed(seed),
            kills: vec![],
        };
        running.spawn(async move {
            let result = tokio::spawn(schedule(process)).await;
            assert!(result.is_ok(), "the schedule of seed {seed} failed");
        });
    }
    running.join_all().await;
}

/// A process that makes calls. When it is killed, it starts again.
struct Process {
    sandbox: Sandbox,
    /// The pool of all, because it takes longer to set up than a schedule lasts.
    http: reqwest::Client,
    random: Rng,
    /// The requests during which it is killed.
    kills: Vec<usize>,
}

impl Process {
    fn client(&self) -> Client {
        client(&self.sandbox, self.http.clone())
    }

    /// What happens to the next requests.
    fn script(&mut self) {
        let faults = [
            Fault::hang(),
            Fault::hang().carried_out(),
            Fault::close_after_reading(),
            lost_after(),
            Fault::internal_error(),
            Fault::internal_error().carried_out(),
            Fault::throttled(),
            Fault::none(),
        ];
        let first = self.sandbox.request_count();
        for number in first..first + self.random.usize(..16) {
            let kind = self.random.usize(..faults.len());
            self.sandbox.next_call(faults[kind].clone());
            if kind < 2 {
                self.kills.push(number);
            }
        }
    }

    /// Makes a call with a new client; `None` if it is killed before the call ends.
    async fn call<T>(&self, call: impl AsyncFnOnce(Client) -> T) -> Option<T> {
        let now = self.sandbox.request_count();
        let kill = self.kills.iter().find(|kill| **kill >= now);
        let killed = async {
            let kill = kill.unwrap_or(&usize::MAX);
            while self.sandbox.request_count() <= *kill {
                sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            result = call(self.client()) => Some(result),
            () = killed => None,
        }
    }
}

async fn create_once(mut process: Process) {
    if process.random.bool() {
        create(&process.client(), OWNER, &request()).await;
    }
    let ids = |sandbox: &Sandbox| {
        let solutions = sandbox.solutions().into_iter();
        solutions.map(|it| it.id).collect::<Vec<_>>()
    };
    process.script();
    loop {
        process.sandbox.list_lags(process.random.usize(..4));
        let before = ids(&process.sandbox);
        let call = async |client: Client| client.ensure_solution(OWNER, &request()).await;
        let result = process.call(call).await;
        let after = ids(&process.sandbox);
        match result {
            Some(Ok(ensured)) => {
                assert_eq!(after, [ensured.solution_id]);
                return assert_eq!(ensured.created, before.is_empty());
            }
            Some(Err(error)) => assert!(error.may_have_taken_effect() || after == before),
            None => {}
        }
    }
}

async fn accept_once(mut process: Process) {
    let id = create(&process.client(), OWNER, &request()).await;
    let request = AcceptRequest::by_partner(PARTNER).unwrap();
    let terms = AcceptTerms::default();
    let status = |sandbox: &Sandbox| sandbox.solution(&id).unwrap().partner_status;
    process.script();
    loop {
        let before = status(&process.sandbox);
        let call = async |client: Client| client.ensure_accepted(&id, &request, &terms).await;
        let result = process.call(call).await;
        let after = status(&process.sandbox);
        match result {
            Some(Ok(ensured)) => {
                assert_eq!(after, Accepted);
                return assert_eq!(ensured.attempts == 0, before == Accepted);
            }
            Some(Err(error)) => assert!(error.may_have_taken_effect() || after == before),
            None => {}
        }
    }
}
