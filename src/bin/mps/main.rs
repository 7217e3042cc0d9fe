//! `mps`: the operations from the command line.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod connection;
mod demo;
mod docs_diff;
mod lookup;
mod output;
mod progress;
mod sandbox;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use output::Failure;
use progress::Progress;

fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let format = arguments.output;
    match run(arguments) {
        Ok(code) => code,
        Err(failure) => {
            failure.print(format);
            failure.exit_code()
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments {
        command,
        output,
        connection,
        verbose,
    } = arguments;
    match &command {
        Command::Demo => connection.expect_none("demo")?,
        Command::Sandbox(_) => connection.expect_none("sandbox")?,
        Command::DocsDiff(settings) => {
            connection.expect_none("docs-diff")?;
            return docs_diff::run(settings, output, verbose > 0);
        }
        _ => {}
    }
    let progress = Progress::start(verbose);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|why| Failure::invalid(format!("the runtime cannot be started: {why}")))?;
    runtime.block_on(async {
        match command {
            Command::EnsureSolution(arguments) => {
                call::ensure_solution(arguments, connection, output, &progress).await
            }
            Command::EnsureAccepted(arguments) => {
                call::ensure_accepted(arguments, connection, output, &progress).await
            }
            Command::Create(arguments) => {
                call::create(arguments, connection, output, &progress).await
            }
            Command::Accept(arguments) => {
                call::accept(arguments, connection, output, &progress).await
            }
            Command::Solutions(arguments) => {
                lookup::solutions(arguments, connection, output, &progress).await
            }
            Command::Solution(arguments) => {
                lookup::solution(arguments, connection, output, &progress).await
            }
            Command::Demo => demo::run().await,
            Command::Sandbox(settings) => sandbox::run(settings).await,
            Command::DocsDiff(_) => Ok(()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
