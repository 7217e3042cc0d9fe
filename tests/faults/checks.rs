//! The promises, one function for each. They hold what the client says against the server's ledger, and against the
//! table where the question is what was allowed.

use std::time::Duration;

use whatsapp_multi_partner_solutions::{Error, ErrorKind, Response};

use crate::{
    fault::Arrives,
    model::{Verdict, judge},
    play::{Played, SLACK, Said},
    response::BODY_LIMIT,
    schedule::{Call, Listening, Schedule, Step},
    server::{Arrival, solution_of},
};

/// What the buffers of two sockets may hold of a body of 100 MB.
const FLOOD_LIMIT: usize = 32 << 20;

/// The promises that a schedule broke.
pub fn broken(played: &Played) -> Vec<String> {
    let calls = 0..played.calls.len();
    let all: Vec<_> = calls.map(|call| Seen::new(played, call)).collect();
    let mut promises = vec![
        ("it keeps to the retry budget", stays_in_budget(&all)),
        ("it leaves nothing when dropped", !played.left_something),
    ];
    for seen in &all {
        promises.extend([
            ("it ends within its deadline", ends_in_time(seen)),
            ("it sends what the table allows", sends_what_it_may(seen)),
            ("it waits as long as it is asked", waits_as_asked(seen)),
            ("it stops reading an endless body", reads_no_flood(seen)),
        ]);
        // Those that dropped a call heard nothing of it.
        let Some(said) = seen.said else { continue };
        promises.extend([
            ("it does not give up", does_not_give_up(seen, said, &all)),
            ("it counts attempts", counts_attempts(seen, said, &all)),
            ("its kind fits", kind_fits(seen, said, &all)),
            ("it denies no effect", denies_no_effect(seen, said)),
            ("it warns of what can be", warns_of_what_can_be(seen, said)),
            ("it loses no response", loses_no_response(seen, said)),
            ("it spares throttled apps", spares_throttled(seen, &all)),
        ]);
    }
    let broken = promises.into_iter().filter(|(_, holds)| !holds);
    broken
        .map(|(name, _)| format!("not true: {name}"))
        .collect()
}

/// One request, and how the client may have seen what came of it.
struct Attempt<'a> {
    arrival: &'a Arrival,
    step: &'a Step,
    /// More than one if it cannot be told whether the response arrived.
    verdicts: Vec<Verdict>,
}

impl Attempt<'_> {
    fn may(&self, such: impl Fn(Verdict) -> bool) -> bool {
        self.verdicts.iter().any(|verdict| such(*verdict))
    }

    fn must(&self, such: impl Fn(Verdict) -> bool) -> bool {
        self.verdicts.iter().all(|verdict| such(*verdict))
    }

    /// Whether the client has got the whole response.
    fn has_arrived(&self) -> bool {
        self.verdicts.len() == 1 && self.step.fault.arrives() == Arrives::Whole
    }

    /// The solution that a success reports.
    fn solution(&self) -> usize {
        solution_of(self.arrival.call, self.arrival.request)
    }

    /// Whether this is the response that was sent.
    fn sent(&self, response: &Response) -> bool {
        let body = self.step.response.body(self.solution());
        response.status() == self.step.response.status
            && response.body() == &body[..body.len().min(BODY_LIMIT)]
            && response.is_truncated() == (body.len() > BODY_LIMIT)
    }
}

/// One call with all that is known of it.
struct Seen<'a> {
    schedule: &'a Schedule,
    call: &'a Call,
    said: Option<&'a Said>,
    took: Duration,
    attempts: Vec<Attempt<'a>>,
    /// Whether a time limit may have ended an attempt, whatever the server did.
    met_time_limit: bool,
}

