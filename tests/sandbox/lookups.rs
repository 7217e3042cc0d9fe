//! Lists and single solutions.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::wire::*;

/// What a lookup responds with.
async fn look(sandbox: &Sandbox, path: &str) -> Value {
    let response = send(sandbox, &get(path)).await;
    assert_eq!(response.status(), 200, "{path}: {}", response.body());
    json_of(&response)
}

fn names(page: &Value) -> Vec<&str> {
    let solutions = page["data"].as_array().unwrap().iter();
    solutions.filter_map(|it| it["name"].as_str()).collect()
}

#[tokio::test]
async fn one_solution_is_shown_with_the_fields_asked_for() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    let at = format!("/v25.0/{FIRST_ID}");
    let expected = json!({
        "id": FIRST_ID, "name": "A solution for tests", "status": "INITIATED",
        "status_for_pending_request": "PENDING_ACTIVATION",
    });
    assert_eq!(look(&sandbox, &at).await, expected);

    let fields =
        "owner_app{id},owner_permissions,partners{partner_app{name},partner_permissions,status}";
    let shown = look(&sandbox, &format!("{at}?fields={fields}")).await;
    assert_eq!(shown["owner_app"], json!({ "id": OWNER }));
    assert_eq!(shown.get("name"), None);
    let partner = &shown["partners"]["data"][0];
    assert_eq!(partner["partner_app"]["id"], PARTNER);
    assert_eq!(partner["status"], "NOTIFICATION_SENT");
    let owner = shown["owner_permissions"].as_array().unwrap();
    let partner = partner["partner_permissions"].as_array().unwrap();
    // The defaults on both sides, and MESSAGING with the owner.
    assert!(!partner.is_empty() && owner.starts_with(partner));
    assert_eq!(owner[partner.len()..], ["MESSAGING"]);

    sandbox.set_solution_status(FIRST_ID, "DEACTIVATED");
    sandbox.hide_field("partner_app");
    let fields = "status,partners{partner_app,status}";
    let shown = look(&sandbox, &format!("{at}?fields={fields}")).await;
    assert_eq!(shown["status"], "DEACTIVATED");
    assert_eq!(shown["partners"]["data"][0].get("partner_app"), None);
}

#[tokio::test]
async fn lists_have_roles_pages_and_a_lag() {
    let sandbox = Sandbox::start().await.unwrap();
    let at = format!("{CREATE}s");
    assert_eq!(look(&sandbox, &at).await, json!({ "data": [] }));
    for name in ["S1", "S2", "S3", "S4", "S5"] {
        send(&sandbox, &create_with("solution_name", name)).await;
    }
    let of_partner = at.replace(OWNER, PARTNER);
    for (path, count) in [
        (&format!("{at}?role=PARTNER"), 0),
        (&of_partner, 5),
        (&format!("{of_partner}?role=OWNER"), 0),
    ] {
        assert_eq!(names(&look(&sandbox, path).await).len(), count, "{path}");
    }
    // Forward by `next` to the end, and back by `previous`.
    let mut url = format!("{at}?limit=2&fields=name");
    for (on_page, links, follow) in [
        (vec!["S1", "S2"], 1, "next"),
        (vec!["S3", "S4"], 2, "next"),
        (vec!["S5"], 1, "previous"),
        (vec!["S3", "S4"], 2, "previous"),
        (vec!["S1", "S2"], 1, "next"),
    ] {
        let shown = look(&sandbox, &url).await;
        assert_eq!(names(&shown), on_page);
        let paging = shown["paging"].as_object().unwrap();
        assert_eq!(paging.len(), 1 + links);
        let link = paging[follow].as_str().unwrap();
        url = link.strip_prefix("http://sandbox").unwrap().to_owned();
    }
    sandbox.list_lags(2);
    send(&sandbox, &create()).await;
    for count in [5, 5, 6, 6] {
        assert_eq!(names(&look(&sandbox, &at).await).len(), count);
    }
}

#[tokio::test]
async fn lookups_have_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &create()).await;
    let list = format!("{CREATE}s");
    let one = format!("/v25.0/{FIRST_ID}");
    for (expected, request) in [
        (NOT_FOUND, get("/v25.0/77")),
        (NOT_SUPPORTED, request(&one, "")),
        (INVALID, get(&format!("{one}?fields=name,nonsense"))),
        (INVALID, get(&format!("{one}?fields=partners{{status"))),
        (INVALID, get(&format!("{list}?role=BOTH"))),
        (INVALID, get(&format!("{list}?limit=101"))),
        (INVALID, get(&format!("{list}?after=77"))),
    ] {
        refused(&sandbox, expected, &request).await;
    }
    sandbox.forbid_app(OWNER);
    refused(&sandbox, LOOKUP_FORBIDDEN, &get(&list)).await;
    sandbox.unknown_app(OWNER);
    refused(&sandbox, NOT_FOUND, &get(&list)).await;
}
