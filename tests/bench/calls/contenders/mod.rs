//! The three that are compared, each as somebody would use it who had only that.

mod bare;
mod generated;
pub mod generated_code;
mod operation;
pub mod subject;
mod this;

use std::{future::Future, time::Duration};

pub use bare::Bare;
pub use generated::Generated;
pub use operation::{Accept, Create, Operation};
pub use this::This;
use whatsapp_multi_partner_solutions::{AcceptRequest, CreateRequest, MessagingHolder};

pub const VERSION: &str = "v25.0";
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
pub const APPLICATION_ID: &str = "1234567890123456";
pub const SOLUTION_ID: &str = "1122334455667788";

/// What all calls have in common. The requests are made once: what is compared is the sending.
#[derive(Clone)]
pub struct Setting {
    pub base_url: String,
    pub token: String,
    pub create: CreateRequest,
    pub accept: AcceptRequest,
}

impl Setting {
    pub fn new(base_url: String) -> Self {
        let partner = "9876543210987654";
        let create = CreateRequest::with_messaging(MessagingHolder::Owner, partner, "Our solution");
        Self {
            base_url,
            // As long as Meta's are.
            token: format!("EAAG{}", "m1Zx7QpL".repeat(24)),
            create: create.expect("a request"),
            accept: AcceptRequest::by_partner(partner).expect("a request"),
        }
    }
}

/// One way to make both calls.
pub trait Contender: Clone + Send + Sync + 'static {
    const NAME: &'static str;

    fn new(setting: &Setting) -> Self;
    fn create(&self) -> impl Future<Output = ()> + Send;
    fn accept(&self) -> impl Future<Output = ()> + Send;
}

/// HTTP with the settings that this crate's builder makes, for the two that have no builder of their own.
fn http() -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate();
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(feature = "rustls", not(feature = "native-tls")))]
    let builder = builder.tls_backend_rustls();
    builder
}
