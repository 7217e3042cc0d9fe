//! Where a call goes, with which token, and how often it is sent.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use humantime::parse_duration;
use whatsapp_multi_partner_solutions::{Client, RetryPolicy};

use crate::output::Failure;

/// A secret that is read from a file or the environment, and never from the command line, which other users can see.
pub(crate) struct Secret {
    pub(crate) name: &'static str,
    flag: &'static str,
    pub(crate) variable: &'static str,
}

const TOKEN: Secret = Secret {
    name: "access token",
    flag: "--token-file",
    variable: "META_ACCESS_TOKEN",
};

const APP_SECRET: Secret = Secret {
    name: "app secret",
    flag: "--app-secret-file",
    variable: "META_APP_SECRET",
};

pub(crate) const SECRETS: [Secret; 2] = [TOKEN, APP_SECRET];

#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Connection (of all calls)")]
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

    /// Longest back-off [default: 30s]
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
    pub(crate) fn expect_none(&self, command: &str) -> Result<(), Failure> {
        if *self == Self::default() {
            return Ok(());
        }
        Err(Failure::invalid(format!(
            "`mps {command}` takes no connection flags; remove them"
        )))
    }

    /// The flags that say where calls go, to be used again with the next command.
    pub(crate) fn url_flags(&self) -> String {
        let flags = [
            ("--base-url", &self.base_url),
            ("--api-version", &self.api_version),
        ];
        let given = flags.into_iter().filter_map(|(flag, value)| {
            let value = value.as_ref()?;
            Some(format!(" {flag} {value}"))
        });
        given.collect()
    }

    /// The client that the flags, the environment and the defaults of the library ask for, with a policy to begin with.
    pub(crate) fn client(self, mut policy: RetryPolicy) -> Result<Client, Failure> {
        let token = TOKEN.read(self.token_file)?.ok_or_else(|| {
            Failure::invalid(format!(
                "there is no {}; set {} or use {}",
                TOKEN.name, TOKEN.variable, TOKEN.flag
            ))
        })?;
        let mut builder = Client::builder()
            .token(token.trim())
            .user_agent(concat!("mps/", env!("CARGO_PKG_VERSION")))
            // One call shares its budget with no other.
            .retry_budget(u32::MAX);
        if let Some(secret) = APP_SECRET.read(self.app_secret_file)? {
            builder = builder.app_secret(secret.trim());
        }
        if let Some(url) = flag_or_variable(self.base_url, "GRAPH_BASE_URL")? {
            builder = builder.base_url(url);
        }
        if let Some(version) = flag_or_variable(self.api_version, "GRAPH_API_VERSION")? {
            builder = builder.version(version);
        }
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

/// A flag, or else a variable that is not empty. (clap would let the variable win over a flag before the command.)
fn flag_or_variable(flag: Option<String>, name: &str) -> Result<Option<String>, Failure> {
    if flag.is_some() {
        return Ok(flag);
    }
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        // Without it, the call would go elsewhere than was meant.
        Err(why) => Err(Failure::invalid(format!("{name}: {why}"))),
    }
}

impl Secret {
    /// What the file holds, or else the variable.
    fn read(&self, file: Option<PathBuf>) -> Result<Option<String>, Failure> {
        let Some(file) = file else {
            return flag_or_variable(None, self.variable);
        };
        let text = std::fs::read_to_string(&file).map_err(|why| {
            let file = file.display();
            Failure::invalid(format!("cannot read the {} from {file}: {why}", self.name))
        })?;
        Ok(Some(text))
    }
}
