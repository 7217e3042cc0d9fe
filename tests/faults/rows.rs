//! The table 'when a call is sent again', read once more: what is drawn first is a row, and then an answer that falls
//! under it. So nothing here has to tell from an answer which row it is.

use whatsapp_multi_partner_solutions::Resend;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Create,
    Accept,
}

/// What one request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Success,
    Throttled,
    /// States that it passes, and is no failure inside Meta.
    Transient,
    /// A failure inside Meta that states that it passes.
    TransientInside,
    Status500,
    /// 503 with `Retry-After`.
    Busy,
    /// Any other failure inside Meta.
    Inside,
    /// States that it does not pass, or is a policy block.
    Stop,
    /// The same of a failure inside Meta.
    StopInside,
    Refused,
    Redirect,
    /// A 2xx that no success can be read from.
    Unreadable,
    /// A 2xx with `success: false`.
    Denied,
    /// Sent, and no whole answer.
    NoAnswer,
}

pub const ROWS: [Row; 14] = [
    Row::Success,
    Row::Throttled,
    Row::Transient,
    Row::TransientInside,
    Row::Status500,
    Row::Busy,
    Row::Inside,
    Row::Stop,
    Row::StopInside,
    Row::Refused,
    Row::Redirect,
    Row::Unreadable,
    Row::Denied,
    Row::NoAnswer,
];

impl Row {
    /// Whether whoever sees this cannot rule out that the call took effect.
    pub fn may_have_taken_effect(self, operation: Operation) -> bool {
        match self {
            Self::Success
            | Self::TransientInside
            | Self::Status500
            | Self::Busy
            | Self::Inside
            | Self::StopInside
            | Self::Unreadable
            | Self::NoAnswer => true,
            Self::Denied => operation == Operation::Create,
            Self::Throttled | Self::Transient | Self::Stop | Self::Refused | Self::Redirect => {
                false
            }
        }
    }

    /// Whether the policy lets the call be sent again.
    pub fn again(self, operation: Operation, replay: Resend) -> bool {
        let accept = operation == Operation::Accept;
        match self {
            Self::Throttled | Self::Transient => true,
            Self::TransientInside | Self::Status500 | Self::Busy => {
                accept || replay != Resend::OnlyIfSafe
            }
            Self::Inside | Self::NoAnswer => accept || replay == Resend::Always,
            Self::Success
            | Self::Stop
            | Self::StopInside
            | Self::Refused
            | Self::Redirect
            | Self::Unreadable
            | Self::Denied => false,
        }
    }

    /// The row of an answer of which only status and `Retry-After` can be read.
    pub fn of_status(status: u16, retry_after: bool) -> Self {
        match status {
            200..=299 => Self::Unreadable,
            300..=399 => Self::Redirect,
            429 => Self::Throttled,
            500 => Self::Status500,
            503 if retry_after => Self::Busy,
            501.. => Self::Inside,
            _ => Self::Refused,
        }
    }
}
