//! The stand-in: `mps sandbox` runs it until Ctrl-C, and `mps demo` shows the client at work on one.

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    num::NonZeroUsize,
    path::PathBuf,
    time::Duration,
};

use clap::Args;
use whatsapp_multi_partner_solutions::{
    AcceptRequest, AcceptTerms, Client, CreateRequest, MessagingHolder,
    sandbox::{Fault, Sandbox},
};

use crate::{
    call::{self, attempts, counted},
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

/// The two apps of the demo.
const OWNER: &str = "1111111111111111";
const PARTNER: &str = "2222222222222222";

/// Both operations step by step, for a newcomer.
pub(crate) async fn demo() -> Result<(), Failure> {
    let sandbox = start().await?;
    let client = Client::builder()
        .token("demo-token")
        .base_url(sandbox.base_url())
        .build()?;
    tell(&format!(
        "1. A sandbox stands in for Meta's Graph API at {}.\n   Nothing leaves this machine, and no account is \
         needed.\n",
        sandbox.base_url()
    ));

    tell(&format!(
        "2. App {OWNER}, the solution owner, creates a solution with app {PARTNER} as its partner.\n   The owner \
         holds MESSAGING. The sandbox plays a bad day: it throttles the first attempt and asks to wait 1 s,\n   and it \
         carries out the second one, but its response is lost. The client does not create a second solution:\n   it \
         looks whether the first one exists."
    ));
    let lost = Fault::close_after_reading().carried_out();
    // The first request is a look.
    sandbox.script([Fault::none(), Fault::throttled().retry_after(1), lost]);
    let request = CreateRequest::with_messaging(MessagingHolder::Owner, PARTNER, "Demo solution")?;
    let ensured = client.ensure_solution(OWNER, &request).await?;
    let id = &ensured.solution_id;
    tell_outcome("Created", ensured.attempts, &sandbox, id);

    tell(&format!(
        "3. App {PARTNER}, the partner, looks at the solution and accepts the invitation, because it is what was agreed."
    ));
    let request = AcceptRequest::by_partner(PARTNER)?;
    let terms = AcceptTerms {
        owner_app_id: Some(OWNER.to_owned()),
        messaging: Some(MessagingHolder::Owner),
        ..AcceptTerms::default()
    };
    let accepted = client.ensure_accepted(id, &request, &terms).await?;
    tell_outcome("Accepted", accepted.attempts, &sandbox, id);

    tell(&format!(
        "Done: {} reached the sandbox, which holds {}.\n\
         To try the commands yourself, run `mps sandbox` and follow what it prints.",
        counted(sandbox.request_count(), "request"),
        counted(sandbox.solutions().len(), "solution")
    ));
    Ok(())
}

fn tell_outcome(what: &str, count: u32, sandbox: &Sandbox, id: &str) {
    let count = attempts(count);
    tell(&format!("   {what} solution {id} after {count}."));
    if let Some(solution) = sandbox.solution(id) {
        tell(&format!(
            "   In the sandbox it is now {}, and the partner is {}.\n",
            solution.status, solution.partner_status
        ));
    }
}

fn tell(text: &str) {
    // Whoever closes the pipe has read enough.
    let _ = writeln!(io::stdout(), "{text}");
}
