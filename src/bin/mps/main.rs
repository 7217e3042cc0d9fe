//! `mps`: create and accept Multi-Partner Solutions from the command line, and a sandbox to try it on.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod connection;
mod demo;
mod exit;
mod logging;
mod output;
mod progress;
mod sandbox;

use std::process::ExitCode;

use arguments::Command;
use output::Report;
use progress::Progress;

fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let format = arguments.output;
    let progress = Progress::default();
    logging::start(arguments.verbose, &arguments.command, &progress);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments.command, format, &progress)),
        Err(why) => Err(Report::invalid(format!(
            "the runtime cannot be started: {why}"
        ))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            report.print(format);
            exit::code(report.kind)
        }
    }
}

async fn run(
    command: Command,
    format: output::Format,
    progress: &Progress,
) -> Result<(), Box<Report>> {
    match command {
        Command::Create(create) => call::create(create, format, progress).await,
        Command::Accept(accept) => call::accept(accept, format, progress).await,
        Command::Demo => demo::run().await,
        Command::Sandbox(settings) => sandbox::run(settings).await,
    }
}
