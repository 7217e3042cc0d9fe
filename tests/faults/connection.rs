//! One connection of the server: does to each request what the schedule says, to the byte, and keeps the ledger.

use std::{sync::Arc, time::Duration};

use fastrand::Rng;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep},
};

use crate::{
    bodies::{Variant, success},
    content::Content,
    fault::{After, Answer, Fault, Flood, Hang, Pace},
    flood,
    framing::{Framing, framed},
    ledger::{Arrival, Ledger},
    request::{Seen, peek_request, read_request},
    rows::{Operation, Row},
    schedule::{Door, Listening, NoTls, Schedule},
    server::{STRAY, id_for},
};

/// What a door of its own accord says.
const IDLE_TOO_LONG: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

pub struct Connection {
    pub stream: TcpStream,
    pub number: usize,
    pub schedule: Arc<Schedule>,
    pub ledger: Arc<Ledger>,
    /// Whether an answer too many was written.
    pub stray: bool,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.ledger.close(self.number);
    }
}

/// The connection is at its end.
pub struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

impl Connection {
    pub async fn serve(mut self) {
        let _: Result<(), Over> = match (self.schedule.listening, self.door()) {
            (Listening::NoTls(what), _) => self.no_tls(what).await,
            (_, Door::Close) => Ok(()),
            (_, Door::Answer) => self
                .stream
                .write_all(IDLE_TOO_LONG)
                .await
                .map_err(Over::from),
            (_, Door::Open) => self.requests().await,
        };
    }

    fn door(&self) -> Door {
        self.schedule
            .doors
            .get(self.number)
            .copied()
            .unwrap_or(Door::Open)
    }

    async fn no_tls(&mut self, what: NoTls) -> Result<(), Over> {
        let _hello = self.stream.read(&mut [0; 4096]).await?;
        match what {
            NoTls::Garbage => {
                self.stream
                    .write_all(b"HTTP/1.1 400 No TLS here\r\n\r\n")
                    .await?
            }
            NoTls::Close => {}
            NoTls::Hang => self.until_closed().await,
        }
        Ok(())
    }

    async fn requests(&mut self) -> Result<(), Over> {
        loop {
            let seen = match peek_request(&self.stream).await? {
                Some(seen) if seen.call < self.schedule.calls.len() => seen,
                Some(_) | None => {
                    self.ledger.not_understood();
                    return Err(Over);
                }
            };
            self.request(seen).await?;
        }
    }

    async fn request(&mut self, seen: Seen) -> Result<(), Over> {
        let call = &self.schedule.calls[seen.call];
        let operation = call.operation;
        let before = self.ledger.count_of(seen.call);
        let fault = call
            .faults
            .get(before)
            .cloned()
            .unwrap_or_else(Fault::success);
        let arrival = self.ledger.arrive(Arrival {
            call: seen.call,
            connection: self.number,
            at: Instant::now(),
            fault: fault.clone(),
            read_whole: false,
            carried_out: None,
            answered: None,
            bytes_written: 0,
            after_stray: self.stray,
        });
        if self.stray {
            // By now the client may read the answer too many as the answer to this.
            return Err(Over);
        }
        let id = id_for(operation, seen.call, before);
        // Drawn from the seed, so that a schedule that is played again does the same.
        let lot = self.schedule.seed ^ id.rotate_left(32);
        let did = did_carry_out(&fault, operation, &mut Rng::with_seed(lot));
        match fault {
            Fault::CloseUnread => return Err(Over),
            Fault::Reset(broken, content) => {
                read_request(&mut self.stream, seen.length - 1).await?;
                let bytes = broken.bytes(&content, &content.bytes(operation, id));
                self.say(arrival, &bytes).await?;
                return Err(Over);
            }
            Fault::Broken(broken, content) => {
                self.take(arrival, seen, did.then_some(id)).await?;
                let bytes = broken.bytes(&content, &content.bytes(operation, id));
                self.say(arrival, &bytes).await?;
                self.ledger
                    .note(arrival, |arrival| arrival.answered = Some(Instant::now()));
                return self.close_softly().await;
            }
            Fault::Hang(hang) => {
                self.take(arrival, seen, did.then_some(id)).await?;
                return self.hang(arrival, hang, operation).await;
            }
            Fault::Flood(content, kind) => {
                self.take(arrival, seen, did.then_some(id)).await?;
                self.flood(arrival, &content, kind).await?;
            }
            Fault::Answer(answer) => {
                self.answer(arrival, seen, answer, operation, id, did)
                    .await?;
            }
        }
        Ok(())
    }

    /// Reads the request, and carries it out if that is what comes of it.
    async fn take(&mut self, arrival: usize, seen: Seen, id: Option<u64>) -> Result<(), Over> {
        read_request(&mut self.stream, seen.length).await?;
        self.ledger.note(arrival, |arrival| {
            arrival.read_whole = true;
            arrival.carried_out = id;
        });
        Ok(())
    }