impl<'a> Seen<'a> {
    fn new(played: &'a Played, number: usize) -> Self {
        let schedule = &played.schedule;
        let call = &schedule.calls[number];
        let took = played.calls[number].took;
        let limit = schedule.deadline.min(schedule.attempt_timeout);
        let met_time_limit = took >= limit.mul_f64(0.9);
        let attempt = |arrival: &'a Arrival| {
            let step = schedule.step(arrival);
            let judge = |response| judge(call.accepts, schedule.resend, response);
            let (seen, lost) = (judge(Some(&step.response)), judge(None));
            let verdicts = match step.fault.arrives() {
                Arrives::Never | Arrives::Hangs => vec![lost],
                Arrives::Whole | Arrives::Endless if !met_time_limit => vec![seen],
                _ => vec![seen, lost],
            };
            Attempt {
                arrival,
                step,
                verdicts,
            }
        };
        let arrivals = played.arrivals.iter();
        let arrivals = arrivals.filter(|arrival| arrival.call == number);
        Self {
            schedule,
            call,
            said: played.calls[number].said.as_ref(),
            took,
            attempts: arrivals.map(attempt).collect(),
            met_time_limit,
        }
    }

    /// The last attempt, if the server knows of all of them. A request that the client gave up may arrive after the
    /// next one.
    fn last(&self) -> Option<&Attempt<'a>> {
        let all_known = self.said?.attempts == self.attempts.len() && !self.met_time_limit;
        self.attempts.last().filter(|_| all_known)
    }

    /// Whether an attempt before the last one is such.
    fn earlier(&self, such: impl Fn(&Attempt<'a>) -> bool) -> bool {
        self.attempts.iter().rev().skip(1).any(such)
    }

    fn app_may_be_throttled(&self, all: &[Self]) -> bool {
        let throttled = |attempt: &Attempt<'_>| attempt.may(Verdict::is_throttled);
        let mut of_app = all.iter().filter(|seen| seen.call.app == self.call.app);
        of_app.any(|seen| seen.attempts.iter().any(throttled))
    }
}

fn ends_in_time(seen: &Seen<'_>) -> bool {
    let ended = seen.said.is_some() || seen.call.dropped_after.is_some();
    ended && seen.took < seen.schedule.deadline + SLACK
}

fn sends_what_it_may(seen: &Seen<'_>) -> bool {
    let is_allowed = !seen.earlier(|attempt| attempt.must(|verdict| !verdict.again));
    is_allowed && seen.attempts.len() <= seen.schedule.max_attempts as usize
}

fn waits_as_asked(seen: &Seen<'_>) -> bool {
    seen.attempts.windows(2).all(|pair| {
        // From before the response was sent, so the client cannot have begun to wait earlier.
        let waited = pair[1].arrival.at - pair[0].arrival.at;
        !pair[0].has_arrived() || waited >= pair[0].step.response.wait()
    })
}

fn reads_no_flood(seen: &Seen<'_>) -> bool {
    let mut attempts = seen.attempts.iter();
    attempts.all(|attempt| attempt.arrival.written < FLOOD_LIMIT)
}

fn does_not_give_up(seen: &Seen<'_>, said: &Said, all: &[Seen<'_>]) -> bool {
    let schedule = seen.schedule;
    let (Some(last), Err(error)) = (seen.last(), &said.result) else {
        return true;
    };
    if error.attempts() == schedule.max_attempts || !last.must(|verdict| verdict.again) {
        return true;
    }
    if error.is_retry_budget_exhausted() {
        let retries = |seen: &Seen<'_>| {
            let free = |pair: &&[Attempt<'_>]| pair[0].must(Verdict::is_throttled);
            let free = seen.attempts.windows(2).filter(free).count();
            let said = seen.said?;
            // One that the throttle holds for too long is paid and not made.
            let held = said.result.as_ref().is_err_and(Error::is_deadline_exceeded);
            Some((said.attempts + usize::from(held)).saturating_sub(1 + free))
        };
        let retries: Option<usize> = all.iter().map(retries).sum();
        return retries.is_none_or(|retries| retries >= schedule.retry_budget as usize);
    }
    let wait = last.step.response.wait().max(schedule.base_delay * 32);
    let left = (schedule.deadline / 10).min(Duration::from_secs(1));
    let no_time = seen.took + wait >= schedule.deadline - left;
    // Throttled calls wait for one another.
    error.is_deadline_exceeded() && (no_time || seen.app_may_be_throttled(all))
}

fn counts_attempts(seen: &Seen<'_>, said: &Said, all: &[Seen<'_>]) -> bool {
    let (schedule, arrived) = (seen.schedule, seen.attempts.len());
    // A connection that closes just then may cost an attempt that the server never sees.
    let is_undisturbed = |seen: &Seen<'_>| {
        let mut attempts = seen.attempts.iter();
        let keep = attempts.all(|attempt| attempt.step.fault.keeps_connection());
        keep && !seen.met_time_limit && seen.said.is_some()
    };
    let all_arrive = schedule.listening == Listening::Yes && all.iter().all(is_undisturbed);
    let most = schedule.max_attempts as usize;
    said.attempts == arrived || (!all_arrive && (arrived..=most).contains(&said.attempts))
}

