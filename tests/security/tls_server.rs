//! A server that speaks TLS, answers every call with success, and keeps what came through.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ALL_VERSIONS, SupportedProtocolVersion},
};

use crate::authority::Identity;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"solution_id\":\"1\"}";

/// What reached the server.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub connections: usize,
    /// How many clients shook hands to the end.
    pub handshakes: usize,
    /// Every byte that came inside TLS.
    pub inside: Vec<u8>,
}

/// Runs until it is dropped.
pub struct TlsServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    accepting: JoinHandle<()>,
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TlsServer {
    pub async fn start(identity: &Identity) -> Self {
        Self::with_versions(identity, ALL_VERSIONS).await
    }

    pub async fn with_versions(
        identity: &Identity,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let acceptor = TlsAcceptor::from(identity.config(versions));
        let seen = Arc::new(Mutex::new(Seen::default()));
        let for_connections = seen.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                lock(&for_connections).connections += 1;
                // One after the other: the count is whole when the client has its answer.
                serve(&acceptor, stream, &for_connections).await;
            }
        });
        Self {
            address,
            seen,
            accepting,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// By name, because a certificate has one.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    pub fn seen(&self) -> Seen {
        lock(&self.seen).clone()
    }
}

async fn serve(acceptor: &TlsAcceptor, stream: TcpStream, seen: &Mutex<Seen>) {
    let Ok(mut stream) = acceptor.accept(stream).await else {
        return;
    };
    lock(seen).handshakes += 1;
    let mut chunk = [0; 4096];
    loop {
        match stream.read(&mut chunk).await {
            Ok(count @ 1..) => lock(seen).inside.extend_from_slice(&chunk[..count]),
            Ok(0) | Err(_) => return,
        }
        // A request's body is one JSON object without another in it.
        if lock(seen).inside.ends_with(b"}") && stream.write_all(ANSWER).await.is_err() {
            return;
        }
    }
}
