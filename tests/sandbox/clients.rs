//! Requests as Meta's SDKs and other clients send them.

use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::wire::*;

const PATH: &str = "/1/whatsapp_business_solution";

/// A form, without the token in a header.
fn form(path: &str, body: &str) -> String {
    let request = request(path, body).replace("Authorization", "X-Other");
    request.replace("application/json", "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn the_token_and_the_body_come_as_parameters() {
    let sandbox = Sandbox::start().await.unwrap();
    // A name that looks like a list is a name.
    let rest = "partner_app_id=2&solution_name=[1]&unknown=1";
    for lists in [
        r#"owner_permissions=["MESSAGING"]&partner_permissions=[]"#,
        "owner_permissions[0]=MESSAGING&partner_permissions=[]",
        "owner_permissions%5B%5D=MESSAGING&partner_permissions=%5B%5D",
    ] {
        let body = format!("{rest}&{lists}&access_token=t");
        let response = send(&sandbox, &form(PATH, &body)).await;
        assert_eq!(response.status(), 200, "{}", response.body());
    }
    assert_eq!(*sandbox.solutions()[2].request.solution_name, "[1]");
    refused(&sandbox, UNAUTHORIZED, &form(PATH, rest)).await;
    let accept = format!("/v24.0/{FIRST_ID}/accept?access_token=t");
    let no_json = form(&accept, "{").replace("x-www-form-urlencoded", "json");
    refused(&sandbox, INVALID, &no_json).await;
    let accepted = send(&sandbox, &form(&accept, "partner_app_id=2")).await;
    assert_eq!(json_of(&accepted)["success"], true);
}

#[tokio::test]
async fn the_proof_is_checked() {
    let sandbox = Sandbox::start().await.unwrap();
    // As in Meta's documentation of securing requests.
    sandbox.require_proof("s3cr3t");
    let list = format!("{CREATE}s?access_token=TOK&appsecret_proof=");
    let list = |proof: &str| get(&format!("{list}{proof}")).replace("Authorization", "X-Other");
    refused(&sandbox, NOT_SUPPORTED, &list("1")).await;
    let proof = "2315621bbf45cf8ff93b53381e595f59f73a76062d10ef2ebf65e29f043acd43";
    assert_eq!(send(&sandbox, &list(proof)).await.status(), 200);
}
