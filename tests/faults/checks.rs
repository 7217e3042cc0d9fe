//! What has to hold after every schedule: each check by name. They judge by the ledger, and by the table where the
//! question is what the policy allowed.

use std::time::Duration;

use whatsapp_multi_partner_solutions::Replay;

use crate::{
    content::{BODY_LIMIT, Wish},
    fault::{Answer, Fault},
    flood,
    ledger::Arrival,
    rows::{Operation, Row},
    run::{Called, Played, Result, TOLERANCE},
    schedule::{Bounds, Call, Door, Listening},
    server::id_for,
};

/// A token that is taken out of a body may leave a few more bytes than it had, if the end of the body cut it.
const REDACTION_SLACK: usize = 16;

/// Of 100 MB: what the buffers of two sockets may hold. The client has to stop reading long before.
const FLOOD_LIMIT: usize = 32 << 20;

pub type Check = fn(&Seen<'_>) -> std::result::Result<(), String>;

/// One call with all that is known of it.
pub struct Seen<'a> {
    pub played: &'a Played,
    pub number: usize,
    pub call: &'a Call,
    pub called: &'a Called,
    pub arrivals: Vec<&'a Arrival>,
}

pub const CHECKS: [(&str, Check); 12] = [
    ("it does not panic", it_does_not_panic),
    ("it ends within its deadline", it_ends_within_its_deadline),
    (
        "it sends again only what may be sent again",
        it_sends_again_only_what_may_be_sent_again,
    ),
    (
        "it creates twice only where the policy allows it",
        it_creates_twice_only_where_allowed,
    ),
    (
        "a success is reported as such, and as the right one",
        a_success_is_reported_as_such,
    ),
    (
        "it never says that nothing happened when something did",
        nothing_happened_is_true,
    ),
    (
        "unreachable means that nothing reached the server",
        unreachable_means_unreached,
    ),
    ("it does not cry wolf", it_does_not_cry_wolf),
    ("it counts its attempts", it_counts_its_attempts),
    ("it does not give up early", it_does_not_give_up_early),
    ("it waits as long as the server asks for", it_waits_as_asked),
    (
        "it holds no more of a body than the bound, and that as it came",
        it_holds_a_bounded_body,
    ),
];

fn ensure(holds: bool, why: impl FnOnce() -> String) -> std::result::Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
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

    fn bounds(&self) -> &Bounds {
        &self.played.schedule.bounds
    }

    /// Whether a time limit may have ended one of its attempts, whatever the server did.
    fn met_time_limit(&self) -> bool {
        self.called.took >= self.bounds().first_time_limit().mul_f64(0.9)
    }

    /// Whether the client may have seen this as no whole answer, although it was one.
    fn may_be_lost(&self, arrival: &Arrival) -> bool {
        arrival.fault.may_be_lost() || self.met_time_limit()
    }

    fn allows_again(&self, arrival: &Arrival) -> bool {
        let allows = |row: Row| row.again(self.call.operation, self.bounds().replay);
        allows(arrival.fault.row()) || (self.may_be_lost(arrival) && allows(Row::NoAnswer))
    }

    fn may_have_taken_effect(&self, arrival: &Arrival) -> bool {
        arrival
            .fault
            .row()
            .may_have_taken_effect(self.call.operation)
    }

    fn attempts(&self) -> Option<usize> {
        match &self.called.result {
            Result::Ok(done) => Some(done.attempts as usize),
            Result::Err(error) => Some(error.attempts() as usize),
            Result::Dropped | Result::Overdue | Result::Panicked => None,
        }
    }

    /// Whether each of its attempts reached the server, so that the ledger knows all of them.
    fn is_all_known(&self) -> bool {
        self.attempts() == Some(self.arrivals.len())
    }

    /// Whether some connection was unfit for a request before the request came.
    fn has_unfit_connections(&self) -> bool {
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
    fn last_that_counts(&self) -> Option<&'a Arrival> {
        let last = self.arrivals.last()?;
        (self.is_all_known() && !self.may_be_lost(last)).then_some(*last)
    }
}

