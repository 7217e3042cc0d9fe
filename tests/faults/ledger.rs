//! What really happened at the server, noted while it happened.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::fault::Fault;

/// A request that reached the server, in part at least.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub call: usize,
    pub connection: usize,
    pub at: Instant,
    pub fault: Fault,
    /// Whether all of it was read.
    pub read_whole: bool,
    /// The ID of what came of it, if it was carried out.
    pub carried_out: Option<u64>,
    /// When all that was to be said had been handed to the system.
    pub answered: Option<Instant>,
    pub bytes_written: usize,
    /// It came on a connection on which an answer too many was written before.
    pub after_stray: bool,
}

#[derive(Debug, Default)]
pub struct Ledger {
    arrivals: Mutex<Vec<Arrival>>,
    connections: watch::Sender<Connections>,
}

#[derive(Clone, Debug, Default)]
pub struct Connections {
    /// Whether each is open still, in the order in which they came.
    pub open: Vec<bool>,
    /// The port that each came from.
    pub from: Vec<u16>,
    /// Those that neither sent anything that could be told as a request of a known call, nor nothing.
    pub not_understood: usize,
}

impl Connections {
    pub fn all_closed(&self) -> bool {
        !self.open.contains(&true)
    }
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Vec<Arrival>> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn arrive(&self, arrival: Arrival) -> usize {
        let mut arrivals = self.lock();
        arrivals.push(arrival);
        arrivals.len() - 1
    }

    pub fn note(&self, arrival: usize, change: impl FnOnce(&mut Arrival)) {
        change(&mut self.lock()[arrival]);
    }

    pub fn count_of(&self, call: usize) -> usize {
        self.lock()
            .iter()
            .filter(|arrival| arrival.call == call)
            .count()
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.lock().clone()
    }

    pub fn open(&self, from: u16) -> usize {
        let mut number = 0;
        self.connections.send_modify(|connections| {
            number = connections.open.len();
            connections.open.push(true);
            connections.from.push(from);
        });
        number
    }

    pub fn close(&self, connection: usize) {
        self.connections
            .send_modify(|connections| connections.open[connection] = false);
    }

    pub fn not_understood(&self) {
        self.connections
            .send_modify(|connections| connections.not_understood += 1);
    }

    pub fn connections(&self) -> Connections {
        self.connections.borrow().clone()
    }

    /// Waits until the connections are such; `false` if that takes too long.
    pub async fn until(&self, limit: Duration, such: impl Fn(&Connections) -> bool) -> bool {
        let mut connections = self.connections.subscribe();
        let reached = connections.wait_for(|connections| such(connections));
        tokio::time::timeout(limit, reached).await.is_ok()
    }
}
