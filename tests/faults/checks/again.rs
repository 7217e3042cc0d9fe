//! What is sent again, and what is not.

use whatsapp_multi_partner_solutions::Replay;

use super::{Checked, ensure, seen::Seen};
use crate::{
    content::Wish,
    fault::{Answer, Fault},
    rows::{Operation, Row},
    run::Result,
};

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
