//! The oldest version of TLS that is spoken is 1.2.

use std::path::PathBuf;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::child::{ATTEMPTS, Child};

const TLS_1_1: u16 = 0x0302;
const TLS_1_2: u16 = 0x0303;
const SUPPORTED_VERSIONS: u16 = 43;

/// A walk over the fields of a message, each behind its length.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (field, rest) = self.0.split_at(count);
        self.0 = rest;
        field
    }

    fn number(&mut self, bytes: usize) -> usize {
        let bytes = self.take(bytes).iter();
        bytes.fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    /// A field whose length stands before it in so many bytes.
    fn counted(&mut self, bytes: usize) -> &'a [u8] {
        let length = self.number(bytes);
        self.take(length)
    }
}

/// The versions that a ClientHello offers (RFC 8446, 4.1.2 and 4.2.1).
fn versions(hello: &[u8]) -> Vec<u16> {
    let mut hello = Fields(hello);
    assert_eq!(hello.number(1), 1, "a ClientHello");
    let mut body = Fields(hello.counted(3));
    let legacy = body.number(2) as u16;
    body.take(32); // random
    body.counted(1); // session
    body.counted(2); // cipher suites
    body.counted(1); // compression
    let mut extensions = Fields(body.counted(2));
    let mut versions = vec![legacy];
    while !extensions.0.is_empty() {
        let kind = extensions.number(2) as u16;
        let mut extension = Fields(extensions.counted(2));
        if kind == SUPPORTED_VERSIONS {
            let offered = extension.counted(1).chunks(2);
            versions.extend(offered.map(|pair| u16::from_be_bytes([pair[0], pair[1]])));
        }
    }
    // Values that nobody has, which some clients mix in (RFC 8701).
    versions.retain(|version| version & 0x0f0f != 0x0a0a);
    versions
}

/// A ServerHello that settles on TLS 1.1.
fn server_hello() -> Vec<u8> {
    let [high, low] = TLS_1_1.to_be_bytes();
    let mut body = vec![high, low];
    body.extend([7; 32]); // random
    body.push(0); // no session
    body.extend([0xc0, 0x13]); // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    body.push(0); // no compression
    let mut message = vec![2, 0, 0, body.len() as u8];
    message.extend(body);
    let mut record = vec![22, high, low, 0, message.len() as u8];
    record.extend(message);
    record
}

/// OpenSSL as somebody may have set it up who still needs the old versions elsewhere.
const LAX: &str = "openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = lax
[lax]
MinProtocol = TLSv1
CipherString = DEFAULT@SECLEVEL=0
";

/// Takes one client as far as it goes; the versions that it offered, and what it sent after TLS 1.1 was settled on.
async fn settle_on_tls_1_1(listener: &TcpListener) -> (Vec<u16>, Vec<u8>) {
    let (mut stream, _) = listener.accept().await.expect("a client");
    let mut head = [0; 5];
    stream.read_exact(&mut head).await.expect("a record");
    assert_eq!(head[0], 22, "a handshake");
    let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
    stream.read_exact(&mut hello).await.expect("a ClientHello");
    stream.write_all(&server_hello()).await.expect("a client");
    let mut after = Vec::new();
    // How the client hangs up is its own affair.
    let _ = stream.read_to_end(&mut after).await;
    (versions(&hello), after)
}

#[tokio::test]
async fn older_versions_are_neither_offered_nor_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let settings = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lax.cnf");
    std::fs::write(&settings, LAX).expect("a file");
    let answering = tokio::spawn(async move {
        let mut seen = Vec::new();
        for _ in 0..ATTEMPTS {
            seen.push(settle_on_tls_1_1(&listener).await);
        }
        seen
    });
    let told = Child::new(&format!("https://{address}"))
        .env("OPENSSL_CONF", &settings)
        .tell()
        .await;
    told.unreachable();
    for (versions, after) in answering.await.expect("no panic") {
        assert_eq!(versions.iter().min(), Some(&TLS_1_2), "{versions:04x?}");
        let [21, 3, _, 0, 2, 2, 70] = after[..] else {
            panic!("a fatal alert about the version and nothing else, not {after:?}");
        };
    }
}
