//! What goes wrong on the way of one response, to the byte.

use crate::response::Response;

use Fault::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes wrong.
    Plain,
    Chunked,
    /// The body ends with the connection.
    UntilClose,
    /// It says that it is compressed and is not: nobody asked for compression.
    Gzip,
    /// 200 kB
    LongHeader,
    /// After a 103.
    Interim,
    /// Closes without having said so.
    ThenClose,
    /// Another response that nobody asked for, in the same write.
    Stray,
    /// The reset may overtake the response.
    ThenReset,
    Close,
    Reset,
    ResetBody,
    CutBody,
    /// No chunk can be as large as the first one says.
    ChunkSize,
    HangSilent,
    /// A byte now and then.
    HangDrips,
}

pub const FAULTS: [Fault; 16] = [
    Plain, Chunked, UntilClose, Gzip, LongHeader, Interim, ThenClose, Stray, ThenReset, Close,
    Reset, ResetBody, CutBody, ChunkSize, HangSilent, HangDrips,
];

/// Whether the client gets the whole response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrives {
    Whole,
    Perhaps,
    Never,
    /// Nor does the client learn that it will not.
    Hangs,
}

const INTERIM: &[u8] = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
const STRAY: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"solution_id\":\"666\"}";

impl Fault {
    pub fn arrives(self) -> Arrives {
        match self {
            Plain | Chunked | UntilClose | Gzip | LongHeader | Interim | ThenClose | Stray => {
                Arrives::Whole
            }
            ThenReset => Arrives::Perhaps,
            HangSilent | HangDrips => Arrives::Hangs,
            Close | Reset | ResetBody | CutBody | ChunkSize => Arrives::Never,
        }
    }

    /// Whether the connection serves the next request for certain.
    pub fn keeps_connection(self) -> bool {
        let breaks = matches!(self, UntilClose | ThenClose | Stray);
        !breaks && self.arrives() == Arrives::Whole
    }

    /// The bytes of the response.
    pub fn bytes(self, response: &Response, id: usize) -> Vec<u8> {
        let body = response.body(id);
        let head = self.head(response, body.len());
        let chunk_size = format!("{:x}\r\n", body.len()).into_bytes();
        let rest = match self {
            Chunked => [&chunk_size, &body[..], b"\r\n0\r\n\r\n"].concat(),
            ChunkSize => [b"fffffffffffffffff\r\n", &body[..]].concat(),
            CutBody | ResetBody => body[1..].to_vec(),
            Stray => [&body[..], STRAY].concat(),
            _ => body,
        };
        match self {
            Close | Reset | HangSilent => Vec::new(),
            HangDrips => b"HTTP/1.1 200 OK\r\nx: ".to_vec(),
            Interim => [INTERIM, &head, &rest].concat(),
            _ => [head, rest].concat(),
        }
    }

    fn head(self, response: &Response, length: usize) -> Vec<u8> {
        let sized = format!("content-length: {length}\r\n");
        let framing = match self {
            UntilClose => String::new(),
            Chunked | ChunkSize => "transfer-encoding: chunked\r\n".to_owned(),
            Gzip => format!("{sized}content-encoding: gzip\r\n"),
            LongHeader => format!("{sized}x: {}\r\n", "y".repeat(200_000)),
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
