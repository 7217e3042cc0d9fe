//! Where a call goes, with which token, and how often it is sent; with `--dry-run`, what would be sent.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use humantime::parse_duration;
use serde_json::{Map, Value, json};
use whatsapp_multi_partner_solutions::{Client, ClientBuilder, Error, RetryPolicy};

use crate::{
    output::{Failure, Success},
    sandbox,
};

/// Where the library sends calls to.
const DEFAULT_BASE_URL: &str = "https://graph.facebook.com";

/// Secrets and their variables. They are never taken from the command line, which other users can see.
const TOKEN: (&str, &str) = ("access token", "META_ACCESS_TOKEN");
pub(crate) const APP_SECRET: (&str, &str) = ("app secret", "META_APP_SECRET");

const APP_SECRET_PROOF: &str = "appsecret_proof=";

#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    /// Where the Graph API is served; plain http for loopback only [env: GRAPH_BASE_URL] [default:
    /// `https://graph.facebook.com`]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Graph API version, such as v25.0 [env: GRAPH_API_VERSION] [default: v25.0]
    #[arg(long, value_name = "vN.N")]
    api_version: Option<String>,

    /// File that holds the access token [default: the environment variable META_ACCESS_TOKEN]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// File that holds the app secret, for apps with 'Require App Secret' on [default: the environment variable
    /// META_APP_SECRET, if it is set]
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,

    /// Attempts in all, the first one included
    #[arg(long, value_name = "N", default_value_t = 4)]
    max_attempts: u32,

    /// Longest wait before the second attempt; it doubles with each further one
    #[arg(long, value_name = "DUR", value_parser = parse_duration, default_value = "500ms")]
    base_delay: Duration,

    /// Longest back-off
    #[arg(long, value_name = "DUR", value_parser = parse_duration, default_value = "30s")]
    max_delay: Duration,

    /// Time for the whole call, waits included
    #[arg(long, value_name = "DUR", value_parser = parse_duration, default_value = "120s")]
    deadline: Duration,

    /// Time for one attempt
    #[arg(long, value_name = "DUR", value_parser = parse_duration, default_value = "30s")]
    attempt_timeout: Duration,
}

impl Connection {
    /// The flags that say where calls go, to be used again with the next command.
    pub(crate) fn url_flags(&self) -> String {
        let flag = |name, value: &Option<String>| match value {
            Some(value) => format!(" {name} {value}"),
            None => String::new(),
        };
        flag("--base-url", &self.base_url) + &flag("--api-version", &self.api_version)
    }

