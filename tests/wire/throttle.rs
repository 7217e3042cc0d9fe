//! What the calls of a client and its clones share: the throttle and the retry budget.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::{Client, CreateResponse, Error, Reply};

use crate::{
    client::*,
    server::{Server, Step},
};

/// So many creates of clones at the same time.
async fn calls(client: &Client, calls: usize) -> Vec<Result<Reply<CreateResponse>, Error>> {
    let mut running = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        running.spawn(async move { create(&client).await });
    }
    running.join_all().await
}

#[tokio::test]
async fn after_a_throttled_response_clones_wait_and_come_back_one_by_one() {
    let success = (0..16).map(|_| created());
    let server = Server::start([throttled("1")].into_iter().chain(success)).await;
    let client = client_with(&server, policy().max_attempts(1));
    let first = create(&client).await.expect_err("throttled");
    assert_eq!(first.retry_after(), Some(Duration::from_secs(1)));
    let state = client.clone().retry_state();
    assert_eq!(state.throttled.len(), 1);
    assert_eq!(state.throttled[0].app, OWNER);
    assert!(state.throttled[0].wait <= Duration::from_secs(1));

    for done in calls(&client, 16).await {
        assert_eq!(done.expect("a solution").attempts(), 1);
    }
    assert!(client.retry_state().throttled.is_empty());
    let seen = server.seen();
    assert_eq!(seen.len(), 17);
    // A call may be late on a busy machine, but never early.
    for (turn, request) in (0_u32..).zip(&seen[1..]) {
        let after = request.arrived.duration_since(seen[0].arrived);
        let turn = Duration::from_secs(1) + Duration::from_millis(50) * turn;
        assert!(after >= turn, "{after:?} is before {turn:?}");
    }
}

/// The app of create is in its path, the app of accept in its body.
#[tokio::test]
async fn only_the_same_app_waits() {
    let server = Server::start([throttled("60"), created(), throttled("60"), accepted()]).await;
    let client = client_with(&server, policy().max_attempts(1));
    create(&client).await.expect_err("throttled");
    let other = client.create_solution("42", &create_request()).await;
    other.expect("a solution");
    accept(&client).await.expect_err("throttled");
    let apps = client.retry_state().throttled;
    let apps: Vec<&str> = apps.iter().map(|throttled| &throttled.app[..]).collect();
    assert_eq!(apps, [OWNER, PARTNER]);
    let mut request = accept_request();
    request.partner_app_id = "42".parse().expect("an ID");
    let other = client.accept_solution(SOLUTION, &request).await;
    other.expect("accepted");
}

#[tokio::test]
async fn a_server_that_always_fails_gets_100_retries_of_all_clones_together() {
    const CALLS: usize = 150;
    let server = Server::start(vec![Step::response(500, &[], ""); 4 * CALLS]).await;
    let client = client(&server);
    let begun = Instant::now();
    let ended = calls(&client, CALLS).await;
    // One retry comes back every 5 s.
    let by_time = usize::try_from(begun.elapsed().as_secs() / 5).expect("a count");
    let requests = server.count();
    let allowed = CALLS + 100..=CALLS + 101 + by_time;
    assert!(allowed.contains(&requests), "{requests} requests");
    let mut stopped = ended.iter().filter_map(|end| end.as_ref().err());
    assert!(stopped.any(Error::is_retry_budget_exhausted));
}

#[tokio::test]
async fn retries_spend_the_budget_and_successes_refill_it() {
    let failing = || Step::response(500, &[], "");
    let script = [failing(), failing(), failing(), throttled("0"), created()];
    let server = Server::start(script).await;
    let client = builder(&server).retry_budget(2).build().expect("a client");
    let left = || client.retry_state().retries_left;
    assert_eq!(left(), 2);
    let error = create(&client).await.expect_err("the budget is used up");
    assert!(error.is_retry_budget_exhausted() && error.may_have_taken_effect());
    assert_eq!((error.attempts(), left()), (3, 0));
    let text = error.to_string();
    assert!(text.contains("the retry budget is used up"), "{text}");
    // A retry after a throttled response takes nothing out.
    let reply = create(&client).await.expect("a solution");
    assert_eq!((reply.attempts(), left()), (2, 1));
}
