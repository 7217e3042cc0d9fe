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
    /// A body of 100 MB.
    Flood,
    Close,
    Reset,
    ResetBody,
    CutHead,
    CutBody,
    /// No chunk can be as large as the first one says.
    ChunkSize,
    /// 1 MB
    HugeHeader,
    Garbage,
    /// To a protocol that nobody asked for.
    Switch,
    HangSilent,
    HangInBody,
    /// A byte now and then.
    HangDrips,
}

pub const FAULTS: [Fault; 22] = [
    Plain, Chunked, UntilClose, Gzip, LongHeader, Interim, ThenClose, Stray, ThenReset, Flood,
    Close, Reset, ResetBody, CutHead, CutBody, ChunkSize, HugeHeader, Garbage, Switch, HangSilent,
    HangInBody, HangDrips,
];

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

const INTERIM: &[u8] = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
const STRAY: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"solution_id\":\"666\"}";
const SWITCH: &[u8] =
    b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n";
pub const MEGABYTE: usize = 1 << 20;

impl Fault {
    pub fn arrives(self) -> Arrives {
        match self {
            Plain | Chunked | UntilClose | Gzip | LongHeader | Interim | ThenClose | Stray => {
                Arrives::Whole
            }
            ThenReset => Arrives::Perhaps,
            Flood => Arrives::Endless,
            HangSilent | HangInBody | HangDrips => Arrives::Hangs,
            Close | Reset | ResetBody | CutHead | CutBody | ChunkSize | HugeHeader | Garbage
            | Switch => Arrives::Never,
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
            Flood => Vec::new(),
            Chunked => [&chunk_size, &body[..], b"\r\n0\r\n\r\n"].concat(),
            ChunkSize => [b"fffffffffffffffff\r\n", &body[..]].concat(),
            CutBody | ResetBody | HangInBody => body[1..].to_vec(),
            Stray => [&body[..], STRAY].concat(),
            _ => body,
        };
        match self {
            Close | Reset | HangSilent => Vec::new(),
            CutHead => head[..20].to_vec(),
            HangDrips => b"HTTP/1.1 200 OK\r\nx: ".to_vec(),
            Garbage => b"\x07\x00\xffthis is no HTTP\r\n\r\n".to_vec(),
            Switch => SWITCH.to_vec(),
            Interim => [INTERIM, &head, &rest].concat(),
            _ => [head, rest].concat(),
        }
    }

    fn head(self, response: &Response, length: usize) -> Vec<u8> {
        let sized = format!("content-length: {length}\r\n");
        let framing = match self {
            UntilClose => String::new(),
            Chunked | ChunkSize => "transfer-encoding: chunked\r\n".to_owned(),
            Flood => format!("content-length: {}\r\n", 100 * MEGABYTE),
            Gzip => format!("{sized}content-encoding: gzip\r\n"),
            LongHeader => format!("{sized}x: {}\r\n", "y".repeat(200_000)),
            HugeHeader => format!("{sized}x: {}\r\n", "y".repeat(MEGABYTE)),
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
