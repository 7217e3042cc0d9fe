//! What the calls of one client share, on the wire: the gate after a throttled answer, and the retry budget.

use std::time::Duration;

use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::{Client, Error, Resend};

use crate::{
    client::*,
    server::{Server, Step},
};

const THROTTLED: &[(&str, &str)] = &[("Retry-After", "1")];

/// So many calls of clones at the same time.
async fn calls(client: &Client, call: Call, calls: usize) -> Vec<Result<Done, Error>> {
    let mut running = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        running.spawn(async move { call.make(&client).await });
    }
    running.join_all().await
}

#[tokio::test]
async fn after_a_throttled_answer_clones_wait_and_come_back_gently() {
    let throttled = Step::answer(429, THROTTLED, "");
    let server = Server::start([throttled].into_iter().chain((0..16).map(|_| created()))).await;
    let client = client_with(&server, policy().max_attempts(1));
    let create = Call::Create(Resend::AsDocumented);
    let first = create.make(&client).await.expect_err("throttled");
    assert_eq!(first.retry_after(), Some(Duration::from_secs(1)));
    let throttled = client.retry_state().throttled;
    assert_eq!(throttled.len(), 1);
    assert_eq!(throttled[0].app, OWNER);

    for done in calls(&client, create, 16).await {
        assert_eq!(done.expect("a solution").attempts, 1);
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 17);
    // A call may be late on a busy machine, but never early.
    for (turn, request) in (0_u32..).zip(&seen[1..]) {
        let after = request.arrived.duration_since(seen[0].arrived);
        let turn = Duration::from_secs(1) + Duration::from_millis(50) * turn;
        assert!(after >= turn, "{after:?} is before {turn:?}");
    }
}

#[tokio::test]
async fn another_app_does_not_wait() {
    let server = Server::start([Step::answer(429, &[("Retry-After", "60")], ""), created()]).await;
    let client = client(&server);
    let mine = client_with(&server, policy().deadline(Duration::from_secs(5)));
    create(&mine).await.expect_err("throttled");
    mine.create_solution("42", &create_request())
        .await
        .expect("a solution");
    assert!(
        client.retry_state().throttled.is_empty(),
        "another client, another throttle"
    );
}

#[tokio::test]
async fn a_call_without_time_to_wait_is_not_sent_and_says_so() {
    let long = [("Retry-After", "3600")];
    for call in CALLS {
        let server = Server::start([Step::answer(429, &long, "")]).await;
        let client = client_with(&server, call.eager(policy()));
        call.make(&client).await.expect_err("throttled");
        let held = call.make(&client.clone()).await.expect_err("held back");
        assert!(held.is_throttled() && held.is_deadline_exceeded());
        assert!(!held.may_have_taken_effect() && !held.is_unreachable());
        assert_eq!((held.attempts(), held.status()), (0, None));
        let wait = held.retry_after().expect("a wait").as_secs();
        assert!((3_590..3_600).contains(&wait), "{wait}");
        let text = held.to_string();
        assert!(
            text.contains("did not take effect: nothing was sent"),
            "{text}"
        );
        assert!(text.contains("; try again in 3"), "{text}");
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_server_that_always_fails_is_not_stormed() {
    const TASKS: usize = 200;
    for call in [Call::Accept, Call::Create(Resend::AsDocumented)] {
        let always = (0..4 * TASKS).map(|_| Step::answer(500, &[], ""));
        let server = Server::start(always).await;
        let client = client_with(&server, call.eager(policy()));
        let begun = std::time::Instant::now();
        let ended = calls(&client, call, TASKS).await;
        let by_time = usize::try_from(begun.elapsed().as_secs() / 5).expect("a count");
        let stopped = |error: &Error| error.is_retry_budget_exhausted();
        let stopped = ended.iter().filter(|end| end.as_ref().is_err_and(stopped));
        assert!(stopped.count() > 0);
        let requests = server.count();
        assert!(
            (TASKS + 100..=TASKS + 101 + by_time).contains(&requests),
            "{requests} requests of {TASKS} calls"
        );
    }
}
