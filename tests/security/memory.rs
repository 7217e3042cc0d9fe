//! What is left of the secrets in the memory of a process that is done with them.
//!
//! A process may read its own memory as a file, so nothing here is unsafe.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use whatsapp_multi_partner_solutions::{AccessToken, AppSecret, Client};

use crate::child::{Child, printed};

/// A secret that this program holds only disguised, so that what it looks for is not found in the search itself.
struct Needle(Vec<u8>);

const DISGUISE: u8 = 0x80;
/// What is looked for is the end of it: an allocator writes over the beginning of what it is given back.
const END: usize = 16;
const CHUNK: usize = 1 << 16;

impl Needle {
    /// Forty letters, others for each name.
    fn new(name: u8) -> Self {
        let letter = |index: u8| (b'a' + (index.wrapping_mul(7) ^ name) % 26) | DISGUISE;
        Self((0..40).map(letter).collect())
    }

    /// What comes of the token 1 and the app secret 2, by `openssl dgst -sha256 -hmac`.
    fn proof() -> Self {
        let backwards = "f9b08530d069d3ea75c13b37c2cd45dd99b25a9fd67799b0b9ae6994dcf5486b"
            .bytes()
            .rev();
        Self(backwards.map(|byte| byte | DISGUISE).collect())
    }

    /// The only copy of it, made without leaving another behind.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        for byte in &self.0 {
            text.push(char::from(byte ^ DISGUISE));
        }
        text
    }

    fn end(&self) -> &[u8] {
        &self.0[self.0.len() - END..]
    }

    fn is_at(&self, bytes: &[u8]) -> bool {
        let mut pairs = bytes.iter().zip(self.end());
        bytes.len() >= END && pairs.all(|(byte, disguised)| byte ^ DISGUISE == *disguised)
    }

    /// How often it is in what this process may write to: heap, stacks, data.
    fn count(&self) -> usize {
        let mut memory = File::open("/proc/self/mem").expect("this process's memory");
        let maps = std::fs::read_to_string("/proc/self/maps").expect("what it is made of");
        let mut bytes = vec![0; CHUNK];
        // What has been read is a copy too, which must not be counted.
        let own = bytes.as_ptr().addr()..bytes.as_ptr().addr() + CHUNK;
        let first = self.end()[0] ^ DISGUISE;
        let mut count = 0;
        for line in maps.lines() {
            let (range, rights) = line.split_once(' ').expect("a range");
            if !rights.starts_with("rw") {
                continue;
            }
            let (from, to) = range.split_once('-').expect("a range");
            let number = |text| usize::from_str_radix(text, 16).expect("an address");
            let (mut from, to) = (number(from), number(to));
            while from + END <= to {
                let chunk = &mut bytes[..CHUNK.min(to - from)];
                memory
                    .seek(SeekFrom::Start(from as u64))
                    .expect("an address");
                // What the kernel keeps to itself cannot be read.
                if memory.read_exact(chunk).is_err() {
                    break;
                }
                for (position, byte) in chunk.iter().enumerate() {
                    if *byte == first
                        && self.is_at(&chunk[position..])
                        && !own.contains(&(from + position))
                    {
                        count += 1;
                    }
                }
                // What is cut by the end of a chunk is whole in the next.
                from += chunk.len() - (END - 1);
            }
        }
        // Nor may it be found the next time.
        bytes.fill(0);
        std::hint::black_box(&bytes);
        count
    }
}

#[test]
#[ignore = "the test below runs it, in a process of its own"]
fn keeping_secrets() {
    let (token, secret, proof) = (Needle::new(1), Needle::new(2), Needle::proof());
    let counts = || [&token, &secret, &proof].map(Needle::count);
    assert_eq!(counts(), [0, 0, 0], "before there is one");

    let text = token.text();
    assert_eq!(counts(), [1, 0, 0], "what is there is found");
    let kept = AccessToken::new(text);
    assert_eq!(counts(), [1, 0, 0], "moved, not copied");
    let copy = kept.clone();
    assert_eq!(counts(), [2, 0, 0]);
    drop((kept, copy));
    assert_eq!(counts(), [0, 0, 0], "the last copy is wiped");

    let builder = Client::builder()
        .token(token.text())
        .app_secret(AppSecret::from(secret.text()));
    assert_eq!(counts(), [1, 1, 0]);
    let client = builder.build().expect("a client");
    // The token and its header; of the app secret the proof alone.
    assert_eq!(counts(), [2, 0, 1]);
    let clone = client.clone();
    assert_eq!(counts(), [2, 0, 1], "clones share it");
    drop((client, clone));
    assert_eq!(counts(), [0, 0, 0]);

    let builder = Client::builder()
        .token(token.text())
        .app_secret(secret.text());
    drop(builder.clone());
    drop(builder.version("none").build().expect_err("no version"));
    assert_eq!(counts(), [0, 0, 0], "also where no client comes of it");
}

#[tokio::test]
async fn secrets_are_moved_and_wiped() {
    let output = Child::running("memory::keeping_secrets").output().await;
    let text = printed(&output);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}
