//! What can be said on the command line.

use std::{ffi::OsString, io::Write, net::SocketAddr, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum, error::ErrorKind};
use whatsapp_multi_partner_solutions::{MessagingHolder, Replay};

use crate::{
    connection::{Connection, SECRETS},
    docs_diff::DocsDiff,
    exit,
    output::{Format, Report},
};

const EXIT_CODES: &str = "Exit status:
  0  done
  2  invalid; nothing was sent
  3  refused; it did not take effect
  4  throttled; it did not take effect
  5  unreachable; it was never sent
  6  outcome unknown; it may have taken effect, look before you ask again

Ctrl-C and a termination signal end a call with what is known by then: 6 if an attempt was under way.

The access token is read from the environment variable META_ACCESS_TOKEN or from --token-file, and the app secret, which
only some apps need, from META_APP_SECRET or --app-secret-file; neither from the command line.";

/// Create and accept WhatsApp Multi-Partner Solutions on Meta's Graph API.
#[derive(Debug, Parser)]
#[command(name = "mps", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// What create and accept print: text for people, or one JSON object
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) output: Format,

    /// Log each attempt to stderr; twice for everything (the variable RUST_LOG wins over it)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show create and accept at work on a sandbox; needs no Meta account
    Demo,
    /// Create a solution, as its owner
    Create(Create),
    /// Accept the invitation into a solution, as its partner
    Accept(Accept),
    /// Run a stand-in for both operations on this machine
    Sandbox(Sandbox),
    /// Show how saved pages of Meta's differ from the YAML
    DocsDiff(DocsDiff),
}

#[derive(Debug, Args)]
pub(crate) struct Create {
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

    /// How eagerly create is sent again: `rejected`, only if it surely did not take effect; `documented`, also after
    /// status 500; `always`, also when nobody knows (each time may leave one more solution behind)
    #[arg(long, value_enum, default_value_t = Eagerness::Documented)]
    pub(crate) replay: Eagerness,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Eagerness {
    Rejected,
    Documented,
    Always,
}

impl From<Eagerness> for Replay {
    fn from(eagerness: Eagerness) -> Self {
        match eagerness {
            Eagerness::Rejected => Self::Rejected,
            Eagerness::Documented => Self::Documented,
            Eagerness::Always => Self::Always,
        }
    }
}

/// Reads the command line. What is wrong with it is said in the form that it asks for.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    Arguments::try_parse().map_err(|why| {
        let asked_for_help = matches!(
            why.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        );
        // Where not even this can be written, nothing is left to be said.
        if asked_for_help {
            let _ = why.print();
            return ExitCode::SUCCESS;
        }
        let text = without_secrets(why.to_string());
        let _ = write!(std::io::stderr(), "{text}");
        if wants_json(std::env::args_os()) {
            // What is wrong stands before the usage, over several lines where it is a list.
            let what = text.split("\n\n").next().unwrap_or_default();
            let what: Vec<&str> = what.split_whitespace().collect();
            Report::invalid(what.join(" ").trim_start_matches("error: ").to_owned())
                .print(Format::Json);
        }
        exit::INVALID.into()
    })
}

/// Somebody may have given a secret as an argument, and what is refused is repeated.
fn without_secrets(mut text: String) -> String {
    for secret in SECRETS {
        if let Ok(value) = std::env::var(secret.variable)
            && !value.trim().is_empty()
        {
            text = text.replace(value.trim(), &format!("[{}]", secret.name));
        }
    }
    text
}

/// Whether JSON is asked for on a command line that cannot be read otherwise.
fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.collect();
    arguments.iter().any(|argument| argument == "--output=json")
        || arguments
            .windows(2)
            .any(|pair| pair[0] == "--output" && pair[1] == "json")
}
