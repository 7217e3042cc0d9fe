//! The command line.

use std::{ffi::OsString, io::Write, net::SocketAddr, process::ExitCode, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum, error::ErrorKind};
use humantime::parse_duration;
use whatsapp_multi_partner_solutions::{MessagingHolder, Resend, Role};

use crate::{
    connection::{Connection, SECRETS},
    docs_diff::DocsDiff,
    output::{Failure, Format},
};

const EXIT_CODES: &str = "Exit status:
  0  done
  2  invalid; nothing was sent
  3  refused; it did not take effect
  4  throttled; it did not take effect
  5  unreachable; it was never sent (of a lookup: no usable response)
  6  outcome unknown; it may have taken effect. ensure-solution and ensure-accepted can be run again later, for the
     others check first
  7  conflict; what Meta holds is not what was asked for, and nothing was sent

Ctrl-C and a termination signal end a call: 6 if an attempt was started that may take effect, 5 before that.

The access token is read from the environment variable META_ACCESS_TOKEN or from --token-file, and the app secret, which
only some apps need, from META_APP_SECRET or --app-secret-file. Neither can be given on the command line.";

/// Create and accept WhatsApp Multi-Partner Solutions on Meta's Graph API.
#[derive(Debug, Parser)]
#[command(name = "mps", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// What a call prints: text for people, or one JSON object
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) output: Format,

    /// Log each attempt to stderr; -vv logs everything. RUST_LOG overrides it
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    #[command(flatten)]
    pub(crate) connection: Connection,
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
    Sandbox(Sandbox),
    /// Show how saved pages of Meta's differ from the YAML
    DocsDiff(DocsDiff),
}

/// What a new solution is to be.
#[derive(Debug, Args)]
pub(crate) struct NewSolution {
    /// Your own application, which becomes the solution owner
    #[arg(long, value_name = "N")]
    pub(crate) app_id: String,

    /// The application that is invited as the partner
    #[arg(long, value_name = "N")]
    pub(crate) partner_app_id: String,

    /// Name of the solution, for people to read
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: String,

    /// Which of the two holds MESSAGING
    #[arg(long, value_enum)]
    pub(crate) messaging: Holder,
}

#[derive(Debug, Args)]
pub(crate) struct EnsureSolution {
    #[command(flatten)]
    pub(crate) solution: NewSolution,

    /// How long to look for the solution if the outcome of create is unknown [default: 30s]
    #[arg(long, value_name = "DUR", value_parser = parse_duration)]
    pub(crate) settle_for: Option<Duration>,
}

#[derive(Debug, Args)]
pub(crate) struct EnsureAccepted {
    #[command(flatten)]
    pub(crate) accept: Accept,

    /// The application that has to own the solution
    #[arg(long, value_name = "N")]
    pub(crate) expect_owner_app_id: Option<String>,

    /// The name that the solution has to have
    #[arg(long, value_name = "TEXT")]
    pub(crate) expect_name: Option<String>,

    /// Which of the two has to hold MESSAGING
    #[arg(long, value_enum)]
    pub(crate) expect_messaging: Option<Holder>,
}

#[derive(Debug, Args)]
pub(crate) struct Solutions {
    /// The application whose solutions are listed
    #[arg(long, value_name = "N")]
    pub(crate) app_id: String,

    /// The part that it has in them [default: both]
    #[arg(long, value_enum)]
    pub(crate) role: Option<Holder>,
}

#[derive(Debug, Args)]
pub(crate) struct Solution {
    /// The solution
    #[arg(long, value_name = "N")]
    pub(crate) solution_id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    #[command(flatten)]
    pub(crate) solution: NewSolution,

    /// When create is sent again: only if it surely did not take effect; as Meta documents, also after status 500; or
    /// always, also when nobody knows (which may create one more solution each time)
    #[arg(long, value_enum, default_value_t = ResendArgument::AsDocumented, alias = "replay")]
    pub(crate) resend: ResendArgument,
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
}

#[derive(Debug, Args)]
pub(crate) struct Sandbox {
    /// Address on loopback and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Holder {
    Owner,
    Partner,
}

impl From<Holder> for MessagingHolder {
    fn from(holder: Holder) -> Self {
        match holder {
            Holder::Owner => Self::Owner,
            Holder::Partner => Self::Partner,
        }
    }
}

impl From<Holder> for Role {
    fn from(holder: Holder) -> Self {
        match holder {
            Holder::Owner => Self::Owner,
            Holder::Partner => Self::Partner,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ResendArgument {
    #[value(alias = "rejected")]
    OnlyIfSafe,
    #[value(alias = "documented")]
    AsDocumented,
    Always,
}

impl From<ResendArgument> for Resend {
    fn from(argument: ResendArgument) -> Self {
        match argument {
            ResendArgument::OnlyIfSafe => Self::OnlyIfSafe,
            ResendArgument::AsDocumented => Self::AsDocumented,
            ResendArgument::Always => Self::Always,
        }
    }
}

/// Reads the command line. If it asks for JSON, what is wrong with it is said in JSON too.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    Arguments::try_parse().map_err(|why| {
        if matches!(
            why.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        ) {
            let _ = why.print();
            return ExitCode::SUCCESS;
        }
        let text = without_secrets(why.to_string());
        let _ = write!(std::io::stderr(), "{text}");
        // The message stands before the usage.
        let message = text.split("\n\n").next().unwrap_or_default();
        let message: Vec<&str> = message.split_whitespace().collect();
        let failure = Failure::invalid(message.join(" ").trim_start_matches("error: "));
        if wants_json(std::env::args_os().collect()) {
            failure.print(Format::Json);
        }
        failure.exit_code()
    })
}

/// Somebody may have passed a secret as an argument, and clap repeats what it refuses.
fn without_secrets(mut text: String) -> String {
    for secret in SECRETS {
        let value = std::env::var(secret.variable).unwrap_or_default();
        // A shorter one could be part of an ordinary word.
        if value.trim().len() >= 8 {
            text = text.replace(value.trim(), &format!("[{}]", secret.name));
        }
    }
    text
}

/// Whether a command line that cannot be read asks for JSON.
fn wants_json(arguments: Vec<OsString>) -> bool {
    arguments.contains(&"--output=json".into())
        || arguments
            .windows(2)
            .any(|pair| pair == ["--output", "json"])
}
