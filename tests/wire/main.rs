//! The client as its user sees it, over real sockets, against a server that shares no code with the crate.

mod child;
mod client;
mod derived;
mod dropping;
mod hostile;
mod invalid;
mod model;
mod own_client;
mod properties;
mod proxies;
mod requests;
mod rows;
mod secrets;
mod server;
mod successes;
mod table;
mod throttle;
mod tls;
mod unsent;
