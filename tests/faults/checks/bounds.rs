//! Time and memory.

use std::time::Duration;

use super::{Checked, ensure, seen::Seen};
use crate::{
    content::{BODY_LIMIT, Wish},
    fault::{Answer, Fault},
    flood,
    framing::Framing,
    lag,
    run::Result,
    server::id_for,
};

/// How much later than its deadline a call may end on a machine that does nothing else. Timers are kept to the
/// millisecond; the rest is for some dozens of schedules that are played at the same time.
const TOLERANCE: Duration = Duration::from_secs(1);

/// How often in a row a call may meet the worst lag: until its answer is sent, read and reported.
const LAGS: u32 = 8;

/// A token that is taken out of a body may leave a few more bytes than it had, if the end of the body cut it.
const REDACTION_SLACK: usize = 16;

/// Of 100 MB: what the buffers of two sockets may hold. The client has to stop reading long before.
const FLOOD_LIMIT: usize = 32 << 20;

pub fn it_does_not_panic(seen: &Seen<'_>) -> Checked {
    ensure(!matches!(seen.called.result, Result::Panicked), || {
        "it panicked".to_owned()
    })
}

pub fn it_ends_within_its_deadline(seen: &Seen<'_>) -> Checked {
    let (took, deadline, lag) = (seen.called.took, seen.bounds().deadline, lag::worst());
    let overdue = matches!(seen.called.result, Result::Overdue);
    ensure(
        !overdue && took <= deadline + TOLERANCE + lag * LAGS,
        || {
            format!(
                "it took {took:?}, the deadline is {deadline:?}, and the machine {lag:?} late at worst"
            )
        },
    )
}

pub fn it_waits_as_asked(seen: &Seen<'_>) -> Checked {
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

pub fn it_holds_a_bounded_body(seen: &Seen<'_>) -> Checked {
    let kept = match &seen.called.result {
        Result::Ok(done) => Some(&done.body[..]),
        Result::Err(error) => error.response().map(|response| response.body()),
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
    let plain = answer.framing != Framing::LengthTooShort
        && answer.content.oddity != "body full of tokens"
        && !answer.content.is_bodiless();
    if !plain {
        return Ok(());
    }
    let id = id_for(seen.call.operation, seen.number, seen.arrivals.len() - 1);
    let sent = answer.content.bytes(seen.call.operation, id);
    ensure(kept == &sent[..sent.len().min(BODY_LIMIT)], || {
        format!(
            "it holds {} bytes that are not the {} that were sent",
            kept.len(),
            sent.len()
        )
    })
}
