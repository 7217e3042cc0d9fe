//! What is sent again, and what is not.

use std::time::Duration;

use whatsapp_multi_partner_solutions::Resend;

use super::{Checked, ensure, seen::Seen};
use crate::{
    content::Wish,
    fault::{Answer, Fault},
    ledger::Arrival,
    rows::{Operation, Row},
    run::{Called, Result},
};

/// What sending again costs after a time limit; otherwise it costs less.
const DEAREST_RETRY: usize = 1;

pub fn it_sends_again_only_what_may_be_sent_again(seen: &Seen<'_>) -> Checked {
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

pub fn it_creates_twice_only_where_allowed(seen: &Seen<'_>) -> Checked {
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
            Resend::OnlyIfSafe => false,
            Resend::AsDocumented => {
                matches!(row, Row::Status500 | Row::Busy | Row::TransientInside)
            }
            _ => true,
        };
        ensure(allowed, || {
            format!("created {ids:?}, the last but one after {row:?}")
        })?;
    }
    Ok(())
}

pub fn it_counts_its_attempts(seen: &Seen<'_>) -> Checked {
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

pub fn it_does_not_give_up_early(seen: &Seen<'_>) -> Checked {
    let (Result::Err(error), Some(last)) = (&seen.called.result, seen.last_that_counts()) else {
        return Ok(());
    };
    // After a throttled answer, or where a limit is used up, the calls of a client wait for one another.
    let brakes = |arrival: &Arrival| {
        arrival.fault.row() == Row::Throttled
    };
    let held = seen.played.arrivals.iter().any(brakes);
    let attempts_left = error.attempts() < seen.bounds().max_attempts;
    if held || !attempts_left || !seen.allows_again(last) {
        return Ok(());
    }
    if error.is_retry_budget_exhausted() {
        return it_has_spent_its_budget(seen);
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
    let deadline = seen.bounds().deadline;
    let left = (deadline / 10).min(Duration::from_secs(1));
    let no_time = seen.called.took + wait >= deadline - left;
    ensure(no_time && error.is_deadline_exceeded(), || {
        format!("it gave up after {} attempts: {error}", error.attempts())
    })
}

/// What all calls of the client sent again comes close to what the budget pays for.
fn it_has_spent_its_budget(seen: &Seen<'_>) -> Checked {
    let calls = &seen.played.calls;
    if calls.iter().any(Called::is_unknown) {
        return Ok(());
    }
    let attempts: usize = calls.iter().map(Called::attempts).sum();
    let first = calls.iter().filter(|call| call.attempts() > 0).count();
    let retries = attempts - first;
    let paid = retries * DEAREST_RETRY;
    let tokens = seen.bounds().retry_budget.map(|tokens| tokens as usize);
    ensure(
        tokens.is_some_and(|tokens| paid + DEAREST_RETRY > tokens),
        || format!("the budget of {tokens:?} tokens cannot be spent by {retries} retries"),
    )
}

/// Calls one after another: after a throttled answer no further one is sent before the stated time.
pub fn it_sends_nothing_while_throttled(seen: &Seen<'_>) -> Checked {
    // A dropped call may not have come to read its answer.
    if seen.played.schedule.at_once || seen.called.is_unknown() {
        return Ok(());
    }
    for asking in &seen.arrivals {
        let Fault::Answer(Answer { content, .. }) = &asking.fault else {
            continue;
        };
        if asking.fault.row() != Row::Throttled || seen.may_be_lost(asking) {
            continue;
        }
        let stated = match content.wish {
            Wish::None => continue,
            Wish::Short(time) => time,
            Wish::Long => Duration::from_secs(3600),
        };
        // The operations are called by different apps.
        let of = |call: usize| seen.played.schedule.calls[call].operation;
        let later = |arrival: &&Arrival| {
            arrival.call > seen.number && of(arrival.call) == seen.call.operation
        };
        if let Some(next) = seen.played.arrivals.iter().find(later) {
            let waited = next.at - asking.at;
            ensure(waited >= stated, || {
                format!("the next call was sent after {waited:?}, {stated:?} were stated")
            })?;
        }
    }
    Ok(())
}
