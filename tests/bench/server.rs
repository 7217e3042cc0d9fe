//! The server that all contenders call: a fixed response on loopback, and connections that stay open.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

const CREATED: &str = r#"{"solution_id":"1122334455667788"}"#;

const USAGE: &str = r#"{"1122334455667788":[{"type":"whatsapp_business_management","call_count":3,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}"#;

/// Starts the server in threads of its own; returns its base URL.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(|| serve(stream.expect("a connection")));
        }
    });
    format!("http://{address}")
}

/// Serves one connection until the client closes it.
fn serve(mut stream: TcpStream) {
    stream.set_nodelay(true).expect("a socket");
    let response = response();
    let mut buffer = [0; 4096];
    let mut length = 0;
    while let Ok(read @ 1..) = stream.read(&mut buffer[length..]) {
        length += read;
        // A request ends with the object in its body, and no part of its head ends so.
        if buffer[..length].ends_with(b"}") {
            stream.write_all(&response).expect("an open connection");
            length = 0;
        }
    }
}

/// With the headers that the Graph API sends, usage included.
fn response() -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\n\
         content-type: application/json; charset=UTF-8\r\n\
         vary: Origin, Accept-Encoding\r\n\
         facebook-api-version: v25.0\r\n\
         x-business-use-case-usage: {USAGE}\r\n\
         strict-transport-security: max-age=15552000; preload\r\n\
         pragma: no-cache\r\n\
         cache-control: private, no-cache, no-store, must-revalidate\r\n\
         expires: Sat, 01 Jan 2000 00:00:00 GMT\r\n\
         x-fb-request-id: AbCdEfGhIjKlMnOpQrStUvW\r\n\
         x-fb-trace-id: AbCdEfGhIjK\r\n\
         x-fb-rev: 1012345678\r\n\
         date: Mon, 15 Jan 2024 10:30:00 GMT\r\n\
         connection: keep-alive\r\n\
         content-length: {}\r\n\r\n{CREATED}",
        CREATED.len()
    )
    .into_bytes()
}
