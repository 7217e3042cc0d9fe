//! What the client says of a call, against what the server knows of it.

use super::{Checked, ensure, seen::Seen};
use crate::{ledger::Arrival, rows::Row, run::Result, schedule::Listening};

pub fn a_success_is_reported_as_such(seen: &Seen<'_>) -> Checked {
    let successes: Vec<_> = seen
        .arrivals
        .iter()
        .filter(|arrival| arrival.fault.row() == Row::Success)
        .collect();
    match &seen.called.result {
        Result::Ok(done) => {
            let came_of = successes.iter().rfind(|arrival| {
                arrival.carried_out.map(|id| id.to_string()).as_ref() == Some(&done.solution_id)
            });
            let Some(came_of) = came_of else {
                return Err(format!(
                    "the server never reported solution {}",
                    done.solution_id
                ));
            };
            // A request that the client has given up may come to the server after the next one.
            let is_last = seen
                .arrivals
                .last()
                .is_some_and(|last| std::ptr::eq(*last, **came_of));
            ensure(is_last || seen.met_time_limit(), || {
                format!(
                    "solution {} did not come of the last request",
                    done.solution_id
                )
            })?;
            let other = seen
                .arrivals
                .iter()
                .any(|arrival| arrival.carried_out.is_some() && !std::ptr::eq(*arrival, **came_of));
            ensure(!other || done.earlier_may_have_taken_effect, || {
                "another request was carried out too, and it does not warn".to_owned()
            })
        }
        Result::Err(error) => {
            let certain = seen.last_that_counts().map(|last| last.fault.row());
            ensure(certain != Some(Row::Success), || {
                format!("a success is reported as: {error}")
            })
        }
        Result::Dropped | Result::Overdue | Result::Panicked => Ok(()),
    }
}

pub fn nothing_happened_is_true(seen: &Seen<'_>) -> Checked {
    let Result::Err(error) = &seen.called.result else {
        return Ok(());
    };
    let carried_out = seen
        .arrivals
        .iter()
        .any(|arrival| arrival.carried_out.is_some());
    ensure(!carried_out || error.may_have_taken_effect(), || {
        format!("it did happen, but {:?}: {error}", error.kind())
    })?;
    ensure(
        error.may_have_taken_effect() || !error.earlier_attempt_may_have_taken_effect(),
        || "an earlier attempt may have taken effect, the call may not".to_owned(),
    )
}

pub fn unreachable_means_unreached(seen: &Seen<'_>) -> Checked {
    let Result::Err(error) = &seen.called.result else {
        return Ok(());
    };
    let arrived = seen.arrivals.len();
    ensure(!error.is_unreachable() || arrived == 0, || {
        format!("unreachable, after {arrived} requests")
    })?;
    let nobody = seen.played.schedule.listening != Listening::Yes;
    ensure(!nobody || error.is_unreachable(), || {
        format!("nobody was there, but {:?}: {error}", error.kind())
    })
}

pub fn it_does_not_cry_wolf(seen: &Seen<'_>) -> Checked {
    if seen.met_time_limit() || !seen.is_all_known() {
        return Ok(());
    }
    let may = |arrivals: &[&Arrival]| {
        arrivals
            .iter()
            .any(|arrival| arrival.fault.may_be_lost() || seen.may_have_taken_effect(arrival))
    };
    match &seen.called.result {
        Result::Ok(done) => {
            let earlier = may(&seen.arrivals[..seen.arrivals.len() - 1]);
            ensure(earlier || !done.earlier_may_have_taken_effect, || {
                "it warns, and each earlier request was refused".to_owned()
            })
        }
        Result::Err(error) => ensure(
            may(&seen.arrivals) || !error.may_have_taken_effect(),
            || format!("every request was refused, but {:?}: {error}", error.kind()),
        ),
        Result::Dropped | Result::Overdue | Result::Panicked => Ok(()),
    }
}
