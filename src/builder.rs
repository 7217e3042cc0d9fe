//! How a client is built. `build()` checks everything.

use std::{net::IpAddr, sync::Arc, time::Duration};

use http::HeaderValue;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    client::{Client, Settings},
    error::Error,
    generated::Versions,
    retry::{RetryPolicy, Shared},
    secret::Credentials,
};

/// Where Meta serves the Graph API (source: both of Meta's pages).
const DEFAULT_BASE_URL: &str = "https://graph.facebook.com";
/// The newest version that Meta's pages list.
const DEFAULT_VERSION: &str = "v25.0";
const DEFAULT_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_RETRY_BUDGET: u32 = 100;
/// Shorter than servers usually keep a connection: if create is sent while the server closes the connection, its outcome
/// is unknown.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Builds a [`Client`].
///
/// ```
/// use whatsapp_multi_partner_solutions::{Client, RetryPolicy};
///
/// let client = Client::builder()
///     .token("EAAG...")
///     .version("v25.0")
///     .retry_policy(RetryPolicy::default().max_attempts(6))
///     .build()?;
/// # Ok::<(), whatsapp_multi_partner_solutions::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until build() is called"]
pub struct ClientBuilder {
    token: Option<SecretString>,
    app_secret: Option<SecretString>,
    /// May hold a password until it is checked.
    base_url: Option<SecretString>,
    version: Option<String>,
    user_agent: Option<String>,
    connect_timeout: Option<Duration>,
    retry_policy: RetryPolicy,
    retry_budget: Option<u32>,
    without_permission_check: bool,
    reqwest_client: Option<reqwest::Client>,
}

impl Client {
    /// Starts building a client. Only [`token`](ClientBuilder::token) is required.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
    /// The access token; required. It is sent in the `Authorization` header, and neither printed nor logged.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The secret of the app that the token was issued to. With it, every request carries the `appsecret_proof` that
    /// Meta requires of an app with 'Require App Secret' on (Meta's documentation of securing requests). Default: none.
    ///
    /// The proof is a query parameter, and a server may log the URL. This crate does not log URLs.
    pub fn app_secret(mut self, app_secret: impl Into<SecretString>) -> Self {
        self.app_secret = Some(app_secret.into());
        self
    }

