//! The design's table 'when a call is sent again', read independently of the crate.

use whatsapp_multi_partner_solutions::{ErrorKind, Resend};

use crate::response::{Meaning, RETRY_AFTER, Response};

/// What one attempt comes to.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// `None` for a success.
    pub failure: Option<ErrorKind>,
    /// Whether the table allows another attempt.
    pub again: bool,
}

impl Verdict {
    pub fn is(self, kind: ErrorKind) -> bool {
        self.failure == Some(kind)
    }

    pub fn is_success(self) -> bool {
        self.failure.is_none()
    }

    pub fn is_throttled(self) -> bool {
        self.is(ErrorKind::Throttled)
    }

    /// Whether the attempt may have taken effect: it did, or nobody can tell.
    pub fn is_open(self) -> bool {
        self.is_success() || self.is(ErrorKind::OutcomeUnknown)
    }
}

/// Reads the table, from the row that wins downwards. There is no response if none arrived whole.
pub fn judge(accepts: bool, resend: Resend, response: Option<&Response>) -> Verdict {
    let verdict = |failure, again| Verdict { failure, again };
    let refused = Some(ErrorKind::Refused);
    let unknown = Some(ErrorKind::OutcomeUnknown);
    let Some(response) = response else {
        return verdict(unknown, accepts || resend == Resend::Always);
    };
    let status = response.status;
    let (code, is_transient) = match response.meaning {
        Meaning::Error(code, is_transient) => (code, is_transient),
        Meaning::Success if status < 300 => return verdict(None, false),
        _ if status < 300 => return verdict(unknown, false),
        _ => (None, None),
    };
    let throttling = [4, 17, 32, 341, 613, 80_014, 130_429];
    let is_throttling = |code| throttling.contains(&code) || (80_000..80_010).contains(&code);
    let metas_own = code == Some(1) || code == Some(2);
    let is_inside = status >= 500 || metas_own;
    let failure = if is_inside { unknown } else { refused };

    if is_transient == Some(false) || code == Some(368) {
        return verdict(failure, false);
    }
    if status == 429 || code.is_some_and(is_throttling) {
        return verdict(Some(ErrorKind::Throttled), true);
    }
    if !is_inside {
        return verdict(refused, is_transient == Some(true));
    }
    let retry_after = matches!(response.wish, Some((RETRY_AFTER, _, Some(_))));
    let documented =
        is_transient == Some(true) || metas_own || status == 500 || (status == 503 && retry_after);
    let again = match resend {
        Resend::OnlyIfSafe => false,
        Resend::AsDocumented => documented,
        _ => true,
    };
    verdict(unknown, accepts || again)
}
