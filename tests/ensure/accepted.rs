//! `ensure_accepted`.

use super::*;

/// The first solution of a sandbox.
const ID: &str = "1000000000000001";

fn terms(owner: &str, name: &str, messaging: MessagingHolder) -> AcceptTerms {
    AcceptTerms {
        owner_app_id: Some(owner.to_owned()),
        solution_name: Some(name.to_owned()),
        messaging: Some(messaging),
    }
}

fn agreed() -> AcceptTerms {
    terms(OWNER, NAME, MessagingHolder::Owner)
}

async fn ensure(
    client: &Client,
    app: &str,
    terms: &AcceptTerms,
) -> Result<EnsuredAcceptance, Error> {
    let request = AcceptRequest::by_partner(app).unwrap();
    client.ensure_accepted(ID, &request, terms).await
}

#[tokio::test]
async fn every_difference_is_named_and_nothing_is_sent() {
    let (sandbox, client) = start().await;
    create(&client, OWNER, &request()).await;
    let other = terms(OTHER, "Order 4712", MessagingHolder::Partner);
    let error = ensure(&client, OTHER, &other).await.unwrap_err();
    let partner = format!("the partner app is {PARTNER:?}, not {OTHER:?}");
    check(&error, ErrorKind::Conflict, &["ensure_accepted", &partner]);
    let error = ensure(&client, PARTNER, &other).await.unwrap_err();
    let owner = format!("the owner app is {OWNER:?}, not {OTHER:?}");
    let name = "the name is \"Order 4711\", not \"Order 4712\"";
    let holder = "the holder of MESSAGING is \"owner\", not \"partner\"";
    check(&error, ErrorKind::Conflict, &[&owner, name, holder]);
    for status in ["DEACTIVATED", "REJECTED"] {
        sandbox.set_solution_status(ID, status);
        let error = ensure(&client, PARTNER, &agreed()).await.unwrap_err();
        check(&error, ErrorKind::Conflict, &[status]);
    }
    sandbox.set_solution_status(ID, "INITIATED");
    for (field, text) in [
        ("name", "cannot see the name"),
        ("owner_app", "cannot see the owner app"),
        ("owner_permissions", "cannot see the holder of MESSAGING"),
        ("partners", "cannot see the partner app"),
    ] {
        sandbox.hide_field(field);
        let error = ensure(&client, PARTNER, &agreed()).await.unwrap_err();
        check(&error, ErrorKind::Conflict, &[text]);
    }
    assert_eq!(posts(&sandbox), 1);
}

#[tokio::test]
async fn it_is_accepted_once_even_if_a_response_is_lost() {
    for (fault, known_from, attempts) in [
        (Fault::none(), KnownFrom::Response, 1),
        // The second attempt is refused, because the first took effect.
        (lost_after(), KnownFrom::LastLookup, 2),
        (unreadable(), KnownFrom::LastLookup, 1),
    ] {
        let (sandbox, client) = start().await;
        create(&client, OWNER, &request()).await;
        sandbox.script([Fault::none(), fault]);
        let first = ensure(&client, PARTNER, &agreed()).await.unwrap();
        assert_eq!((first.known_from, first.attempts), (known_from, attempts));
        assert_eq!(sandbox.solution(ID).unwrap().partner_status, Accepted);
        let again = ensure(&client, PARTNER, &agreed()).await.unwrap();
        assert_eq!(again.known_from, KnownFrom::FirstLookup);
        assert_eq!(again.attempts, 0);
        assert_eq!(posts(&sandbox), 1 + attempts as usize);
    }
    // Looking fails before anything was sent; then accept and the look after it fail.
    let (sandbox, client) = start().await;
    create(&client, OWNER, &request()).await;
    sandbox.script(vec![Fault::internal_error(); 4]);
    let error = ensure(&client, PARTNER, &agreed()).await.unwrap_err();
    check(&error, ErrorKind::Unreachable, &["ensure_accepted"]);
    sandbox.script([Fault::none(), unreadable()]);
    sandbox.script(vec![Fault::internal_error(); 4]);
    let error = ensure(&client, PARTNER, &agreed()).await.unwrap_err();
    let advice = "call it again later; it first checks whether it is already done";
    check(&error, ErrorKind::OutcomeUnknown, &[advice]);
}
