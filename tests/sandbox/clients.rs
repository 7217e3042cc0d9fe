//! Requests as Meta's SDKs and other clients send them.

use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::wire::*;

#[tokio::test]
async fn other_clients_send_forms_and_put_the_token_among_the_parameters() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = |path: &str, body: &str| {
        let request =
            request(path, body).replace("application/json", "application/x-www-form-urlencoded");
        request.replace("Authorization: Bearer a-secret", "X-Other: 1")
    };
    let rest = "partner_app_id=2&solution_name=A+name&unknown=1";
    for (path, lists) in [
        (
            "/1/whatsapp_business_solution",
            r#"owner_permissions=["MESSAGING"]&partner_permissions=[]&access_token=t"#,
        ),
        (
            "/v24.0/1/whatsapp_business_solution?access_token=t",
            "owner_permissions[0]=MESSAGING&partner_permissions=[]",
        ),
        (
            "/1/whatsapp_business_solution?access_token=t",
            "owner_permissions%5B%5D=MESSAGING&partner_permissions=%5B%5D",
        ),
    ] {
        let response = send(&sandbox, &form(path, &format!("{lists}&{rest}"))).await;
        assert_eq!(response.status(), 200, "{}", response.body());
    }
    let no_token = "/1/whatsapp_business_solution";
    refused(&sandbox, UNAUTHORIZED, &form(no_token, rest)).await;
    // A name that looks like a list.
    let path =
        "/1/whatsapp_business_solution?access_token=t&partner_permissions=[]&partner_app_id=2";
    let list = r#"solution_name=[1]&owner_permissions=["MESSAGING"]"#;
    assert_eq!(send(&sandbox, &form(path, list)).await.status(), 200);
    assert_eq!(*sandbox.solutions()[3].request.solution_name, "[1]");
    // The token is good, the JSON is not.
    let no_json = form(path, "{").replace("x-www-form-urlencoded", "json");
    refused(&sandbox, INVALID, &no_json).await;
    let accepted = send(
        &sandbox,
        &form(
            &format!("/{FIRST_ID}/accept"),
            "partner_app_id=2&access_token=t",
        ),
    )
    .await;
    assert_eq!(json_of(&accepted)["success"], true);

    // The proof of Meta's documentation of securing requests.
    sandbox.require_proof("s3cr3t");
    let show = |proof: &str| {
        get(&format!(
            "/{FIRST_ID}?access_token=TOK&appsecret_proof={proof}"
        ))
        .replace("Authorization", "X-Other")
    };
    refused(&sandbox, NOT_SUPPORTED, &show("1")).await;
    let proof = "2315621bbf45cf8ff93b53381e595f59f73a76062d10ef2ebf65e29f043acd43";
    assert_eq!(send(&sandbox, &show(proof)).await.status(), 200);
}
