//! What calls share: the throttle and the retry budget with those of clones and of clients with another policy, and the
//! connection pool with those of another token or of a `reqwest::Client` of the caller.

use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderValue, header};
use tokio::task::JoinSet;

use crate::{
    client::*,
    server::{Server, Step},
};

#[tokio::test]
async fn after_a_throttled_response_clones_wait_and_come_back_one_by_one() {
    let mut script = vec![success(); 17];
    script[0] = throttled("1");
    let server = Server::start(script).await;
    let client = client_with(&server, policy().max_attempts(1));
    let first = create(&client).await.expect_err("throttled");
    assert_eq!(first.retry_after(), Some(Duration::from_secs(1)));
    assert!(client.clone().retry_state().throttled[OWNER] <= Duration::from_secs(1));
    let mut running = JoinSet::new();
    for _ in 0..16 {
        let client = client.clone();
        running.spawn(async move { create(&client).await });
    }
    for done in running.join_all().await {
        assert_eq!(done.expect("a solution").attempts(), 1);
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 17);
    let mut arrived: Vec<Instant> = seen.iter().map(|request| request.arrived).collect();
    arrived.sort();
    // A call may be late on a busy machine, but never early.
    for (turn, next) in (0_u32..).zip(&arrived[1..]) {
        let after = next.duration_since(arrived[0]);
        let turn = Duration::from_secs(1) + Duration::from_millis(50) * turn;
        assert!(after >= turn, "{after:?} is before {turn:?}");
    }
}

#[tokio::test]
async fn a_server_that_always_fails_gets_100_retries() {
    let server = Server::start(vec![Step::response(500, &[], ""); 150]).await;
    let delay = Duration::from_millis(20);
    let policy = policy().max_attempts(150).base_delay(delay);
    let client = client_with(&server, policy.max_delay(delay));
    let begun = Instant::now();
    let error = create(&client).await.expect_err("it always fails");
    assert!(error.is_retry_budget_exhausted(), "{error}");
    // The waits of the back-off are random, but not all of them are short.
    assert!(begun.elapsed() > 25 * delay);
    // One retry comes back every 5 s.
    let most = 101 + begun.elapsed().as_secs() / 5;
    assert!((101..=most).contains(&error.attempts().into()), "{error}");
}

#[tokio::test]
async fn another_token_has_its_own_throttle_and_budget_on_the_same_pool() {
    let script = [success(), throttled("60"), success(), success()];
    let server = Server::start(script).await;
    let builder = builder(&server).app_secret("s3cr3t");
    let once = builder.retry_policy(policy().max_attempts(1));
    let first = once.build().expect("a client");
    let other = first.with_token("TOK").expect("a client");
    create(&first).await.expect("a solution");
    create(&first).await.expect_err("throttled");
    create(&other).await.expect("the same app, another tenant");
    accept(&other).await.expect("accepted");

    let seen = server.seen();
    let connections: Vec<usize> = seen.iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0; 4]);
    assert!(seen[1].text().contains(&format!("Bearer {TOKEN}\r\n")));
    for request in &seen[2..] {
        assert!(request.text().contains("Bearer TOK\r\n"));
        let proof = "2315621bbf45cf8ff93b53381e595f59f73a76062d10ef2ebf65e29f043acd43";
        assert!(request.path().ends_with(proof), "{}", request.path());
    }
    let error = first.with_token("a\nb").expect_err("not for a header");
    assert!(error.is_invalid_request());
}

#[tokio::test]
async fn another_policy_shares_throttle_and_budget() {
    let failing = || Step::response(500, &[], "");
    let script = [failing(), failing(), throttled("60"), success()];
    let server = Server::start(script).await;
    let first = builder(&server).retry_budget(1).build().expect("a client");
    let hasty = policy().deadline(Duration::from_secs(5));
    let hasty = first.with_retry_policy(hasty).expect("a client");
    let error = accept(&first).await.expect_err("the budget is used up");
    assert!(error.is_retry_budget_exhausted());
    assert_eq!(hasty.retry_state().retries_left, 0);
    assert!(error.to_string().contains("the retry budget is used up"));
    // Its deadline leaves no time for the wait; that of the first client would.
    let error = create(&hasty).await.expect_err("throttled");
    assert!(error.is_deadline_exceeded());
    // It holds back a call that has no time to wait.
    let held = create(&hasty).await.expect_err("held back");
    assert!(held.is_throttled() && held.is_deadline_exceeded());
    assert!(!held.may_have_taken_effect() && !held.is_unreachable());
    assert_eq!((held.attempts(), status(&held)), (0, None));
    assert!(held.retry_after() > Some(Duration::from_secs(5)));
    assert!(held.to_string().contains("nothing was sent, because"));
    let held = hasty.solutions(OWNER, None).await;
    assert_eq!(held.expect_err("held back").attempts(), 0);
    accept(&hasty).await.expect("another app");
    assert_eq!(hasty.retry_state().retries_left, 1);
    let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0; 4]);
    let error = first.with_retry_policy(policy().max_attempts(0));
    assert!(error.expect_err("no attempt").is_invalid_request());
}

#[tokio::test]
async fn the_pool_of_a_reqwest_client_is_used_and_its_headers_do_not_replace_ours() {
    let server = Server::start([Step::response(200, &[], ""), success()]).await;
    let names = [header::AUTHORIZATION, header::USER_AGENT, header::ACCEPT];
    let other = HeaderValue::from_static("other");
    let headers = HeaderMap::from_iter(names.map(|name| (name, other.clone())));
    let own = reqwest::Client::builder().no_proxy();
    let own = own.default_headers(headers).build().expect("a client");
    let first = own.post(&server.url).send().await.expect("a response");
    first.bytes().await.expect("a body");
    let client = builder(&server).reqwest_client(own).build();
    let client = client.expect("a client");
    create(&client).await.expect("a solution");
    let seen = server.seen();
    assert_eq!(seen[0].connection, seen[1].connection);
    let text = seen[1].text();
    assert!(text.contains(&format!("authorization: Bearer {TOKEN}\r\n")));
    assert!(!text.contains("other"), "{text}");
}

#[tokio::test]
async fn a_redirect_that_a_reqwest_client_follows_is_reported_as_a_refusal() {
    let server = Server::start([]).await;
    // The same without the proof.
    let path = "/v25.0/1111222233334444/whatsapp_business_solution";
    // 307 would send the request again, but its body cannot be repeated.
    for (code, followed) in [(303, true), (307, false)] {
        server.script([Step::response(code, &[("location", path)], ""), success()]);
        let builder = builder(&server).reqwest_client(reqwest::Client::new());
        let client = builder.app_secret(APP_SECRET).build().expect("a client");
        let error = create(&client).await.expect_err("redirected");
        assert!(error.is_refused() && !error.may_have_taken_effect());
        let said = error.to_string().contains("followed a redirect");
        assert_eq!(said, followed, "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.count(), 1 + usize::from(followed));
    }
}

#[tokio::test]
async fn a_dropped_call_leaves_nothing_behind() {
    for step in [Step::hang(), throttled("1")] {
        let server = Server::start([step, success()]).await;
        let client = client(&server);
        // Long enough for the first attempt, and not for its retry.
        let some_time = Duration::from_millis(300);
        tokio::time::timeout(some_time, create(&client))
            .await
            .expect_err("it has to wait");
        let reply = create(&client).await.expect("a solution");
        assert_eq!((reply.attempts(), server.count()), (1, 2));
        // If anything were left in the background, it would keep the pool, and with it the connection, open.
        drop(client);
        server
            .until(|tally| tally.closed == tally.connections)
            .await;
    }
}
