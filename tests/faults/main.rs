//! A campaign of faults over real sockets: what a seed draws, a server does, and what the client says of it is held
//! against what the server knows to have happened.
//!
//! `FAULTS_SCHEDULES=100000` makes it longer, `FAULTS_FROM=5000` begins at another seed, and `FAULTS_SEED=17` plays
//! one schedule alone and tells its story (with `-- --nocapture`).

mod bodies;
mod bomb;
mod broken;
mod campaign;
mod checks;
mod connection;
mod content;
mod fault;
mod flood;
mod framing;
mod lag;
mod ledger;
mod memory;
mod request;
mod rows;
mod run;
mod schedule;
mod server;
mod settings;
mod story;
mod tally;
