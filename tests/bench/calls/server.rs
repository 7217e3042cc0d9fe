//! The server that everyone calls: fixed answers, as little work as there can be, connections kept.

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Barrier,
};

/// A call whose path begins so is answered once as many are waiting as the server was told.
pub const HOLD: &str = "/hold";

const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// Serves until it is dropped.
pub async fn serve(listener: TcpListener, in_flight: usize) {
    let gate = Arc::new(Barrier::new(in_flight));
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let gate = gate.clone();
            // A client that goes away ends its connection, and nothing else.
            tokio::spawn(async move { connection(stream, &gate).await.ok() });
        }
    }
}

async fn connection(mut stream: TcpStream, gate: &Barrier) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (create, accept) = (create(), accept());
    let mut buffer = Vec::with_capacity(4096);
    while let Some(length) = request(&mut stream, &mut buffer).await? {
        let path = buffer.strip_prefix(b"POST ").unwrap_or_default();
        if path.starts_with(HOLD.as_bytes()) {
            gate.wait().await;
        }
        let end = position(path, b" ").unwrap_or_default();
        let answer = if path[..end].ends_with(b"/accept") {
            &accept
        } else {
            &create
        };
        stream.write_all(answer).await?;
        buffer.drain(..length);
    }
    Ok(())
}

/// Reads one request; its length, or `None` at the end of the connection.
pub async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
    loop {
        if let Some(head) = position(buffer, END_OF_HEAD) {
            let length = head + END_OF_HEAD.len() + content_length(&buffer[..head]);
            if buffer.len() >= length {
                return Ok(Some(length));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// hyper writes every name in lower case.
fn content_length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"content-length: ";
    position(head, NAME)
        .map(|at| &head[at + NAME.len()..])
        .unwrap_or_default()
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// An answer to create.
pub fn create() -> Vec<u8> {
    answer(r#"{"solution_id":"1122334455667788"}"#)
}

/// An answer to accept.
pub fn accept() -> Vec<u8> {
    answer(
        r#"{"success":true,"solution_id":"1122334455667788","partner_status":"ACCEPTED","update_time":"2024-01-15T10:30:00+0000"}"#,
    )
}

/// The headers are those that Graph sends, usage among them.
fn answer(body: &str) -> Vec<u8> {
    let usage = r#"{"1122334455667788":[{"type":"whatsapp_business_management","call_count":3,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}"#;
    format!(
        "HTTP/1.1 200 OK\r\n\
         content-type: application/json; charset=UTF-8\r\n\
         vary: Origin, Accept-Encoding\r\n\
         facebook-api-version: v25.0\r\n\
         x-business-use-case-usage: {usage}\r\n\
         strict-transport-security: max-age=15552000; preload\r\n\
         pragma: no-cache\r\n\
         cache-control: private, no-cache, no-store, must-revalidate\r\n\
         expires: Sat, 01 Jan 2000 00:00:00 GMT\r\n\
         x-fb-request-id: AbCdEfGhIjKlMnOpQrStUvW\r\n\
         x-fb-trace-id: AbCdEfGhIjK\r\n\
         x-fb-rev: 1012345678\r\n\
         date: Mon, 15 Jan 2024 10:30:00 GMT\r\n\
         connection: keep-alive\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
