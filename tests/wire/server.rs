//! A server that does to the byte what a script says, and keeps every request as it came.
//!
//! It is written on a bare socket, so that nothing repairs what the client sends or what the script answers.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::script::{Do, Read};
pub use crate::script::{Step, answer};

/// Nothing in these tests takes this long; it is here so that a defect ends a test instead of hanging it.
const LONG: Duration = Duration::from_secs(30);

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub connection: usize,
    pub arrived: Instant,
    pub method: String,
    pub path: String,
    /// In the order and the spelling in which they were sent.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Every byte of it.
    pub raw: Vec<u8>,
}

impl Request {
    /// The value of a header that is there once.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(n, _)| n == name);
        let (_, value) = values
            .next()
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.headers));
        assert!(values.next().is_none(), "{name} is sent twice");
        value
    }
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub connections: usize,
    pub closed: usize,
    /// Requests that reached the server, in part at least.
    pub requests: usize,
    /// Bytes that a flood got rid of.
    pub flooded: usize,
}

struct Shared {
    script: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<Request>>,
    tally: watch::Sender<Tally>,
}

impl Shared {
    fn count(&self, change: impl FnOnce(&mut Tally)) {
        self.tally.send_modify(change);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    pub async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self::listen(listener, script)
    }

    /// On a socket that is there already.
    pub fn listen(listener: TcpListener, script: impl IntoIterator<Item = Step>) -> Self {
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            seen: Mutex::default(),
            tally: watch::Sender::default(),
        });
        let for_connections = shared.clone();
        let accepting = tokio::spawn(async move {
            // Dropping the set ends the connections with the server.
            let mut connections = JoinSet::new();
            let mut number = 0;
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).expect("an open socket");
                for_connections.count(|tally| tally.connections += 1);
                let shared = for_connections.clone();
                connections.spawn(async move {
                    serve(stream, number, &shared).await;
                    shared.count(|tally| tally.closed += 1);
                });
                number += 1;
            }
        });
        Self {
            address,
            shared,
            accepting,
        }
    }

    /// Forgets what it has seen, and does this from now on.
    pub fn script(&self, steps: impl IntoIterator<Item = Step>) {
        *lock(&self.shared.script) = steps.into_iter().collect();
        lock(&self.shared.seen).clear();
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
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
    #[track_caller]
    pub fn until(&self, such: impl Fn(&Tally) -> bool) -> impl Future<Output = Tally> {
        let mut tally = self.shared.tally.subscribe();
        async move {
            let reached = tokio::time::timeout(LONG, tally.wait_for(|tally| such(tally))).await;
            *reached.expect("in time").expect("the server runs")
        }
    }
}

async fn serve(mut stream: TcpStream, connection: usize, shared: &Shared) {
    while let Ok(1..) = stream.peek(&mut [0]).await {
        let arrived = Instant::now();
        // The status says in a failing test what went wrong: a request that nobody expected.
        let unexpected = || Step::answer(418, &[], "the script is at its end");
        let step = lock(&shared.script).pop_front().unwrap_or_else(unexpected);
        let Some(request) = read(&mut stream, connection, arrived, step.read).await else {
            return;
        };
        lock(&shared.seen).push(request);
        shared.count(|tally| tally.requests += 1);
        for action in step.actions {
            match action {
                Do::Send(bytes) if stream.write_all(&bytes).await.is_ok() => {}
                Do::Send(_) | Do::Close => return,
                Do::Wait(time) => tokio::time::sleep(time).await,
                Do::Hang => {
                    while let Ok(1..) = stream.read(&mut [0; 1024]).await {}
                    return;
                }
                Do::Flood(chunk, total) => {
                    for _ in 0..total.div_ceil(chunk.len()) {
                        if stream.write_all(&chunk).await.is_err() {
                            return;
                        }
                        shared.count(|tally| tally.flooded += chunk.len());
                    }
                }
            }
        }
    }
}

/// `None` if the client closed before the request was whole.
async fn read(
    stream: &mut TcpStream,
    connection: usize,
    arrived: Instant,
    how_much: Read,
) -> Option<Request> {
    let mut raw = Vec::new();
    let mut request = Request {
        connection,
        arrived,
        method: String::new(),
        path: String::new(),
        headers: Vec::new(),
        body: Vec::new(),
        raw: Vec::new(),
    };
    if how_much == Read::Nothing {
        return Some(request);
    }
    while !raw.ends_with(b"\r\n\r\n") {
        raw.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(raw.clone()).expect("a head in UTF-8");
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next().expect("a request line").split(' ');
    request.method = first.next().expect("a method").to_owned();
    request.path = first.next().expect("a path").to_owned();
    assert_eq!(
        (first.next(), first.next()),
        (Some("HTTP/1.1"), None),
        "{head}"
    );
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header");
        request.headers.push((name.to_owned(), value.to_owned()));
    }
    let length: usize = request.header("content-length").parse().expect("a length");
    let unread = usize::from(how_much == Read::AllButTheLastByte);
    request.body = vec![0; length - unread];
    stream.read_exact(&mut request.body).await.ok()?;
    raw.extend(&request.body);
    request.raw = raw;
    Some(request)
}
