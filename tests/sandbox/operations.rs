//! Creating and accepting, and what is refused.

use proptest::prelude::*;
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
    let kept = serde_json::to_value(&solution.request).unwrap();
    assert_eq!(kept, create_body());
    assert_eq!(solution.status, "INITIATED");
    assert_eq!(solution.partner_status, PartnerStatus::NotificationSent);

    let response = send(&sandbox, &accept(FIRST_ID, PARTNER)).await;
    assert_eq!(response.headers()["facebook-api-version"], "v23.0");
    assert_eq!(response.headers()["content-type"], JSON);
    let mut body = json_of(&response);
    assert!(body["message"].take().is_string());
    let expected = json!({
        "solution_id": FIRST_ID, "partner_status": "ACCEPTED", "success": true, "message": null,
        "update_time": "2024-01-15T10:30:00+0000",
    });
    assert_eq!(body, expected);
    let solution = sandbox.solution(FIRST_ID).unwrap();
    assert_eq!(solution.status, "ACTIVE");
    assert_eq!(solution.partner_status, PartnerStatus::Accepted);

    let second = send(&sandbox, &create()).await;
    assert_eq!(json_of(&second)["solution_id"], sandbox.solutions()[1].id);
}

#[tokio::test]
async fn requests_are_recorded_and_tokens_not_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = format!("{CREATE}?access_token=a-secret");
    send(&sandbox, &request(&path, "the body")).await;
    let recorded = &sandbox.requests()[0];
    assert_eq!(recorded.path_and_query, path);
    assert_eq!(recorded.path(), CREATE);
    assert_eq!(recorded.method, "POST");
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
    for path in [
        "/",
        "/v25.0",
        "/v25.0/x/accept/",
        "/v25.0/1/reject",
        "/v25.0//accept",
    ] {
        refused(&sandbox, UNKNOWN_PATH, &get.replace(CREATE, path)).await;
    }
    refused(&sandbox, NOT_SUPPORTED, &get).await;
    let no_token = |request: &str| request.replace(TOKEN, "");
    refused(&sandbox, INVALID, &no_token(&no_json)).await;
    let text = create().replace("application/json", "text/plain");
    refused(&sandbox, INVALID, &no_token(&text)).await;
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
    refused(&sandbox, UNPROCESSABLE, &neither).await;
    let both = create_with("partner_permissions", vec!["MESSAGING"]);
    refused(&sandbox, UNPROCESSABLE, &both).await;
    send(&sandbox, &create().replace(TOKEN, "bearer lower-case")).await;
    refused(&sandbox, NOT_FOUND, &accept("77", PARTNER)).await;
    refused(&sandbox, FORBIDDEN, &accept(FIRST_ID, OWNER)).await;
    // Either status alone prevents accepting.
    for (solution, partner) in [
        ("ACTIVE", PartnerStatus::NotificationSent),
        ("INITIATED", PartnerStatus::Rejected),
    ] {
        sandbox.set_solution_status(FIRST_ID, solution).unwrap();
        let changed = sandbox.set_partner_status(FIRST_ID, partner);
        assert_eq!(changed, sandbox.solution(FIRST_ID));
        refused(&sandbox, UNPROCESSABLE, &accept(FIRST_ID, PARTNER)).await;
    }
    sandbox.forbid_app(PARTNER);
    refused(&sandbox, FORBIDDEN, &accept(FIRST_ID, PARTNER)).await;
    sandbox.forbid_app(OWNER);
    refused(&sandbox, FORBIDDEN, &create()).await;
    sandbox.reject_token("a-secret");
    refused(&sandbox, UNAUTHORIZED, &create()).await;
}

#[tokio::test]
async fn accepting_needs_no_body_where_the_page_documents_none() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    let accept = |version: &str| request(&format!("{version}/{FIRST_ID}/accept"), "{}");
    refused(&sandbox, INVALID, &accept("/v24.0")).await;
    for request in ["", "/v25.0", "/v26.0"].map(accept) {
        sandbox.set_solution_status(FIRST_ID, "INITIATED");
        sandbox.set_partner_status(FIRST_ID, PartnerStatus::NotificationSent);
        let accepted = send(&sandbox, &request.replace("{}", "").replace(": 2", ": 0")).await;
        assert_eq!(json_of(&accepted)["success"], true, "{}", accepted.body());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_request_gets_a_documented_response(
        part in prop::sample::select(vec!["/v25", "/1", "_solution", "Bearer", "application/"]),
        text in "[a-z0-9./?%-]{0,999}",
        body in ".{0,999}",
    ) {
        let wrong_head = create().replacen(part, &format!("{part}{text}"), 1);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let sandbox = Sandbox::start().await.unwrap();
            for request in [request(CREATE, &body), create_with("solution_name", body), wrong_head] {
                let before = sandbox.solutions();
                let response = send(&sandbox, &request).await;
                assert!(response.headers().contains_key("facebook-api-version"), "{request}");
                assert_eq!(response.status() == 200, sandbox.solutions() != before, "{request}");
                if response.status() != 200 {
                    error_of(&request, &response);
                }
            }
        });
    }
}
