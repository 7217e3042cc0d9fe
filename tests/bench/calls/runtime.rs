//! The runtime that calls are made on, and the server in its process.

use tokio::runtime::{Builder, Runtime};

pub fn one_thread() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
