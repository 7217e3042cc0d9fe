//! A campaign of faults over real sockets: what a seed draws, a server does, and what the client says of it is held
//! against what the server knows to have happened.
//!
//! `FAULTS_SCHEDULES=100000` makes it longer, and `FAULTS_SEED=17` plays one schedule alone.

mod checks;
mod fault;
mod model;
mod play;
mod response;
mod schedule;
mod server;

use std::{collections::BTreeMap, env};

use fault::FAULTS;
use play::{Played, play};
use schedule::Schedule;
use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::Error;

/// What fits into 20 seconds on two processors, in a build without optimisation.
const SCHEDULES: u64 = 5000;

/// Most schedules wait most of the time.
const AT_A_TIME: usize = 48;

/// Success with and without a warning, and three kinds of errors.
const ENDS: usize = 5;

/// How often each thing was met.
#[derive(Default)]
struct Tally(BTreeMap<String, u64>);

impl Tally {
    fn add(&mut self, played: &Played) {
        for arrival in &played.arrivals {
            let fault = played.schedule.step(arrival).fault;
            *self.0.entry(format!("{fault:?}")).or_default() += 1;
        }
        for said in &played.calls {
            let result = said.result.as_ref().map_err(Error::kind);
            let end = result.map(|_| said.earlier);
            *self.0.entry(format!("end {end:?}")).or_default() += 1;
        }
    }
}

/// A schedule that was played, as a line for each of its parts.
fn story(played: &Played) -> String {
    let (schedule, seed) = (&played.schedule, played.schedule.seed);
    format!(
        "\nFAULTS_SEED={seed} cargo test --test faults\n{schedule:?}\n{:?}\n{:?}\n",
        played.arrivals, played.calls
    )
}

fn setting(name: &str) -> Option<u64> {
    let value = env::var(name).ok()?;
    Some(value.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_server_does_what_the_client_says_is_true() {
    let only = setting("FAULTS_SEED");
    let schedules = setting("FAULTS_SCHEDULES").unwrap_or(SCHEDULES);
    let mut seeds = only.map_or(0..schedules, |seed| seed..seed + 1);
    let mut tally = Tally::default();
    let mut running = JoinSet::new();
    loop {
        let seed = seeds.next();
        if let Some(seed) = seed {
            running.spawn(play(Schedule::draw(seed)));
        }
        if seed.is_some() && running.len() < AT_A_TIME {
            continue;
        }
        let Some(played) = running.join_next().await else {
            break;
        };
        let played = played.expect("it was played");
        let broken = checks::broken(&played);
        assert!(broken.is_empty(), "not true: {broken:?}{}", story(&played));
        tally.add(&played);
    }
    // A busy machine may not even connect within a short time limit.
    tally.0.remove("end Err(Unreachable)");
    if only.is_none() && schedules >= SCHEDULES {
        assert_eq!(tally.0.len(), FAULTS.len() + ENDS, "{:?}", tally.0);
    }
}
