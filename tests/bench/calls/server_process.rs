//! The server in a process of its own, so that its processor time and its memory are nobody's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;

use crate::{
    contenders::Setting,
    runtime,
    server::{self, HOLD},
};

/// This program once more, as the server; it ends with the value.
pub struct ServerProcess {
    process: Child,
    base_url: String,
}

impl ServerProcess {
    pub fn start(in_flight: usize) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(["--serve", &in_flight.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut base_url = String::new();
        BufReader::new(process.stdout.take().expect("its output"))
            .read_line(&mut base_url)
            .expect("its address");
        let base_url = base_url.trim().to_owned();
        Self { process, base_url }
    }

    pub fn setting(&self) -> Setting {
        Setting::new(self.base_url.clone())
    }

    /// Where no call is answered before as many are waiting as the server was started for.
    pub fn holding(&self) -> Setting {
        Setting::new(format!("{}{HOLD}", self.base_url))
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The server's side: says where it listens, and ends when its input does, as it does if the other side dies.
pub fn serve(in_flight: usize) {
    std::thread::spawn(|| {
        std::io::stdin().read_to_end(&mut Vec::new()).ok();
        std::process::exit(0);
    });
    runtime::one_thread().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        println!("http://{address}");
        std::io::stdout().flush().expect("an output");
        server::serve(listener, in_flight).await;
    });
}

/// A thousand connections are more than many machines let a process have unless it asks.
pub fn allow_many_connections() {
    let limit = getrlimit(Resource::Nofile);
    let asked_for = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, asked_for).ok();
}
