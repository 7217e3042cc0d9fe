//! `mps sandbox`: the stand-in, until Ctrl-C.

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    num::NonZeroUsize,
    path::PathBuf,
    time::Duration,
};

use clap::Args;
use whatsapp_multi_partner_solutions::sandbox::Sandbox;

use crate::{
    call,
    connection::{APP_SECRET, secret},
    output::{Failure, say},
};

/// What a file of faults looks like.
const FAULTS: &str = concat!(
    "A file for --faults, with every fault there is:\n\n",
    include_str!("../../sandbox/faults.txt")
);

#[derive(Debug, Args)]
#[command(after_long_help = FAULTS)]
pub(crate) struct Arguments {
    /// Address on loopback and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Serve at most N calls in an hour (or `N/m`, `N/s`); more get code 80008, and usage headers announce it
    #[arg(long, value_name = "N/h", value_parser = rate)]
    rate_limit: Option<(NonZeroUsize, Duration)>,
    /// File of faults for the next calls, one line per call; `mps sandbox --help` shows the format
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// File with an app secret; every call then needs the `appsecret_proof` of its token
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,
}

fn rate(text: &str) -> Result<(NonZeroUsize, Duration), String> {
    let read = || {
        let (calls, unit) = text.split_once('/')?;
        let seconds = match unit {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        Some((calls.parse().ok()?, Duration::from_secs(seconds)))
    };
    read().ok_or_else(|| "it is not like 200/h, 10/m or 1/s".to_owned())
}

/// A sandbox for this process alone.
pub(crate) async fn start() -> Result<Sandbox, Failure> {
    let started = Sandbox::start().await;
    started.map_err(|why| Failure::invalid(format!("the sandbox cannot be started: {why}")))
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let listen = arguments.listen;
    let sandbox = Sandbox::bind(listen)
        .await
        .map_err(|why| Failure::invalid(format!("the sandbox cannot listen on {listen}: {why}")))?;
    if let Some((calls, per)) = arguments.rate_limit {
        sandbox.limit_rate(calls, per);
    }
    if let Some(file) = &arguments.faults {
        let read = fs::read_to_string(file).map_err(|why| why.to_string());
        let scripted = read.and_then(|text| sandbox.script_text(&text));
        scripted.map_err(|why| Failure::invalid(format!("{}: {why}", file.display())))?;
    }
    if let Some(file) = &arguments.app_secret_file {
        sandbox.require_proof(secret(APP_SECRET, file)?);
    }
    let url = sandbox.base_url();
    writeln!(io::stdout(), "{url}").map_err(Failure::stdout)?;
    say("the sandbox accepts any numeric app IDs and any token that is not empty; Ctrl-C ends it");
    let file = arguments.app_secret_file.as_deref();
    let proof = file.map_or(String::new(), |file| {
        format!("--app-secret-file {} ", file.display())
    });
    say(&format!(
        "from another terminal: META_ACCESS_TOKEN=any mps ensure-solution --base-url {url} {proof}--app-id 1 \
         --partner-app-id 2 --name Trial --messaging owner"
    ));
    call::interrupted().await;
    Ok(())
}
