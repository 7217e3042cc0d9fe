//! A proxy on loopback that keeps everything it sees.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the proxy does once it has been told where to.
#[derive(Clone, Debug)]
pub enum Way {
    /// Says this and closes.
    Refuse(&'static str),
    /// Goes to this server, wherever the client wants to.
    To(SocketAddr),
    /// The same, for a client that speaks SOCKS 5 (RFC 1928).
    SocksTo(SocketAddr),
}

/// Runs until it is dropped.
pub struct Proxy {
    address: SocketAddr,
    seen: Seen,
    accepting: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Proxy {
    pub async fn start(way: Way) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Seen::default();
        let for_connections = seen.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                for_connections.begin();
                // A client that hangs up in the middle is one of the things to be seen.
                let _ = serve(&mut stream, &way, &for_connections).await;
            }
        });
        Self {
            address,
            seen,
            accepting,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What came from each client, as far as it is text.
    pub fn seen(&self) -> Vec<String> {
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        self.seen.lock().iter().map(text).collect()
    }
}

/// What came from each client, noted before it is acted upon.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Vec<u8>>>>);

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) {
        self.lock().push(Vec::new());
    }

    /// Clients come one after the other.
    fn note(&self, bytes: &[u8]) {
        self.lock()
            .last_mut()
            .expect("a client")
            .extend_from_slice(bytes);
    }
}

async fn serve(stream: &mut TcpStream, way: &Way, seen: &Seen) -> std::io::Result<()> {
    match way {
        Way::Refuse(says) => {
            head(stream, seen).await?;
            stream.write_all(says.as_bytes()).await
        }
        Way::To(address) => {
            head(stream, seen).await?;
            stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await?;
            tunnel(stream, *address, seen).await
        }
        Way::SocksTo(address) => {
            // Greeting, of which the answer is: no authentication.
            let mut greeting = [0; 2];
            stream.read_exact(&mut greeting).await?;
            let mut methods = vec![0; usize::from(greeting[1])];
            stream.read_exact(&mut methods).await?;
            stream.write_all(&[5, 0]).await?;
            // Request: version, connect, reserved, name; its length, the name, the port.
            let mut request = [0; 5];
            stream.read_exact(&mut request).await?;
            let mut name = vec![0; usize::from(request[4]) + 2];
            stream.read_exact(&mut name).await?;
            seen.note(&request);
            seen.note(&name);
            stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await?;
            tunnel(stream, *address, seen).await
        }
    }
}

async fn head(stream: &mut TcpStream, seen: &Seen) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    seen.note(&head);
    Ok(())
}

/// Hands on what comes from either side until one of them is done.
async fn tunnel(client: &mut TcpStream, address: SocketAddr, seen: &Seen) -> std::io::Result<()> {
    let mut server = TcpStream::connect(address).await?;
    let (mut there, mut back) = ([0; 4096], [0; 4096]);
    loop {
        tokio::select! {
            count = client.read(&mut there) => match count? {
                0 => return Ok(()),
                count => {
                    seen.note(&there[..count]);
                    server.write_all(&there[..count]).await?;
                }
            },
            count = server.read(&mut back) => match count? {
                0 => return Ok(()),
                count => client.write_all(&back[..count]).await?,
            },
        }
    }
}
