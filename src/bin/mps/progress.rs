//! Follows a call through the library's trace events: counts its attempts, and shows when it waits.

use std::{
    collections::HashMap,
    fmt::Debug,
    io::{self, IsTerminal},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use tracing::{Event, Subscriber, field::Field, level_filters::LevelFilter};
use tracing_subscriber::{
    EnvFilter, Layer, filter::Targets, fmt, layer::Context, layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::output::say;

const LIBRARY: &str = "whatsapp_multi_partner_solutions";
const TICK: Duration = Duration::from_millis(100);

/// What is known of the call that runs.
#[derive(Clone)]
pub(crate) struct Progress {
    attempts: Arc<AtomicU32>,
    /// Whether waits are shown; if there is a log, it has them.
    shows_waits: bool,
    spinner: ProgressBar,
}

impl Progress {
    /// Starts to follow, and to log as `verbose` and `RUST_LOG` say.
    pub(crate) fn start(verbose: u8) -> Self {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
            EnvFilter::new(match verbose {
                0 => "off".to_owned(),
                1 => format!("{LIBRARY}=debug"),
                _ => "trace".to_owned(),
            })
        });
        let logs = filter.max_level_hint() != Some(LevelFilter::OFF);
        let style = ProgressStyle::with_template("{spinner} {left} s left; {msg}")
            .expect("the template is valid");
        let progress = Self {
            attempts: Arc::default(),
            shows_waits: io::stderr().is_terminal() && !logs,
            spinner: ProgressBar::new(0).with_style(style.with_key("left", write_time_left)),
        };
        // It removes colours where they are not wanted.
        let log = fmt::layer().with_writer(anstream::stderr).with_ansi(true);
        let library = Targets::new().with_target(LIBRARY, LevelFilter::DEBUG);
        tracing_subscriber::registry()
            .with(log.with_filter(filter))
            .with(progress.clone().with_filter(library))
            .init();
        progress
    }

    /// Attempts started that may take effect.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::SeqCst)
    }

    /// Shows no wait any more.
    pub(crate) fn end_wait(&self) {
        self.spinner.disable_steady_tick();
        self.spinner.finish_and_clear();
    }
}

fn write_time_left(state: &ProgressState, to: &mut dyn std::fmt::Write) {
    let wait = Duration::from_millis(state.len().unwrap_or_default());
    let left = wait.saturating_sub(state.elapsed());
    let _ = write!(to, "{:.0}", left.as_secs_f64().ceil());
}

/// The events and their fields are documented in the library's front page.
impl<S: Subscriber> Layer<S> for Progress {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = HashMap::new();
        event.record(&mut |field: &Field, value: &dyn Debug| {
            fields.insert(field.name(), format!("{value:?}"));
        });
        let field = |name| fields.get(name).map(String::as_str).unwrap_or_default();
        match event.metadata().name() {
            "sending" => {
                self.end_wait();
                if field("lookup") != "true" {
                    self.attempts.fetch_add(1, Ordering::SeqCst);
                }
            }
            "waiting" if self.shows_waits => {
                let message = format!("{} (Ctrl-C stops)", field("message"));
                if self.spinner.is_hidden() {
                    // A terminal that cannot go back in its line.
                    return say(&message);
                }
                self.spinner.reset();
                self.spinner
                    .set_length(field("wait_ms").parse().unwrap_or_default());
                self.spinner.set_message(message);
                self.spinner.enable_steady_tick(TICK);
            }
            _ => {}
        }
    }
}
