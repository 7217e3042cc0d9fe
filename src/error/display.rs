//! What an error says: what is true now, and what to do next.

use std::fmt::{self, Write};

use super::{Cause, Error, ErrorKind};
use crate::{
    graph_error::GraphError,
    retry::{Attempt, StoppedBy},
};

/// How many characters of a text of Meta's are shown. The error has the whole of it.
const LONGEST_QUOTE: usize = 300;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation().unwrap_or("the request");
        match self.kind() {
            ErrorKind::InvalidRequest => f.write_str("invalid, and nothing was sent")?,
            ErrorKind::Refused => write!(f, "{operation} was refused and did not take effect")?,
            ErrorKind::Throttled => write!(f, "{operation} was throttled and did not take effect")?,
            ErrorKind::Unreachable => write!(f, "{operation} was never sent")?,
            ErrorKind::OutcomeUnknown => write!(f, "{operation} may have taken effect")?,
        }
        if let Some(what) = self.what_happened() {
            write!(f, ": {}", Quote(&what))?;
        }
        self.write_facts(f)?;
        if let Some(error) = self.graph_error() {
            write_graph_error(f, error)?;
        }
        self.write_next(f)
    }
}

impl Error {
    /// What happened, where neither the response nor the source says it.
    fn what_happened(&self) -> Option<String> {
        let text = match &self.0.cause {
            Cause::Invalid(why) => why,
            Cause::Throttled => {
                "nothing was sent, because an earlier call to this app was throttled"
            }
            Cause::Unreadable(..) => "the response reports success but cannot be read",
            Cause::Attempt(Attempt::NotSent(Some(_))) => "no connection",
            Cause::Attempt(Attempt::NotSent(None)) => "no connection within the time limit",
            Cause::Attempt(Attempt::Broken { error: Some(_), .. }) => {
                "the connection ended before a complete response arrived"
            }
            Cause::Attempt(Attempt::Broken { error: None, .. }) => {
                "no complete response within the time limit"
            }
            Cause::Attempt(Attempt::Answered(response)) if response.redirected => {
                "the reqwest::Client of the caller followed a redirect; build it with redirect::Policy::none()"
            }
            Cause::Attempt(Attempt::Answered(response))
                if response.status.is_success() && response.success() == Some(false) =>
            {
                let message = response.json().and_then(|body| body.get("message"));
                let message = message.map(|message| format!(": {message}"));
                let message = message.unwrap_or_default();
                return Some(format!("the response says success: false{message}"));
            }
            Cause::Attempt(Attempt::Answered(_)) => return None,
        };
        Some(text.to_owned())
    }

    /// Status, codes, trace ID and attempts, in parentheses.
    fn write_facts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut facts = Vec::new();
        let response = self.response();
        facts.extend(response.map(|response| format!("status {}", response.status().as_u16())));
        if let Some(error) = self.graph_error() {
            facts.extend(error.code().map(|code| format!("code {code}")));
            facts.extend(error.error_subcode().map(|code| format!("subcode {code}")));
        }
        let trace_id = response.and_then(|response| response.trace_id());
        facts.extend(trace_id.map(|id| format!("trace id {}", Quote(id))));
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

    fn write_next(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.record.stopped_by {
            Some(StoppedBy::Deadline) => {
                f.write_str("; the deadline leaves no time for another attempt")?;
            }
            Some(StoppedBy::RetryBudget) => {
                f.write_str("; the retry budget is used up, because many calls failed lately")?;
            }
            None => {}
        }
        if self.earlier_attempt_may_have_taken_effect() {
            f.write_str("; an earlier attempt may have been the one that took effect")?;
        }
        let retry_after = self.retry_after();
        match self.kind() {
            ErrorKind::Throttled if retry_after.is_none() => {
                f.write_str("; try again later, every call before that prolongs the throttling")?;
            }
            ErrorKind::Unreachable => f.write_str("; trying again is safe")?,
            ErrorKind::OutcomeUnknown => {
                f.write_str("; look up whether it did before you try again")?;
            }
            ErrorKind::InvalidRequest | ErrorKind::Refused | ErrorKind::Throttled => {}
        }
        match retry_after {
            Some(wait) => write!(f, "; try again in {:.0} s", wait.as_secs_f64().ceil()),
            None => Ok(()),
        }
    }
}

fn write_graph_error(f: &mut fmt::Formatter<'_>, error: GraphError<'_>) -> fmt::Result {
    let message = error.message().unwrap_or_default();
    if !message.is_empty() {
        write!(f, ": {}", Quote(message))?;
    }
    let for_users = [error.error_user_title(), error.error_user_msg()];
    for text in for_users.into_iter().flatten() {
        // Meta often repeats a text.
        if !message.contains(text) {
            write!(f, " / {}", Quote(text))?;
        }
    }
    Ok(())
}

/// A text from outside: on one line, of limited length, and without characters that steer a terminal.
struct Quote<'a>(&'a str);

impl fmt::Display for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, char) in self.0.chars().enumerate() {
            if index == LONGEST_QUOTE {
                return f.write_char('…');
            }
            // What `Debug` would write as a number: control characters, line ends, and marks that turn the direction.
            let is_printable = matches!(char, '\'' | '"' | '\\') || char.escape_debug().len() == 1;
            f.write_char(if is_printable { char } else { ' ' })?;
        }
        Ok(())
    }
}

/// The same as `Display`, with the kind and the source. Without the body of the response, which may be long.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("source", &std::error::Error::source(self))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_from_outside_stays_on_its_line_and_reads_as_it_was_written() {
        let text = "a\nb\u{2028}c\u{2029}d\u{202E}e\u{2066}f\u{1b}[1mg 'h' \"i\" é";
        assert_eq!(Quote(text).to_string(), "a b c d e f [1mg 'h' \"i\" é");
    }
}
