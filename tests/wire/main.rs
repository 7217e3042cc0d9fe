//! The client as its user sees it, over real sockets, against a server that shares no code with the crate.

mod child;
mod client;
mod clients;
mod invalid;
mod proxies;
mod requests;
mod responses;
mod rows;
mod secrets;
mod server;
mod tls;