    /// Where the Graph API is served. Default `https://graph.facebook.com`. Plain `http` is allowed for loopback only.
    ///
    /// For https, a proxy from the environment is used (`HTTPS_PROXY` or `ALL_PROXY`, in upper or lower case; `http://`,
    /// `https://` or `socks5://`; `NO_PROXY` names exceptions). The proxy learns only the host name.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into().into());
        self
    }

    /// The Graph API version. Default `v25.0`. Any `vN.N` is allowed, whether or not Meta's pages list it.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The `User-Agent` header. Default: this crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Time for DNS, connecting and TLS; above zero. Default 10 s. The time limit of an attempt includes it. Not used
    /// with a [`reqwest_client`](Self::reqwest_client) of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How often, how long and when a call is sent again.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// How many retries all calls of the client and its clones may make together while a server keeps failing. Default
    /// 100; `u32::MAX` is no limit in practice.
    ///
    /// Each retry uses one, each success gives one back, and one comes back every 5 s. So a server that always fails gets
    /// at most this many extra requests, and one more every 5 s. When the budget is used up, a call ends after its attempt
    /// ([`Error::is_retry_budget_exhausted`]). A retry after a throttled response uses none, because the throttle already
    /// protects the server.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = Some(retries);
        self
    }

    /// Sends create even if both sides or neither hold MESSAGING, in case Meta changes the rule before this crate does.
    /// Until then Meta refuses such a request with status 422.
    /// [`ensure_solution`](Client::ensure_solution) checks in any case.
    pub fn without_permission_check(mut self) -> Self {
        self.without_permission_check = true;
        self
    }

    /// Uses your own `reqwest::Client`, and its connection pool and TLS library.
    ///
    /// Build it with `redirect::Policy::none()`, `retry(reqwest::retry::never())` and a connect timeout, and without
    /// decompression or a total timeout; for plain http to loopback also with `no_proxy()`, because a proxy would get
    /// the token unencrypted. A redirect that it follows anyway is reported as an error. With
    /// `connection_verbose(true)` reqwest logs every byte, the token included.
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.reqwest_client = Some(client);
        self
    }

    /// Checks everything and builds the client.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if there is no token; if the token or the app secret is empty
    /// or has a space, a line end or a character outside ASCII; if the base URL cannot be read, is neither https nor
    /// http to loopback, or has a control character, a user name, a password, a query or a fragment; if the version is not
    /// `vN.N`; if the User-Agent is empty or cannot be sent in a header; if the connect timeout is zero; if the retry
    /// policy allows no attempt or no time; or if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let why = "there is no access token; pass one to ClientBuilder::token";
        let token = self.token.ok_or_else(|| Error::invalid(why))?;
        let credentials = Credentials::new(token, self.app_secret)?;
        let base_url = self.base_url.as_ref();
        let base_url =
            check_base_url(base_url.map_or(DEFAULT_BASE_URL, ExposeSecret::expose_secret))?;
        let versions = Versions::parse(self.version.as_deref().unwrap_or(DEFAULT_VERSION))?;
        let user_agent = self.user_agent.as_deref().unwrap_or(DEFAULT_USER_AGENT);
        let user_agent = HeaderValue::from_str(user_agent).ok();
        let why = "the User-Agent is empty or cannot be sent in a header";
        let user_agent = user_agent.filter(|value| !value.is_empty());
        let user_agent = user_agent.ok_or_else(|| Error::invalid(why))?;
        let connect_timeout = self.connect_timeout.unwrap_or(DEFAULT_CONNECT_TIMEOUT);
        if connect_timeout.is_zero() {
            let why = "connect_timeout is zero, so nothing could be sent";
            return Err(Error::invalid(why));
        }
        self.retry_policy.check()?;
        let http = match self.reqwest_client {
            Some(client) => client,
            None => http_client(&base_url, connect_timeout)?,
        };
        let retry_budget = self.retry_budget.unwrap_or(DEFAULT_RETRY_BUDGET);
        Ok(Client {
            http,
            shared: Arc::new(Shared::new(retry_budget)),
            settings: Arc::new(Settings {
                base_url: base_url.as_str().trim_end_matches('/').to_owned(),
                versions,
                user_agent,
                credentials,
                retry_policy: self.retry_policy,
                without_permission_check: self.without_permission_check,
            }),
        })
    }
}

/// Without redirects, retries or decompression: every request is one that this crate decided to send.
fn http_client(base_url: &Url, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        // Other features of the program may turn on another TLS library.
        .tls_backend_rustls();
    if base_url.scheme() == "http" {
        // A proxy would get the token unencrypted.
        builder = builder.no_proxy();
    }
    builder
        .build()
        .map_err(|why| Error::invalid(format!("the HTTP client cannot be set up: {why}")))
}

/// Checks that a token may be sent to a URL. The errors do not repeat the URL, because it may hold a secret.
fn check_base_url(text: &str) -> Result<Url, Error> {
    let wrong = |why: &str| Error::invalid(format!("the base URL {why}"));
    let text = text.trim();
    let url = Url::parse(text).map_err(|why| {
        wrong(&format!(
            "cannot be read: {why}; it should look like https://graph.facebook.com"
        ))
    })?;
    let bare = url.origin().ascii_serialization() + url.path();
    Err(wrong(match url.scheme() {
        // The parser drops line breaks, so it could see another host than a caller who checked the text.
        _ if text.contains(char::is_control) => "contains a control character",
        "http" if !is_loopback(&url) => {
            "would send the access token unencrypted; use https (http is for loopback only)"
        }
        "http" | "https" if url.as_str() == bare => return Ok(url),
        "http" | "https" => "contains a user name, a password, a query or a fragment; remove it",
        _ => {
            "has a scheme other than https and http; write https:// in front of the host, or http:// for loopback"
        }
    }))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse();
    host == "localhost" || address.is_ok_and(|it: IpAddr| it.to_canonical().is_loopback())
}