fn it_does_not_panic(seen: &Seen<'_>) -> std::result::Result<(), String> {
    ensure(!matches!(seen.called.result, Result::Panicked), || {
        "it panicked".to_owned()
    })
}

fn it_ends_within_its_deadline(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let overdue = matches!(seen.called.result, Result::Overdue);
    let (took, deadline) = (seen.called.took, seen.bounds().deadline);
    ensure(!overdue && took <= deadline + TOLERANCE, || {
        format!("it took {took:?}, the deadline is {deadline:?}")
    })
}

fn it_sends_again_only_what_may_be_sent_again(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let most = seen.bounds().max_attempts as usize;
    let requests = seen.arrivals.len();
    ensure(requests <= most, || {
        format!("{requests} requests, {most} attempts allowed")
    })?;
    let followed = seen.arrivals.iter().take(requests.saturating_sub(1));
    for (index, arrival) in followed.enumerate() {
        ensure(seen.allows_again(arrival), || {
            format!(
                "request {} was followed by another, after {:?}",
                index + 1,
                arrival.fault.row()
            )
        })?;
    }
    Ok(())
}

fn it_creates_twice_only_where_allowed(seen: &Seen<'_>) -> std::result::Result<(), String> {
    if seen.call.operation == Operation::Accept {
        return Ok(());
    }
    let created: Vec<_> = seen
        .arrivals
        .iter()
        .filter(|arrival| arrival.carried_out.is_some())
        .collect();
    let ids: std::collections::BTreeSet<_> =
        created.iter().map(|arrival| arrival.carried_out).collect();
    ensure(ids.len() == created.len(), || {
        "the server gave an ID twice".to_owned()
    })?;
    let earlier = created.iter().take(created.len().saturating_sub(1));
    for arrival in earlier {
        let row = arrival.fault.row();
        let allowed = match seen.bounds().replay {
            Replay::Rejected => false,
            Replay::Documented => matches!(row, Row::Status500 | Row::Busy | Row::TransientInside),
            _ => true,
        };
        ensure(allowed, || {
            format!("created {ids:?}, the last but one after {row:?}")
        })?;
    }
    Ok(())
}

fn a_success_is_reported_as_such(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let last = seen.arrivals.last();
    let answered = last.is_some_and(|last| last.fault.row() == Row::Success);
    match &seen.called.result {
        Result::Ok(done) => {
            ensure(answered, || {
                "a success that the server never reported".to_owned()
            })?;
            let id = id_for(seen.call.operation, seen.number, seen.arrivals.len() - 1).to_string();
            ensure(done.solution_id == id, || {
                format!(
                    "solution {}, but it is {id} that came of the last request",
                    done.solution_id
                )
            })?;
            let earlier = seen.arrivals[..seen.arrivals.len() - 1]
                .iter()
                .any(|arrival| arrival.carried_out.is_some());
            ensure(!earlier || done.earlier_may_have_taken_effect, || {
                "an earlier request was carried out too, and it does not warn".to_owned()
            })
        }
        Result::Err(error) => {
            let certain = seen.last_that_counts().is_some();
            ensure(!(answered && certain), || {
                format!("a success is reported as: {error}")
            })
        }
        Result::Dropped | Result::Overdue | Result::Panicked => Ok(()),
    }
}

