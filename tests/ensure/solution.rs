//! `ensure_solution`.

use super::*;

async fn ensure(client: &Client) -> Result<EnsuredSolution, Error> {
    client.ensure_solution(OWNER, &request()).await
}

#[tokio::test]
async fn only_the_same_solution_counts() {
    let (sandbox, client) = start().await;
    let with = |holder, partner| CreateRequest::with_messaging(holder, partner, NAME).unwrap();
    create(&client, OTHER, &request()).await;
    create(&client, OWNER, &named("Order 4712")).await;
    create(&client, OWNER, &with(MessagingHolder::Partner, PARTNER)).await;
    create(&client, OWNER, &with(MessagingHolder::Owner, OTHER)).await;
    for status in ["REJECTED", "DEACTIVATED"] {
        let id = create(&client, OWNER, &request()).await;
        sandbox.set_solution_status(&id, status);
    }
    let first = ensure(&client).await.unwrap();
    assert_eq!((first.created, first.attempts), (true, 1));
    assert_eq!(first.solution_id, sandbox.solutions()[6].id);
    sandbox.set_solution_status(&first.solution_id, "PENDING_DEACTIVATION");
    let again = ensure(&client).await.unwrap();
    assert_eq!(again.solution_id, first.solution_id);
    assert_eq!((again.created, posts(&sandbox)), (false, 7));
    // Several are a conflict that names them.
    let second = create(&client, OWNER, &request()).await;
    let error = ensure(&client).await.unwrap_err();
    check(&error, ErrorKind::Conflict, &[&first.solution_id, &second]);
    assert_eq!(posts(&sandbox), 8);
}

#[tokio::test]
async fn what_the_token_cannot_see_is_never_guessed() {
    let more = json!({ "cursors": { "after": "x" }, "next": "https://example.com" });
    for field in ["status", "name", "partners", "partner_app"] {
        let (sandbox, client) = start().await;
        let id = create(&client, OWNER, &request()).await;
        create(&client, OWNER, &named("Order 4712")).await;
        // The list does not show it, and the solution alone does. It is on two pages.
        let part = json!({ "id": id, "name": NAME, "status": "ACTIVE" });
        let pages = [
            json!({ "data": [part], "paging": more }),
            json!({ "data": [part] }),
        ];
        sandbox.script(pages.map(|page| Fault::answer(200).json(page)));
        assert_eq!(ensure(&client).await.unwrap().solution_id, id);
        // Neither shows it.
        sandbox.hide_field(field);
        let error = ensure(&client).await.unwrap_err();
        check(&error, ErrorKind::Conflict, &["ensure_solution", &id]);
        // A solution of another name, of which nothing else can be seen, does not matter.
        let part = json!({ "data": [{ "id": "7", "name": "Order 4712" }] });
        sandbox.next_call(Fault::answer(200).json(part));
        assert!(ensure(&client).await.unwrap().created);
    }
    // Further partners may be on another page.
    let (sandbox, client) = start().await;
    let partners = json!({ "data": [], "paging": more });
    let solution = json!({ "id": "7", "name": NAME, "status": "ACTIVE", "partners": partners });
    let list = json!({ "data": [solution] });
    sandbox.script([list, solution].map(|body| Fault::answer(200).json(body)));
    assert!(ensure(&client).await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn a_lost_response_is_looked_up() {
    for fault in [
        lost_after(),
        Fault::load_balancer(502).carried_out(),
        unreadable(),
        Fault::hang().carried_out(),
    ] {
        let (sandbox, client) = start().await;
        // The list lags, and the first look after create fails.
        sandbox.list_lags(2);
        sandbox.script([Fault::none(), fault, Fault::answer(400)]);
        // A policy without limits must not overflow.
        let patient = policy().deadline(Duration::MAX).settle_for(Duration::MAX);
        let patient = patient.attempt_timeout(Duration::from_secs(1));
        let client = client.with_retry_policy(patient).unwrap();
        let ensured = ensure(&client).await.unwrap();
        let told = (ensured.created, ensured.attempts, posts(&sandbox));
        assert_eq!(told, (true, 1, 1));
        assert_eq!(ensured.solution_id, sandbox.solutions()[0].id);
    }
}

#[tokio::test]
async fn only_attempts_without_effect_are_sent_again() {
    let (sandbox, client) = start().await;
    // If looking fails, nothing is sent.
    sandbox.script(vec![Fault::internal_error(); 4]);
    let error = ensure(&client).await.unwrap_err();
    check(&error, ErrorKind::Unreachable, &["ensure_solution"]);
    assert_eq!(posts(&sandbox), 0);
    let (throttled, failed) = (Fault::throttled(), Fault::internal_error());
    sandbox.script([Fault::none(), throttled, failed]);
    let begun = Instant::now();
    let error = ensure(&client).await.unwrap_err();
    assert!(begun.elapsed() >= Duration::from_millis(100));
    let advice = "call it again later; it first checks whether it is already done";
    check(&error, ErrorKind::OutcomeUnknown, &[advice]);
    assert_eq!((error.attempts(), posts(&sandbox)), (2, 2));
    // The deadline ends the looking too. Calling again finds what showed up after that.
    sandbox.list_lags(usize::MAX / 2);
    sandbox.script([Fault::none(), lost_after()]);
    let hurried = policy().deadline(Duration::from_secs(2));
    let hurried = client.with_retry_policy(hurried.settle_for(Duration::MAX));
    let error = ensure(&hurried.unwrap()).await.unwrap_err();
    check(&error, ErrorKind::OutcomeUnknown, &[advice]);
    sandbox.list_lags(0);
    assert!(!ensure(&client).await.unwrap().created);
    assert_eq!(sandbox.solutions().len(), 1);
}

#[tokio::test]
async fn clones_create_once() {
    let (sandbox, client) = start().await;
    let mut calls = JoinSet::new();
    for number in 0..10 {
        let (client, name) = (client.clone(), format!("Order {}", number % 2));
        calls.spawn(async move { client.ensure_solution(OWNER, &named(&name)).await });
    }
    let ensured = calls.join_all().await.into_iter().map(Result::unwrap);
    assert_eq!(ensured.filter(|ensured| ensured.created).count(), 2);
    assert_eq!((posts(&sandbox), sandbox.solutions().len()), (2, 2));
    // One that waits for another keeps to its own deadline.
    sandbox.next_call(Fault::hang());
    let hurried = policy().deadline(Duration::from_millis(200));
    let hurried = client.with_retry_policy(hurried).unwrap();
    tokio::select! {
        biased;
        ended = ensure(&client) => panic!("it was to hang: {ended:?}"),
        ended = ensure(&hurried) => {
            let text = "ensure_solution sent nothing: another call for the same solution was still running";
            check(&ended.unwrap_err(), ErrorKind::Unreachable, &[text, "call this again"]);
        }
    }
}
