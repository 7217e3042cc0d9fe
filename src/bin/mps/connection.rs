//! Where a call goes, with which token, and how often it is sent.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use humantime::parse_duration;
use whatsapp_multi_partner_solutions::{Client, Resend, RetryPolicy};
use zeroize::Zeroizing;

use crate::output::Report;

/// A secret that is read from a file or the environment, and never from the command line, which other users can see.
pub(crate) struct SecretSource {
    pub(crate) name: &'static str,
    flag: &'static str,
    pub(crate) variable: &'static str,
}

const TOKEN: SecretSource = SecretSource {
    name: "access token",
    flag: "--token-file",
    variable: "META_ACCESS_TOKEN",
};

const APP_SECRET: SecretSource = SecretSource {
    name: "app secret",
    flag: "--app-secret-file",
    variable: "META_APP_SECRET",
};

pub(crate) const SECRETS: [SecretSource; 2] = [TOKEN, APP_SECRET];

#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Connection (create and accept)")]
pub(crate) struct Connection {
    /// Where the Graph API is served.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "Where the Graph API is served; plain http for loopback only [env: GRAPH_BASE_URL] \
                [default: https://graph.facebook.com]"
    )]
    base_url: Option<String>,

    /// Graph API version, such as v25.0 [env: GRAPH_API_VERSION] [default: v25.0]
    #[arg(long, global = true, value_name = "vN.N")]
    api_version: Option<String>,

    /// File that holds the access token [default: the environment variable META_ACCESS_TOKEN]
    #[arg(long, global = true, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// File that holds the app secret, for apps with 'Require App Secret' on [default: the environment variable
    /// META_APP_SECRET, if it is set]
    #[arg(long, global = true, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,

    /// Attempts in all, the first one included [default: 4]
    #[arg(long, global = true, value_name = "N")]
    max_attempts: Option<u32>,

    /// Longest wait before the second attempt; it doubles with each further one [default: 500ms]
    #[arg(long, global = true, value_name = "DUR", value_parser = parse_duration)]
    base_delay: Option<Duration>,

    /// Where the doubling stops [default: 30s]
    #[arg(long, global = true, value_name = "DUR", value_parser = parse_duration)]
    max_delay: Option<Duration>,

    /// Time for the whole call, waits included [default: 120s]
    #[arg(long, global = true, value_name = "DUR", value_parser = parse_duration)]
    deadline: Option<Duration>,

    /// Time for one attempt [default: 30s]
    #[arg(long, global = true, value_name = "DUR", value_parser = parse_duration)]
    attempt_timeout: Option<Duration>,
}

impl Connection {
    /// Refuses flags that a command would have to ignore.
    pub(crate) fn expect_none(&self, command: &str) -> Result<(), Box<Report>> {
        if *self == Self::default() {
            return Ok(());
        }
        Err(Report::invalid(format!(
            "`mps {command}` connects to nothing; leave out the flags of create and accept"
        )))
    }

    /// The flags that say where calls go, as they were given, to be given again with the next command.
    pub(crate) fn whereto(&self) -> String {
        let flags = [
            ("--base-url", &self.base_url),
            ("--api-version", &self.api_version),
        ];
        flags
            .into_iter()
            .filter_map(|(flag, value)| Some(format!(" {flag} {}", value.as_ref()?)))
            .collect()
    }

    /// Builds the client that the flags, the environment and the defaults of the library ask for.
    pub(crate) fn client(self, replay: Resend) -> Result<Client, Box<Report>> {
        let token = TOKEN.read(self.token_file.as_ref())?.ok_or_else(|| {
            Report::invalid(format!(
                "there is no {}; set {} or give {}",
                TOKEN.name, TOKEN.variable, TOKEN.flag
            ))
        })?;
        let mut builder = Client::builder()
            .token(token.trim())
            .user_agent(concat!("mps/", env!("CARGO_PKG_VERSION")));
        if let Some(secret) = APP_SECRET.read(self.app_secret_file.as_ref())? {
            builder = builder.app_secret(secret.trim());
        }
        if let Some(url) = given(self.base_url, "GRAPH_BASE_URL")? {
            builder = builder.base_url(url);
        }
        if let Some(version) = given(self.api_version, "GRAPH_API_VERSION")? {
            builder = builder.version(version);
        }
        // One call shares its budget with nobody.
        let mut policy = RetryPolicy::default().resend(replay).without_retry_budget();
        if let Some(attempts) = self.max_attempts {
            policy = policy.max_attempts(attempts);
        }
        if let Some(delay) = self.base_delay {
            policy = policy.base_delay(delay);
        }
        if let Some(delay) = self.max_delay {
            policy = policy.max_delay(delay);
        }
        if let Some(deadline) = self.deadline {
            policy = policy.deadline(deadline);
        }
        if let Some(timeout) = self.attempt_timeout {
            policy = policy.attempt_timeout(timeout);
        }
        Ok(builder.retry_policy(policy).build()?)
    }
}

/// What a flag says, or else a variable that is set to something. The environment is not left to clap, which lets it
/// win over a flag that stands before the command.
fn given(flag: Option<String>, name: &str) -> Result<Option<String>, Box<Report>> {
    if flag.is_some() {
        return Ok(flag);
    }
    // A variable that cannot be read must not count as none: the call would go elsewhere than was meant.
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(|value| {
            value
                .into_string()
                .map_err(|_| Report::invalid(format!("the variable {name} is no UTF-8")))
        })
        .transpose()
}

impl SecretSource {
    /// What the file holds, or else the environment. A line end around it is no part of it.
    fn read(&self, file: Option<&PathBuf>) -> Result<Option<Zeroizing<String>>, Box<Report>> {
        let text = match file {
            Some(path) => Some(std::fs::read_to_string(path).map_err(|why| {
                Report::invalid(format!(
                    "the file of the {}, {}, cannot be read: {why}",
                    self.name,
                    path.display()
                ))
            })?),
            None => given(None, self.variable)?,
        };
        Ok(text.map(Zeroizing::new))
    }
}
