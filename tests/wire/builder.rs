//! What a client can be built of, and what is said of what it cannot.

use std::time::Duration;

use whatsapp_multi_partner_solutions::{Client, ClientBuilder, RetryPolicy};

use crate::{client::*, server::Server};

#[track_caller]
fn refused(builder: ClientBuilder, because: &str) -> String {
    let error = builder.build().expect_err(because);
    let text = error.to_string();
    assert!(error.is_invalid_request(), "{text}");
    assert!(text.contains(because), "{because} is not in: {text}");
    text
}

fn any() -> ClientBuilder {
    Client::builder().token(TOKEN)
}

#[test]
fn only_a_token_has_to_be_given() {
    any().build().expect("a client");
    refused(Client::builder(), "there is no access token");
    refused(Client::builder().token(""), "the access token is empty");
}

#[test]
fn a_token_has_to_fit_into_a_header() {
    for (before, after) in [
        ("", "\n"),
        ("", "\r\nx: y"),
        (" ", ""),
        ("a ", ""),
        ("", "\0"),
        ("ä", ""),
        ("\u{7f}", ""),
    ] {
        let text = refused(
            Client::builder().token(format!("{before}{TOKEN}{after}")),
            "the access token contains a space, a line end or a character outside ASCII",
        );
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[test]
fn versions() {
    for version in ["v1.0", "v25.0", "v26.7", "v100.12"] {
        any().version(version).build().expect(version);
    }
    for version in [
        "", "25.0", "v25", "V25.0", "v25.", "v25.0 ", " v25.0", "v25.0\n", "v25.0/..", "..",
        "v٢.0", "latest",
    ] {
        refused(any().version(version), "Version");
    }
}

#[test]
fn plain_http_is_for_loopback_only() {
    for url in [
        "http://127.0.0.1",
        "http://127.0.0.1:8080/",
        "http://127.8.9.1",
        "http://[::1]",
        "http://[::1]:8080/stem",
        "http://localhost",
        "http://LOCALHOST:1",
        "https://graph.facebook.com",
        "https://10.0.0.1/stem/",
        " https://graph.facebook.com\n",
    ] {
        any().base_url(url).build().expect(url);
    }
    for url in [
        "http://graph.facebook.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://[::]",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example/127.0.0.1",
        "http://128.0.0.1",
        "http://xlocalhost",
    ] {
        refused(
            any().base_url(url),
            "would send the access token unencrypted; use https",
        );
    }
}

#[test]
fn what_is_no_base_url() {
    for url in [
        "",
        "graph.facebook.com",
        "https://",
        "//graph.facebook.com",
        "https://exa mple",
        "http://[::1",
        "https://graph.facebook\n.com",
        "https://graph.facebook.com\r\n.host.example",
        "https://graph.facebook.com/\r\nx: y",
        "https://graph\t.facebook.com",
        "https://graph.facebook.com/\0",
    ] {
        refused(any().base_url(url), "the base URL c");
    }
    for url in [
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "localhost:8080",
        "ws://127.0.0.1",
    ] {
        refused(any().base_url(url), "scheme is");
    }
    for url in [
        "https://user@host.example",
        "https://user:pw@host.example",
        "https://:pw@host.example",
    ] {
        refused(any().base_url(url), "user name or a password");
    }
    for url in [
        "https://host.example?x=1",
        "https://host.example/?",
        "https://host.example/#",
        "http://[::1]/#x",
    ] {
        refused(any().base_url(url), "query or a fragment");
    }
}

#[test]
fn a_secret_in_a_base_url_is_not_repeated() {
    for url in [
        format!("https://host.example/?access_token={TOKEN}"),
        format!("http://host.example/?access_token={TOKEN}"),
        format!("https://host.example/#{TOKEN}"),
        format!("https://user:{TOKEN}@host.example"),
        format!("http://user:{TOKEN}@host.example"),
        format!("http://{TOKEN}@127.0.0.1"),
        format!("ftp://{TOKEN}@127.0.0.1"),
        format!("https://user:{TOKEN}@exa mple"),
        format!("{TOKEN}@host.example"),
    ] {
        let builder = any().base_url(&url);
        let shown = format!("{builder:?}");
        assert!(!shown.contains(TOKEN), "{shown}");
        let text = refused(builder, "base URL");
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[test]
fn a_user_agent_has_to_fit_into_a_header() {
    any().user_agent("shop/1").build().expect("a client");
    any()
        .user_agent("shop/1 (a; b)\tc")
        .build()
        .expect("a client");
    for user_agent in ["", "a\nb", "a\r\nx: y", "a\0", "\u{7f}"] {
        refused(any().user_agent(user_agent), "User-Agent");
    }
}

/// Whatever stands in a base URL reaches a server as one path and one host, in ASCII.
#[tokio::test]
async fn a_base_url_is_spelt_as_a_request_needs_it() {
    for (stem, sent) in [
        ("a b/ü", "/a%20b/%C3%BC/v25.0/"),
        ("x/../y/%2e%2e/", "/v25.0/"),
        ("a%0d%0ax:%20y", "/a%0d%0ax:%20y/v25.0/"),
        ("\"<>`{}", "/%22%3C%3E%60%7B%7D/v25.0/"),
    ] {
        let server = Server::start([created()]).await;
        let client = builder(&server)
            .base_url(format!("{}/{stem}", server.url()))
            .app_secret(APP_SECRET)
            .build()
            .expect("a client");
        create(&client).await.expect("a solution");
        let [request] = &server.seen()[..] else {
            panic!("one request, not {:?}", server.seen());
        };
        assert!(request.path.starts_with(sent), "{}", request.path);
        assert!(
            request.path.ends_with(&format!(
                "/whatsapp_business_solution?appsecret_proof={PROOF}"
            )),
            "{}",
            request.path
        );
        assert_eq!(
            request.header("host"),
            format!("127.0.0.1:{}", server.port())
        );
    }
}

#[test]
fn times_and_attempts() {
    let policy = RetryPolicy::default;
    let with = |policy: RetryPolicy| any().retry_policy(policy);
    refused(
        with(policy().max_attempts(0)),
        "max_attempts is 0; it has to be at least 1",
    );
    refused(with(policy().deadline(Duration::ZERO)), "deadline is zero");
    refused(
        with(policy().attempt_timeout(Duration::ZERO)),
        "attempt_timeout is zero",
    );
    refused(
        any().connect_timeout(Duration::ZERO),
        "connect_timeout is zero",
    );
    with(policy().max_attempts(1)).build().expect("a client");
    with(
        policy()
            .base_delay(Duration::ZERO)
            .max_delay(Duration::ZERO),
    )
    .build()
    .expect("a client");
    with(
        policy()
            .deadline(Duration::MAX)
            .attempt_timeout(Duration::MAX),
    )
    .build()
    .expect("a client");
}

#[tokio::test]
async fn times_without_end_are_as_good_as_any() {
    let server = Server::start([created()]).await;
    let endless = RetryPolicy::default()
        .base_delay(Duration::MAX)
        .max_delay(Duration::MAX)
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    let client = builder(&server)
        .retry_policy(endless)
        .connect_timeout(Duration::MAX)
        .build()
        .expect("a client");
    create(&client).await.expect("a solution");
}

#[tokio::test]
async fn localhost_by_name_is_reached() {
    let server = Server::start([created()]).await;
    let by_name = format!("http://localhost:{}", server.port());
    let client = builder(&server)
        .base_url(by_name)
        .build()
        .expect("a client");
    create(&client).await.expect("a solution");
    assert_eq!(
        server.seen()[0].header("host"),
        format!("localhost:{}", server.port())
    );
}

#[test]
fn what_a_service_needs_of_a_client() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send>(_: &T) {}
    fn error<T: std::error::Error + Send + Sync + 'static>(_: Option<T>) {}
    let client = any().build().expect("a client");
    let (create, accept) = (create_request(), accept_request());
    shared(&client);
    sent(&client.create_solution("1", &create));
    sent(&client.accept_solution("1", &accept));
    error(None::<whatsapp_multi_partner_solutions::Error>);
}
