//! What an error says: what is true now, and what to do next.

use std::fmt::{self, Write};

use super::{Error, ErrorKind, Inner};
use crate::{
    graph_error::GraphError,
    retry::{Stopped, whole_seconds},
};

/// The most of a text of Meta's that is shown, in characters; the whole of it is in the error.
const LONGEST_QUOTE: usize = 300;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let operation = inner.operation.unwrap_or("the request");
        match inner.kind {
            ErrorKind::InvalidRequest => f.write_str("invalid, and nothing was sent")?,
            ErrorKind::Refused => write!(f, "{operation} was refused and did not take effect")?,
            ErrorKind::Throttled => write!(f, "{operation} was throttled and did not take effect")?,
            ErrorKind::Unreachable => write!(f, "{operation} was never sent")?,
            ErrorKind::OutcomeUnknown => write!(f, "{operation} may have taken effect")?,
        }
        if let Some(what) = &inner.what {
            write!(f, ": {}", Quote(what))?;
        }
        self.write_facts(f)?;
        if let Some(error) = self.graph_error() {
            write_graph_error(f, error)?;
        }
        self.write_next(f)
    }
}

impl Error {
    /// Status, codes, trace ID and attempts, in parentheses.
    fn write_facts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut facts = Vec::new();
        if let Some(status) = self.status() {
            facts.push(format!("status {}", status.as_u16()));
        }
        if let Some(error) = self.graph_error() {
            facts.extend(error.code().map(|code| format!("code {code}")));
            facts.extend(error.error_subcode().map(|code| format!("subcode {code}")));
        }
        facts.extend(self.trace_id().map(|id| format!("trace id {}", Quote(id))));
        match self.attempts() {
            0 => {}
            1 => facts.push("1 attempt".to_owned()),
            attempts => facts.push(format!("{attempts} attempts")),
        }
        if facts.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", facts.join(", "))
    }

    /// What to do next.
    fn write_next(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match inner.stopped {
            Some(Stopped::Held) => {
                f.write_str("; the deadline leaves no time to wait for its turn")?;
            }
            Some(Stopped::Deadline) => {
                f.write_str("; the deadline leaves no room for another attempt")?;
            }
            Some(Stopped::Budget) => {
                f.write_str("; the retry budget is used up, because many calls failed lately")?;
            }
            Some(Stopped::Verdict | Stopped::Attempts) | None => {}
        }
        if inner.earlier_may_have_taken_effect {
            f.write_str("; an earlier attempt may have been the one that took effect")?;
        }
        match inner.kind {
            ErrorKind::InvalidRequest | ErrorKind::Refused => {}
            ErrorKind::Throttled if inner.retry_after.is_none() => {
                f.write_str("; ask again later, every call until then prolongs the throttling")?;
            }
            ErrorKind::Throttled => {}
            ErrorKind::Unreachable => f.write_str("; asking again is safe")?,
            ErrorKind::OutcomeUnknown => {
                f.write_str("; look up whether it did before asking again")?;
            }
        }
        match inner.retry_after {
            Some(wait) if inner.stopped == Some(Stopped::Held) => {
                write!(f, "; its turn would come in {} s", whole_seconds(wait))
            }
            Some(wait) => write!(f, "; the server asks to wait {} s", whole_seconds(wait)),
            None => Ok(()),
        }
    }
}

fn write_graph_error(f: &mut fmt::Formatter<'_>, error: &GraphError) -> fmt::Result {
    let message = error.message().unwrap_or_default();
    let told = [
        Some(message),
        error.error_user_title(),
        error.error_user_msg(),
    ]
    .into_iter()
    .flatten()
    .enumerate()
    // What stands in the message already is not said twice.
    .filter(|(index, text)| !text.is_empty() && (*index == 0 || !message.contains(text)));
    for (index, text) in told {
        let separator = if index == 0 { ": " } else { " / " };
        write!(f, "{separator}{}", Quote(text))?;
    }
    Ok(())
}

/// Whether a character ends a line, steers a terminal or turns the direction of a text.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

/// A text from outside, on one line, without control characters and of bounded length.
struct Quote<'a>(&'a str);

impl fmt::Display for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, character) in self.0.chars().enumerate() {
            if index == LONGEST_QUOTE {
                return f.write_char('…');
            }
            f.write_char(if steers(character) { ' ' } else { character })?;
        }
        Ok(())
    }
}

/// The same as `Display`, with the kind; the answer's body is not shown.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, source, .. } = &*self.0;
        let mut shown = f.debug_struct("Error");
        shown.field("kind", kind);
        shown.field("message", &self.to_string());
        if let Some(source) = source {
            shown.field("source", source);
        }
        shown.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_from_outside_stays_on_its_line_and_reads_as_it_was_written() {
        let text = "a\nb\u{2028}c\u{2029}d\u{202E}e\u{2066}f\u{1b}[1mg";
        assert_eq!(Quote(text).to_string(), "a b c d e f [1mg");
    }
}
