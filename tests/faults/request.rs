//! Telling whose request it is, before any of it is read.

use std::time::Duration;

use tokio::{
    io::AsyncReadExt,
    net::TcpStream,
    time::{Instant, sleep},
};

use crate::{connection::Over, server::solution_of};

/// A request that is there in whole, unread.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub call: usize,
    pub length: usize,
}

/// What a caller names its nth create.
pub fn name_of(call: usize) -> String {
    format!("Call {call} of a schedule")
}

/// Waits for a request; `None` if what comes is none, or not all of it comes.
pub async fn peek_request(stream: &TcpStream) -> Result<Option<Seen>, Over> {
    let mut bytes = [0; 4096];
    let mut begun = None;
    loop {
        let there = match stream.peek(&mut bytes).await? {
            0 => return Err(Over),
            there => &bytes[..there],
        };
        if let Some(seen) = understand(there) {
            return Ok(Some(seen));
        }
        let begun = *begun.get_or_insert_with(Instant::now);
        if there.len() == bytes.len() || begun.elapsed() > Duration::from_secs(5) {
            return Ok(None);
        }
        // There is no being told that more has come than is there already.
        sleep(Duration::from_micros(200)).await;
    }
}

pub async fn read_request(stream: &mut TcpStream, length: usize) -> Result<(), Over> {
    stream.read_exact(&mut vec![0; length]).await?;
    Ok(())
}

/// `None` if it is not whole.
fn understand(there: &[u8]) -> Option<Seen> {
    let text = std::str::from_utf8(there).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?
        .parse::<usize>()
        .ok()?;
    if body.len() != length {
        return None;
    }
    let path = head.strip_prefix("POST /v25.0/")?;
    let call = if body.contains("solution_name") {
        let (_, from) = body.split_once("\"Call ")?;
        from.split(' ').next()?.parse().ok()?
    } else {
        let id: u64 = path.split('/').next()?.parse().ok()?;
        usize::try_from((id - solution_of(0)) / 1000).ok()?
    };
    Some(Seen {
        call,
        length: there.len(),
    })
}
