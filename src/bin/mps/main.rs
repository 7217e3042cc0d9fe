//! `mps`: the operations from the command line.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod connection;
mod docs_diff;
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
    let progress = Progress::start(arguments.verbose);
    let output = arguments.output;
    match arguments.command {
        Command::Demo => sandbox::demo().await?,
        Command::Call(it) => call::run(it, &progress).await?.print(output),
        Command::Sandbox(it) => sandbox::run(it).await?,
        Command::DocsDiff(it) => return docs_diff::run(&it, output, arguments.verbose > 0),
        Command::Completions { shell } => arguments::print_completions(shell)?,
        Command::Man { command } => arguments::print_man_page(command.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}
