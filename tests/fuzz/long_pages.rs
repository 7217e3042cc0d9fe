//! Pages in which something is repeated to great length: reading takes time in proportion, or the fuzzer sees a hang.

use super::saved_pages::long_page;

/// So many bytes are made of it; without the fuzzer's optimised build fewer have to do.
const LENGTH: usize = if cfg!(fuzzing) { 64 } else { 16 } * 1024;

/// What stands before, what is repeated and what stands behind, parted by a NUL, which no page has.
pub(super) fn long_pages(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let before = parts.next().unwrap_or_default();
    let repeated = parts.next().unwrap_or_default();
    let behind = parts.next().unwrap_or_default();
    if repeated.is_empty() {
        return;
    }
    let times = LENGTH.saturating_sub(before.len() + behind.len()) / repeated.len();
    let page = [before, &repeated.repeat(times), behind].concat();
    long_page(&page);
}
