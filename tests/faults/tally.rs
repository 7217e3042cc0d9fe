//! How often what was met, so that a campaign that no longer meets something fails.

use std::collections::BTreeMap;

use crate::{
    broken::BROKEN,
    content::Wish,
    fault::{After, FLOODS, Fault, HANGS, Pace},
    framing::FRAMINGS,
    rows::ROWS,
    run::{Called, Played, Result},
    schedule::Schedule,
};

#[derive(Debug, Default)]
pub struct Tally(BTreeMap<String, u64>);

impl Tally {
    fn count(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: Self) {
        for (what, times) in other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }

    pub fn of(played: &Played) -> Self {
        let mut tally = Self::default();
        tally.schedule(&played.schedule);
        for arrival in &played.arrivals {
            tally.fault(&arrival.fault);
            tally.count(format!("row {:?}", arrival.fault.row()));
            if arrival.carried_out.is_some() {
                tally.count("request carried out".to_owned());
            }
        }
        for (number, called) in played.calls.iter().enumerate() {
            let created = |arrival: &&crate::ledger::Arrival| {
                arrival.call == number && arrival.carried_out.is_some()
            };
            if played.arrivals.iter().filter(created).count() > 1 {
                tally.count("call carried out more than once".to_owned());
            }
            tally.count(format!("result {}", outcome(called)));
        }
        tally
    }

    fn schedule(&mut self, schedule: &Schedule) {
        self.count("schedules".to_owned());
        self.count(format!("listening {:?}", schedule.listening));
        for door in &schedule.doors {
            self.count(format!("door {door:?}"));
        }
        self.count(format!("replay {:?}", schedule.bounds.replay));
        self.count(format!("max_attempts {}", schedule.bounds.max_attempts));
        for (is, what) in [
            (schedule.own_http, "HTTP client of the crate's own"),
            (schedule.threads, "client on several threads"),
            (schedule.at_once, "calls at the same time"),
        ] {
            if is {
                self.count(what.to_owned());
            }
        }
        for call in &schedule.calls {
            self.count(format!("operation {:?}", call.operation));
        }
    }

    fn fault(&mut self, fault: &Fault) {
        match fault {
            Fault::Answer(answer) => {
                self.count("fault answer".to_owned());
                self.count(format!("framing {:?}", answer.framing));
                self.count(format!("pace {}", pace(answer.pace)));
                self.count(format!("after {:?}", answer.after));
                self.count(format!("oddity {}", answer.content.oddity));
                self.count(format!("wish {}", wish(answer.content.wish)));
                self.count(format!("status {}", answer.content.status));
            }
            Fault::CloseUnread => self.count("fault close unread".to_owned()),
            Fault::Reset(..) => self.count("fault reset".to_owned()),
            Fault::Broken(broken, _) => self.count(format!("broken {broken:?}")),
            Fault::Hang(hang) => self.count(format!("hang {hang:?}")),
            Fault::Flood(_, flood) => self.count(format!("flood {flood:?}")),
        }
    }

    pub fn times(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// What a campaign has to meet and did not.
    pub fn missing(&self) -> Vec<String> {
        let mut expected: Vec<String> = [
            "door Answer",
            "door Close",
            "fault close unread",
            "fault reset",
            "call carried out more than once",
            "listening Refused",
            "listening NoTls(Close)",
            "listening NoTls(Garbage)",
            "listening NoTls(Hang)",
            "HTTP client of the crate's own",
            "client on several threads",
            "calls at the same time",
            "operation Create",
            "operation Accept",
            "replay OnlyIfSafe",
            "replay AsDocumented",
            "replay Always",
            "oddity 80 headers",
            "oddity gzip bomb",
            "oddity header outside ASCII",
            "oddity header of 200 kB",
            "oddity deep JSON",
            "oddity body about the bound",
            "oddity body full of tokens",
            "wish none",
            "wish short",
            "wish long",
            "status 204",
            "status 304",
            "status 999",
            "result success",
            "result success after one that may have taken effect",
            "result refused",
            "result throttled",
            "result unreachable",
            "result outcome_unknown",
            "result dropped",
        ]
        .map(str::to_owned)
        .to_vec();
        let delayed = Pace::Delayed(Default::default());
        let paces = [
            Pace::AtOnce,
            delayed,
            Pace::Drip,
            Pace::AfterInterim,
            Pace::BeforeReading,
            Pace::WithoutReading,
        ];
        let afters = [
            After::Keep,
            After::Close,
            After::SayClose,
            After::Stray,
            After::LateStray,
        ];
        expected.extend(ROWS.map(|row| format!("row {row:?}")));
        expected.extend(FRAMINGS.map(|framing| format!("framing {framing:?}")));
        expected.extend(BROKEN.map(|broken| format!("broken {broken:?}")));
        expected.extend(HANGS.map(|hang| format!("hang {hang:?}")));
        expected.extend(FLOODS.map(|flood| format!("flood {flood:?}")));
        expected.extend(paces.map(|is| format!("pace {}", pace(is))));
        expected.extend(afters.map(|after| format!("after {after:?}")));
        expected.retain(|what| self.times(what) == 0);
        expected
    }
}

fn pace(pace: Pace) -> String {
    match pace {
        Pace::Delayed(_) => "Delayed".to_owned(),
        pace => format!("{pace:?}"),
    }
}

fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::None => "none",
        Wish::Short(_) => "short",
        Wish::Long => "long",
    }
}

fn outcome(called: &Called) -> &'static str {
    match &called.result {
        Result::Ok(done) if done.earlier_may_have_taken_effect => {
            "success after one that may have taken effect"
        }
        Result::Ok(_) => "success",
        Result::Err(error) => error.kind().as_str(),
        Result::Dropped => "dropped",
        Result::Overdue => "overdue",
        Result::Panicked => "panicked",
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let entries: Vec<_> = self
            .0
            .iter()
            .map(|(what, times)| format!("{what}: {times}"))
            .collect();
        for line in entries.chunks(4) {
            writeln!(f, "  {}", line.join("; "))?;
        }
        Ok(())
    }
}
