//! A campaign of faults over real sockets: what a seed draws, a server does, and what the client says of it is held
//! against what the server knows to have happened.
//!
//! `FAULTS_SCHEDULES=100000` makes it longer, `FAULTS_FROM=5000` begins at another seed, and `FAULTS_SEED=17` plays
//! one schedule alone and tells its story (with `-- --nocapture`).

mod checks;
mod fault;
mod model;
mod play;
mod response;
mod schedule;
mod server;

use std::{
    collections::BTreeMap,
    env,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use fault::FAULTS;
use play::{Played, play};
use schedule::Schedule;
use tokio::runtime::Runtime;
use whatsapp_multi_partner_solutions::Error;

/// What fits into 20 seconds on two processors, in a build without optimisation.
const SCHEDULES: u64 = 5000;

/// Most schedules wait most of the time.
const AT_A_TIME: usize = 48;

/// Dropped, success with and without a warning, and four kinds of errors.
const ENDS: usize = 7;

/// As many broken schedules say all there is to say.
const ENOUGH: usize = 5;

#[derive(Default)]
struct Found {
    /// How often what was met.
    tally: BTreeMap<String, u64>,
    stories: Vec<String>,
}

impl Found {
    fn add(&mut self, played: &Played) {
        for arrival in &played.arrivals {
            let fault = played.schedule.step(arrival).fault;
            *self.tally.entry(format!("{fault:?}")).or_default() += 1;
        }
        for called in &played.calls {
            let end = called.said.as_ref().map(|said| {
                let result = said.result.as_ref().map_err(Error::kind);
                result.map(|_| said.earlier)
            });
            *self.tally.entry(format!("end {end:?}")).or_default() += 1;
        }
        let broken = checks::broken(played);
        if !broken.is_empty() {
            self.stories.push(broken.join("\n") + &story(played));
        }
    }
}

/// A schedule that was played, told so that a reader can follow it.
fn story(played: &Played) -> String {
    let seed = played.schedule.seed;
    let mut lines = vec![
        format!("\nFAULTS_SEED={seed} cargo test --test faults -- --nocapture"),
        format!("{:?}", played.schedule),
    ];
    for (number, called) in played.calls.iter().enumerate() {
        let arrivals = played.arrivals.iter();
        for arrival in arrivals.filter(|arrival| arrival.call == number) {
            let step = played.schedule.step(arrival);
            lines.push(format!("{arrival:?}\n    {step:?}"));
        }
        lines.push(format!("call {number}: {called:?}\n"));
    }
    lines.join("\n")
}

fn setting(name: &str) -> Option<u64> {
    let value = env::var(name).ok()?;
    Some(value.parse().expect("a number"))
}

#[test]
fn whatever_a_server_does_what_the_client_says_is_true() {
    let only = setting("FAULTS_SEED");
    let from = only.or(setting("FAULTS_FROM")).unwrap_or(1);
    let usual = setting("FAULTS_SCHEDULES").unwrap_or(SCHEDULES);
    let schedules = if only.is_some() { 1 } else { usual };
    let servers = Runtime::new().expect("a runtime");
    let next = AtomicU64::new(from);
    let found = Mutex::new(Found::default());
    let lock = || found.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        while lock().stories.len() < ENOUGH {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from + schedules {
                return;
            }
            let played = play(Schedule::draw(seed), servers.handle());
            if only.is_some() {
                println!("{}", story(&played));
            }
            lock().add(&played);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(work);
        }
    });
    let found = lock();
    println!("{schedules} schedules: {:?}", found.tally);
    assert!(found.stories.is_empty(), "{}", found.stories.join("\n"));
    if schedules >= SCHEDULES {
        let all = FAULTS.len() + ENDS;
        assert_eq!(found.tally.len(), all, "something is never met");
    }
}
