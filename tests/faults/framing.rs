//! How a whole answer is put on the wire.

use crate::content::Content;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    Length,
    /// `Content-Length` twice, with the same value.
    LengthTwice,
    Chunked,
    ChunkedWithTrailer,
    /// Neither a length nor chunks: the body ends with the connection.
    UntilClose,
    Http10,
    Http10KeepAlive,
    /// `Transfer-Encoding: chunked` and a `Content-Length` that is wrong: the first one counts.
    ChunkedAndLength,
    /// A `Content-Length` that is too short; the rest follows all the same.
    LengthTooShort,
}

pub const FRAMINGS: [Framing; 9] = [
    Framing::Length,
    Framing::LengthTwice,
    Framing::Chunked,
    Framing::ChunkedWithTrailer,
    Framing::UntilClose,
    Framing::Http10,
    Framing::Http10KeepAlive,
    Framing::ChunkedAndLength,
    Framing::LengthTooShort,
];

impl Framing {
    pub fn ends_with_connection(self) -> bool {
        matches!(self, Self::UntilClose | Self::Http10)
    }

    fn is_chunked(self) -> bool {
        matches!(
            self,
            Self::Chunked | Self::ChunkedWithTrailer | Self::ChunkedAndLength
        )
    }
}

/// Status line and headers, without the blank line.
pub fn head(version: &str, content: &Content) -> Vec<u8> {
    let mut bytes = format!("{version} {:03} Drawn\r\n", content.status).into_bytes();
    for (name, value) in &content.headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes
}

/// The bytes of an answer with this body.
pub fn framed(framing: Framing, content: &Content, body: &[u8], say_close: bool) -> Vec<u8> {
    let version = match framing {
        Framing::Http10 | Framing::Http10KeepAlive => "HTTP/1.0",
        _ => "HTTP/1.1",
    };
    let mut bytes = head(version, content);
    if say_close {
        bytes.extend(b"connection: close\r\n");
    }
    if content.is_bodiless() {
        bytes.extend(b"\r\n");
        bytes.extend(body);
        return bytes;
    }
    let length = format!("content-length: {}\r\n", body.len());
    bytes.extend(
        match framing {
            Framing::Length => length,
            Framing::LengthTwice => length.repeat(2),
            Framing::Chunked | Framing::ChunkedWithTrailer => {
                "transfer-encoding: chunked\r\n".to_owned()
            }
            Framing::ChunkedAndLength => {
                "transfer-encoding: chunked\r\ncontent-length: 3\r\n".to_owned()
            }
            Framing::UntilClose | Framing::Http10 => String::new(),
            Framing::Http10KeepAlive => format!("connection: keep-alive\r\n{length}"),
            Framing::LengthTooShort => format!("content-length: {}\r\n", body.len() / 2),
        }
        .into_bytes(),
    );
    bytes.extend(b"\r\n");
    if framing.is_chunked() {
        bytes.extend(chunks(body));
        bytes.extend(match framing {
            Framing::ChunkedWithTrailer => &b"0;last=1\r\nx-trailer: y\r\n\r\n"[..],
            _ => b"0\r\n\r\n",
        });
    } else {
        bytes.extend(body);
    }
    bytes
}

/// The body in chunks, without the last one, which is empty.
pub fn chunks(body: &[u8]) -> Vec<u8> {
    let size = (body.len() / 3).max(1);
    let chunk = |part: &[u8]| [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
    body.chunks(size).flat_map(chunk).collect()
}
