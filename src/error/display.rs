//! What an error says: what is true now, and what to do next.

use std::fmt;

use super::Error;
use crate::{
    GraphError,
    call::{ErrorKind, StoppedBy},
    transport::Ending,
};

/// How many characters of a text from the server `Display` shows. The response has all of them.
const MAX_QUOTED_CHARS: usize = 300;

/// How many characters of our own reason `Display` shows. It can contain names and IDs.
const MAX_REASON_CHARS: usize = 2000;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.operation().unwrap_or("the request or a setting");
        let outcome = match self.kind() {
            ErrorKind::InvalidRequest => "is invalid, and nothing was sent",
            ErrorKind::Refused => "was refused and did not take effect",
            ErrorKind::Throttled => "was throttled and did not take effect",
            ErrorKind::Unreachable if self.0.cause.is_err() => "sent nothing",
            ErrorKind::Unreachable if self.was_never_sent() => "was never sent",
            ErrorKind::Unreachable => "got no usable response",
            ErrorKind::OutcomeUnknown => "may have taken effect",
            ErrorKind::Conflict => "found a conflict and changed nothing",
        };
        write!(f, "{subject} {outcome}")?;
        if let Some(reason) = self.reason() {
            write!(f, ": {}", quote(reason, MAX_REASON_CHARS))?;
        }
        let facts = self.facts();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        for (index, text) in self.server_messages().into_iter().enumerate() {
            let separator = if index == 0 { ": " } else { " / " };
            write!(f, "{separator}{}", quote(text, MAX_QUOTED_CHARS))?;
        }
        for note in self.notes() {
            write!(f, "; {note}")?;
        }
        Ok(())
    }
}

impl Error {
    fn was_never_sent(&self) -> bool {
        matches!(&self.0.cause, Ok(attempt) if attempt.ending == Ending::NotSent)
    }

    /// What happened, where neither the response nor the source says it.
    fn reason(&self) -> Option<&str> {
        let attempt = match &self.0.cause {
            Err(reason) => return Some(reason),
            Ok(attempt) => attempt,
        };
        let timed_out = attempt.error.is_none();
        let response = attempt.response.as_ref();
        Some(match attempt.ending {
            Ending::NotSent if timed_out => "no connection within the time limit",
            Ending::NotSent => "no connection",
            Ending::Broken if timed_out => "no complete response within the time limit",
            Ending::Broken => "the connection ended before a complete response arrived",
            Ending::Unreadable => "the response reports success but cannot be read",
            Ending::Answered if response?.redirected => {
                "the reqwest::Client followed a redirect; build it with redirect::Policy::none()"
            }
            Ending::Answered if response?.success() == Some(false) => {
                "the response says success: false"
            }
            Ending::Answered if response?.json().is_none() => {
                "the response is not JSON, so it may not come from the Graph API; check the base URL and proxies"
            }
            Ending::Answered => return None,
        })
    }

    /// Status, codes, trace ID and attempts.
    fn facts(&self) -> Vec<String> {
        let mut facts = Vec::new();
        if let Some(response) = self.response() {
            facts.push(format!("status {}", response.status.as_u16()));
            if let Some(error) = response.graph_error() {
                facts.extend(error.code.map(|code| format!("code {code}")));
                facts.extend(error.error_subcode.map(|code| format!("subcode {code}")));
            }
            let trace_id = response.trace_id();
            facts.extend(trace_id.map(|id| format!("trace id {}", quote(id, MAX_QUOTED_CHARS))));
        }
        match self.attempts() {
            0 => {}
            1 => facts.push("1 attempt".to_owned()),
            attempts => facts.push(format!("{attempts} attempts")),
        }
        facts
    }

