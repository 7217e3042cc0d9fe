//! `solutions` and `solution`.

use whatsapp_multi_partner_solutions::types::WhatsAppBusinessSolutionApplicationRole as Role;

use super::*;

#[tokio::test]
async fn a_list_is_followed_to_its_end_with_all_fields() {
    let (sandbox, client) = start().await;
    // As long as a name can be, in bytes too.
    let long = named(&"\u{1f980}".repeat(75));
    let mut ids = vec![];
    for _ in 0..110 {
        ids.push(create(&client, OWNER, &long).await);
    }
    ids.push(create(&client, OTHER, &request()).await);
    for (app, role, expected) in [
        (OWNER, Some(Role::Owner), &ids[..110]),
        (OWNER, Some(Role::Partner), &[]),
        (PARTNER, None, &ids),
    ] {
        let list = client.solutions(app, role).await.unwrap().solutions;
        let list: Vec<String> = list.into_iter().map(|it| it.id).collect();
        assert_eq!(list, expected, "{app} {role:?}");
    }
    // A list and a lookup alone show the same, and keep a value that nobody knows yet.
    sandbox.set_solution_status(&ids[110], "BRAND_NEW");
    let alone = client.solution(&ids[110]).await.unwrap().into_inner();
    let list = client.solutions(OTHER, None).await.unwrap();
    assert_eq!((list.solutions.len(), &list.solutions[0]), (1, &alone));
    let shown = json!(alone);
    assert_eq!(shown["status"], "BRAND_NEW");
    assert_eq!(shown["status_for_pending_request"], "NONE");
}

#[tokio::test]
async fn a_list_that_does_not_end_is_an_error() {
    let page = |after: Option<u32>| {
        let after = after.map(|after| after.to_string());
        let paging = json!({ "cursors": { "after": after }, "next": "https://example.com" });
        Fault::answer(200).json(json!({ "data": [], "paging": paging }))
    };
    for (cursors, least) in [
        (vec![Some(1), Some(2), Some(1)], 3),
        (vec![None], 1),
        ((0..1000).map(Some).collect(), 100),
    ] {
        let (sandbox, client) = start().await;
        sandbox.script(cursors.into_iter().map(page));
        let error = client.solutions(OWNER, None).await.unwrap_err();
        check(&error, ErrorKind::Unreachable, &["cannot be read"]);
        assert!((least..1000).contains(&sandbox.request_count()));
    }
    // The deadline is for all pages and all waits together.
    let (sandbox, client) = start().await;
    let hurried = client.with_retry_policy(policy().deadline(Duration::from_millis(1500)));
    let wait = || Fault::internal_error().retry_after(1);
    for script in [vec![wait(), page(Some(1)), wait()], vec![wait(), wait()]] {
        sandbox.script(script);
        let list = hurried.as_ref().unwrap().solutions(OWNER, None).await;
        assert!(list.unwrap_err().is_deadline_exceeded());
    }
}

#[tokio::test]
async fn a_lookup_never_takes_effect_and_is_sent_again() {
    let (sandbox, client) = start().await;
    let id = create(&client, OWNER, &request()).await;
    let policy = policy().attempt_timeout(Duration::from_millis(500));
    let client = client.with_retry_policy(policy.max_attempts(3)).unwrap();
    for (fault, attempts) in [
        (Fault::internal_error(), 3),
        (Fault::load_balancer(502), 3),
        (Fault::throttled(), 3),
        (Fault::hang(), 3),
        (lost_after(), 3),
        (unreadable(), 1),
    ] {
        sandbox.script(vec![fault.clone(); 2 * attempts]);
        let of_list = client.solutions(OWNER, None).await.unwrap_err();
        let of_one = client.solution(&id).await.unwrap_err();
        for error in [of_list, of_one] {
            assert!(!error.may_have_taken_effect(), "{fault:?}: {error}");
            assert_eq!(error.attempts() as usize, attempts, "{fault:?}");
        }
    }
    sandbox.script([Fault::internal_error(), lost_after()]);
    assert_eq!(client.solution(&id).await.unwrap().attempts(), 3);
}
