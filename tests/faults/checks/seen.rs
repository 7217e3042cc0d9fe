//! One call as the checks look at it.

use crate::{
    fault::Fault,
    ledger::Arrival,
    rows::Row,
    run::{Called, Played, Result},
    schedule::{Bounds, Call, Door, Listening},
};

/// One call with all that is known of it.
pub struct Seen<'a> {
    pub played: &'a Played,
    pub number: usize,
    pub call: &'a Call,
    pub called: &'a Called,
    pub arrivals: Vec<&'a Arrival>,
}

impl<'a> Seen<'a> {
    pub fn all(played: &'a Played) -> impl Iterator<Item = Self> {
        played
            .schedule
            .calls
            .iter()
            .zip(&played.calls)
            .enumerate()
            .map(move |(number, (call, called))| Self {
                played,
                number,
                call,
                called,
                arrivals: played
                    .arrivals
                    .iter()
                    .filter(|arrival| arrival.call == number)
                    .collect(),
            })
    }

    pub fn bounds(&self) -> &Bounds {
        &self.played.schedule.bounds
    }

    /// Whether a time limit may have ended one of its attempts, whatever the server did.
    pub fn met_time_limit(&self) -> bool {
        self.called.took >= self.bounds().first_time_limit().mul_f64(0.9)
    }

    /// Whether the client may have seen this as no whole answer, although it was one.
    pub fn may_be_lost(&self, arrival: &Arrival) -> bool {
        arrival.fault.may_be_lost() || self.met_time_limit()
    }

    pub fn allows_again(&self, arrival: &Arrival) -> bool {
        let allows = |row: Row| row.again(self.call.operation, self.bounds().replay);
        allows(arrival.fault.row()) || (self.may_be_lost(arrival) && allows(Row::NoAnswer))
    }

    pub fn may_have_taken_effect(&self, arrival: &Arrival) -> bool {
        arrival
            .fault
            .row()
            .may_have_taken_effect(self.call.operation)
    }

    pub fn attempts(&self) -> Option<usize> {
        match &self.called.result {
            Result::Ok(done) => Some(done.attempts as usize),
            Result::Err(error) => Some(error.attempts() as usize),
            Result::Dropped | Result::Overdue | Result::Panicked => None,
        }
    }

    /// Whether each of its attempts reached the server, so that the ledger knows all of them.
    pub fn is_all_known(&self) -> bool {
        self.attempts() == Some(self.arrivals.len())
    }

    /// Whether some connection was unfit for a request before the request came.
    pub fn has_unfit_connections(&self) -> bool {
        let schedule = &self.played.schedule;
        let faults = || schedule.calls.iter().flat_map(|call| &call.faults);
        schedule.listening != Listening::Yes
            || schedule.doors.iter().any(|door| *door != Door::Open)
            || faults().any(Fault::spoils_connection)
            || schedule
                .calls
                .iter()
                .any(|call| call.dropped_after.is_some())
            || self.met_time_limit()
    }

    /// The last request, if what the server did to it came to the client for certain.
    pub fn last_that_counts(&self) -> Option<&'a Arrival> {
        let last = self.arrivals.last()?;
        (self.is_all_known() && !self.may_be_lost(last)).then_some(*last)
    }
}
