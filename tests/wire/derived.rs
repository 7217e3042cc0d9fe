//! Clients that are made of another one, for another tenant or with another policy.

use std::time::Duration;

use crate::{client::*, server::Server};

#[tokio::test]
async fn another_token_has_its_own_throttle_and_budget_on_the_same_pool() {
    let script = [created(), throttled("60"), created(), accepted()];
    let server = Server::start(script).await;
    let builder = builder(&server).app_secret("s3cr3t").retry_budget(7);
    let first = builder.build().expect("a client");
    let first = first.with_retry_policy(policy().max_attempts(1));
    let first = first.expect("a client");
    let other = first.with_token("TOK").expect("a client");
    create(&first).await.expect("a solution");
    create(&first).await.expect_err("throttled");
    assert!(other.retry_state().throttled.is_empty());
    assert_eq!(other.retry_state().retries_left, 7);
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
    let failing = || crate::server::Step::response(500, &[], "");
    let script = [failing(), failing(), throttled("60"), accepted()];
    let server = Server::start(script).await;
    let first = builder(&server).retry_budget(1).build().expect("a client");
    let hasty = policy().deadline(Duration::from_secs(5));
    let hasty = first.with_retry_policy(hasty).expect("a client");
    let error = accept(&first).await.expect_err("the budget is used up");
    assert!(error.is_retry_budget_exhausted());
    assert_eq!(hasty.retry_state().retries_left, 0);
    // Its deadline leaves no time for the wait; that of the first client would.
    let error = create(&hasty).await.expect_err("throttled");
    assert!(error.is_deadline_exceeded());
    assert_eq!(first.retry_state().throttled[0].app, OWNER);
    assert_eq!(create(&hasty).await.expect_err("held").attempts(), 0);
    accept(&hasty).await.expect("another app");
    let connections: Vec<usize> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0; 4]);
    let error = first.with_retry_policy(policy().max_attempts(0));
    assert!(error.expect_err("no attempt").is_invalid_request());
}
