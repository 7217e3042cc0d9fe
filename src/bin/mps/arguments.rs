//! The command line, and what `mps` says about it: help, completions and man pages.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use clap::{
    Args, CommandFactory, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use clap_mangen::Man;
use humantime::parse_duration;
use serde::de::DeserializeOwned;
use whatsapp_multi_partner_solutions::{MessagingHolder, Resend, Role};

use crate::{
    connection::{Connection, without_secrets},
    docs_diff::DocsDiff,
    output::{EXIT_STATUSES, Failure, Format},
};

/// Create and accept WhatsApp Multi-Partner Solutions on Meta's Graph API.
#[derive(Debug, Parser)]
#[command(name = "mps", version, after_help = after_help())]
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
    #[command(flatten)]
    Call(Call),
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

/// The commands that call the Graph API.
#[derive(Debug, Subcommand)]
pub(crate) enum Call {
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
        // Help or the version was asked for.
        if !why.use_stderr() {
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

const NOTES: &str = "
With --output json, these names are the `kind` of the error. After 5, run the command again. After 6, run ensure-solution
or ensure-accepted again later; after any other command, first check whether it took effect. Ctrl-C and a termination
signal end a call, with status 6 if an attempt that may take effect has started, otherwise 5.

The access token is read from the environment variable META_ACCESS_TOKEN or from --token-file, and the app secret, which
only some apps need, from META_APP_SECRET or --app-secret-file. Neither can be given on the command line. Proxies are
taken from HTTPS_PROXY, ALL_PROXY and NO_PROXY.";

/// The end of the help of `mps` and of its man page.
fn after_help() -> String {
    let mut text = "Exit status:\n".to_owned();
    for (status, meaning) in EXIT_STATUSES.iter().enumerate() {
        text.push_str(&format!("  {status}  {meaning}\n"));
    }
    text + NOTES
}

pub(crate) fn print_completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "mps", &mut script);
    print(&script)
}

/// Prints the man page of `mps`, or of one of its commands.
pub(crate) fn print_man_page(name: Option<&str>) -> Result<(), Failure> {
    let mut mps = Arguments::command().disable_help_subcommand(true);
    mps.build();
    let command = match name {
        None => &mps,
        Some(name) => mps
            .find_subcommand(name)
            .ok_or_else(|| Failure::invalid("there is no such command; `mps help` lists them"))?,
    };
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(Failure::stdout)?;
    // clap_mangen does not know that what stands after the options are the exit statuses.
    let page = String::from_utf8_lossy(&page);
    let page = page.replace(".SH EXTRA\nExit status:", ".SH \"EXIT STATUS\"");
    print(page.as_bytes())
}

fn print(text: &[u8]) -> Result<(), Failure> {
    io::stdout().write_all(text).map_err(Failure::stdout)
}
