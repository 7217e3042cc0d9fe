//! The only calls into the crate.

use std::sync::LazyLock;

/// A difference as it is reported: operation, item, aspect, kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reported {
    pub operation: String,
    pub item: String,
    pub aspect: String,
    pub kind: String,
}

pub struct Lock;

pub fn lock_of(_pages: &[&str]) -> Lock {
    Lock
}

pub fn compare(_text: &str, _lock: &Lock) -> Result<Vec<Reported>, String> {
    Ok(Vec::new())
}
static _X: LazyLock<u8> = LazyLock::new(|| 1);
