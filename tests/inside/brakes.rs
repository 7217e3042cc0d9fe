//! Hundreds of calls that share their brakes, against a server that throttles or fails, under a paused clock.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::*;
use crate::{
    answer::Answer,
    graph_error::GraphError,
    operations::Repetition,
    retry::{Attempt, Attempted, Ended, Outcome, Stopped, Terms, backoff::full_jitter, run},
};

/// How long each answer takes.
const LATENCY: Duration = Duration::from_millis(100);

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What the server says to a request that reaches it so long after the beginning; `None`: nothing.
type Says = fn(Duration) -> Option<(u16, &'static str, &'static [(&'static str, &'static str)])>;

/// A client with its brakes, and a server that counts.
struct Scene {
    policy: RetryPolicy,
    brakes: SharedBrakes,
    says: Says,
    jitter: fn(Duration) -> Duration,
    begun: Instant,
    requests: Mutex<Vec<Duration>>,
}

struct Sending(Arc<Scene>);

impl Attempt for Sending {
    async fn attempt(&mut self, _: u32, limit: Duration) -> Attempted {
        let since = self.0.begun.elapsed();
        self.0.requests().push(since);
        let Some((status, body, headers)) = (self.0.says)(since) else {
            sleep(limit).await;
            return Attempted::NoWholeAnswer(None, None);
        };
        sleep(LATENCY).await;
        let header = |(name, value): &(&'static str, &'static str)| {
            let value = HeaderValue::from_static(value);
            (HeaderName::from_static(name), value)
        };
        Attempted::Answered(Answer {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: headers.iter().map(header).collect::<HeaderMap>(),
            body: body.into(),
            cut_at_limit: false,
            graph_error: GraphError::from_body(body.as_bytes()),
            read_at: SystemTime::UNIX_EPOCH,
        })
    }
}

impl Scene {
    fn new(policy: RetryPolicy, says: Says) -> Arc<Self> {
        Self::with_jitter(policy, says, full_jitter)
    }

    /// Each back-off is its ceiling.
    fn without_jitter(policy: RetryPolicy, says: Says) -> Arc<Self> {
        Self::with_jitter(policy, says, |ceiling| ceiling)
    }

    fn with_jitter(policy: RetryPolicy, says: Says, jitter: fn(Duration) -> Duration) -> Arc<Self> {
        Arc::new(Self {
            brakes: SharedBrakes::new(&policy),
            policy,
            says,
            jitter,
            begun: Instant::now(),
            requests: Mutex::default(),
        })
    }

    fn requests(&self) -> std::sync::MutexGuard<'_, Vec<Duration>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Requests that reached the server in a span of time, counted in seconds from the beginning.
    fn requests_within(&self, from: f64, to: f64) -> usize {
        let within = |at: &&Duration| (from..to).contains(&at.as_secs_f64());
        self.requests().iter().filter(within).count()
    }

    async fn call(self: &Arc<Self>, app: &str) -> Ended {
        let terms = Terms {
            policy: &self.policy,
            repetition: Repetition::Safe,
            jitter: self.jitter,
            brakes: &self.brakes,
            app: Some(app),
        };
        run(&terms, &mut Sending(self.clone())).await
    }

    /// So many calls at the same time.
    async fn calls(self: &Arc<Self>, calls: usize) -> Vec<Ended> {
        let mut running = JoinSet::new();
        for _ in 0..calls {
            let scene = self.clone();
            running.spawn(async move { scene.call("1").await });
        }
        running.join_all().await
    }
}

fn answered(ended: &[Ended]) -> usize {
    let answered = |ended: &&Ended| ended.verdict.outcome == Outcome::Answered;
    ended.iter().filter(answered).count()
}

fn stopped_by_budget(ended: &[Ended]) -> usize {
    let stopped = |ended: &&Ended| ended.stopped == Stopped::Budget;
    ended.iter().filter(stopped).count()
}

fn policy() -> RetryPolicy {
    RetryPolicy::default()
}

