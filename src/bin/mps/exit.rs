//! What the exit status says.

use std::process::ExitCode;

use whatsapp_multi_partner_solutions::ErrorKind;

pub(crate) const INVALID: u8 = 2;
const REFUSED: u8 = 3;
const THROTTLED: u8 = 4;
const UNREACHABLE: u8 = 5;
const OUTCOME_UNKNOWN: u8 = 6;

pub(crate) fn code(kind: ErrorKind) -> ExitCode {
    ExitCode::from(match kind {
        ErrorKind::InvalidRequest => INVALID,
        ErrorKind::Refused => REFUSED,
        ErrorKind::Throttled => THROTTLED,
        ErrorKind::Unreachable => UNREACHABLE,
        // A kind that this program does not know yet is no promise that nothing happened.
        _ => OUTCOME_UNKNOWN,
    })
}
