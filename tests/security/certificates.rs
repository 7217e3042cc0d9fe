//! Whose word is taken: only that of a server whose certificate is good for the name that was asked for.

use tokio_rustls::rustls::version::{TLS12, TLS13};
use whatsapp_multi_partner_solutions::Client;

use crate::{
    authority::{Authority, Identity},
    child::{Child, TOKEN, chain, client, request},
    tls_server::TlsServer,
};

#[tokio::test]
async fn a_certificate_that_is_not_good_ends_the_call_before_anything_is_sent() {
    let trusted = Authority::new("trusted");
    let stranger = Authority::new("a stranger");
    let file = trusted.file("trusted by the client");
    for (what, identity, why) in [
        (
            "signed by itself",
            Identity::self_signed("localhost"),
            ["self-signed", "UnknownIssuer"],
        ),
        (
            "signed by a stranger",
            stranger.valid("localhost"),
            ["unable to get local issuer", "UnknownIssuer"],
        ),
        (
            "of another name",
            trusted.valid("graph.facebook.com"),
            ["hostname mismatch", "not valid for name"],
        ),
        (
            "expired",
            trusted.expired("localhost"),
            ["has expired", "expired"],
        ),
        (
            "not yet valid",
            trusted.not_yet_valid("localhost"),
            ["not yet valid", "not valid yet"],
        ),
    ] {
        let server = TlsServer::start(&identity).await;
        let told = Child::new(&server.url())
            .env("SSL_CERT_FILE", &file)
            .tell()
            .await;
        let text = told.unreachable();
        assert!(text.contains("certificate"), "{what}: {text}");
        assert!(why.iter().any(|why| text.contains(why)), "{what}: {text}");
        let seen = server.seen();
        assert_eq!(seen.connections, 3, "{what}: each attempt tried once");
        assert_eq!(seen.inside, b"", "{what}: nothing of the request");
    }
}

/// The same client in the same environment gets through where the certificate is good; or else the test above would
/// pass for another reason.
#[tokio::test]
async fn a_good_certificate_is_taken_in_both_versions_of_tls() {
    let trusted = Authority::new("trusted");
    let file = trusted.file("trusted in both versions");
    for version in [&TLS12, &TLS13] {
        let server = TlsServer::with_versions(&trusted.valid("localhost"), &[version]).await;
        let told = Child::new(&server.url())
            .env("SSL_CERT_FILE", &file)
            .tell()
            .await;
        told.succeeded();
        let seen = server.seen();
        assert_eq!((seen.connections, seen.handshakes), (1, 1), "{version:?}");
        let sent = String::from_utf8_lossy(&seen.inside).into_owned();
        assert!(sent.contains(&format!("Bearer {TOKEN}")), "{sent}");
    }
}

#[tokio::test]
async fn a_client_that_is_handed_in_trusts_whom_it_was_told_to() {
    let trusted = Authority::new("trusted");
    let certificate =
        reqwest::Certificate::from_pem(trusted.pem().as_bytes()).expect("a certificate");
    let builder = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([certificate]);
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(not(feature = "native-tls"))]
    let builder = builder.tls_backend_rustls();
    let own = builder.build().expect("a client");
    let call = async |url: &str| {
        let client: Client = client(url)
            .reqwest_client(own.clone())
            .build()
            .expect("a client");
        client.create_solution("1", &request()).await
    };

    let good = TlsServer::start(&trusted.valid("localhost")).await;
    call(&good.url()).await.expect("a solution");
    let bad = TlsServer::start(&Authority::new("a stranger").valid("localhost")).await;
    let error = call(&bad.url()).await.expect_err("not trusted");
    assert!(error.is_unreachable(), "{error}");
    assert!(chain(&error).contains("certificate"), "{}", chain(&error));
    assert_eq!(bad.seen().inside, b"");
}