    /// The message, and the texts for users that do not repeat it.
    fn server_messages(&self) -> Vec<&str> {
        let in_body = || self.response()?.json()?.get("message")?.as_str();
        let error = self.graph_error();
        let message = error.map_or_else(in_body, |error| error.message.as_deref());
        let title = error.and_then(|error| error.error_user_title.as_deref());
        let text = error.and_then(|error| error.error_user_msg.as_deref());
        let mut texts: Vec<&str> = Vec::new();
        for text in [message, title, text].into_iter().flatten() {
            if !text.is_empty() && !texts.iter().any(|shown| shown.contains(text)) {
                texts.push(text);
            }
        }
        texts
    }

    /// Why the call ended, and what to do next.
    fn notes(&self) -> Vec<String> {
        let stopped = self.0.record.stopped_by.map(|by| match by {
            StoppedBy::Deadline => "the deadline leaves no time for another attempt",
            StoppedBy::RetryBudget => "the retry budget is used up",
        });
        let earlier = "an earlier attempt may have taken effect";
        let earlier = self.0.record.earlier_attempt_unknown.then_some(earlier);
        let (kind, retry_after) = (self.kind(), self.retry_after());
        let operation = self.operation().unwrap_or_default();
        let next = match kind {
            ErrorKind::Throttled if retry_after.is_none() => {
                Some("try again later; calls made too early prolong the throttling")
            }
            ErrorKind::Unreachable if self.was_never_sent() => Some(
                "check the network, the base URL, proxies (HTTPS_PROXY, ALL_PROXY), and this machine's clock and \
                 certificates; trying again is safe",
            ),
            ErrorKind::Unreachable => Some("trying again is safe"),
            ErrorKind::OutcomeUnknown if operation.starts_with("ensure_") => {
                Some("call it again later; it first checks whether it is already done")
            }
            ErrorKind::OutcomeUnknown => Some("check whether it did before you try again"),
            _ => None,
        };
        let advice = self.graph_error().and_then(advice);
        let wait = retry_after.map(|wait| {
            let text = match kind {
                ErrorKind::Throttled => "try again in",
                _ => "the server asks to wait",
            };
            format!("{text} {:.0} s", wait.as_secs_f64().ceil())
        });
        let notes = [stopped, earlier, next, advice].into_iter().flatten();
        notes.map(str::to_owned).chain(wait).collect()
    }
}

/// What to do about a code (page: Handling Errors, and those of the operations).
fn advice(error: &GraphError) -> Option<&'static str> {
    let message = error.message.as_deref().unwrap_or_default();
    Some(match (error.code?, error.error_subcode) {
        (102 | 190, Some(458)) => "the token's user has to log in to the app again",
        (102 | 190, Some(459 | 464)) => {
            "the token's user has to log in to www.facebook.com and follow the instructions there"
        }
        (102 | 190, _) => "get a new access token, from a login to the app or for a system user",
        (3 | 10 | 200..=299, _) => {
            "the token or its app lacks a permission, such as whatsapp_business_management; to accept, the app also has \
             to be invited"
        }
        (100, _) if message.contains("appsecret_proof") => "pass the secret of the token's app",
        (803, _) | (100, Some(33)) => "check the ID, and whether this token has access to it",
        _ => return None,
    })
}

/// Whether a char moves the cursor or ends the line, changes the direction of writing, or is invisible. A text with
/// such chars can look like another one. The zero-width joiners are part of ordinary words in several languages.
pub(crate) fn steers_terminal(char: char) -> bool {
    let invisible = matches!(char, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    invisible || char.is_control()
}

/// A text with parts from outside: on one line, of limited length, and without characters that steer a terminal.
fn quote(text: &str, most: usize) -> String {
    let mut quoted = text.replace(steers_terminal, " ");
    if let Some((end, _)) = quoted.char_indices().nth(most) {
        quoted.truncate(end);
        quoted.push('…');
    }
    quoted
}

/// The same as `Display`, with the kind and the source. Without the body of the response, which may be long.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = std::error::Error::source(self);
        write!(f, "{:?}: {self}; source: {source:?}", self.kind())
    }
}
