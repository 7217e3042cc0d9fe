//! A `reqwest::Client` of the caller.

use http::{HeaderMap, HeaderValue, header};

use crate::{
    client::*,
    server::{Server, Step},
};

#[tokio::test]
async fn its_pool_is_used_and_its_headers_do_not_replace_ours() {
    let server = Server::start([Step::response(200, &[], ""), created()]).await;
    let names = [header::AUTHORIZATION, header::USER_AGENT, header::ACCEPT];
    let other = HeaderValue::from_static("other");
    let headers = HeaderMap::from_iter(names.map(|name| (name, other.clone())));
    let own = reqwest::Client::builder().default_headers(headers);
    let own = own.build().expect("a client");
    let first = own.post(server.url()).send().await.expect("a response");
    first.bytes().await.expect("a body");
    let client = builder(&server).reqwest_client(own).build();
    create(&client.expect("a client"))
        .await
        .expect("a solution");
    let seen = server.seen();
    assert_eq!(seen[0].connection, seen[1].connection);
    let text = seen[1].text();
    assert!(text.contains(&format!("authorization: Bearer {TOKEN}\r\n")));
    assert!(!text.contains("other"), "{text}");
}

#[tokio::test]
async fn a_redirect_that_it_follows_is_reported_as_a_refusal() {
    let server = Server::start([]).await;
    // 307 would send the request again, but its body cannot be repeated.
    for (code, followed) in [(303, true), (307, false)] {
        let to = [("location", "/login")];
        server.script([Step::response(code, &to, ""), created()]);
        let builder = builder(&server).reqwest_client(reqwest::Client::new());
        let client = builder.app_secret(APP_SECRET).build().expect("a client");
        let error = create(&client).await.expect_err("redirected");
        assert!(error.is_refused() && !error.may_have_taken_effect());
        let said = error.to_string().contains("followed a redirect");
        assert_eq!(said, followed, "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.count(), 1 + usize::from(followed));
    }
}
