//! The bare generated client: the code that the library includes, compiled once more with hooks that do nothing.

use progenitor_client::ClientHooks;

pub use code::{Client, types};
// Generated code looks for the hand-written type here.
pub use whatsapp_multi_partner_solutions::PartnerStatus;

/// What the generated client holds for its hooks.
pub type RequestSlot = ();

impl ClientHooks<RequestSlot> for Client {}

// No lint is for code that nobody here writes.
#[allow(
    missing_docs,
    clippy::all,
    clippy::unwrap_used,
    rustdoc::all,
    unused_imports,
    dead_code
)]
mod code {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}
