//! The client as its user sees it, over real sockets, against a server that shares no code with the crate.

mod app_secret;
mod brakes;
mod builder;
mod client;
mod dropping;
mod hostile;
mod ids;
mod leniency;
mod model;
mod own_client;
mod properties;
mod requests;
mod rows;
mod rows_unanswered;
mod rows_unsent;
mod script;
mod secrets;
mod server;
mod table;
