//! Follows a call through the library's trace events: counts its attempts, and shows when it waits.

use std::{
    fmt::Debug,
    io::{self, IsTerminal},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    EnvFilter, Layer, filter::Targets, fmt, layer::Context, layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::output::say;

const LIBRARY: &str = "whatsapp_multi_partner_solutions";

/// What is known of the call that runs.
#[derive(Clone, Default)]
pub(crate) struct Progress {
    attempts: Arc<AtomicU32>,
}

impl Progress {
    /// Attempts started that may take effect.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::SeqCst)
    }

    /// Starts to follow, and to log as `verbose` and `RUST_LOG` say.
    pub(crate) fn start(verbose: u8) -> Self {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
            EnvFilter::new(match verbose {
                0 => "off".to_owned(),
                1 => format!("{LIBRARY}=debug"),
                _ => "trace".to_owned(),
            })
        });
        let log = fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .with_filter(filter);
        let progress = Self::default();
        let library = Targets::new().with_target(LIBRARY, LevelFilter::DEBUG);
        tracing_subscriber::registry()
            .with(log)
            .with(progress.clone().with_filter(library))
            .init();
        progress
    }
}

impl<S: Subscriber> Layer<S> for Progress {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        match event.metadata().name() {
            "sending" => {
                let mut fields = Fields::default();
                event.record(&mut fields);
                if !fields.lookup {
                    self.attempts.fetch_add(1, Ordering::SeqCst);
                }
            }
            "waiting" if io::stderr().is_terminal() => {
                let mut fields = Fields::default();
                event.record(&mut fields);
                say(&format!("{} (Ctrl-C stops)", fields.message));
            }
            _ => {}
        }
    }
}

/// What is used of an event.
#[derive(Default)]
struct Fields {
    message: String,
    lookup: bool,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        if field.name() == "lookup" {
            self.lookup = value;
        }
    }
}
