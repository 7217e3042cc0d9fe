//! `mps`: the operations from the command line.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod connection;
mod demo;
mod docs_diff;
mod dry_run;
mod manual;
mod output;
mod progress;
mod sandbox;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use output::Failure;
use progress::Progress;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let format = arguments.output;
    run(arguments).await.unwrap_or_else(|failure| {
        failure.print(format);
        failure.exit_code()
    })
}

async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let progress = &Progress::start(arguments.verbose);
    let output = arguments.output;
    match arguments.command {
        Command::Demo => demo::run().await?,
        Command::EnsureSolution(it) => call::ensure_solution(it, progress).await?.print(output),
        Command::EnsureAccepted(it) => call::ensure_accepted(it, progress).await?.print(output),
        Command::Create(it) => call::create(it, progress).await?.print(output),
        Command::Accept(it) => call::accept(it, progress).await?.print(output),
        Command::Solutions(it) => call::solutions(it, progress).await?.print(output),
        Command::Solution(it) => call::solution(it, progress).await?.print(output),
        Command::Sandbox(it) => sandbox::run(it).await?,
        Command::DocsDiff(it) => return docs_diff::run(&it, output, arguments.verbose > 0),
        Command::Completions { shell } => manual::print_completions(shell)?,
        Command::Man { command } => manual::print_man_page(command.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}
