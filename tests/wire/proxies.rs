//! Proxies, which the environment names: they learn the host and no more, and what they say is not Meta's response.
//!
//! The server behind a proxy speaks TLS, so that what it reads was encrypted on the way.

use crate::{
    child::{SUCCESS, UNREACHABLE, run},
    client::*,
    server::{Do, Server, Step},
    tls::Authority,
};

const GRAPH: &str = "https://graph.facebook.com";

fn tunnel(to: &Server) -> Step {
    Step::raw("HTTP/1.1 200 Connected\r\n\r\n").then(Do::Tunnel(to.address))
}

#[tokio::test]
async fn https_goes_through_the_proxy_that_the_environment_names() {
    let trusted = Authority::new("trusted");
    let file = trusted.file("proxies");
    let graph = Server::start_tls(trusted.valid("graph.facebook.com"), []).await;
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        graph.script([success()]);
        let proxy = Server::start([tunnel(&graph)]).await;
        let environment = [("SSL_CERT_FILE", &file[..]), (variable, &proxy.url[..])];
        let printed = run(GRAPH, &environment).await;
        assert!(printed.contains(SUCCESS), "{printed}");
        let (line, headers, _) = proxy.seen()[0].parts();
        assert_eq!(line, "CONNECT graph.facebook.com:443 HTTP/1.1");
        assert_eq!(headers, ["Host: graph.facebook.com:443"]);
        let sent = graph.seen()[0].text();
        assert!(sent.contains(TOKEN) && sent.contains(PROOF), "{sent}");
    }

    // SOCKS 5 (RFC 1928): a greeting of 3 bytes, then a request with the name.
    graph.script([success()]);
    let name = b"\x05\x01\0\x03\x12graph.facebook.com\x01\xbb";
    let connected = Step::bytes(name.len(), &[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]);
    let connected = connected.then(Do::Tunnel(graph.address));
    let proxy = Server::start([Step::bytes(3, &[5, 0]), connected]).await;
    let socks = format!("socks5h://{}", proxy.address);
    let environment = [("SSL_CERT_FILE", &file[..]), ("ALL_PROXY", &socks)];
    let printed = run(GRAPH, &environment).await;
    assert!(printed.contains(SUCCESS), "{printed}");
    assert_eq!(proxy.seen()[1].raw, name);
}

#[tokio::test]
async fn no_proxy_names_exceptions_and_plain_http_uses_none() {
    let trusted = Authority::new("trusted");
    let file = trusted.file("no proxy");
    let https = Server::start_tls(trusted.valid("localhost"), []).await;
    let http = Server::start([]).await;
    for (server, no_proxy, is_direct) in [
        (&https, "example.com,localhost", true),
        (&https, "example.com", false),
        // A proxy would get the token unencrypted.
        (&http, "", true),
    ] {
        server.script([success()]);
        let proxy = Server::start([tunnel(server)]).await;
        let proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"];
        let proxies = proxies.map(|name| (name, &proxy.url[..]));
        let rest = [("NO_PROXY", no_proxy), ("SSL_CERT_FILE", &file)];
        let printed = run(&server.url, &[&proxies[..], &rest].concat()).await;
        assert!(printed.contains(SUCCESS), "{printed}");
        assert_eq!(proxy.count() == 0, is_direct, "{no_proxy}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_or_decrypts_leaves_the_call_unsent() {
    let stranger = Authority::new("stranger");
    let impostor = Server::start_tls(stranger.valid("graph.facebook.com"), []).await;
    let says = |text: &'static str| Step::raw(text).then(Do::Close);
    for step in [
        says("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
        says("HTTP/1.1 429 No\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n"),
        says("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n"),
        says("HTTP/1.1 200 OK\r\n\r\n{\"solution_id\":\"1\"}"),
        says("no proxy at all"),
        tunnel(&impostor),
    ] {
        let proxy = Server::start(vec![step; 3]).await;
        // someone:pass-of-the-proxy in base64.
        let (password, basic) = ("pass-of-the-proxy", "c29tZW9uZTpwYXNzLW9mLXRoZS1wcm94eQ==");
        let url = format!("http://someone:{password}@{}", proxy.address);
        let printed = run(GRAPH, &[("HTTPS_PROXY", &url)]).await;
        assert!(printed.contains(UNREACHABLE), "{printed}");
        let told = printed.contains(password) || printed.contains(basic);
        assert!(!told, "the password is in {printed}");
        assert_eq!(proxy.count(), 3);
        assert!(proxy.seen()[0].text().contains(basic));
    }
    assert_eq!((impostor.count(), impostor.tally().connections), (0, 3));
}