fn kind_fits(seen: &Seen<'_>, said: &Said, all: &[Seen<'_>]) -> bool {
    let Err(error) = &said.result else {
        return true;
    };
    let refused = |last: &Attempt<'_>| last.may(|verdict| verdict.is(ErrorKind::Refused));
    let open = |attempt: &Attempt<'_>| attempt.may(Verdict::is_open);
    let all_known = seen.schedule.listening != Listening::Yes || seen.last().is_some();
    let fits = match error.kind() {
        ErrorKind::Unreachable => seen.attempts.is_empty() && said.attempts > 0,
        ErrorKind::Throttled => seen.app_may_be_throttled(all),
        ErrorKind::Refused => seen.attempts.last().is_some_and(refused),
        ErrorKind::OutcomeUnknown => !all_known || seen.attempts.iter().any(open),
        _ => false,
    };
    let last = seen.last().filter(|last| last.must(Verdict::is_throttled));
    fits && (error.is_throttled() || last.is_none())
}

fn denies_no_effect(seen: &Seen<'_>, said: &Said) -> bool {
    let open = |attempt: &Attempt<'_>| attempt.step.takes_effect || attempt.must(Verdict::is_open);
    let effects = seen.attempts.iter().filter(|attempt| open(attempt)).count();
    let earlier = match said.result {
        Ok(_) => effects > 1,
        Err(_) => seen.last().is_some() && seen.earlier(open),
    };
    (said.may_have_taken_effect() || effects == 0) && (said.earlier || !earlier)
}

fn warns_of_what_can_be(seen: &Seen<'_>, said: &Said) -> bool {
    let can_be = seen.last().is_none() || seen.earlier(|attempt| attempt.may(Verdict::is_open));
    !said.earlier || (can_be && said.may_have_taken_effect())
}

fn loses_no_response(seen: &Seen<'_>, said: &Said) -> bool {
    let arrived = seen.last().filter(|last| last.has_arrived());
    let is_told = match &said.result {
        Ok(solution) => {
            let told = |attempt: &Attempt<'_>| {
                attempt.may(Verdict::is_success) && attempt.solution().to_string() == *solution
            };
            let last = seen.attempts.iter().rposition(told);
            last.is_some_and(|last| last + 1 == seen.attempts.len() || seen.met_time_limit)
        }
        Err(_) => arrived.is_none_or(|last| !last.must(Verdict::is_success)),
    };
    let is_held = match (arrived, &said.response) {
        (Some(last), Some(response)) => last.sent(response),
        (None, Some(response)) => response.body().len() <= BODY_LIMIT,
        (arrived, None) => arrived.is_none(),
    };
    is_told && is_held
}

/// No request of a later call to the same app comes before the stated time.
fn spares_throttled(seen: &Seen<'_>, all: &[Seen<'_>]) -> bool {
    let is_throttled = |it: &&Attempt<'_>| it.has_arrived() && it.must(Verdict::is_throttled);
    let throttled = seen.attempts.iter().filter(is_throttled);
    let until = throttled.map(|attempt| attempt.arrival.at + attempt.step.response.wait());
    let until = until.max();
    let (wave, app) = (seen.call.wave, seen.call.app);
    let later = all
        .iter()
        .filter(|it| it.call.wave > wave && it.call.app == app);
    let mut requests = later.flat_map(|later| &later.attempts);
    requests.all(|request| until <= Some(request.arrival.at))
}

/// A retry takes one out of the budget, a success puts one back, and one comes back every 5 s.
fn stays_in_budget(all: &[Seen<'_>]) -> bool {
    let budget = f64::from(all[0].schedule.retry_budget);
    let mut left = budget;
    let mut waves = all.chunk_by(|one, next| one.call.wave == next.call.wave);
    waves.all(|wave| {
        let (mut retries, mut back) = (0.0, 0.0);
        for seen in wave {
            let paid = |pair: &&[Attempt<'_>]| !pair[0].may(Verdict::is_throttled);
            retries += seen.attempts.windows(2).filter(paid).count() as f64;
            let success =
                |it: &&Attempt<'_>| it.step.response.status < 300 && it.may(Verdict::is_open);
            back += seen.attempts.iter().filter(success).count() as f64;
            // Half a second more, for what passes between the calls.
            back += (seen.took.as_secs_f64() + 0.5) / 5.0;
        }
        let is_paid = retries <= if budget == 0.0 { 0.0 } else { left + back };
        left = budget.min(left + back - retries);
        is_paid
    })
}
