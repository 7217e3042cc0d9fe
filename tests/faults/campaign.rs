//! Plays schedule after schedule, some dozens at a time, and judges each.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use tokio::runtime::{Builder, Handle};

use crate::{
    checks::broken,
    lag, memory,
    run::{Played, play},
    schedule::Schedule,
    settings::Settings,
    story::story,
    tally::Tally,
};

/// Most schedules wait most of the time.
const AT_A_TIME: usize = 36;

/// The most memory that the whole campaign may hold: its servers and clients, some dozens at a time. One body of
/// 100 MB held by one of them would be seen.
const MEMORY: u64 = 160 << 20;

/// A failure of this many schedules says all there is to say.
const FAILURES: usize = 5;

static PANICS: AtomicU64 = AtomicU64::new(0);

fn report(played: &Played, broken: &[String]) -> String {
    let seed = played.schedule.seed;
    format!(
        "seed {seed}:\n{}\n{}alone: FAULTS_SEED={seed} cargo test --all-features --test faults -- --nocapture\n",
        broken.join("\n"),
        story(played)
    )
}

struct Campaign {
    settings: Settings,
    next: AtomicU64,
    stop: AtomicBool,
    found: Mutex<(Tally, Vec<String>)>,
}

impl Campaign {
    fn work(&self, servers: &Handle) {
        while !self.stop.load(Ordering::Relaxed) {
            let seed = self.next.fetch_add(1, Ordering::Relaxed);
            if !self.settings.seeds().contains(&seed) {
                return;
            }
            let played = play(Schedule::draw(seed), servers);
            if self.settings.only.is_some() {
                println!("{}", story(&played));
            }
            let broken = broken(&played);
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.0.add(Tally::of(&played));
            if !broken.is_empty() {
                found.1.push(report(&played, &broken));
                self.stop
                    .fetch_or(found.1.len() >= FAILURES, Ordering::Relaxed);
            }
        }
    }
}

#[test]
fn whatever_a_server_does_what_the_client_says_is_true() {
    let settings = Settings::read();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        usual(panic);
    }));
    let servers = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let campaign = Campaign {
        settings,
        next: AtomicU64::new(settings.seeds().start),
        stop: AtomicBool::new(false),
        found: Mutex::default(),
    };
    let played = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| lag::measure(&played));
        thread::scope(|scope| {
            for _ in 0..AT_A_TIME {
                scope.spawn(|| campaign.work(servers.handle()));
            }
        });
        played.store(true, Ordering::Relaxed);
    });
    let (tally, failures) = campaign
        .found
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    println!(
        "{tally}  peak memory: {:?} MB, worst lag of the machine: {:?}",
        memory::peak().map(|bytes| bytes >> 20),
        lag::worst()
    );
    assert!(
        failures.is_empty(),
        "{} schedules failed:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert_eq!(
        PANICS.load(Ordering::SeqCst),
        0,
        "something panicked where nobody looked"
    );
    let asked_for = settings.seeds().end - settings.seeds().start;
    assert_eq!(
        tally.times("schedules"),
        asked_for,
        "each schedule is played"
    );
    if settings.is_whole() {
        let missing = tally.missing();
        assert!(missing.is_empty(), "never met: {missing:?}");
    }
    if let Some(peak) = memory::peak() {
        assert!(peak < MEMORY, "the process held {peak} bytes at its peak");
    }
}
