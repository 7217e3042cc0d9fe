//! A small body that is a very large one to whoever undoes its compression.

use std::{io::Write, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};

/// Some 50 kB that unfold to 48 MB: a gzip stream may have any number of members.
pub fn gzip_bomb() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| {
        let mut member = GzEncoder::new(Vec::new(), Compression::best());
        member.write_all(&vec![0; 1 << 20]).expect("memory");
        member.finish().expect("memory").repeat(48)
    })
}
