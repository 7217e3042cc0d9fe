//! The command line.

use std::{io::Write, process::ExitCode, time::Duration};

use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use clap_complete::Shell;
use humantime::parse_duration;
use serde::de::DeserializeOwned;
use whatsapp_multi_partner_solutions::{MessagingHolder, Resend, Role};

use crate::{
    connection::{Connection, without_secrets},
    docs_diff::DocsDiff,
    manual,
    output::{Failure, Format},
};

/// Create and accept WhatsApp Multi-Partner Solutions on Meta's Graph API.
#[derive(Debug, Parser)]
#[command(name = "mps", version, after_help = manual::after_help())]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// What a call prints: text for people, or one JSON object
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) output: Format,

    /// Log each attempt to stderr; -vv logs everything. RUST_LOG overrides it
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the client at work on a sandbox; needs no Meta account
    Demo,
    /// Create a solution unless it exists; safe to run again after any failure
    EnsureSolution(EnsureSolution),
    /// Look at a solution, and accept the invitation into it if it is what was agreed; safe to run again
    EnsureAccepted(EnsureAccepted),
    /// Create a solution, as its owner
    Create(Create),
    /// Accept the invitation into a solution, as its partner
    Accept(Accept),
    /// List the solutions of an app
    Solutions(Solutions),
    /// Show one solution
    Solution(Solution),
    /// Run a stand-in for Meta's Graph API on this machine
    Sandbox(crate::sandbox::Arguments),
    /// Show how saved pages of Meta's differ from the YAML
    DocsDiff(DocsDiff),
    /// Print the completions for a shell; in bash: source <(mps completions bash)
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual of mps or of one command as a man page; to read it: mps man | man -l -
    Man {
        /// The command whose manual is printed [default: mps itself]
        command: Option<String>,
    },
}

/// The flags that describe a new solution.
#[derive(Debug, Args)]
pub(crate) struct NewSolution {
    /// Your own application, which becomes the solution owner
    #[arg(long, value_name = "N")]
    pub(crate) app_id: String,

    /// The application that is invited as the partner
    #[arg(long, value_name = "N")]
    pub(crate) partner_app_id: String,

    /// Name of the solution, for people to read; 2 to 75 characters
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: String,

    /// Which of the two holds MESSAGING; exactly one does
    #[arg(long, value_name = "SIDE", value_parser = named::<MessagingHolder>(&SIDES))]
    pub(crate) messaging: MessagingHolder,

    /// Print the request and the check of its permissions, but send nothing; needs no token (ensure-solution would send
    /// it only if no such solution exists)
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
pub(crate) struct EnsureSolution {
    /// How long to look for the solution if the outcome of create is unknown
    #[arg(long, value_name = "DUR", value_parser = parse_duration, default_value = "30s")]
    pub(crate) settle_for: Duration,

    #[command(flatten)]
    pub(crate) solution: NewSolution,
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// When create is sent again: only if it certainly did not take effect; also after status 500, as Meta documents; or
    /// always, even if the outcome is unknown (which may create one more solution each time)
    #[arg(long, value_name = "WHEN", value_parser = named::<Resend>(&RESENDS), default_value = "as-documented")]
    pub(crate) resend: Resend,

    #[command(flatten)]
    pub(crate) solution: NewSolution,
}

#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// The solution whose invitation is accepted
    #[arg(long, value_name = "N")]
    pub(crate) solution_id: String,

    /// The application that was invited
    #[arg(long, value_name = "N")]
    pub(crate) partner_app_id: String,

    /// Names a session, to follow one acceptance through several calls
    #[arg(long, value_name = "TEXT")]
    pub(crate) log_session_id: Option<String>,

    /// Print the request, but send nothing; needs no token (ensure-accepted would send it only if the solution is what
    /// was agreed)
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
pub(crate) struct EnsureAccepted {
    /// The application that has to own the solution
    #[arg(long, value_name = "N")]
    pub(crate) expect_owner_app_id: Option<String>,

    /// The name that the solution has to have
    #[arg(long, value_name = "TEXT")]
    pub(crate) expect_name: Option<String>,

    /// Which of the two has to hold MESSAGING
    #[arg(long, value_name = "SIDE", value_parser = named::<MessagingHolder>(&SIDES))]
    pub(crate) expect_messaging: Option<MessagingHolder>,

    #[command(flatten)]
    pub(crate) accept: Accept,
}

#[derive(Debug, Args)]
pub(crate) struct Solutions {
    /// The application whose solutions are listed
    #[arg(long, value_name = "N")]
    pub(crate) app_id: String,

    /// The role that it has in them [default: both]
    #[arg(long, value_name = "SIDE", value_parser = PossibleValuesParser::new(SIDES).try_map(role))]
    pub(crate) role: Option<Role>,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Args)]
pub(crate) struct Solution {
    /// The solution
    #[arg(long, value_name = "N")]
    pub(crate) solution_id: String,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

const SIDES: [&str; 2] = ["owner", "partner"];
const RESENDS: [&str; 3] = ["only-if-safe", "as-documented", "always"];

pub(crate) fn name_of(holder: MessagingHolder) -> &'static str {
    match holder {
        MessagingHolder::Owner => "owner",
        MessagingHolder::Partner => "partner",
    }
}

/// A value of the library, which has the same names in JSON.
fn named<T>(names: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names)
        .try_map(|name| serde_json::from_value(name.replace('-', "_").into()))
}

fn role(side: String) -> Result<Role, impl std::error::Error> {
    side.to_uppercase().parse()
}

/// Reads the command line. If it asks for JSON, errors in it are reported as JSON too.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    Arguments::try_parse().map_err(|why| {
        if matches!(
            why.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        ) {
            let _ = why.print();
            return ExitCode::SUCCESS;
        }
        // clap repeats what it refuses, and somebody may have passed a secret.
        let shown = without_secrets(why.render().ansi().to_string());
        let _ = write!(anstream::stderr(), "{shown}");
        let text = without_secrets(why.to_string());
        // The message stands before the usage.
        let message = text.split("\n\n").next().unwrap_or_default();
        let message: Vec<&str> = message.split_whitespace().collect();
        let failure = Failure::invalid(message.join(" ").trim_start_matches("error: "));
        if wants_json() {
            failure.print(Format::Json);
        }
        failure.exit_code()
    })
}

/// Whether a command line that cannot be read asks for JSON, in one argument or in two.
fn wants_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().collect();
    let joined = arguments.join("=".as_ref());
    joined.to_string_lossy().contains("--output=json")
}