    async fn say(&mut self, arrival: usize, bytes: &[u8]) -> Result<(), Over> {
        self.stream.write_all(bytes).await?;
        self.ledger
            .note(arrival, |arrival| arrival.bytes_written += bytes.len());
        Ok(())
    }

    async fn answer(
        &mut self,
        arrival: usize,
        seen: Seen,
        answer: Answer,
        operation: Operation,
        id: u64,
        did: bool,
    ) -> Result<(), Over> {
        let early = matches!(answer.pace, Pace::BeforeReading | Pace::WithoutReading);
        if early {
            self.ledger
                .note(arrival, |arrival| arrival.carried_out = did.then_some(id));
        } else {
            self.take(arrival, seen, did.then_some(id)).await?;
        }
        let body = answer.content.bytes(operation, id);
        let mut bytes = framed(
            answer.framing,
            &answer.content,
            &body,
            answer.after == After::SayClose,
        );
        if answer.after == After::Stray {
            bytes.extend(stray(operation));
            self.stray = true;
        }
        match answer.pace {
            Pace::Delayed(time) => sleep(time).await,
            Pace::AfterInterim => {
                self.say(arrival, b"HTTP/1.1 100 Continue\r\n\r\n").await?;
                self.say(arrival, b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")
                    .await?;
            }
            _ => {}
        }
        if answer.pace == Pace::Drip {
            for part in bytes.chunks((bytes.len() / 60).max(1)) {
                self.say(arrival, part).await?;
                tokio::task::yield_now().await;
            }
        } else {
            self.say(arrival, &bytes).await?;
        }
        self.ledger
            .note(arrival, |arrival| arrival.answered = Some(Instant::now()));
        if answer.pace == Pace::BeforeReading {
            read_request(&mut self.stream, seen.length).await?;
            self.ledger
                .note(arrival, |arrival| arrival.read_whole = true);
        }
        match answer.after {
            After::Close if answer.pace == Pace::WithoutReading => Err(Over),
            After::Close | After::SayClose => self.close_softly().await,
            After::LateStray => {
                sleep(Duration::from_millis(2)).await;
                self.stray = true;
                self.stream.write_all(&stray(operation)).await?;
                Ok(())
            }
            After::Keep | After::Stray => Ok(()),
        }
    }

    async fn hang(&mut self, arrival: usize, hang: Hang, operation: Operation) -> Result<(), Over> {
        let body = success(operation, Variant::Documented, STRAY);
        let whole = framed(Framing::Length, &Content::success(), &body, false);
        match hang {
            Hang::Silent => {}
            Hang::InHead => self.say(arrival, &whole[..30]).await?,
            Hang::InBody => self.say(arrival, &whole[..whole.len() - 1]).await?,
            Hang::SlowDrip => {
                let endless = b"HTTP/1.1 200 OK\r\nx: "
                    .iter()
                    .chain(std::iter::repeat(&b'y'));
                for byte in endless {
                    self.say(arrival, &[*byte]).await?;
                    sleep(Duration::from_millis(10)).await;
                }
            }
            Hang::Interim => {
                let some = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(20);
                loop {
                    self.say(arrival, &some).await?;
                    sleep(Duration::from_millis(1)).await;
                }
            }
        }
        self.until_closed().await;
        Err(Over)
    }

    async fn flood(&mut self, arrival: usize, content: &Content, kind: Flood) -> Result<(), Over> {
        self.say(arrival, &flood::head(content, kind)).await?;
        let piece = flood::piece(kind);
        for _ in 0..flood::TOTAL / flood::PIECE {
            self.say(arrival, piece).await?;
        }
        self.close_softly().await
    }

    async fn until_closed(&mut self) {
        while let Ok(1..) = self.stream.read(&mut [0; 1024]).await {}
    }

    /// Says that nothing more comes. What is sent by then arrives, because nothing is left unread.
    async fn close_softly(&mut self) -> Result<(), Over> {
        self.stream.shutdown().await?;
        Err(Over)
    }
}

/// An answer that nobody asked for.
fn stray(operation: Operation) -> Vec<u8> {
    let content = Content::success();
    framed(
        Framing::Length,
        &content,
        &success(operation, Variant::Documented, STRAY),
        false,
    )
}

/// Whether the server carries out what it answers like this. It does not lie: it never says that nothing happened
/// when something did, and it never reports a success of which nothing came.
fn did_carry_out(fault: &Fault, operation: Operation, rng: &mut Rng) -> bool {
    if let Fault::Answer(answer) = fault
        && answer.content.row == Row::Success
    {
        return true;
    }
    fault.row().may_have_taken_effect(operation) && rng.bool()
}
