//! Where the library's events go: to stderr as far as asked for, and to the progress that is shown.

use std::io::{self, IsTerminal};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    EnvFilter, Layer, filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

use crate::{
    arguments::Command,
    progress::{Progress, ShowWaits},
};

const LIBRARY: &str = "whatsapp_multi_partner_solutions";

pub(crate) fn start(verbose: u8, command: &Command, progress: &Progress) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        EnvFilter::new(match verbose {
            0 => "off".to_owned(),
            1 => format!("{LIBRARY}=debug"),
            _ => "trace".to_owned(),
        })
    });
    if matches!(command, Command::Demo) {
        progress.show_waits(ShowWaits::Stdout);
    } else if io::stderr().is_terminal() {
        progress.show_waits(ShowWaits::Stderr);
    }
    let log = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_filter(filter);
    let listening = progress
        .clone()
        .with_filter(Targets::new().with_target(LIBRARY, LevelFilter::DEBUG));
    tracing_subscriber::registry()
        .with(log)
        .with(listening)
        .init();
}
