//! What the sandbox's owner and its connections share: the state, the script, the record.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::answer::{Answer, Marks};
use super::fault::{Ending, Fault};
use super::handle::handle;
use super::request::ReceivedRequest;
use super::state::State;

/// Behind one lock, so that a call is recorded and takes effect in one step. It is never held across an await.
#[derive(Default)]
pub(super) struct Shared(Mutex<Calls>);

#[derive(Default)]
pub(super) struct Calls {
    pub(super) state: State,
    pub(super) script: VecDeque<Fault>,
    pub(super) requests: Vec<ReceivedRequest>,
    pub(super) connections: usize,
}

/// What a call ends in, once its delay is over.
pub(super) enum Outcome {
    Answer(Answer),
    /// The answer, and how much of its body is sent.
    CutAnswer(Answer, usize),
    Hang,
    Close,
}

impl Shared {
    /// Nothing here panics while holding the lock; if something did, what it left is still worth looking at.
    pub(super) fn lock(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Calls {
    /// The fault for a request whose head has arrived.
    pub(super) fn next_fault(&mut self) -> Fault {
        self.script.pop_front().unwrap_or_else(Fault::none)
    }

    /// The next fault, if it is one for a connection of which nothing has been read.
    pub(super) fn next_fault_before_reading(&mut self) -> Option<Fault> {
        match self.script.front()?.ending {
            Ending::CloseBeforeReading => self.script.pop_front(),
            _ => None,
        }
    }

    /// Records a request, carries it out unless the fault says otherwise, and tells how the call ends.
    pub(super) fn receive(&mut self, request: ReceivedRequest, fault: Fault) -> Outcome {
        let marks = Marks::new(request.path(), self.state.next_number());
        let usual = fault
            .carried_out
            .then(|| handle(&mut self.state, &request, &marks, jiff::Timestamp::now()));
        self.requests.push(request);
        match (fault.ending, fault.cut) {
            (Ending::Answer, None) => Outcome::Answer(fault.apply(usual, &marks)),
            (Ending::Answer, Some(keep)) => Outcome::CutAnswer(fault.apply(usual, &marks), keep),
            (Ending::Hang, _) => Outcome::Hang,
            (Ending::CloseBeforeReading | Ending::CloseAfterReading, _) => Outcome::Close,
        }
    }
}
