//! A schedule that was played, told so that a reader can follow it.

use std::fmt::Write;

use crate::run::{Played, Result};

pub fn story(played: &Played) -> String {
    let schedule = &played.schedule;
    let mut text = String::new();
    let mut say = |line: String| writeln!(text, "{line}").expect("memory");
    say(format!(
        "seed {}: {:?}, doors {:?}, {:?}, own HTTP client {}, threads {}, all at once {}",
        schedule.seed,
        schedule.listening,
        schedule.doors,
        schedule.bounds,
        schedule.own_http,
        schedule.threads,
        schedule.at_once
    ));
    for (number, (call, called)) in schedule.calls.iter().zip(&played.calls).enumerate() {
        say(format!(
            "call {number}, {:?}, took {:?}:",
            call.operation, called.took
        ));
        for (index, fault) in call.faults.iter().enumerate() {
            say(format!("    planned {}: {fault:?}", index + 1));
        }
        for arrival in played
            .arrivals
            .iter()
            .filter(|arrival| arrival.call == number)
        {
            say(format!(
                "    +{:?} request on connection {}{}: {:?}, read whole {}, carried out {:?}, {} bytes said, all said {}",
                arrival.at - played.began,
                arrival.connection,
                if arrival.after_stray {
                    " after an answer too many"
                } else {
                    ""
                },
                arrival.fault,
                arrival.read_whole,
                arrival.carried_out,
                arrival.bytes_written,
                arrival.answered.is_some(),
            ));
        }
        say(match &called.result {
            Result::Ok(done) => format!(
                "    success: solution {} after {} attempt(s), warns {}",
                done.solution_id, done.attempts, done.earlier_may_have_taken_effect
            ),
            Result::Err(error) => format!(
                "    {:?}, may have taken effect {}, {} attempt(s), deadline exceeded {}, retry after {:?}: {error}",
                error.kind(),
                error.may_have_taken_effect(),
                error.attempts(),
                error.is_deadline_exceeded(),
                error.retry_after(),
            ),
            other => format!("    {other:?}"),
        });
    }
    say(format!(
        "connections open: {:?}, tasks left: {}",
        played.connections.open, played.tasks_left
    ));
    text
}
