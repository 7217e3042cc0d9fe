//! What the generated client carries in place of this crate's hook: nothing, so that every default of the generator
//! holds.

use progenitor_client::ClientHooks;

use crate::contenders::generated_code;

#[derive(Clone, Debug)]
pub struct Call;

impl ClientHooks<Call> for generated_code::Client {}
