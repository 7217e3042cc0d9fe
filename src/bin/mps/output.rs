//! What is printed: a result on stdout, or a failure as the last line of stderr.

use std::{
    error::Error as _,
    io::{self, Write},
};

use clap::ValueEnum;
use serde::Serialize;
use whatsapp_multi_partner_solutions::{Error, ErrorKind, Reply};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

/// A failure, as `--output json` prints it; what there is none of is null.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    #[serde(serialize_with = "kind_name")]
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<i64>,
    pub(crate) error_subcode: Option<i64>,
    pub(crate) fbtrace_id: Option<String>,
    pub(crate) error_user_title: Option<String>,
    pub(crate) error_user_msg: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) may_have_taken_effect: bool,
    pub(crate) retry_after_seconds: Option<u64>,
}

/// Text from outside, fit for a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn kind_name<S: serde::Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.as_str())
}

impl Report {
    /// Nothing was sent, because something is invalid.
    pub(crate) fn invalid(message: String) -> Box<Self> {
        Box::new(Self {
            kind: ErrorKind::InvalidRequest,
            message,
            status: None,
            code: None,
            error_subcode: None,
            fbtrace_id: None,
            error_user_title: None,
            error_user_msg: None,
            attempts: 0,
            may_have_taken_effect: false,
            retry_after_seconds: None,
        })
    }

    pub(crate) fn print(&self, format: Format) {
        let line = match format {
            Format::Human => format!("mps: {}", self.message),
            Format::Json => json_line(&Failure { error: self }),
        };
        // Where stderr is closed, the exit status still says what happened.
        let _ = writeln!(io::stderr(), "{line}");
    }
}

impl From<Error> for Box<Report> {
    fn from(error: Error) -> Self {
        let graph_error = error.graph_error();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            message.push_str(&format!("; because: {cause}"));
            source = cause.source();
        }
        Box::new(Report {
            kind: error.kind(),
            message,
            status: error.status().map(|status| status.as_u16()),
            code: graph_error.and_then(|error| error.code()),
            error_subcode: graph_error.and_then(|error| error.error_subcode()),
            fbtrace_id: owned(error.trace_id()),
            error_user_title: owned(graph_error.and_then(|error| error.error_user_title())),
            error_user_msg: owned(graph_error.and_then(|error| error.error_user_msg())),
            attempts: error.attempts(),
            may_have_taken_effect: error.may_have_taken_effect(),
            retry_after_seconds: error.retry_after().map(|wait| {
                wait.as_secs()
                    .saturating_add(u64::from(wait.subsec_nanos() > 0))
            }),
        })
    }
}

/// Prints a success: the documented fields as Meta sent them and `attempts`, or the lines for people.
pub(crate) fn print_success<T: Serialize>(format: Format, reply: &Reply<T>, lines: &str) {
    let text = match format {
        Format::Human => lines.to_owned(),
        Format::Json => json_line(&Success {
            fields: &**reply,
            attempts: reply.attempts(),
        }),
    };
    if writeln!(io::stdout(), "{text}").is_err() {
        // It happened, and must not be lost because nobody reads stdout.
        let _ = writeln!(io::stderr(), "{text}");
    }
    if reply.earlier_attempt_may_have_taken_effect() {
        let message = "an attempt before the last one may have taken effect too; after create, look whether a \
                       second solution exists";
        let line = match format {
            Format::Human => format!("mps: {message}"),
            Format::Json => json_line(&Warning {
                warning: Earlier {
                    message,
                    earlier_attempt_may_have_taken_effect: true,
                },
            }),
        };
        let _ = writeln!(io::stderr(), "{line}");
    }
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a Report,
}

#[derive(Serialize)]
struct Warning<'a> {
    warning: Earlier<'a>,
}

#[derive(Serialize)]
struct Earlier<'a> {
    message: &'a str,
    earlier_attempt_may_have_taken_effect: bool,
}

#[derive(Serialize)]
struct Success<'a, T> {
    #[serde(flatten)]
    fields: &'a T,
    attempts: u32,
}

fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|why| format!("{{\"error\":{{\"message\":\"not printable: {why}\"}}}}"))
}
