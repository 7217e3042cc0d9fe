//! The promises, one function for each. They hold what the client says against the server's ledger, and against the
//! table where the question is what was allowed.

use std::time::Duration;

use whatsapp_multi_partner_solutions::{ErrorKind, Response};

use crate::{
    fault::Arrives,
    model::{Verdict, judge},
    play::{Played, SLACK, Said},
    schedule::{Schedule, Step},
    server::{Arrival, solution_of},
};

/// The promises that a schedule broke.
pub fn broken(played: &Played) -> Vec<&'static str> {
    let calls = 0..played.calls.len();
    let all: Vec<_> = calls.map(|call| Seen::new(played, call)).collect();
    let mut promises = vec![];
    for seen in &all {
        promises.extend([
            ("it ends within its deadline", ends_in_time(seen)),
            ("it sends what the table allows", sends_what_it_may(seen)),
            ("it waits as long as it is asked", waits_as_asked(seen)),
            ("it does not give up", does_not_give_up(seen, &all)),
            ("it counts attempts", counts_attempts(seen, &all)),
            ("its kind fits", kind_fits(seen, &all)),
            ("it denies no effect", denies_no_effect(seen)),
            ("it warns of what can be", warns_of_what_can_be(seen)),
            ("it loses no response", loses_no_response(seen)),
        ]);
    }
    promises.retain(|(_, holds)| !holds);
    promises.into_iter().map(|(name, _)| name).collect()
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
        response.status() == self.step.response.status && *response.body() == body
    }
}

/// One call with all that is known of it.
struct Seen<'a> {
    schedule: &'a Schedule,
    said: &'a Said,
    attempts: Vec<Attempt<'a>>,
    /// Whether a time limit may have ended an attempt, whatever the server did.
    met_time_limit: bool,
}

impl<'a> Seen<'a> {
    fn new(played: &'a Played, number: usize) -> Self {
        let schedule = &played.schedule;
        let call = &schedule.calls[number];
        let said = &played.calls[number];
        let limit = schedule.deadline.min(schedule.attempt_timeout);
        let met_time_limit = said.took >= limit.mul_f64(0.9);
        let attempt = |arrival: &'a Arrival| {
            let step = schedule.step(arrival);
            let judge = |response| judge(call.accepts, schedule.resend, response);
            let (seen, lost) = (judge(Some(&step.response)), judge(None));
            let verdicts = match step.fault.arrives() {
                Arrives::Never | Arrives::Hangs => vec![lost],
                Arrives::Whole if !met_time_limit => vec![seen],
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
            said,
            attempts: arrivals.map(attempt).collect(),
            met_time_limit,
        }
    }

    /// The last attempt, if the server knows of all of them. A request that the client gave up may arrive after the
    /// next one.
    fn last(&self) -> Option<&Attempt<'a>> {
        let all_known = self.said.attempts == self.attempts.len() && !self.met_time_limit;
        self.attempts.last().filter(|_| all_known)
    }

    /// Whether an attempt before the last one is such.
    fn earlier(&self, such: impl Fn(&Attempt<'a>) -> bool) -> bool {
        self.attempts.iter().rev().skip(1).any(such)
    }

    fn may_be_throttled(&self) -> bool {
        let mut attempts = self.attempts.iter();
        attempts.any(|attempt| attempt.may(Verdict::is_throttled))
    }
}

fn ends_in_time(seen: &Seen<'_>) -> bool {
    seen.said.took < seen.schedule.deadline + SLACK
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

fn does_not_give_up(seen: &Seen<'_>, all: &[Seen<'_>]) -> bool {
    let schedule = seen.schedule;
    let (Some(last), Err(error)) = (seen.last(), &seen.said.result) else {
        return true;
    };
    if error.attempts() == schedule.max_attempts || !last.must(|verdict| verdict.again) {
        return true;
    }
    let wait = last.step.response.wait().max(schedule.base_delay * 32);
    let left = (schedule.deadline / 10).min(Duration::from_secs(1));
    let no_time = seen.said.took + wait >= schedule.deadline - left;
    // Throttled calls wait for one another.
    error.is_deadline_exceeded() && (no_time || all.iter().any(Seen::may_be_throttled))
}

fn counts_attempts(seen: &Seen<'_>, all: &[Seen<'_>]) -> bool {
    let arrived = seen.attempts.len();
    // A connection that closes just then may cost an attempt that the server never sees.
    let is_undisturbed = |seen: &Seen<'_>| {
        let mut attempts = seen.attempts.iter();
        let keep = attempts.all(|attempt| attempt.step.fault.keeps_connection());
        keep && !seen.met_time_limit
    };
    let all_arrive = all.iter().all(is_undisturbed);
    let most = seen.schedule.max_attempts as usize;
    seen.said.attempts == arrived || (!all_arrive && (arrived..=most).contains(&seen.said.attempts))
}

fn kind_fits(seen: &Seen<'_>, all: &[Seen<'_>]) -> bool {
    let Err(error) = &seen.said.result else {
        return true;
    };
    let refused = |last: &Attempt<'_>| last.may(|verdict| verdict.is(ErrorKind::Refused));
    let open = |attempt: &Attempt<'_>| attempt.may(Verdict::is_open);
    let fits = match error.kind() {
        ErrorKind::Unreachable => seen.attempts.is_empty() && seen.said.attempts > 0,
        ErrorKind::Throttled => all.iter().any(Seen::may_be_throttled),
        ErrorKind::Refused => seen.attempts.last().is_some_and(refused),
        ErrorKind::OutcomeUnknown => seen.last().is_none() || seen.attempts.iter().any(open),
        _ => false,
    };
    let last = seen.last().filter(|last| last.must(Verdict::is_throttled));
    fits && (error.is_throttled() || last.is_none())
}

fn denies_no_effect(seen: &Seen<'_>) -> bool {
    let open = |attempt: &Attempt<'_>| attempt.step.takes_effect || attempt.must(Verdict::is_open);
    let effects = seen.attempts.iter().filter(|attempt| open(attempt)).count();
    let earlier = match seen.said.result {
        Ok(_) => effects > 1,
        Err(_) => seen.last().is_some() && seen.earlier(open),
    };
    (seen.said.may_have_taken_effect() || effects == 0) && (seen.said.earlier || !earlier)
}

fn warns_of_what_can_be(seen: &Seen<'_>) -> bool {
    let can_be = seen.last().is_none() || seen.earlier(|attempt| attempt.may(Verdict::is_open));
    !seen.said.earlier || (can_be && seen.said.may_have_taken_effect())
}

fn loses_no_response(seen: &Seen<'_>) -> bool {
    let arrived = seen.last().filter(|last| last.has_arrived());
    let is_told = match &seen.said.result {
        Ok(solution) => {
            let told = |attempt: &Attempt<'_>| {
                attempt.may(Verdict::is_success) && attempt.solution().to_string() == *solution
            };
            let last = seen.attempts.iter().rposition(told);
            last.is_some_and(|last| last + 1 == seen.attempts.len() || seen.met_time_limit)
        }
        Err(_) => arrived.is_none_or(|last| !last.must(Verdict::is_success)),
    };
    let is_held = match (arrived, &seen.said.response) {
        (Some(last), Some(response)) => last.sent(response),
        (arrived, _) => arrived.is_none(),
    };
    is_told && is_held
}
