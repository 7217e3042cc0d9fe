//! What `mps` says about itself: the exit statuses, completions, and man pages.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::{arguments::Arguments, output::Failure};

/// The end of the help of `mps`, and a section of its man page.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  done
  2  invalid_request: nothing was sent; fix what the error names
  3  refused: Meta refused, and it did not take effect; the error has Meta's reason
  4  throttled: a rate limit is reached, and it did not take effect; wait as long as the error says
  5  unreachable: it was never sent (of a lookup: no usable response arrived); run it again
  6  outcome_unknown: it may have taken effect; run ensure-solution or ensure-accepted again later, otherwise check first
  7  conflict: what Meta holds is not what was asked for, and nothing was sent

The names are the kind of the error with --output json. Ctrl-C and a termination signal end a call: 6 if an attempt was
started that may take effect, 5 before that.

The access token is read from the environment variable META_ACCESS_TOKEN or from --token-file, and the app secret, which
only some apps need, from META_APP_SECRET or --app-secret-file. Neither can be given on the command line. Proxies are
taken from HTTPS_PROXY, ALL_PROXY and NO_PROXY.";

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
        Some(name) => mps.find_subcommand(name).ok_or_else(|| {
            Failure::invalid(format!(
                "there is no command {name:?}; `mps help` lists them"
            ))
        })?,
    };
    print(&man_page(command).map_err(Failure::stdout)?)
}

fn man_page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    // clap_mangen would call all of this EXTRA.
    let notes = command.get_after_help().map(ToString::to_string);
    for block in notes.iter().flat_map(|notes| notes.split("\n\n")) {
        match block.replace('-', r"\-").split_once(":\n") {
            Some((heading, lines)) => {
                writeln!(page, ".SH {}\n.nf\n{lines}\n.fi", heading.to_uppercase())?;
            }
            None => writeln!(page, ".PP\n{block}")?,
        }
    }
    Ok(page)
}

fn print(text: &[u8]) -> Result<(), Failure> {
    io::stdout().write_all(text).map_err(Failure::stdout)
}
