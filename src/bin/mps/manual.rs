//! What `mps` says about itself: the exit statuses, completions, and man pages.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::{arguments::Arguments, output::Failure};

/// What each exit status means. Those of failures begin with the kind of the error.
pub(crate) const EXIT_STATUSES: [&str; 8] = [
    "done             it took effect, or nothing had to be done",
    "differences      docs-diff found some",
    "invalid_request  nothing was sent; correct what the error names",
    "refused          no effect; the error has Meta's reason",
    "throttled        no effect; wait as long as the error says",
    "unreachable      nothing was sent, or a lookup got no response",
    "outcome_unknown  it may have taken effect",
    "conflict         Meta holds something else; nothing was sent",
];

const NOTES: &str = "
The names of failures are their kinds with --output json. After 5, run the command again. After 6, run ensure-solution
or ensure-accepted again later; for the others, check first. Ctrl-C and a termination signal end a call, with status 6 if
an attempt that may take effect has started, otherwise 5.

The access token is read from the environment variable META_ACCESS_TOKEN or from --token-file, and the app secret, which
only some apps need, from META_APP_SECRET or --app-secret-file. Neither can be given on the command line. Proxies are
taken from HTTPS_PROXY, ALL_PROXY and NO_PROXY.";

/// The end of the help of `mps` and of its man page.
pub(crate) fn after_help() -> String {
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
