//! A body of 100 MB.

use std::sync::OnceLock;

use crate::{content::Content, fault::Flood, framing};

pub const TOTAL: usize = 100 << 20;
pub const PIECE: usize = 1 << 20;

/// What is written again and again.
pub fn piece(kind: Flood) -> &'static [u8] {
    static PLAIN: OnceLock<Vec<u8>> = OnceLock::new();
    static CHUNK: OnceLock<Vec<u8>> = OnceLock::new();
    match kind {
        Flood::Chunked => CHUNK.get_or_init(|| {
            [
                format!("{PIECE:x}\r\n").as_bytes(),
                &vec![b'x'; PIECE],
                b"\r\n",
            ]
            .concat()
        }),
        Flood::Length | Flood::UntilClose => PLAIN.get_or_init(|| vec![b'x'; PIECE]),
    }
}

pub fn head(content: &Content, kind: Flood) -> Vec<u8> {
    let mut bytes = framing::head("HTTP/1.1", content);
    bytes.extend(match kind {
        Flood::Length => format!("content-length: {TOTAL}\r\n\r\n").into_bytes(),
        Flood::Chunked => b"transfer-encoding: chunked\r\n\r\n".to_vec(),
        Flood::UntilClose => b"\r\n".to_vec(),
    });
    bytes
}
