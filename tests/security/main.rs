//! What keeps the secrets, over real TLS: certificates, versions, proxies, logs and memory. Runs with whichever TLS
//! library is compiled in.
#![cfg(any(feature = "rustls", feature = "native-tls"))]

mod authority;
mod certificates;
mod child;
mod hello;
#[cfg(target_os = "linux")]
mod memory;
mod panics;
mod proxies;
mod proxy;
mod tls_server;
