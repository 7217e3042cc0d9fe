//! What the scripted server does to one request, to the byte.

use std::time::Duration;

/// What is done after a request arrived.
#[derive(Clone, Debug)]
pub enum Do {
    Send(Vec<u8>),
    /// Sends the same bytes again and again until they are this many or the client does not take more.
    Flood(Vec<u8>, usize),
    Wait(Duration),
    /// Until the client closes.
    Hang,
    Close,
}

/// How much of a request is read before anything is done. What is left unread makes the kernel reset the connection
/// when it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    Whole,
    AllButTheLastByte,
    Nothing,
}

/// What is done to one request.
#[derive(Clone, Debug)]
pub struct Step {
    pub read: Read,
    pub actions: Vec<Do>,
}

impl Step {
    fn whole(actions: Vec<Do>) -> Self {
        let read = Read::Whole;
        Self { read, actions }
    }

    /// These bytes and no other; the connection stays open.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::whole(vec![Do::Send(bytes.into())])
    }

    /// A well-formed answer.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        Self::raw(answer(status, headers, body.as_ref()))
    }

    /// A well-formed answer whose body is JSON.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = [("content-type", "application/json; charset=UTF-8")];
        Self::answer(status, &headers, body.to_string())
    }

    /// Takes the request and never answers.
    pub fn hang() -> Self {
        Self::whole(vec![Do::Hang])
    }

    /// Takes the request and closes.
    pub fn close() -> Self {
        Self::whole(vec![Do::Close])
    }

    /// Closes when the request begins to arrive, and reads none of it.
    pub fn close_unread() -> Self {
        Self {
            read: Read::Nothing,
            actions: vec![Do::Close],
        }
    }

    /// Says this when something begins to arrive, whatever it is.
    pub fn unread(bytes: &[u8]) -> Self {
        Self {
            read: Read::Nothing,
            actions: vec![Do::Send(bytes.to_vec()), Do::Hang],
        }
    }

    /// Takes the request, says this much, and resets the connection.
    pub fn reset_after(bytes: &[u8]) -> Self {
        Self {
            read: Read::AllButTheLastByte,
            actions: vec![Do::Send(bytes.to_vec()), Do::Close],
        }
    }

    /// Sends a head and then bytes by the megabyte.
    pub fn flood(head: &str, total: usize) -> Self {
        let chunk = vec![b'x'; 1 << 20];
        Self::whole(vec![
            Do::Send(head.as_bytes().to_vec()),
            Do::Flood(chunk, total),
        ])
    }

    /// Sends byte by byte, with a pause of a millisecond after each.
    pub fn drip(bytes: &[u8]) -> Self {
        let one = |byte: &u8| [Do::Send(vec![*byte]), Do::Wait(Duration::from_millis(1))];
        Self::whole(bytes.iter().flat_map(one).collect())
    }

    pub fn then_close(mut self) -> Self {
        self.actions.push(Do::Close);
        self
    }

    pub fn then_hang(mut self) -> Self {
        self.actions.push(Do::Hang);
        self
    }
}

/// The bytes of a well-formed answer.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} Scripted\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    // 204 and 304 have no body, and no length of one either.
    if !matches!(status, 204 | 304) {
        bytes.extend(format!("content-length: {}\r\n", body.len()).into_bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}
