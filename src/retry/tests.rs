//! The loop with scripted attempts under a paused clock: every wait is exact, and none takes real time.

use std::{collections::VecDeque, sync::Mutex, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::time::{Instant, sleep};

use super::*;
use crate::{
    call::{Attempt, Effect, Operation},
    error::Error,
    response::Response,
    secret::Credentials,
};

/// Status, body and `Retry-After` of a scripted response.
type Answer = (u16, &'static str, Option<&'static str>);

const SUCCESS: Answer = (200, "{}", None);
const FAILED: Answer = (500, "", None);

/// Answers each attempt after 100 ms, and notes when it started and how long it was allowed to take.
struct Script {
    answers: Mutex<VecDeque<Answer>>,
    begun: Instant,
    attempts: Mutex<Vec<(u128, u128)>>,
}

impl Sender for Script {
    async fn attempt(&self, limit: Duration) -> Attempt {
        let start = self.begun.elapsed().as_millis();
        self.attempts
            .lock()
            .expect("a lock")
            .push((start, limit.as_millis()));
        let answer = self.answers.lock().expect("a lock").pop_front();
        let (status, body, retry_after) = answer.expect("an answer for each attempt");
        sleep(Duration::from_millis(100)).await;
        let mut headers = HeaderMap::new();
        if let Some(wait) = retry_after {
            headers.insert(
                HeaderName::from_static("retry-after"),
                HeaderValue::from_static(wait),
            );
        }
        let status = StatusCode::from_u16(status).expect("a status");
        Attempt::Answered(Response::new(status, headers, body.into()))
    }
}

/// What clones of a client share; the waits are the longest that the back-off allows.
struct Client {
    policy: RetryPolicy,
    shared: Shared,
    credentials: Credentials,
}

impl Client {
    fn new(policy: RetryPolicy, retries: u32) -> Self {
        Self {
            policy,
            shared: Shared::new(retries),
            credentials: Credentials::new("a-token".into(), None).expect("a token"),
        }
    }

    /// Makes a call to an app; the error, if any, and when each attempt started.
    async fn call(&self, app: &str, answers: &[Answer]) -> (Option<Error>, Vec<(u128, u128)>) {
        let script = Script {
            answers: Mutex::new(answers.iter().copied().collect()),
            begun: Instant::now(),
            attempts: Mutex::default(),
        };
        let operation = Operation {
            name: "test",
            effect: Effect::Idempotent,
            app: Some(app),
        };
        let call = Call {
            operation,
            policy: &self.policy,
            shared: &self.shared,
            credentials: &self.credentials,
            jitter: |ceiling| ceiling,
        };
        let result = run(&call, &script).await;
        (result.err(), script.attempts.into_inner().expect("a lock"))
    }
}

fn starts(attempts: &[(u128, u128)]) -> Vec<u128> {
    attempts.iter().map(|(start, _)| *start).collect()
}

#[tokio::test(start_paused = true)]
async fn waits_double_and_the_deadline_limits_the_last_attempt() {
    let policy = RetryPolicy::default().deadline(Duration::from_secs(5));
    let client = Client::new(policy, 100);
    let (error, attempts) = client.call("1", &[FAILED; 4]).await;
    let error = error.expect("all attempts fail");
    // 500 ms, 1 s and 2 s, after attempts of 100 ms.
    assert_eq!(
        attempts,
        [(0, 5000), (600, 4400), (1700, 3300), (3800, 1200)]
    );
    assert!(error.may_have_taken_effect() && !error.is_deadline_exceeded());
}

#[tokio::test(start_paused = true)]
async fn the_wait_that_the_server_asks_for_wins_over_a_shorter_back_off() {
    let policy = RetryPolicy::default().max_delay(Duration::from_secs(1));
    let client = Client::new(policy, 100);
    let asked = (503, "", Some("3"));
    let (error, attempts) = client
        .call("1", &[asked, (503, "", Some("0")), SUCCESS])
        .await;
    assert!(error.is_none());
    assert_eq!(starts(&attempts), [0, 3100, 4200]);
}

#[tokio::test(start_paused = true)]
async fn an_app_that_is_throttled_again_holds_those_that_wait_already() {
    let client = Client::new(RetryPolicy::default(), 100);
    client.shared.throttle.close("1", Duration::from_secs(5));
    let waits = client.call("1", &[SUCCESS]);
    let longer = async {
        sleep(Duration::from_secs(2)).await;
        client.shared.throttle.close("1", Duration::from_secs(10));
        let throttled = client.shared.state().throttled;
        assert_eq!(
            (&*throttled[0].app, throttled[0].wait),
            ("1", Duration::from_secs(10))
        );
    };
    let ((_, attempts), ()) = tokio::join!(waits, longer);
    assert_eq!(starts(&attempts), [12_000]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_be_held_too_long_is_not_sent() {
    let client = Client::new(RetryPolicy::never(), 100);
    client.shared.throttle.close("1", Duration::MAX);
    let (error, attempts) = client.call("1", &[]).await;
    let error = error.expect("held");
    assert!(attempts.is_empty() && error.is_throttled() && error.is_deadline_exceeded());
    assert_eq!(error.attempts(), 0);
    // A day at most, whatever a response asks for.
    assert_eq!(error.retry_after(), Some(Duration::from_secs(24 * 60 * 60)));
}
