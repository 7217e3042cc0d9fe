//! `mps`: create and accept Multi-Partner Solutions from the command line, a sandbox to try it on, and the comparison of
//! Meta's pages with the YAML.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod connection;
mod demo;
mod docs_diff;
mod exit;
mod logging;
mod output;
mod progress;
mod sandbox;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use output::Report;
use progress::Progress;

fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let format = arguments.output;
    if let Command::DocsDiff(settings) = arguments.command {
        let result = arguments.connection.expect_none("docs-diff");
        return match result.and_then(|()| docs_diff::run(&settings, format, arguments.verbose > 0))
        {
            Ok(code) => code,
            Err(report) => {
                report.print(format);
                exit::code(report.kind)
            }
        };
    }
    let progress = Progress::default();
    logging::start(arguments.verbose, &arguments.command, &progress);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments, &progress)),
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

async fn run(arguments: Arguments, progress: &Progress) -> Result<(), Box<Report>> {
    let Arguments {
        command,
        output,
        connection,
        ..
    } = arguments;
    match command {
        Command::Create(create) => call::create(create, connection, output, progress).await,
        Command::Accept(accept) => call::accept(accept, connection, output, progress).await,
        Command::Demo => {
            connection.expect_none("demo")?;
            demo::run().await
        }
        Command::Sandbox(settings) => {
            connection.expect_none("sandbox")?;
            sandbox::run(settings).await
        }
        // It has been run before there was a runtime, which it does not need.
        Command::DocsDiff(_) => Ok(()),
    }
}
