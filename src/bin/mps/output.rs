//! What is printed: a success on stdout, a failure as the last line of stderr; and the exit status.

use std::{
    error::Error as _,
    io::{self, Write},
    iter,
    process::ExitCode,
};

use clap::{
    ValueEnum,
    builder::{Styles, styling::Style},
};
use serde::Serialize;
use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::{Error, ErrorKind};

/// What each exit status means. Those of failures begin with the kind of the error.
pub(crate) const EXIT_STATUSES: [&str; 8] = [
    "done             it took effect, or nothing had to be done",
    "differences      docs-diff found differences",
    "invalid_request  nothing was sent; correct what the error names",
    "refused          no effect; the error has Meta's reason",
    "throttled        no effect; wait as long as the error says",
    "unreachable      nothing was sent, or a lookup got no response",
    "outcome_unknown  it may have taken effect",
    "conflict         Meta holds something else; nothing was sent",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

/// Why a command ends without success.
pub(crate) struct Failure {
    kind: ErrorKind,
    message: String,
    attempts: u32,
    /// That of the library, if a call ended with one.
    error: Option<Error>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut message = error.to_string();
        for cause in iter::successors(error.source(), |&cause| cause.source()) {
            message.push_str(&format!("; because: {cause}"));
        }
        let mut failure = Self::new(error.kind(), message, error.attempts());
        failure.error = Some(error);
        failure
    }
}

impl Failure {
    fn new(kind: ErrorKind, message: impl Into<String>, attempts: u32) -> Self {
        Self {
            kind,
            message: message.into(),
            attempts,
            error: None,
        }
    }

    /// The command line, the environment or a file is invalid; nothing was sent.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message, 0)
    }

    pub(crate) fn stdout(why: io::Error) -> Self {
        Self::invalid(format!("stdout cannot be written: {why}"))
    }

    /// A signal ended the call after this many attempts were started.
    pub(crate) fn interrupted(attempts: u32) -> Self {
        let (kind, what) = match attempts {
            0 => (ErrorKind::Unreachable, "nothing was changed"),
            _ => (
                ErrorKind::OutcomeUnknown,
                "the call may have taken effect: check whether it did before you try again",
            ),
        };
        Self::new(kind, format!("interrupted; {what}"), attempts)
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        let kind = self.kind.as_str();
        let mut meanings = EXIT_STATUSES.iter();
        let known = meanings.position(|meaning| meaning.starts_with(kind));
        // A kind unknown to this program may mean that the call took effect.
        known.map_or(6, |status| status as u8).into()
    }

    /// A failure as `--output json` prints it. What does not apply is null.
    fn report(&self) -> Value {
        let error = self.error.as_ref();
        let response = error.and_then(Error::response);
        let graph_error = error.and_then(Error::graph_error);
        let retry_after = error.and_then(Error::retry_after);
        json!({ "error": {
            "kind": self.kind,
            "message": self.message,
            "status": response.map(|response| response.status().as_u16()),
            "code": graph_error.and_then(|error| error.code),
            "error_subcode": graph_error.and_then(|error| error.error_subcode),
            "fbtrace_id": response.and_then(|response| response.trace_id()),
            "error_user_title": graph_error.and_then(|error| error.error_user_title.as_deref()),
            "error_user_msg": graph_error.and_then(|error| error.error_user_msg.as_deref()),
            "attempts": self.attempts,
            "may_have_taken_effect": self.kind == ErrorKind::OutcomeUnknown,
            "retry_after_seconds": retry_after.map(|wait| wait.as_secs_f64().ceil() as u64),
        }})
    }

    pub(crate) fn print(&self, format: Format) {
        match format {
            Format::Human => say_in(Styles::default().get_error(), &self.message),
            Format::Json => to_stderr(&self.report().to_string()),
        }
    }
}

/// Of a success: whether an earlier attempt may have created a solution too.
pub(crate) const EARLIER_ATTEMPT: &str = "earlier_attempt_may_have_taken_effect";

/// What a call that succeeded prints: one JSON object, or lines for people.
pub(crate) struct Success {
    json: Value,
    lines: String,
}

impl Success {
    pub(crate) fn new(fields: impl Serialize, lines: String) -> Self {
        let json = json!(fields);
        Self { json, lines }
    }

    /// Adds a field to the JSON.
    pub(crate) fn with(mut self, field: &str, value: impl Serialize) -> Self {
        self.json[field] = json!(value);
        self
    }

    pub(crate) fn print(&self, format: Format) {
        let text = match format {
            Format::Human => &self.lines,
            Format::Json => &self.json.to_string(),
        };
        if let Err(why) = writeln!(io::stdout(), "{text}") {
            // The call took effect; a closed stdout must not lose the result.
            say(&format!("stdout cannot be written: {why}; the result is"));
            to_stderr(text);
        }
        if self.json[EARLIER_ATTEMPT] == true {
            let warning = "an earlier attempt may have taken effect too; run `mps solutions` to see whether there is a \
                           second solution";
            say_in(Styles::default().get_invalid(), warning);
        }
    }
}

/// A line for people on stderr.
pub(crate) fn say(line: &str) {
    say_in(&Style::new(), line);
}

fn say_in(style: &Style, line: &str) {
    to_stderr(&format!("{style}mps:{style:#} {line}"));
}

/// Where stderr is closed, the exit status still says what happened. Colours are for terminals only.
fn to_stderr(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
