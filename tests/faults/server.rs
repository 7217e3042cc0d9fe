//! Where the schedule is played: the listening socket, and the IDs that the server gives.

use std::sync::Arc;

use tokio::{
    net::{TcpListener, TcpSocket},
    task::JoinSet,
};

use crate::{
    connection::Connection,
    ledger::Ledger,
    rows::Operation,
    schedule::{Listening, Schedule},
};

/// The ID that no request is ever given, so that an answer too many is known wherever it comes up.
pub const STRAY: u64 = 666;

/// The ID that comes of a call: that of the solution that is accepted, or of one that is created by its nth request.
pub fn id_for(operation: Operation, call: usize, request: usize) -> u64 {
    match operation {
        Operation::Accept => solution_of(call),
        Operation::Create => solution_of(call) + 1 + request as u64,
    }
}

/// The ID by which accept names a call.
pub fn solution_of(call: usize) -> u64 {
    7_000_000 + 1000 * call as u64
}

/// A place where the schedule is played.
pub struct Server {
    pub port: u16,
    socket: Socket,
}

enum Socket {
    Listening(TcpListener),
    /// Bound, so that nobody else gets the port.
    Deaf(#[allow(dead_code, reason = "it keeps the port")] TcpSocket),
}

impl Server {
    pub fn bind(listening: Listening) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let port = socket.local_addr().expect("an address").port();
        let socket = match listening {
            Listening::Refused => Socket::Deaf(socket),
            _ => Socket::Listening(socket.listen(64).expect("a listening socket")),
        };
        Self { port, socket }
    }

    /// Runs until it is aborted.
    pub async fn play(self, schedule: Arc<Schedule>, ledger: Arc<Ledger>) {
        let listener = match self.socket {
            Socket::Listening(listener) => listener,
            Socket::Deaf(_socket) => return std::future::pending().await,
        };
        // Dropping the set ends the connections with the server.
        let mut connections = JoinSet::new();
        while let Ok((stream, from)) = listener.accept().await {
            stream.set_nodelay(true).expect("an open socket");
            let connection = Connection {
                stream,
                number: ledger.open(from.port()),
                schedule: schedule.clone(),
                ledger: ledger.clone(),
                stray: false,
            };
            connections.spawn(connection.serve());
        }
    }
}
