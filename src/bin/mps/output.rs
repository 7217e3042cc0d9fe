//! What is printed: a success on stdout, a failure as the last line of stderr; and the exit status.

use std::{
    collections::BTreeMap,
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;
use whatsapp_multi_partner_solutions::{Error, ErrorKind, Reply};

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

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Invalid(_) => ErrorKind::InvalidRequest,
            Self::Call(error) => error.kind(),
            Self::Interrupted { attempts: 0 } => ErrorKind::Unreachable,
            Self::Interrupted { .. } => ErrorKind::OutcomeUnknown,
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind() {
            ErrorKind::InvalidRequest => 2,
            ErrorKind::Refused => 3,
            ErrorKind::Throttled => 4,
            ErrorKind::Unreachable => 5,
            ErrorKind::Conflict => 7,
            // A kind that this program does not know yet does not promise that nothing happened.
            _ => 6,
        })
    }

    fn message(&self) -> String {
        match self {
            Self::Invalid(message) => message.clone(),
            Self::Call(error) => {
                let mut message = error.to_string();
                let mut source = error.source();
                while let Some(cause) = source {
                    message.push_str(&format!("; because: {cause}"));
                    source = cause.source();
                }
                message
            }
            Self::Interrupted { attempts: 0 } => "interrupted; nothing was changed".to_owned(),
            Self::Interrupted { .. } => {
                "interrupted; the call may have taken effect, check whether it did before you try again".to_owned()
            }
        }
    }

    fn report(&self) -> Report<'_> {
        let error = match self {
            Self::Call(error) => Some(error),
            _ => None,
        };
        let attempts = match self {
            Self::Invalid(_) => 0,
            Self::Call(error) => error.attempts(),
            Self::Interrupted { attempts } => *attempts,
        };
        let response = error.and_then(Error::response);
        let graph_error = error.and_then(Error::graph_error);
        let retry_after = error.and_then(Error::retry_after);
        Report {
            kind: self.kind().as_str(),
            message: self.message(),
            status: response.map(|response| response.status().as_u16()),
            code: graph_error.and_then(|error| error.code),
            error_subcode: graph_error.and_then(|error| error.error_subcode),
            fbtrace_id: response.and_then(|response| response.trace_id()),
            error_user_title: graph_error.and_then(|error| error.error_user_title.as_deref()),
            error_user_msg: graph_error.and_then(|error| error.error_user_msg.as_deref()),
            attempts,
            may_have_taken_effect: self.kind() == ErrorKind::OutcomeUnknown,
            retry_after_seconds: retry_after.map(|wait| wait.as_secs_f64().ceil() as u64),
        }
    }

    pub(crate) fn print(&self, format: Format) {
        match format {
            Format::Human => say(&self.message()),
            // `json!` would sort the fields of the report.
            Format::Json => to_stderr(&json_text(&BTreeMap::from([("error", self.report())]))),
        }
    }
}

/// A failure as `--output json` prints it. What does not apply is null.
#[derive(Serialize)]
struct Report<'a> {
    kind: &'static str,
    message: String,
    status: Option<u16>,
    code: Option<i64>,
    error_subcode: Option<i64>,
    fbtrace_id: Option<&'a str>,
    error_user_title: Option<&'a str>,
    error_user_msg: Option<&'a str>,
    attempts: u32,
    may_have_taken_effect: bool,
    retry_after_seconds: Option<u64>,
}

/// The documented fields of a success and `attempts`, as `--output json` prints them.
#[derive(Serialize)]
pub(crate) struct WithAttempts<'a, T> {
    #[serde(flatten)]
    pub(crate) fields: &'a T,
    pub(crate) attempts: u32,
}

/// A line for people on stderr.
pub(crate) fn say(line: &str) {
    to_stderr(&format!("mps: {line}"));
}

/// Where stderr is closed, the exit status still says what happened.
fn to_stderr(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|why| why.to_string())
}

/// Prints a success: one JSON object, or lines for people.
pub(crate) fn print_success(format: Format, json: &impl Serialize, lines: &str) {
    let text = match format {
        Format::Human => lines.to_owned(),
        Format::Json => json_text(json),
    };
    if let Err(why) = writeln!(io::stdout(), "{text}") {
        // The call took effect; a closed stdout must not lose the result.
        say(&format!("stdout cannot be written: {why}; the result is"));
        to_stderr(&text);
    }
}

/// Says that there may be a second solution, if an earlier attempt may have taken effect.
pub(crate) fn warn_of_earlier_attempt<T>(format: Format, reply: &Reply<T>) {
    if !reply.earlier_attempt_may_have_taken_effect() {
        return;
    }
    let message = "an earlier attempt may have taken effect too; after create, check whether a second solution exists";
    match format {
        Format::Human => say(message),
        Format::Json => {
            let warning = json!({
                "message": message,
                "earlier_attempt_may_have_taken_effect": true,
            });
            to_stderr(&json!({ "warning": warning }).to_string());
        }
    }
}
