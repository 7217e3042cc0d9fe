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
    /// Attempts started.
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
                self.attempts.fetch_add(1, Ordering::SeqCst);
            }
            "waiting" if io::stderr().is_terminal() => {
                let mut message = Message(String::new());
                event.record(&mut message);
                say(&format!("{} (Ctrl-C stops)", message.0));
            }
            _ => {}
        }
    }
}

/// The text of an event.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
