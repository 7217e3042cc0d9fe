//! How a client is built: everything is checked in `build()`.

use std::{sync::Arc, time::Duration};

use http::HeaderValue;

use crate::{
    app_secret::AppSecret,
    base_url::{self, BaseUrl},
    bounded::bounded,
    client::{Client, Settings},
    credentials::Credentials,
    error::Error,
    generated::types::{AcceptSolutionVersion, CreateSolutionVersion},
    retry::{RetryPolicy, SharedBrakes},
    token::AccessToken,
    transport::Shared,
};

/// The newest version that a page offers.
const DEFAULT_VERSION: &str = "v25.0";
const DEFAULT_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Below what servers usually keep. A create on a connection that the server is just closing would end with nobody knowing
/// whether it took effect.
const IDLE_CONNECTIONS_KEPT: Duration = Duration::from_secs(30);

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
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until build() is called"]
pub struct ClientBuilder {
    token: Option<AccessToken>,
    app_secret: Option<AppSecret>,
    base_url: base_url::Given,
    version: String,
    user_agent: String,
    connect_timeout: Duration,
    retry_policy: RetryPolicy,
    check_permissions: bool,
    reqwest_client: Option<reqwest::Client>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: None,
            app_secret: None,
            base_url: base_url::Given(base_url::DEFAULT.to_owned()),
            version: DEFAULT_VERSION.to_owned(),
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            retry_policy: RetryPolicy::default(),
            check_permissions: true,
            reqwest_client: None,
        }
    }
}

impl ClientBuilder {
    /// The access token; it has to be given.
    pub fn token(mut self, token: impl Into<AccessToken>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The secret of the app that the token was issued to: every request then carries the `appsecret_proof` that Meta
    /// demands of an app with 'Require App Secret' on (Meta's documentation of securing requests). Default: none.
    ///
    /// The proof is a query parameter, so it stands in the URL, and a server may log that. What this crate and what
    /// stands below it log does not hold the URL.
    pub fn app_secret(mut self, app_secret: impl Into<AppSecret>) -> Self {
        self.app_secret = Some(app_secret.into());
        self
    }

    /// Where the Graph API is served. Default `https://graph.facebook.com`, over TLS 1.2 at least. A proxy that the
    /// environment names (`HTTPS_PROXY` or `ALL_PROXY`, in capitals or not; `http://`, `https://` or `socks5://`;
    /// `NO_PROXY` names what goes past it) sees the host and no more. Plain `http` is taken for loopback only, and then
    /// no proxy is used.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = base_url::Given(url.into());
        self
    }

    /// The Graph API version, such as `v25.0`, which is the default. Any `vN.N` is taken, whatever a page offers.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// The `User-Agent` header. Default: this crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Time for resolving, connecting and TLS; above zero. Default 10 s. The time limit of an attempt holds besides.
    /// Not used with a [`reqwest_client`](Self::reqwest_client) of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// When, how often and how long a call is sent again.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// Sends create even if both sides or neither hold MESSAGING: for the day on which Meta changes the rule before
    /// this crate does. Until then such a request is refused with status 422.
    pub fn without_permission_check(mut self) -> Self {
        self.check_permissions = false;
        self
    }

    /// Uses a `reqwest::Client` that exists already, and its connection pool.
    ///
    /// What this crate would have set is then up to you: build it with `redirect::Policy::none()` and
    /// `retry(reqwest::retry::never())`, with a connect time-out, without decompression and without a time limit of its
    /// own; for plain http to loopback also with `no_proxy()`, because a proxy would get the token unencrypted. A redirect
    /// that it follows all the same is reported as an error. With `connection_verbose(true)` reqwest logs every byte that
    /// is sent, the token and the proof of the app secret among them.
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.reqwest_client = Some(client);
        self
    }

    /// Checks everything and builds the client.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if there is no token or it cannot stand in a header; if the
    /// app secret is empty or holds what no app secret does; if the base URL cannot be read, is neither https nor http
    /// to loopback, or holds a user name, a query or a fragment; if the version is not `vN.N`; if the User-Agent cannot
    /// stand in a header; if the retry policy allows no attempt or no time; or if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let token = self.token.ok_or_else(|| {
            Error::invalid("there is no access token; give one with ClientBuilder::token")
        })?;
        let credentials = Credentials::new(token, self.app_secret).map_err(Error::invalid)?;
        let base_url = BaseUrl::parse(&self.base_url.0).map_err(Error::invalid)?;
        let create_version: CreateSolutionVersion = bounded("Version", &self.version)?;
        let accept_version: AcceptSolutionVersion = bounded("Version", &self.version)?;
        let user_agent = HeaderValue::try_from(self.user_agent)
            .ok()
            .filter(|value| !value.is_empty())
            .ok_or_else(|| {
                Error::invalid("the User-Agent is empty or holds a control character")
            })?;
        if self.connect_timeout.is_zero() {
            return Err(Error::invalid(
                "connect_timeout is zero; nothing could be sent",
            ));
        }
        self.retry_policy.check().map_err(Error::invalid)?;
        let http = match self.reqwest_client {
            Some(client) => client,
            None => http_client(&base_url, self.connect_timeout)?,
        };
        Ok(Client {
            http,
            settings: Arc::new(Settings {
                base_url: base_url.as_str().to_owned(),
                create_version,
                accept_version,
                check_permissions: self.check_permissions,
            }),
            shared: Arc::new(Shared {
                brakes: SharedBrakes::new(&self.retry_policy),
                policy: self.retry_policy,
                user_agent,
                credentials,
            }),
        })
    }
}

/// HTTP as the pages need it and nothing more: every request is one that this crate decided to send.
fn http_client(base_url: &BaseUrl, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    if !base_url.is_plain() && !cfg!(any(feature = "rustls", feature = "native-tls")) {
        return Err(Error::invalid(
            "this build has no TLS; turn on the crate's feature `rustls` or `native-tls`, or hand in a reqwest::Client \
             that has it",
        ));
    }
    let mut builder = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE_CONNECTIONS_KEPT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate();
    if base_url.is_plain() {
        // A proxy would get the token unencrypted.
        builder = builder.no_proxy();
    }
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(feature = "rustls", not(feature = "native-tls")))]
    let builder = builder.tls_backend_rustls();
    // Certificates are verified because nothing here says otherwise; the version is said, because what a platform's
    // library begins with is its own affair.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let builder = builder.tls_version_min(reqwest::tls::Version::TLS_1_2);
    builder
        .build()
        .map_err(|why| Error::invalid(format!("the HTTP client cannot be set up: {why:?}")))
}
