//! What must not reach the server: it is told before anything is sent, by the name of the parameter.

use whatsapp_multi_partner_solutions::{
    AcceptRequest, Client, CreateRequest, Error, MessagingHolder, types,
};

use crate::{client::*, server::Server};

/// None of these is an ID; several would be another path if they were taken as they are.
const NO_IDS: [&str; 20] = [
    "",
    ".",
    "..",
    "../me",
    "1/2",
    "1/../2",
    "%2e%2e",
    "1%2F2",
    "12\n",
    "\n12",
    "1\r\nHost: evil",
    " 12",
    "12 ",
    "-1",
    "1.0",
    "1e3",
    "0x12",
    "１２",
    "٣",
    "1?access_token=x",
];

#[track_caller]
fn names(error: &Error, name: &str) {
    assert!(error.is_invalid_request(), "{error}");
    assert!(!error.may_have_taken_effect());
    assert_eq!((error.attempts(), error.status()), (0, None));
    let text = error.to_string();
    assert!(
        text.contains(name) && text.contains("nothing was sent"),
        "{text}"
    );
    assert!(!text.contains(['\r', '\n']), "{text}");
}

async fn client_of_a_silent_server() -> (Server, Client) {
    let server = Server::start([]).await;
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn ids_in_the_path() {
    let (server, client) = client_of_a_silent_server().await;
    for id in NO_IDS
        .into_iter()
        .chain(["1#", "1\0", "\u{200b}1", "1\\2", "1;2"])
    {
        let error = client
            .create_solution(id, &create_request())
            .await
            .expect_err(id);
        names(&error, "Application-ID");
        let error = client
            .accept_solution(id, &accept_request())
            .await
            .expect_err(id);
        names(&error, "Solution-ID");
    }
    assert_eq!(server.tally().connections, 0);
}

#[test]
fn ids_in_the_body() {
    for id in NO_IDS {
        let create = CreateRequest::with_messaging(MessagingHolder::Owner, id, "Name");
        names(&create.expect_err(id), "partner_app_id");
        names(
            &AcceptRequest::by_partner(id).expect_err(id),
            "partner_app_id",
        );
    }
}

#[test]
fn the_name_is_counted_in_characters() {
    let named = |name: &str| CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, name);
    for character in ["x", "ü", "\u{1F91D}"] {
        for (length, taken) in [(0, false), (1, false), (2, true), (75, true), (76, false)] {
            let result = named(&character.repeat(length));
            assert_eq!(result.is_ok(), taken, "{length} times {character}");
            if let Err(error) = result {
                names(&error, "solution_name");
            }
        }
    }
}

#[tokio::test]
async fn messaging_is_held_by_exactly_one() {
    use types::WhatsAppBusinessAccountConfigurablePermissionTask::Messaging;
    let (server, client) = client_of_a_silent_server().await;
    let with = |owner: usize, partner: usize| CreateRequest {
        owner_permissions: vec![Messaging; owner],
        partner_permissions: vec![Messaging; partner],
        ..create_request()
    };
    let call = |client: &Client, request: CreateRequest| {
        let client = client.clone();
        async move { client.create_solution(OWNER, &request).await.map(drop) }
    };
    let both = call(&client, with(1, 1)).await.expect_err("both hold it");
    names(&both, "both hold MESSAGING");
    let neither = call(&client, with(0, 0))
        .await
        .expect_err("nobody holds it");
    names(
        &neither,
        "neither owner_permissions nor partner_permissions holds MESSAGING",
    );
    assert!(
        both.to_string().contains("only one side can have it"),
        "{both}"
    );
    assert!(
        neither.to_string().contains("one side must have it"),
        "{neither}"
    );
    names(
        &call(&client, with(2, 0)).await.expect_err("two"),
        "owner_permissions has 2 items",
    );
    names(
        &call(&client, with(0, 2)).await.expect_err("two"),
        "partner_permissions has 2 items",
    );
    assert_eq!(server.tally().connections, 0);

    server.script([created(), created()]);
    let unchecked = builder(&server)
        .without_permission_check()
        .build()
        .expect("a client");
    call(&unchecked, with(1, 1)).await.expect("is sent");
    call(&unchecked, with(0, 0)).await.expect("is sent");
    let sent: Vec<serde_json::Value> = server
        .seen()
        .iter()
        .map(|request| serde_json::from_slice(&request.body).expect("JSON"))
        .collect();
    assert_eq!(sent[0]["owner_permissions"], sent[0]["partner_permissions"]);
    assert_eq!(sent[1]["owner_permissions"], serde_json::json!([]));
    // What the YAML itself forbids is no rule that can be turned off.
    names(
        &call(&unchecked, with(2, 0)).await.expect_err("two"),
        "owner_permissions has 2 items",
    );
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn what_is_too_long_for_a_url_is_not_sent() {
    let server = Server::start([]).await;
    let (long, too_long) = ("1".repeat(60_000), "1".repeat(70_000));
    let client = |version: &str| {
        let builder = builder(&server).version(version).app_secret(APP_SECRET);
        builder.build().expect("a client")
    };
    let error = client("v25.0")
        .create_solution(&long, &create_request())
        .await
        .expect_err("no script");
    assert_eq!((error.is_refused(), server.count()), (true, 1), "{error}");
    for (version, id) in [("v25.0", &too_long), (&format!("v{too_long}.0"), &long)] {
        let client = client(version);
        let create = client.create_solution(id, &create_request()).await;
        let accept = client.accept_solution(id, &accept_request()).await;
        for error in [create.err(), accept.err()] {
            let error = error.expect("too long");
            assert!(error.is_invalid_request(), "{error}");
            assert!(error.to_string().contains("too long"), "{error}");
            assert_eq!(error.attempts(), 0);
        }
    }
    assert_eq!(server.count(), 1, "and no more");
}