#[tokio::test(start_paused = true)]
async fn a_server_that_always_fails_gets_half_a_request_more_than_there_are_calls() {
    let scene = Scene::new(policy(), |_| Some((500, "", &[])));
    let ended = scene.calls(200).await;
    let took = scene.begun.elapsed();
    assert!(took < s(5), "so no retry is paid by time: {took:?}");
    assert_eq!(scene.requests().len(), 200 + 500 / 5);
    assert!(
        stopped_by_budget(&ended) >= 100,
        "{}",
        stopped_by_budget(&ended)
    );
    assert!(
        scene
            .brakes
            .state()
            .retry_budget
            .is_some_and(|left| left < 5)
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_budget_it_gets_every_attempt() {
    let scene = Scene::new(policy().without_retry_budget(), |_| Some((500, "", &[])));
    scene.calls(200).await;
    assert_eq!(scene.requests().len(), 800);
    assert_eq!(scene.brakes.state().retry_budget, None);
}

#[tokio::test(start_paused = true)]
async fn the_longer_it_fails_the_closer_requests_come_to_calls() {
    let scene = Scene::new(policy(), |_| Some((502, "", &[])));
    for _ in 0..50 {
        scene.calls(200).await;
    }
    let requests = scene.requests().len() as u64;
    let by_time = scene.begun.elapsed().as_secs() / 5;
    assert!(
        (10_100..=10_101 + by_time).contains(&requests),
        "{requests} requests of 10000 calls, {by_time} paid by time"
    );
}

#[tokio::test(start_paused = true)]
async fn a_time_limit_costs_twice_as_much() {
    let scene = Scene::new(policy().max_attempts(2), |_| None);
    let ended = scene.calls(200).await;
    // What would come back while the first attempts hang finds the bucket full.
    assert_eq!(scene.requests().len(), 200 + 500 / 10);
    assert_eq!(stopped_by_budget(&ended), 150);
}

#[tokio::test(start_paused = true)]
async fn successes_earn_retries_again() {
    let scene = Scene::new(policy(), |since| match since.as_secs() {
        0..10 => Some((500, "", &[])),
        _ => Some((200, "{}", &[])),
    });
    scene.calls(200).await;
    sleep(s(10)).await;
    let before = scene.brakes.state().retry_budget.expect("a budget");
    let now = Instant::now();
    assert_eq!(answered(&scene.calls(100).await), 100);
    let after = scene.brakes.state().retry_budget.expect("a budget");
    let by_time = u32::try_from(now.elapsed().as_secs()).expect("a short time");
    assert_eq!(after, before + 100 + by_time);
}

#[tokio::test(start_paused = true)]
async fn a_success_gives_back_what_its_last_retry_cost() {
    let scene = Scene::new(policy(), |since| match since.as_millis() {
        0..100 => Some((500, "", &[])),
        _ => Some((200, "{}", &[])),
    });
    assert_eq!(answered(&[scene.call("1").await]), 1);
    assert_eq!(scene.requests().len(), 2);
    assert_eq!(scene.brakes.state().retry_budget, Some(500));
}

#[tokio::test(start_paused = true)]
async fn after_one_throttled_answer_nothing_is_sent_until_the_stated_time() {
    let scene = Scene::new(policy(), |since| match since.as_secs() {
        0..10 => Some((429, "", &[("retry-after", "10")])),
        _ => Some((200, "{}", &[])),
    });
    let first = tokio::spawn({
        let scene = scene.clone();
        async move { scene.call("1").await }
    });
    sleep(s(1)).await;
    let ended = scene.calls(200).await;
    assert_eq!(answered(&ended), 200);
    assert_eq!(answered(&[first.await.expect("an end")]), 1);
    assert_eq!(
        scene.requests().len(),
        202,
        "one was throttled, and none twice"
    );
    // The answer came after 0.1 s.
    assert_eq!(scene.requests_within(0.05, 10.1), 0);
    assert_eq!(scene.requests_within(10.1, 11.1), 20);
    assert_eq!(scene.requests_within(11.1, 12.1), 40);
    assert_eq!(scene.requests_within(12.1, 13.1), 80);
    assert_eq!(scene.requests_within(13.1, 14.1), 61);
}

#[tokio::test(start_paused = true)]
async fn calls_that_were_under_way_wait_too_and_their_retries_are_free() {
    let scene = Scene::new(policy(), |since| match since.as_secs() {
        0..10 => Some((400, r#"{"error":{"code":80008}}"#, &[("retry-after", "10")])),
        _ => Some((200, "{}", &[])),
    });
    let ended = scene.calls(200).await;
    assert_eq!(answered(&ended), 200);
    assert_eq!(scene.requests().len(), 400);
    assert_eq!(scene.requests_within(0.05, 10.1), 0);
    assert_eq!(scene.brakes.state().retry_budget, Some(500));
}

#[tokio::test(start_paused = true)]
async fn a_call_without_time_to_wait_fails_at_once_and_is_not_sent() {
    let scene = Scene::new(policy().deadline(s(30)), |_| {
        Some((429, "", &[("retry-after", "60")]))
    });
    let throttled = scene.call("1").await;
    assert_eq!(
        (throttled.attempts, throttled.server_wish),
        (1, Some(s(60)))
    );
    sleep(s(18)).await;
    let now = Instant::now();
    for ended in scene.calls(200).await {
        assert_eq!(ended.attempts, 0);
        assert_eq!(ended.outcome(), Outcome::Throttled);
        assert_eq!(ended.stopped, Stopped::Held);
        assert_eq!(ended.server_wish, Some(s(42)));
        assert!(!ended.may_have_taken_effect());
    }
    assert_eq!(now.elapsed(), Duration::ZERO);
    assert_eq!(scene.requests().len(), 1);
    assert_eq!(scene.brakes.state().limits[0].opens_in, s(42));
    let other = scene.call("2").await;
    assert_eq!(other.attempts, 1, "another app is another limit");
}

#[tokio::test(start_paused = true)]
async fn no_call_is_let_through_without_time_for_its_attempt() {
    let scene = Scene::new(policy().deadline(s(3)), |since| match since.as_secs() {
        0..2 => Some((429, "", &[("retry-after", "2")])),
        _ => Some((200, "{}", &[])),
    });
    let first = tokio::spawn({
        let scene = scene.clone();
        async move { scene.call("1").await }
    });
    sleep(Duration::from_millis(200)).await;
    let ended = scene.calls(100).await;
    assert_eq!(answered(&[first.await.expect("an end")]), 1);
    assert!(ended.iter().all(|ended| !ended.may_have_taken_effect()));
    let sent = ended.iter().filter(|ended| ended.attempts > 0).count();
    // The first one goes at 2.1 s; those that came at 0.2 s from then on until a tenth of their deadline is left at 2.9 s.
    assert_eq!((answered(&ended), sent), (16, 16));
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_the_user_holds_every_app() {
    let scene = Scene::new(policy().deadline(s(30)), |_| {
        Some((400, r#"{"error":{"code":17}}"#, &[("retry-after", "60")]))
    });
    scene.call("1").await;
    assert_eq!(scene.call("2").await.attempts, 0);
}

#[tokio::test(start_paused = true)]
async fn throttling_without_a_stated_time_closes_for_the_back_off_of_the_call() {
    let scene = Scene::without_jitter(policy(), |since| match since.as_millis() {
        0..100 => Some((429, "", &[])),
        _ => Some((200, "{}", &[])),
    });
    tokio::join!(scene.call("1"), async {
        sleep(Duration::from_millis(200)).await;
        scene.call("1").await
    });
    // It closed for 500 ms, and the first gap after so short a time is 25 ms.
    let begun: Vec<u128> = scene.requests().iter().map(Duration::as_millis).collect();
    assert_eq!(begun, [0, 600, 625]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_a_gate_prevents_is_not_paid_for() {
    let policy = policy().deadline(s(30));
    let scene = Scene::without_jitter(policy, |since| match since.as_millis() {
        0..100 => Some((500, "", &[])),
        _ => Some((429, "", &[("retry-after", "60")])),
    });
    let (failing, throttled) = tokio::join!(scene.call("1"), async {
        sleep(Duration::from_millis(200)).await;
        scene.call("1").await
    });
    assert_eq!(throttled.server_wish, Some(s(60)));
    assert_eq!((failing.attempts, failing.stopped), (1, Stopped::Held));
    assert_eq!(
        failing.outcome(),
        Outcome::Unknown,
        "the first attempt may have taken effect"
    );
    assert_eq!(failing.server_wish, Some(s(60)));
    assert_eq!(scene.brakes.state().retry_budget, Some(500));
}

#[tokio::test(start_paused = true)]
async fn throttling_without_a_stated_time_is_paid_for() {
    let scene = Scene::new(policy(), |_| Some((429, "", &[])));
    let ended = scene.calls(200).await;
    assert_eq!(answered(&ended), 0);
    let requests = scene.requests().len();
    let by_time = scene.begun.elapsed().as_secs() as usize / 5;
    assert!(
        requests <= 301 + by_time,
        "{requests}, {by_time} paid by time"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_throttles_for_good_gets_few_requests() {
    let scene = Scene::new(policy(), |_| Some((429, "", &[("retry-after", "10")])));
    let first = tokio::spawn({
        let scene = scene.clone();
        async move { scene.call("1").await }
    });
    sleep(s(1)).await;
    let ended = scene.calls(200).await;
    first.await.expect("an end");
    assert_eq!(answered(&ended), 0);
    // Three begin before the answer to the first of them closes the gate again: at 0, 50 and 100 ms.
    let openings = scene.begun.elapsed().as_secs() as usize / 10;
    let requests = scene.requests().len();
    assert!(
        requests <= 1 + 3 * openings,
        "{requests} in {openings} openings"
    );
}

#[tokio::test(start_paused = true)]
async fn high_usage_slows_calls_down_and_falling_usage_lets_them_go() {
    const HIGH: &[(&str, &str)] = &[("x-app-usage", r#"{"call_count":95,"total_time":7}"#)];
    let scene = Scene::new(policy(), |since| match since.as_secs() {
        0..10 => Some((200, "{}", HIGH)),
        _ => Some((200, "{}", &[])),
    });
    scene.call("1").await;
    let ended = scene.calls(200).await;
    assert_eq!(answered(&ended), 200);
    // At 95 of 90 to 100 per cent: a call every half second, from half a second after the answer on.
    assert_eq!(scene.requests_within(0.05, 0.6), 0);
    assert_eq!(scene.requests_within(0.6, 10.0), 19);
    assert_eq!(scene.requests_within(10.0, 10.3), 201 - 20);
}

#[tokio::test(start_paused = true)]
async fn the_slow_down_can_be_set_and_turned_off() {
    const HALF: &[(&str, &str)] = &[("x-app-usage", r#"{"total_cputime":60}"#)];
    let took = |policy: RetryPolicy| async {
        let scene = Scene::new(policy, |_| Some((200, "{}", HALF)));
        scene.call("1").await;
        scene.calls(11).await;
        scene.begun.elapsed().as_millis()
    };
    assert_eq!(took(policy()).await, 200);
    assert_eq!(took(policy().slow_down_from(20)).await, 200 + 11 * 500);
    assert_eq!(
        took(policy().slow_down_from(0).without_slow_down()).await,
        200
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_metas_does_not_end_the_slow_down() {
    const HIGH: &[(&str, &str)] = &[("x-app-usage", r#"{"call_count":95}"#)];
    let scene = Scene::new(policy().max_attempts(1), |since| match since.as_millis() {
        0..100 => Some((200, "{}", HIGH)),
        _ => Some((502, "<html>", &[])),
    });
    scene.call("1").await;
    scene.call("1").await;
    assert_eq!(scene.brakes.state().limits[0].usage, Some(95.0));
}

/// What is logged while this is held.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn events_tell_of_each_brake() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let scene = Scene::new(policy().retry_budget(4), |since| match since.as_secs() {
        0..5 => Some((429, "", &[("retry-after", "10")])),
        5..20 => Some((500, "", &[("x-app-usage", r#"{"call_count":95}"#)])),
        _ => Some((200, "{}", &[])),
    });
    tokio::join!(scene.call("1"), async {
        sleep(s(1)).await;
        scene.call("1").await
    });
    let bytes = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8(bytes).expect("text");
    for expected in [
        r#"gate closed app="1" closed_ms=10000"#,
        r#"held back app="1" wait_ms=9150"#,
        r#"slowing down app="1" per_cent=95.0 gap_ms=500"#,
        "retry budget exhausted cost=5 left=4",
        "stopped=Budget",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}
