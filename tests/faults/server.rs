//! Does to each request what the schedule says, and keeps a ledger of what really happened.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
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
    model::judge,
    schedule::{Listening, Operation, Schedule},
};

/// A request that reached the server.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub call: usize,
    /// How many requests of the call came before.
    pub request: usize,
    /// Since the server began.
    pub at: Duration,
    pub took_effect: bool,
    /// Bytes of the response that were handed to the system.
    pub written: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub arrivals: Vec<Arrival>,
    pub open_connections: usize,
}

pub type SharedLedger = Arc<Mutex<Ledger>>;

pub fn with<T>(ledger: &Mutex<Ledger>, change: impl FnOnce(&mut Ledger) -> T) -> T {
    change(&mut ledger.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The solution that a call accepts, or that its nth request creates. It tells the server whose a request is.
pub fn solution_of(call: usize, operation: Operation, request: usize) -> u64 {
    let first = 777_000_000 + 1000 * call as u64;
    match operation {
        Operation::Create => first + request as u64,
        Operation::Accept => first,
    }
}

/// Runs until it is aborted.
pub async fn serve(listener: TcpListener, schedule: Arc<Schedule>, ledger: SharedLedger) {
    // Dropping the set ends the connections with the server.
    let mut connections = JoinSet::new();
    let began = Instant::now();
    for number in 0.. {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("an open socket");
        with(&ledger, |it| it.open_connections += 1);
        let ledger = ledger.clone();
        let connection = Connection {
            stream,
            began,
            schedule: schedule.clone(),
            ledger: ledger.clone(),
        };
        connections.spawn(async move {
            // It ends when the client closes it, or when the schedule says so.
            let _ = connection.serve(number).await;
            with(&ledger, |it| it.open_connections -= 1);
        });
    }
}

struct Connection {
    stream: TcpStream,
    began: Instant,
    schedule: Arc<Schedule>,
    ledger: SharedLedger,
}

impl Connection {
    async fn serve(mut self, number: usize) -> io::Result<()> {
        match self.schedule.listening {
            Listening::ClosesFirst if number < 2 => Ok(()),
            Listening::TlsHangs => self.until_closed().await,
            _ => {
                while self.respond().await? {}
                Ok(())
            }
        }
    }

    /// The call that the next request is of.
    async fn read_request(&mut self) -> io::Result<usize> {
        let mut request = Vec::new();
        loop {
            if self.stream.read_buf(&mut request).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(call) = call_of(&request) {
                return Ok(call);
            }
        }
    }

    /// Whether the connection serves another request.
    async fn respond(&mut self) -> io::Result<bool> {
        let call = self.read_request().await?;
        let (schedule, ledger) = (self.schedule.clone(), self.ledger.clone());
        let operation = schedule.calls[call].operation;
        let (arrival, request) = with(&ledger, |ledger| {
            let arrivals = ledger.arrivals.iter();
            let request = arrivals.filter(|arrival| arrival.call == call).count();
            let step = schedule.step(call, request);
            let lost = matches!(step.fault.arrives(), Arrives::Never | Arrives::Hangs);
            let said = (!lost).then_some(&step.response);
            let verdict = judge(operation, schedule.resend, said);
            // The server does not lie: what it reports happened, and what it refuses did not.
            let is_open = verdict.may_have_taken_effect() && step.takes_effect;
            ledger.arrivals.push(Arrival {
                call,
                request,
                at: self.began.elapsed(),
                took_effect: verdict.is_success() || is_open,
                written: 0,
            });
            (ledger.arrivals.len() - 1, request)
        });
        let step = schedule.step(call, request);
        let (fault, id) = (step.fault, solution_of(call, operation, request));
        if fault == Fault::Late {
            sleep(Duration::from_millis(1 + id % 20)).await;
        }
        let bytes = fault.bytes(&step.response, id);
        self.stream.write_all(&bytes).await?;
        let repeated = fault.repeated();
        for _ in 0..if repeated.is_empty() { 0 } else { 100 } {
            self.stream.write_all(&repeated).await?;
            with(&ledger, |it| it.arrivals[arrival].written += repeated.len());
            if fault == Fault::HangDripping {
                sleep(Duration::from_millis(10)).await;
            }
        }
        match fault {
            Fault::Reset | Fault::ResetInBody | Fault::ThenReset => {
                self.stream.set_zero_linger()?
            }
            _ if fault.arrives() == Arrives::Hangs => self.until_closed().await?,
            _ => {}
        }
        Ok(fault.keeps_connection() || fault == Fault::Stray)
    }

    async fn until_closed(&mut self) -> io::Result<()> {
        while self.stream.read(&mut [0; 1024]).await? > 0 {}
        Ok(())
    }
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
