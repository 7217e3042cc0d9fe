//! What goes wrong on the way of one response, to the byte.

use crate::response::Response;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes wrong.
    None,
    Chunked,
    /// The body ends with the connection.
    UntilClose,
    /// It says that it is compressed and is not: nobody asked for compression.
    Gzip,
    /// 200 kB
    HeaderLong,
    Late,
    AfterInterim,
    /// Closes without having said so.
    ThenClose,
    /// Another response that nobody asked for, in the same write.
    Stray,
    /// The reset may overtake the response.
    ThenReset,
    /// A body of 100 MB.
    Flood,
    FloodChunked,
    Close,
    Reset,
    ResetInBody,
    CutHead,
    CutBody,
    ChunkSizeHuge,
    HeaderTooLong,
    Garbage,
    OnlyInterim,
    /// To a protocol that nobody asked for.
    SwitchProtocol,
    HangSilent,
    HangInBody,
    /// A byte now and then.
    HangDripping,
}

/// Whether the client gets the whole response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrives {
    Whole,
    Perhaps,
    /// With as much of its body as anyone reads.
    Endless,
    Never,
    /// Nor does the client learn that it will not.
    Hangs,
}

pub const FAULTS: [(Fault, Arrives); 25] = [
    (Fault::None, Arrives::Whole),
    (Fault::Chunked, Arrives::Whole),
    (Fault::UntilClose, Arrives::Whole),
    (Fault::Gzip, Arrives::Whole),
    (Fault::HeaderLong, Arrives::Whole),
    (Fault::Late, Arrives::Whole),
    (Fault::AfterInterim, Arrives::Whole),
    (Fault::ThenClose, Arrives::Whole),
    (Fault::Stray, Arrives::Whole),
    (Fault::ThenReset, Arrives::Perhaps),
    (Fault::Flood, Arrives::Endless),
    (Fault::FloodChunked, Arrives::Endless),
    (Fault::Close, Arrives::Never),
    (Fault::Reset, Arrives::Never),
    (Fault::ResetInBody, Arrives::Never),
    (Fault::CutHead, Arrives::Never),
    (Fault::CutBody, Arrives::Never),
    (Fault::ChunkSizeHuge, Arrives::Never),
    (Fault::HeaderTooLong, Arrives::Never),
    (Fault::Garbage, Arrives::Never),
    (Fault::OnlyInterim, Arrives::Never),
    (Fault::SwitchProtocol, Arrives::Never),
    (Fault::HangSilent, Arrives::Hangs),
    (Fault::HangInBody, Arrives::Hangs),
    (Fault::HangDripping, Arrives::Hangs),
];

const CHUNKED: &str = "transfer-encoding: chunked\r\n";
const INTERIM: &[u8] = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
const STRAY: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"solution_id\":\"666\"}";
const SWITCH: &[u8] =
    b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n";
const MEGABYTE: usize = 1 << 20;

impl Fault {
    pub fn arrives(self) -> Arrives {
        let entry = FAULTS.iter().find(|(fault, _)| *fault == self);
        entry.expect("every fault is listed").1
    }

    /// Whether the connection serves the next request for certain.
    pub fn keeps_connection(self) -> bool {
        let breaks = matches!(self, Self::UntilClose | Self::ThenClose | Self::Stray);
        !breaks && self.arrives() == Arrives::Whole
    }

    /// What is written a hundred times after the response.
    pub fn repeated(self) -> Vec<u8> {
        match self {
            Self::Flood => vec![b'x'; MEGABYTE],
            Self::FloodChunked => chunk(&[b'x'; MEGABYTE]),
            Self::HangDripping => b"y".to_vec(),
            _ => Vec::new(),
        }
    }

    /// The bytes of the response.
    pub fn bytes(self, response: &Response, id: usize) -> Vec<u8> {
        let body = response.body(id);
        let head = self.head(response, body.len());
        let rest = match self {
            Self::Flood | Self::FloodChunked => Vec::new(),
            Self::Chunked => [chunk(&body[..1]), chunk(&body[1..]), chunk(b"")].concat(),
            Self::ChunkSizeHuge => [b"fffffffffffffffff\r\n", &body[..]].concat(),
            Self::CutBody | Self::ResetInBody | Self::HangInBody => body[1..].to_vec(),
            Self::Stray => [&body[..], STRAY].concat(),
            _ => body,
        };
        match self {
            Self::Close | Self::Reset | Self::HangSilent => Vec::new(),
            Self::CutHead => head[..20].to_vec(),
            Self::HangDripping => b"HTTP/1.1 200 OK\r\nx: ".to_vec(),
            Self::Garbage => b"\x07\x00\xffthis is no HTTP\r\n\r\n".to_vec(),
            Self::OnlyInterim => INTERIM.to_vec(),
            Self::SwitchProtocol => SWITCH.to_vec(),
            Self::AfterInterim => [INTERIM, &head, &rest].concat(),
            _ => [head, rest].concat(),
        }
    }

    fn head(self, response: &Response, length: usize) -> Vec<u8> {
        let sized = format!("content-length: {length}\r\n");
        let framing = match self {
            Self::UntilClose => String::new(),
            Self::Chunked | Self::FloodChunked | Self::ChunkSizeHuge => CHUNKED.to_owned(),
            Self::Flood => format!("content-length: {}\r\n", 100 * MEGABYTE),
            Self::Gzip => format!("{sized}content-encoding: gzip\r\n"),
            Self::HeaderLong => format!("{sized}x: {}\r\n", "y".repeat(200_000)),
            Self::HeaderTooLong => format!("{sized}x: {}\r\n", "y".repeat(MEGABYTE)),
            _ => sized,
        };
        let mut head = format!("HTTP/1.1 {} Drawn\r\n{framing}", response.status);
        if (300..400).contains(&response.status) {
            head += "location: http://127.0.0.1:9/elsewhere\r\n";
        }
        if let Some((name, value, _)) = response.wish {
            head += &format!("{name}: {value}\r\n");
        }
        (head + "\r\n").into_bytes()
    }
}

/// The last chunk is empty.
fn chunk(part: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", part.len());
    [size.as_bytes(), part, b"\r\n"].concat()
}
