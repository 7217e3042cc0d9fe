//! A server that does what a script says, to the byte, and keeps every request as it came.
//!
//! It works on bare sockets, so that nothing corrects what the client sends or what the script sends back.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

/// No test takes this long. A defect ends a test instead of hanging it.
const LONG: Duration = Duration::from_secs(60);

/// What is done after a request was read.
#[derive(Clone, Debug)]
pub enum Do {
    Send(Bytes),
    /// Waits until the client closes.
    Hang,
    Close,
    /// Connects the client with another server, as a proxy does.
    Tunnel(SocketAddr),
}

/// What is done to one request.
#[derive(Clone, Debug)]
pub struct Step {
    /// How many bytes are read first; `None` is a whole request.
    read: Option<usize>,
    actions: Vec<Do>,
}

impl Step {
    /// Sends these bytes and no other; the connection stays open.
    pub fn raw(bytes: impl Into<Bytes>) -> Self {
        Self {
            read: None,
            actions: vec![Do::Send(bytes.into())],
        }
    }

    /// A well-formed response.
    pub fn response(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        // 304 has no body.
        if status != 304 {
            head += &format!("content-length: {}\r\n", body.len());
        }
        Self::raw([head.as_bytes(), b"\r\n", body].concat())
    }

    /// Closes before the last bytes.
    pub fn cut(mut self, bytes: usize) -> Self {
        if let Some(Do::Send(sent)) = self.actions.last_mut() {
            sent.truncate(sent.len() - bytes);
        }
        self.then(Do::Close)
    }

    /// A well-formed response whose body is JSON.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = [("content-type", "application/json; charset=UTF-8")];
        Self::response(status, &headers, body.to_string())
    }

    /// Reads the request and never responds.
    pub fn hang() -> Self {
        Self::raw("").then(Do::Hang)
    }

    /// Reads the request and closes.
    pub fn close() -> Self {
        Self::raw("").then(Do::Close)
    }

    /// Reads so many bytes, whatever they are, and sends these. If the connection is then closed while bytes are unread,
    /// the kernel resets it.
    pub fn bytes(read: usize, send: &'static [u8]) -> Self {
        Self {
            read: Some(read),
            ..Self::raw(send)
        }
    }

    pub fn then(mut self, action: Do) -> Self {
        self.actions.push(action);
        self
    }
}

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number of its connection.
    pub connection: usize,
    pub arrived: Instant,
    pub raw: Vec<u8>,
}

impl Request {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// The request line, the headers in alphabetical order, and the body.
    pub fn parts(&self) -> (String, Vec<String>, String) {
        let text = self.text();
        let (head, body) = text.split_once("\r\n\r\n").expect("a whole head");
        let mut lines = head.split("\r\n").map(str::to_owned);
        let first = lines.next().expect("a request line");
        let mut headers: Vec<String> = lines.collect();
        headers.sort();
        (first, headers, body.to_owned())
    }

    pub fn path(&self) -> String {
        let (line, ..) = self.parts();
        line.split(' ').nth(1).expect("a path").to_owned()
    }
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub connections: usize,
    pub closed: usize,
}

#[derive(Default)]
struct Shared {
    script: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<Request>>,
    tally: watch::Sender<Tally>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs until it is dropped.
pub struct Server {
    pub address: SocketAddr,
    pub url: String,
    shared: Arc<Shared>,
    _accepting: JoinSet<()>,
}

impl Server {
    pub async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        Self::listen(None, script).await
    }

    pub async fn start_tls(tls: TlsAcceptor, script: impl IntoIterator<Item = Step>) -> Self {
        Self::listen(Some(tls), script).await
    }

    async fn listen(tls: Option<TlsAcceptor>, script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        // Certificates have a name.
        let url = match tls {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        };
        let shared = Arc::new(Shared::default());
        let for_connections = shared.clone();
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            // Dropping the sets ends the connections with the server.
            let mut connections = JoinSet::new();
            for number in 0.. {
                let (stream, _) = listener.accept().await.expect("a connection");
                stream.set_nodelay(true).expect("an open socket");
                let (shared, tls) = (for_connections.clone(), tls.clone());
                shared.tally.send_modify(|tally| tally.connections += 1);
                connections.spawn(async move {
                    let _over: io::Result<()> = match tls {
                        None => serve(stream, number, &shared).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => serve(stream, number, &shared).await,
                            // The client does not trust the certificate.
                            Err(why) => Err(why),
                        },
                    };
                    shared.tally.send_modify(|tally| tally.closed += 1);
                });
            }
        });
        let server = Self {
            address,
            url,
            shared,
            _accepting: accepting,
        };
        server.script(script);
        server
    }

    /// Forgets what it has seen, and does this from now on.
    pub fn script(&self, steps: impl IntoIterator<Item = Step>) {
        *lock(&self.shared.script) = steps.into_iter().collect();
        lock(&self.shared.seen).clear();
    }

    /// Every request that reached the server, in part at least.
    pub fn seen(&self) -> Vec<Request> {
        lock(&self.shared.seen).clone()
    }

    pub fn count(&self) -> usize {
        lock(&self.shared.seen).len()
    }

    pub fn tally(&self) -> Tally {
        *self.shared.tally.borrow()
    }

    /// Waits until the tally is such.
    pub async fn until(&self, such: impl Fn(&Tally) -> bool) -> Tally {
        let mut tally = self.shared.tally.subscribe();
        let reached = tokio::time::timeout(LONG, tally.wait_for(|tally| such(tally))).await;
        *reached.expect("in time").expect("the server runs")
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

/// Until the connection is over.
async fn serve(mut stream: impl Stream, connection: usize, shared: &Shared) -> io::Result<()> {
    loop {
        let first = stream.read_u8().await?;
        let arrived = Instant::now();
        // The status says in a failing test what went wrong: a request that nobody expected.
        let unexpected = || Step::response(418, &[], "the script is at its end");
        let step = lock(&shared.script).pop_front().unwrap_or_else(unexpected);
        let raw = read(&mut stream, first, step.read).await?;
        lock(&shared.seen).push(Request {
            connection,
            arrived,
            raw,
        });
        for action in step.actions {
            act(&mut stream, action).await?;
        }
    }
}

async fn act(stream: &mut impl Stream, action: Do) -> io::Result<()> {
    match action {
        Do::Send(bytes) => {
            stream.write_all(&bytes).await?;
            // TLS keeps bytes back.
            return stream.flush().await;
        }
        Do::Hang => while let Ok(1..) = stream.read(&mut [0; 1024]).await {},
        Do::Close => {}
        Do::Tunnel(address) => {
            let mut server = TcpStream::connect(address).await?;
            copy_bidirectional(stream, &mut server).await?;
        }
    }
    Err(io::ErrorKind::ConnectionAborted.into())
}

async fn read(stream: &mut impl Stream, first: u8, bytes: Option<usize>) -> io::Result<Vec<u8>> {
    let mut raw = vec![first];
    let length = match bytes {
        Some(bytes) => bytes,
        None => {
            while !raw.ends_with(b"\r\n\r\n") {
                raw.push(stream.read_u8().await?);
            }
            let head = String::from_utf8_lossy(&raw);
            let mut lines = head.lines();
            let length = lines.find_map(|line| line.strip_prefix("content-length: "));
            raw.len() + length.map_or(0, |length| length.parse().expect("a length"))
        }
    };
    let start = raw.len();
    raw.resize(length, 0);
    stream.read_exact(&mut raw[start..]).await?;
    Ok(raw)
}
