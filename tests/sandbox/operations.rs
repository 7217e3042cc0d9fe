//! Creating and accepting, and what is refused.

use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::json;
use whatsapp_multi_partner_solutions::PartnerStatus;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::wire::*;

#[tokio::test]
async fn a_solution_is_created_and_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let response = send(&sandbox, &create()).await;
    assert_eq!(response.headers()["facebook-api-version"], "v25.0");
    assert_eq!(json_of(&response), json!({ "solution_id": FIRST_ID }));
    let solution = sandbox.solution(FIRST_ID).unwrap();
    assert_eq!(solution.application_id, OWNER);
    assert_eq!(json!(solution.request), create_body());
    assert_eq!(solution.status, "INITIATED");
    assert_eq!(solution.partner_status, PartnerStatus::NotificationSent);

    let response = send(&sandbox, &accept(FIRST_ID, PARTNER)).await;
    assert_eq!(response.headers()["facebook-api-version"], "v23.0");
    assert_eq!(json_of(&response)["success"], true);
    assert_eq!(json_of(&response)["partner_status"], "ACCEPTED");
    let solution = sandbox.solution(FIRST_ID).unwrap();
    assert_eq!(solution.status, "ACTIVE");
    assert_eq!(solution.partner_status, PartnerStatus::Accepted);
}

#[tokio::test]
async fn requests_are_recorded_and_tokens_not_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = format!("{CREATE}?access_token=a-secret");
    send(&sandbox, &request(&path, "the body")).await;
    let recorded = &sandbox.requests()[0];
    assert_eq!(recorded.path_and_query, path);
    assert_eq!(recorded.path(), CREATE);
    assert_eq!(recorded.header("authorization"), Some(TOKEN));
    assert_eq!(recorded.body, "the body");
    let shown = format!("{sandbox:?} {recorded:?} {:?}", recorded.headers);
    assert!(shown.contains("authorization"), "{shown}");
    assert!(!shown.contains("a-secret"), "{shown}");
}

#[tokio::test]
async fn requests_are_checked_in_the_documented_order() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.unknown_app(OWNER);
    sandbox.forbid_app(OWNER);
    // Each request has what the later checks would refuse.
    let no_json = request(CREATE, "{");
    let get = no_json.replace("POST", "GET");
    for path in ["/", "/v25.0", "/1/accept/", "/1/reject", "/v25.0//accept"] {
        refused(&sandbox, UNKNOWN_PATH, &get.replace(CREATE, path)).await;
    }
    refused(&sandbox, NOT_SUPPORTED, &get).await;
    refused(&sandbox, INVALID, &no_json.replace(TOKEN, "")).await;
    let text = no_json.replace("application/json", "text/plain");
    refused(&sandbox, INVALID, &text.replace(TOKEN, "")).await;
    let wrong_id = create_with("partner_app_id", "12x").replace(OWNER, "12a");
    for token in ["", "Bearer", "Bearer  ", "a-secret", "Basic YTpi"] {
        refused(&sandbox, UNAUTHORIZED, &wrong_id.replace(TOKEN, token)).await;
    }
    for id in ["x", "12a", "%31", ".."] {
        refused(&sandbox, INVALID, &wrong_id.replace("12a", id)).await;
    }
    for wrong in [
        create_with("partner_app_id", "12x"),
        create_with("solution_name", "N".repeat(76)),
        create_with("owner_permissions", "N".repeat(9999)),
        create_with("owner_permissions", vec!["MESSAGING", "MESSAGING"]),
    ] {
        refused(&sandbox, INVALID, &wrong).await;
    }
    refused(&sandbox, NOT_FOUND, &create()).await;
}

#[tokio::test]
async fn operations_have_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    let neither = create_with("owner_permissions", json!([]));
    let both = create_with("partner_permissions", vec!["MESSAGING"]);
    for wrong in [neither, both] {
        refused(&sandbox, UNPROCESSABLE, &wrong).await;
    }
    send(&sandbox, &create().replace(TOKEN, "bearer lower-case")).await;
    refused(&sandbox, NOT_FOUND, &accept("77", PARTNER)).await;
    refused(&sandbox, ACCEPT_FORBIDDEN, &accept(FIRST_ID, OWNER)).await;
    // Either status alone prevents accepting.
    let (unanswered, rejected) = (PartnerStatus::NotificationSent, PartnerStatus::Rejected);
    for (solution, partner) in [("ACTIVE", unanswered), ("INITIATED", rejected)] {
        sandbox.set_solution_status(FIRST_ID, solution).unwrap();
        let changed = sandbox.set_partner_status(FIRST_ID, partner);
        assert_eq!(changed, sandbox.solution(FIRST_ID));
        refused(&sandbox, NOT_ACCEPTABLE, &accept(FIRST_ID, PARTNER)).await;
    }
    sandbox.forbid_app(PARTNER);
    refused(&sandbox, ACCEPT_FORBIDDEN, &accept(FIRST_ID, PARTNER)).await;
    sandbox.forbid_app(OWNER);
    refused(&sandbox, FORBIDDEN, &create()).await;
    sandbox.reject_token("a-secret");
    refused(&sandbox, UNAUTHORIZED, &create()).await;
}

#[tokio::test]
async fn accepting_needs_no_body_where_the_page_documents_none() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    refused(
        &sandbox,
        INVALID,
        &request(&format!("/v24.0/{FIRST_ID}/accept"), ""),
    )
    .await;
    let accepted = send(&sandbox, &request(&format!("/v25.0/{FIRST_ID}/accept"), "")).await;
    assert_eq!(json_of(&accepted)["success"], true, "{}", accepted.body());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn every_request_gets_a_documented_response(
        part in prop::sample::select(vec!["/v25", "/1", "_solution", "Bearer", "application/"]),
        text in "[a-z0-9./?%-]{0,999}",
        body in ".{0,999}",
    ) {
        let wrong_head = create().replacen(part, &format!("{part}{text}"), 1);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let sandbox = Sandbox::start().await.unwrap();
            for request in [request(CREATE, &body), create_with("solution_name", body), wrong_head] {
                let before = sandbox.solutions();
                let response = send(&sandbox, &request).await;
                assert_eq!(response.status() == 200, sandbox.solutions() != before, "{request}");
            }
        });
    }
}
