//! Does to each request what the schedule says, and keeps a ledger of what really happened.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{Instant, sleep},
};

use crate::{
    fault::{Arrives, Fault},
    schedule::Schedule,
};

/// A request that reached the server.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub call: usize,
    /// How many requests of the call came before.
    pub request: usize,
    pub at: Instant,
}

/// The requests that arrived, of all calls.
pub type Ledger = Mutex<Vec<Arrival>>;

/// The solution that a call accepts, and that its nth request reports. It tells the server whose a request is.
pub fn solution_of(call: usize, request: usize) -> usize {
    777_000_000 + 1000 * call + request
}

/// Runs until it is aborted.
pub async fn serve(listener: TcpListener, schedule: Arc<Schedule>, ledger: Arc<Ledger>) {
    // Dropping the set ends the connections with the server.
    let mut connections = JoinSet::new();
    loop {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("an open socket");
        let (schedule, ledger) = (schedule.clone(), ledger.clone());
        connections.spawn(async move {
            // It ends when the client closes it, or when the schedule says so.
            while let Ok(true) = respond(&mut stream, &schedule, &ledger).await {}
        });
    }
}

/// Whether the connection serves another request.
async fn respond(stream: &mut TcpStream, schedule: &Schedule, ledger: &Ledger) -> io::Result<bool> {
    let mut received = Vec::new();
    let call = loop {
        if stream.read_buf(&mut received).await? == 0 {
            return Ok(false);
        }
        if let Some(call) = call_of(&received) {
            break call;
        }
    };
    let arrival = {
        let mut arrivals = ledger.lock().expect("nobody panicked");
        let earlier = arrivals.iter().filter(|arrival| arrival.call == call);
        let arrival = Arrival {
            call,
            request: earlier.count(),
            at: Instant::now(),
        };
        arrivals.push(arrival.clone());
        arrival
    };
    let step = schedule.step(&arrival);
    let (fault, id) = (step.fault, solution_of(call, arrival.request));
    stream.write_all(&fault.bytes(&step.response, id)).await?;
    if fault == Fault::HangDrips {
        loop {
            stream.write_all(b"y").await?;
            sleep(Duration::from_millis(10)).await;
        }
    }
    if matches!(fault, Fault::Reset | Fault::ResetBody | Fault::ThenReset) {
        stream.set_zero_linger()?;
    } else if fault.arrives() == Arrives::Hangs {
        until_closed(stream).await?;
    }
    Ok(fault.keeps_connection() || fault == Fault::Stray)
}

async fn until_closed(stream: &mut TcpStream) -> io::Result<()> {
    while stream.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

/// `None` if the request is not whole.
fn call_of(request: &[u8]) -> Option<usize> {
    let (head, body) = std::str::from_utf8(request).ok()?.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "))?;
    let is_whole = length.parse() == Ok(body.len());
    let named = if head.contains("77700") { head } else { body };
    let (_, call) = named.split_once("77700").filter(|_| is_whole)?;
    call[..1].parse().ok()
}
