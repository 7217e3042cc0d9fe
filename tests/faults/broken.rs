//! Answers that are not whole, or no answers at all.

use crate::{
    content::Content,
    framing::{Framing, chunks, framed, head},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    Nothing,
    CutHead,
    /// `Content-Length` is longer than what comes.
    CutBody,
    CutChunk,
    NoLastChunk,
    ChunkSizeNoNumber,
    ChunkSizeHuge,
    LengthsConflict,
    LengthNoNumber,
    LengthNegative,
    Http10Chunked,
    Garbage,
    OtherVersion,
    Status099,
    StatusNoNumber,
    HeadersTooMany,
    HeaderTooLong,
    HeaderWithNul,
    OnlyInterim,
    /// To a protocol that nobody asked for, so that no answer follows.
    Switching,
}

pub const BROKEN: [Broken; 20] = [
    Broken::Nothing,
    Broken::CutHead,
    Broken::CutBody,
    Broken::CutChunk,
    Broken::NoLastChunk,
    Broken::ChunkSizeNoNumber,
    Broken::ChunkSizeHuge,
    Broken::LengthsConflict,
    Broken::LengthNoNumber,
    Broken::LengthNegative,
    Broken::Http10Chunked,
    Broken::Garbage,
    Broken::OtherVersion,
    Broken::Status099,
    Broken::StatusNoNumber,
    Broken::HeadersTooMany,
    Broken::HeaderTooLong,
    Broken::HeaderWithNul,
    Broken::OnlyInterim,
    Broken::Switching,
];

impl Broken {
    /// What is sent before the connection is closed. The body is not empty.
    pub fn bytes(self, content: &Content, body: &[u8]) -> Vec<u8> {
        let whole = || framed(Framing::Length, content, body, false);
        let with = |version: &str, headers: &str, body: &[u8]| {
            [&head(version, content), headers.as_bytes(), b"\r\n", body].concat()
        };
        let chunked = |body: &[u8]| with("HTTP/1.1", "transfer-encoding: chunked\r\n", body);
        let sized = |headers: String| with("HTTP/1.1", &headers, body);
        let length = body.len();
        match self {
            Self::Nothing => Vec::new(),
            Self::CutHead => whole()[..20].to_vec(),
            Self::CutBody => sized(format!("content-length: {}\r\n", length + 1)),
            Self::CutChunk => {
                let mut chunks = chunks(body);
                chunks.truncate(chunks.len() - 3);
                chunked(&chunks)
            }
            Self::NoLastChunk => chunked(&chunks(body)),
            Self::ChunkSizeNoNumber => chunked(&[b"zz\r\n", body, b"\r\n0\r\n\r\n"].concat()),
            Self::ChunkSizeHuge => chunked(&[b"fffffffffffffffff\r\n", body].concat()),
            Self::LengthsConflict => sized(format!(
                "content-length: {length}\r\ncontent-length: {}\r\n",
                length + 7
            )),
            Self::LengthNoNumber => sized("content-length: many\r\n".to_owned()),
            Self::LengthNegative => sized(format!("content-length: -{length}\r\n")),
            Self::Http10Chunked => {
                let body = [&chunks(body)[..], b"0\r\n\r\n"].concat();
                with("HTTP/1.0", "transfer-encoding: chunked\r\n", &body)
            }
            Self::Garbage => b"\x07\x00\xffthis is no HTTP\r\n\r\n".to_vec(),
            Self::OtherVersion => with("HTTP/3.7", &format!("content-length: {length}\r\n"), body),
            Self::Status099 => format!("HTTP/1.1 099 Low\r\ncontent-length: {length}\r\n\r\n")
                .into_bytes()
                .into_iter()
                .chain(body.iter().copied())
                .collect(),
            Self::StatusNoNumber => b"HTTP/1.1 OK OK\r\ncontent-length: 0\r\n\r\n".to_vec(),
            Self::HeadersTooMany => sized(format!(
                "{}content-length: {length}\r\n",
                "x-many: y\r\n".repeat(150)
            )),
            Self::HeaderTooLong => sized(format!(
                "x-long: {}\r\ncontent-length: {length}\r\n",
                "y".repeat(1 << 20)
            )),
            Self::HeaderWithNul => sized(format!("x-nul: a\0b\r\ncontent-length: {length}\r\n")),
            Self::OnlyInterim => b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".to_vec(),
            Self::Switching => {
                let switch = "connection: upgrade\r\nupgrade: h2c\r\n\r\n";
                format!("HTTP/1.1 101 Switching Protocols\r\n{switch}").into_bytes()
            }
        }
    }
}
