//! Proxies that the environment names.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    authority::{Authority, Identity},
    child::{APP_SECRET, Child, PROOF, TOKEN},
    proxy::{Proxy, Way},
    tls_server::TlsServer,
};

const GRAPH: &str = "https://graph.facebook.com";

/// Nothing of a call is readable on its way.
#[track_caller]
fn sees_nothing(proxy: &Proxy) {
    for bytes in proxy.seen() {
        for secret in [
            TOKEN,
            APP_SECRET,
            PROOF,
            "whatsapp_business_solution",
            "Bearer",
        ] {
            assert!(!bytes.contains(secret), "{secret} in {bytes}");
        }
    }
}

/// The head of each request that reached the proxy.
fn heads(proxy: &Proxy) -> Vec<String> {
    let seen = proxy.seen().into_iter();
    seen.map(|bytes| {
        bytes
            .split("\r\n\r\n")
            .next()
            .unwrap_or_default()
            .to_owned()
    })
    .collect()
}

#[tokio::test]
async fn https_goes_through_the_proxy_that_the_environment_names() {
    let trusted = Authority::new("trusted");
    let file = trusted.file("trusted behind a proxy");
    let graph = TlsServer::start(&trusted.valid("graph.facebook.com")).await;
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let proxy = Proxy::start(Way::To(graph.address())).await;
        let told = Child::new(GRAPH)
            .env("SSL_CERT_FILE", &file)
            .env(variable, proxy.url())
            .tell()
            .await;
        told.succeeded();
        let [head] = &heads(&proxy)[..] else {
            panic!("{variable}: one connection, not {:?}", proxy.seen());
        };
        assert_eq!(
            head, "CONNECT graph.facebook.com:443 HTTP/1.1\r\nHost: graph.facebook.com:443",
            "{variable}: and nothing that tells who is calling"
        );
        sees_nothing(&proxy);
    }
    let inside = String::from_utf8_lossy(&graph.seen().inside).into_owned();
    assert_eq!(inside.matches(TOKEN).count(), 4, "it got there: {inside}");
    assert_eq!(inside.matches(PROOF).count(), 4, "it got there: {inside}");
}

#[tokio::test]
async fn a_socks_proxy_will_do_and_is_told_the_name() {
    let trusted = Authority::new("trusted");
    let graph = TlsServer::start(&trusted.valid("graph.facebook.com")).await;
    let proxy = Proxy::start(Way::SocksTo(graph.address())).await;
    let told = Child::new(GRAPH)
        .env("SSL_CERT_FILE", trusted.file("trusted behind socks"))
        .env("ALL_PROXY", format!("socks5h://{}", proxy.address()))
        .tell()
        .await;
    told.succeeded();
    assert!(
        proxy.seen()[0].contains("graph.facebook.com"),
        "{:?}",
        proxy.seen()
    );
    sees_nothing(&proxy);
}

#[tokio::test]
async fn what_no_proxy_names_goes_past_the_proxy() {
    let trusted = Authority::new("trusted");
    let file = trusted.file("trusted past a proxy");
    let server = TlsServer::start(&trusted.valid("localhost")).await;
    for (no_proxy, passes) in [
        ("localhost", true),
        ("example.com,localhost", true),
        ("*", true),
        ("example.com", false),
        ("", false),
    ] {
        let proxy = Proxy::start(Way::To(server.address())).await;
        let told = Child::new(&server.url())
            .env("SSL_CERT_FILE", &file)
            .env("HTTPS_PROXY", proxy.url())
            .env("NO_PROXY", no_proxy)
            .tell()
            .await;
        told.succeeded();
        assert_eq!(
            proxy.seen().is_empty(),
            passes,
            "{no_proxy}: {:?}",
            proxy.seen()
        );
    }
}

/// A proxy would get the token unencrypted.
#[tokio::test]
async fn plain_http_to_this_machine_goes_past_every_proxy() {
    let proxy = Proxy::start(Way::Refuse("")).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a client");
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            request.push(stream.read_u8().await.expect("a request"));
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"solution_id\":\"1\"}";
        stream.write_all(answer).await.expect("a client");
        String::from_utf8_lossy(&request).into_owned()
    });
    let mut child = Child::new(&format!("http://{address}"));
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        child = child.env(variable, proxy.url());
    }
    child.tell().await.succeeded();
    assert!(
        serving
            .await
            .expect("no panic")
            .starts_with("POST /v25.0/1/"),
        "as to a server"
    );
    assert!(proxy.seen().is_empty(), "{:?}", proxy.seen());
}

/// Whatever a proxy answers is no word of Meta's: not a refusal, not a throttling, no wait to be kept.
#[tokio::test]
async fn a_proxy_that_refuses_leaves_the_call_unsent() {
    for says in [
        "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 500 No\r\ncontent-length: 28\r\n\r\n{\"error\":{\"code\":4,\"m\":\"x\"}}",
        "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 503 No\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n",
        // It says yes, and then is not the one who was asked for.
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n{\"solution_id\":\"1\"}",
        "no proxy at all",
        "",
    ] {
        let proxy = Proxy::start(Way::Refuse(says)).await;
        let told = Child::new(GRAPH)
            .env("HTTPS_PROXY", proxy.url())
            .tell()
            .await;
        told.unreachable();
        assert_eq!(proxy.seen().len(), 3, "{says}");
        sees_nothing(&proxy);
    }
}

#[tokio::test]
async fn a_proxy_that_reads_along_is_not_trusted() {
    let meddler = TlsServer::start(&Identity::self_signed("graph.facebook.com")).await;
    let proxy = Proxy::start(Way::To(meddler.address())).await;
    let told = Child::new(GRAPH)
        .env("HTTPS_PROXY", proxy.url())
        .tell()
        .await;
    let text = told.unreachable();
    assert!(text.contains("certificate"), "{text}");
    assert_eq!(meddler.seen().inside, b"");
    sees_nothing(&proxy);
}

#[tokio::test]
async fn the_password_of_a_proxy_goes_to_the_proxy_and_into_no_log() {
    let proxy = Proxy::start(Way::Refuse("HTTP/1.1 407 No\r\n\r\n")).await;
    let with_password = format!("http://someone:pass-of-the-proxy@{}", proxy.address());
    let told = Child::new(GRAPH)
        .env("HTTPS_PROXY", with_password)
        .tell()
        .await;
    told.unreachable();
    // someone:pass-of-the-proxy in base64
    let basic = "Basic c29tZW9uZTpwYXNzLW9mLXRoZS1wcm94eQ==";
    for head in heads(&proxy) {
        assert!(head.contains(basic), "{head}");
    }
    for secret in ["pass-of-the-proxy", "c29tZW9uZTpwYXNz"] {
        assert!(!told.printed().contains(secret), "{}", told.printed());
    }
}