fn nothing_happened_is_true(seen: &Seen<'_>) -> std::result::Result<(), String> {
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

fn unreachable_means_unreached(seen: &Seen<'_>) -> std::result::Result<(), String> {
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

fn it_does_not_cry_wolf(seen: &Seen<'_>) -> std::result::Result<(), String> {
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

fn it_counts_its_attempts(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let Some(attempts) = seen.attempts() else {
        return Ok(());
    };
    let (arrived, most) = (seen.arrivals.len(), seen.bounds().max_attempts as usize);
    ensure((arrived..=most).contains(&attempts), || {
        format!("{attempts} attempts of at most {most}, {arrived} requests arrived")
    })?;
    ensure(attempts == arrived || seen.has_unfit_connections(), || {
        format!("{attempts} attempts, {arrived} arrived, and nothing was in the way of the others")
    })
}

fn it_does_not_give_up_early(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let (Result::Err(error), Some(last)) = (&seen.called.result, seen.last_that_counts()) else {
        return Ok(());
    };
    // After a throttled answer the calls of a client wait for one another.
    let throttled = seen
        .played
        .arrivals
        .iter()
        .any(|arrival| arrival.fault.row() == Row::Throttled);
    let attempts_left = error.attempts() < seen.bounds().max_attempts;
    if throttled || !attempts_left || !seen.allows_again(last) {
        return Ok(());
    }
    // The head of an answer that is not whole may ask for a wait as well.
    let asked = match &last.fault {
        Fault::Answer(Answer { content, .. }) | Fault::Flood(content, _) => content.wish,
        Fault::Broken(_, content) | Fault::Reset(_, content) if content.wish != Wish::None => {
            return Ok(());
        }
        _ => Wish::None,
    };
    let wait = match asked {
        Wish::Long => {
            return ensure(error.is_deadline_exceeded(), || {
                format!("it gave up: {error}")
            });
        }
        Wish::Short(wait) => wait.max(seen.bounds().max_delay()),
        Wish::None => seen.bounds().max_delay(),
    };
    let no_time = seen.called.took + wait >= seen.bounds().deadline;
    ensure(no_time && error.is_deadline_exceeded(), || {
        format!("it gave up after {} attempts: {error}", error.attempts())
    })
}

fn it_waits_as_asked(seen: &Seen<'_>) -> std::result::Result<(), String> {
    for pair in seen.arrivals.windows(2) {
        let (asking, next) = (pair[0], pair[1]);
        if seen.may_be_lost(asking) {
            continue;
        }
        let Fault::Answer(Answer { content, .. }) = &asking.fault else {
            continue;
        };
        let least = match content.wish {
            Wish::None => continue,
            Wish::Short(time) => time,
            Wish::Long => Duration::from_secs(3600),
        };
        // Counted from before the answer was sent, so the client cannot have begun to wait earlier.
        let waited = next.at - asking.at;
        ensure(waited >= least, || {
            format!("it waited {waited:?}, the server asked for {least:?}")
        })?;
    }
    Ok(())
}

fn it_holds_a_bounded_body(seen: &Seen<'_>) -> std::result::Result<(), String> {
    let kept = match &seen.called.result {
        Result::Ok(done) => Some(&done.body[..]),
        Result::Err(error) => error.body(),
        Result::Dropped | Result::Overdue | Result::Panicked => None,
    };
    let kept = kept.unwrap_or_default();
    ensure(kept.len() <= BODY_LIMIT + REDACTION_SLACK, || {
        format!("it holds {} bytes", kept.len())
    })?;
    for arrival in seen
        .arrivals
        .iter()
        .filter(|arrival| matches!(arrival.fault, Fault::Flood(..)))
    {
        let written = arrival.bytes_written;
        ensure(written < FLOOD_LIMIT.min(flood::TOTAL), || {
            format!("it took {written} bytes of a flood")
        })?;
    }
    let Some(Fault::Answer(answer)) = seen.last_that_counts().map(|last| &last.fault) else {
        return Ok(());
    };
    let plain = answer.framing != crate::framing::Framing::LengthTooShort
        && answer.content.oddity != "body full of tokens"
        && !answer.content.is_bodiless();
    if !plain {
        return Ok(());
    }
    let id = id_for(seen.call.operation, seen.number, seen.arrivals.len() - 1);
    let sent = answer.content.bytes(seen.call.operation, id);
    let sent = sent.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&sent);
    ensure(kept == &sent[..sent.len().min(BODY_LIMIT)], || {
        format!(
            "it holds {} bytes that are not the {} that were sent",
            kept.len(),
            sent.len()
        )
    })
}
