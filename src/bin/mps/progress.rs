//! What is known of a call while it is under way, taken from the library's events: shown when it waits, and told
//! when it is interrupted.

use std::{
    fmt::{Debug, Write as _},
    io::{self, Write as _},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::layer::{Context, Layer};
use whatsapp_multi_partner_solutions::ErrorKind;

use crate::output::Report;

/// Shared by the layer that listens and the command that runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    state: Arc<Mutex<State>>,
    waits: Arc<OnceLock<ShowWaits>>,
}

/// Where each wait is told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ShowWaits {
    /// For somebody who watches a terminal.
    Stderr,
    /// As a part of the story that the demo tells.
    Stdout,
}

#[derive(Debug, Default)]
struct State {
    attempts: u32,
    sending: bool,
    may_have_taken_effect: bool,
    last: Fields,
}

/// The fields of one of the library's events.
#[derive(Clone, Debug, Default)]
struct Fields {
    message: String,
    outcome: String,
    reason: String,
    trace_id: Option<String>,
    error_subcode: Option<i64>,
    error_user_title: Option<String>,
    error_user_msg: Option<String>,
    retry_after_seconds: Option<u64>,
    status: Option<u16>,
    code: Option<i64>,
    wait_ms: u64,
    next_attempt: u64,
    max_attempts: u64,
    may_have_taken_effect: bool,
}

impl Progress {
    /// From now on, each wait is told; without this, none is.
    pub(crate) fn show_waits(&self, place: ShowWaits) {
        // The first choice stands.
        let _ = self.waits.set(place);
    }

    /// What is true when a call is broken off here.
    pub(crate) fn interrupted(&self) -> Box<Report> {
        let state = self.state();
        let may_have_taken_effect = state.sending || state.may_have_taken_effect;
        let kind = match state.last.outcome.as_str() {
            _ if may_have_taken_effect => ErrorKind::OutcomeUnknown,
            "throttled" => ErrorKind::Throttled,
            "refused" => ErrorKind::Refused,
            _ => ErrorKind::Unreachable,
        };
        let mut message = String::from("interrupted");
        message.push_str(match kind {
            ErrorKind::OutcomeUnknown => {
                "; the call may have taken effect, look up whether it did before asking again"
            }
            ErrorKind::Unreachable => "; nothing was sent",
            _ => "; the call did not take effect",
        });
        let _ = write!(message, " (attempts begun: {})", state.attempts);
        Box::new(Report {
            kind,
            status: state.last.status,
            code: state.last.code,
            error_subcode: state.last.error_subcode,
            fbtrace_id: state.last.trace_id.clone(),
            error_user_title: state.last.error_user_title.clone(),
            error_user_msg: state.last.error_user_msg.clone(),
            retry_after_seconds: state.last.retry_after_seconds,
            attempts: state.attempts,
            may_have_taken_effect,
            ..*Report::invalid(message)
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Layer<S> for Progress {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut state = self.state();
        match fields.message.as_str() {
            "sending" => {
                state.attempts += 1;
                state.sending = true;
            }
            "attempt ended" => {
                state.sending = false;
                state.may_have_taken_effect |= fields.may_have_taken_effect;
                state.last = fields;
            }
            "waiting" => {
                let line = format!(
                    "{}{}; waiting {:.1} s before attempt {} of {} (Ctrl-C stops)",
                    fields.reason.replace('_', " "),
                    state.last.cause(),
                    Duration::from_millis(fields.wait_ms).as_secs_f64(),
                    fields.next_attempt,
                    fields.max_attempts,
                );
                // Where nobody reads it, nothing is lost.
                let _ = match self.waits.get() {
                    Some(ShowWaits::Stderr) => writeln!(io::stderr(), "mps: {line}"),
                    Some(ShowWaits::Stdout) => writeln!(io::stdout(), "   {line}"),
                    None => Ok(()),
                };
            }
            _ => {}
        }
    }
}

impl Fields {
    /// Status and code, where an answer had them.
    fn cause(&self) -> String {
        match (self.status, self.code) {
            (Some(status), Some(code)) => format!(" (status {status}, code {code})"),
            (Some(status), None) => format!(" (status {status})"),
            _ => String::new(),
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "outcome" => self.outcome = value.to_owned(),
            "reason" => self.reason = value.to_owned(),
            "trace_id" => self.trace_id = Some(value.to_owned()),
            "error_user_title" => self.error_user_title = Some(value.to_owned()),
            "error_user_msg" => self.error_user_msg = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = u16::try_from(value).ok(),
            "wait_ms" => self.wait_ms = value,
            "retry_after_seconds" => self.retry_after_seconds = Some(value),
            "next_attempt" => self.next_attempt = value,
            "max_attempts" => self.max_attempts = value,
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        match field.name() {
            "code" => self.code = Some(value),
            "error_subcode" => self.error_subcode = Some(value),
            _ => {}
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        if field.name() == "may_have_taken_effect" {
            self.may_have_taken_effect = value;
        }
    }
}
