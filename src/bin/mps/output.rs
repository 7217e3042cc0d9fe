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

use crate::manual::EXIT_STATUSES;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

/// Why a command ends without success.
pub(crate) enum Failure {
    /// The command line, the environment or a file is invalid; nothing was sent.
    Invalid(String),
    Call(Error),
    /// A signal ended the call after this many attempts were started.
    Interrupted {
        attempts: u32,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl Failure {
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }

    pub(crate) fn stdout(why: io::Error) -> Self {
        Self::Invalid(format!("stdout cannot be written: {why}"))
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Invalid(_) => ErrorKind::InvalidRequest,
            Self::Call(error) => error.kind(),
            Self::Interrupted { attempts: 0 } => ErrorKind::Unreachable,
            Self::Interrupted { .. } => ErrorKind::OutcomeUnknown,
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        let kind = self.kind().as_str();
        let mut meanings = EXIT_STATUSES.iter();
        let known = meanings.position(|meaning| meaning.starts_with(kind));
        // A kind that this program does not know yet does not promise that nothing happened.
        known.map_or(6, |status| status as u8).into()
    }

    fn message(&self) -> String {
        match self {
            Self::Invalid(message) => message.clone(),
            Self::Call(error) => {
                let mut message = error.to_string();
                for cause in iter::successors(error.source(), |&cause| cause.source()) {
                    message.push_str(&format!("; because: {cause}"));
                }
                message
            }
            Self::Interrupted { attempts: 0 } => "interrupted; nothing was changed".to_owned(),
            Self::Interrupted { .. } => {
                "interrupted; the call may have taken effect: check whether it did before you try again".to_owned()
            }
        }
    }

    /// A failure as `--output json` prints it. What does not apply is null.
    fn report(&self) -> Value {
        let (error, attempts) = match self {
            Self::Invalid(_) => (None, 0),
            Self::Call(error) => (Some(error), error.attempts()),
            Self::Interrupted { attempts } => (None, *attempts),
        };
        let response = error.and_then(Error::response);
        let graph_error = error.and_then(Error::graph_error);
        let retry_after = error.and_then(Error::retry_after);
        json!({ "error": {
            "kind": self.kind(),
            "message": self.message(),
            "status": response.map(|response| response.status().as_u16()),
            "code": graph_error.and_then(|error| error.code),
            "error_subcode": graph_error.and_then(|error| error.error_subcode),
            "fbtrace_id": response.and_then(|response| response.trace_id()),
            "error_user_title": graph_error.and_then(|error| error.error_user_title.as_deref()),
            "error_user_msg": graph_error.and_then(|error| error.error_user_msg.as_deref()),
            "attempts": attempts,
            "may_have_taken_effect": self.kind() == ErrorKind::OutcomeUnknown,
            "retry_after_seconds": retry_after.map(|wait| wait.as_secs_f64().ceil() as u64),
        }})
    }

    pub(crate) fn print(&self, format: Format) {
        match format {
            Format::Human => say_in(Styles::default().get_error(), &self.message()),
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
