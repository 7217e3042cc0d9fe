//! The loop with scripted attempts under a paused clock: every wait is exact, and none takes real time.

use std::{sync::Mutex, time::Duration};

use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use tokio::time::{Instant, sleep};

use super::*;
use crate::{
    call::{Attempt, Effect, Operation},
    error::Error,
    response::Response,
    secret::Credentials,
};

/// Status and `Retry-After` of a scripted response.
type Answer = (u16, Option<&'static str>);

const SUCCESS: Answer = (200, None);
const FAILED: Answer = (500, None);

/// Answers each attempt after 100 ms, and notes when it started and how long it was allowed to take.
struct Script<'a> {
    answers: &'a [Answer],
    begun: Instant,
    attempts: Mutex<Vec<(u128, u128)>>,
}

impl Sender for Script<'_> {
    async fn attempt(&self, limit: Duration) -> Attempt {
        let attempt = (self.begun.elapsed().as_millis(), limit.as_millis());
        let (status, retry_after) = {
            let mut attempts = self.attempts.lock().expect("a lock");
            attempts.push(attempt);
            self.answers[attempts.len() - 1]
        };
        sleep(Duration::from_millis(100)).await;
        let status = StatusCode::from_u16(status).expect("a status");
        let headers = retry_after.map(|wait| (RETRY_AFTER, HeaderValue::from_static(wait)));
        Attempt::Answered(Response::new(
            status,
            headers.into_iter().collect(),
            "{}".into(),
        ))
    }
}

/// Makes a call to app 1 with the longest back-off; the error, if any, and when each attempt started.
async fn call(
    policy: &RetryPolicy,
    shared: &Shared,
    answers: &[Answer],
) -> (Option<Error>, Vec<(u128, u128)>) {
    let script = Script {
        answers,
        begun: Instant::now(),
        attempts: Mutex::default(),
    };
    let call = Call {
        operation: Operation {
            name: "test",
            effect: Effect::Idempotent,
            app: Some("1"),
        },
        policy,
        shared,
        credentials: &Credentials::new("a-token".into(), None).expect("a token"),
        jitter: |ceiling| ceiling,
    };
    let result = run(&call, &script).await;
    (result.err(), script.attempts.into_inner().expect("a lock"))
}

fn starts(attempts: &[(u128, u128)]) -> Vec<u128> {
    attempts.iter().map(|(start, _)| *start).collect()
}

#[tokio::test(start_paused = true)]
async fn waits_double_and_the_deadline_limits_the_last_attempt() {
    let policy = RetryPolicy::default().deadline(Duration::from_secs(5));
    let (error, attempts) = call(&policy, &Shared::new(100), &[FAILED; 4]).await;
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
    let answers = [(503, Some("3")), (503, Some("0")), SUCCESS];
    let (error, attempts) = call(&policy, &Shared::new(100), &answers).await;
    assert!(error.is_none());
    assert_eq!(starts(&attempts), [0, 3100, 4200]);
}

#[tokio::test(start_paused = true)]
async fn an_app_that_is_throttled_again_holds_those_that_wait_already() {
    let (policy, shared) = (RetryPolicy::default(), Shared::new(100));
    shared.throttle.close("1", Duration::from_secs(5));
    let waits = call(&policy, &shared, &[SUCCESS]);
    let longer = async {
        sleep(Duration::from_secs(2)).await;
        shared.throttle.close("1", Duration::from_secs(10));
        assert_eq!(shared.state().throttled[0].wait, Duration::from_secs(10));
    };
    let ((_, attempts), ()) = tokio::join!(waits, longer);
    assert_eq!(starts(&attempts), [12_000]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_be_held_too_long_is_not_sent() {
    let shared = Shared::new(100);
    shared.throttle.close("1", Duration::MAX);
    let (error, attempts) = call(&RetryPolicy::never(), &shared, &[]).await;
    let error = error.expect("held");
    assert!(attempts.is_empty() && error.is_throttled() && error.is_deadline_exceeded());
    assert_eq!(error.attempts(), 0);
    // A day at most, whatever a response asks for.
    assert_eq!(error.retry_after(), Some(Duration::from_secs(24 * 60 * 60)));
}