    /// The URL that calls go to.
    fn base_url(&self) -> Result<String, Failure> {
        let url = or_variable(self.base_url.clone(), "GRAPH_BASE_URL")?;
        Ok(url.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned()))
    }

    /// The client that the flags and the environment ask for, with a policy to begin with.
    pub(crate) fn client(&self, policy: RetryPolicy) -> Result<Client, Failure> {
        let token = self.token()?.ok_or_else(|| {
            Failure::invalid(
                "there is no access token; set META_ACCESS_TOKEN or use --token-file, or practise with `mps sandbox`",
            )
        })?;
        Ok(self.builder(policy, token)?.build()?)
    }

    fn token(&self) -> Result<Option<String>, Failure> {
        secret_or_variable(TOKEN, self.token_file.as_ref())
    }

    fn builder(&self, policy: RetryPolicy, token: String) -> Result<ClientBuilder, Failure> {
        let policy = policy
            .max_attempts(self.max_attempts)
            .base_delay(self.base_delay)
            .max_delay(self.max_delay)
            .deadline(self.deadline)
            .attempt_timeout(self.attempt_timeout);
        let mut builder = Client::builder()
            .token(token)
            .base_url(self.base_url()?)
            .user_agent(concat!("mps/", env!("CARGO_PKG_VERSION")))
            // One call shares its budget with no other.
            .retry_budget(u32::MAX)
            .retry_policy(policy);
        if let Some(app_secret) = secret_or_variable(APP_SECRET, self.app_secret_file.as_ref())? {
            builder = builder.app_secret(app_secret);
        }
        if let Some(version) = or_variable(self.api_version.clone(), "GRAPH_API_VERSION")? {
            builder = builder.version(version);
        }
        Ok(builder)
    }

    /// The request that `call` would send.
    ///
    /// The client really sends it, but to a sandbox in this process, so that what is printed cannot differ from what
    /// would be sent.
    pub(crate) async fn dry_run<T>(
        &self,
        permission_check: &str,
        call: impl AsyncFnOnce(Client) -> Result<T, Error>,
    ) -> Result<Success, Failure> {
        let sandbox = sandbox::start().await?;
        let token = self.token()?.unwrap_or_else(|| "none".to_owned());
        let base_url = self.base_url()?;
        let builder = self.builder(RetryPolicy::default(), token)?;
        // Checks the settings of the real call.
        builder.clone().build()?;
        let client = builder
            .base_url(sandbox.base_url())
            .retry_policy(RetryPolicy::default().max_attempts(1))
            .build()?;
        let error = call(client).await.err();
        let Some(request) = sandbox.requests().pop() else {
            let unknown = || Failure::invalid("the request cannot be shown");
            return Err(error.map_or_else(unknown, Failure::from));
        };

        let target = &request.path_and_query;
        let target = match target.split_once(APP_SECRET_PROOF) {
            Some((before, _)) => format!("{before}{APP_SECRET_PROOF}[appsecret_proof]"),
            None => target.clone(),
        };
        let url = format!("{}{target}", base_url.trim_end_matches('/'));
        let mut lines = format!("{} {url}\n", request.method);
        let mut headers = Map::new();
        for (name, value) in &request.headers {
            let value = match name.as_str() {
                "authorization" => "Bearer [access token]".into(),
                // That of the sandbox.
                "host" => continue,
                _ => String::from_utf8_lossy(value.as_bytes()),
            };
            lines.push_str(&format!("{name}: {value}\n"));
            headers.insert(name.to_string(), value.into());
        }
        let body = String::from_utf8_lossy(&request.body);
        lines.push_str(&format!(
            "\n{body}\n\npermission check: {permission_check}\nnothing was sent"
        ));
        let json = json!({
            "dry_run": true,
            "method": request.method.as_str(),
            "url": url,
            "headers": headers,
            "body": serde_json::from_str(&body).unwrap_or(Value::Null),
            "permission_check": permission_check,
        });
        Ok(Success::new(json, lines))
    }
}

/// What is given, or else a variable that is not empty, without white space around it.
fn or_variable(given: Option<String>, name: &str) -> Result<Option<String>, Failure> {
    if given.is_some() {
        return Ok(given);
    }
    match std::env::var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        // Without it, the call would go elsewhere than was meant.
        Err(why) => Err(Failure::invalid(format!("{name}: {why}"))),
    }
}

/// What the file holds, or else the variable.
fn secret_or_variable(
    known: (&str, &str),
    file: Option<&PathBuf>,
) -> Result<Option<String>, Failure> {
    let held = file.map(|file| secret(known, file)).transpose()?;
    or_variable(held, known.1)
}

/// What a file holds, without white space around it.
pub(crate) fn secret((name, _): (&str, &str), file: &Path) -> Result<String, Failure> {
    let read = std::fs::read_to_string(file).and_then(|text| match text.trim() {
        "" => Err(io::Error::other("it is empty")),
        text => Ok(text.to_owned()),
    });
    read.map_err(|why| {
        let file = file.display();
        Failure::invalid(format!(
            "cannot read {file}: {why}; it should hold the {name} and nothing else"
        ))
    })
}

/// Replaces the secrets of the environment.
pub(crate) fn without_secrets(mut text: String) -> String {
    for (name, variable) in [TOKEN, APP_SECRET] {
        let value = std::env::var(variable).unwrap_or_default();
        // A shorter one could be part of an ordinary word.
        if value.trim().len() >= 8 {
            text = text.replace(value.trim(), &format!("[{name}]"));
        }
    }
    text
}
