//! One seed, one schedule: who calls what under which policy, and what the server does to it.

use std::time::Duration;

use fastrand::Rng;
use whatsapp_multi_partner_solutions::{Resend, RetryPolicy};

use crate::{
    content::pick,
    fault::{Fault, Range},
    rows::Operation,
};

#[derive(Clone, Debug)]
pub struct Schedule {
    pub seed: u64,
    pub listening: Listening,
    /// What becomes of each new connection before anything is asked on it; the others are open.
    pub doors: Vec<Door>,
    pub bounds: Bounds,
    /// Whether the crate builds its own `reqwest::Client`, which takes a while.
    pub own_http: bool,
    /// Whether the client runs on several threads.
    pub threads: bool,
    /// Whether all calls are made at the same time, on clones.
    pub at_once: bool,
    pub calls: Vec<Call>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    Yes,
    /// The port is taken and nobody listens.
    Refused,
    /// The client wants TLS, and gets something else.
    NoTls(NoTls),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTls {
    Garbage,
    Close,
    Hang,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Open,
    Close,
    /// A refusal before anything was asked, as servers send it to a connection that is idle for too long.
    Answer,
}

#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub max_attempts: u32,
    pub replay: Resend,
    pub base_delay: Duration,
    pub deadline: Duration,
    pub attempt_timeout: Duration,
    pub retry_budget: Option<u32>,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub operation: Operation,
    /// What is done to its requests, one after another; after that they succeed.
    pub faults: Vec<Fault>,
    /// The caller drops the future after this time.
    pub dropped_after: Option<Duration>,
}

impl Bounds {
    fn draw(rng: &mut Rng, hangs: bool) -> Self {
        let millis = |rng: &mut Rng, from, to| Duration::from_millis(rng.u64(from..to));
        let short = hangs || rng.u8(..4) == 0;
        Self {
            max_attempts: pick(rng, &[1, 2, 3, 4, 4, 6]),
            replay: pick(
                rng,
                &[Resend::OnlyIfSafe, Resend::AsDocumented, Resend::Always],
            ),
            base_delay: Duration::from_micros(rng.u64(..2000)),
            deadline: if short {
                millis(rng, 300, 800)
            } else {
                Duration::from_secs(40)
            },
            attempt_timeout: if hangs {
                millis(rng, 80, 900)
            } else {
                Duration::from_secs(20)
            },
            // No schedule has as many retries as the usual budget pays for.
            retry_budget: pick(rng, &[Some(100), Some(100), Some(2), None]),
        }
    }

    pub fn policy(&self) -> RetryPolicy {
        RetryPolicy::default()
            .max_attempts(self.max_attempts)
            .resend(self.replay)
            .base_delay(self.base_delay)
            .max_delay(self.max_delay())
            .deadline(self.deadline)
            .attempt_timeout(self.attempt_timeout)
    }

    pub fn max_delay(&self) -> Duration {
        self.base_delay * 4
    }

    /// A call that took less than this met no time limit.
    pub fn first_time_limit(&self) -> Duration {
        self.deadline.min(self.attempt_timeout)
    }
}

impl Schedule {
    pub fn draw(seed: u64) -> Self {
        let rng = &mut Rng::with_seed(seed);
        let hangs = rng.u8(..6) == 0;
        let listening = match rng.u8(..64) {
            0 | 1 => Listening::Refused,
            2 => Listening::NoTls(pick(rng, &[NoTls::Garbage, NoTls::Close, NoTls::Hang])),
            _ => Listening::Yes,
        };
        let bounds = Bounds::draw(rng, hangs || listening == Listening::NoTls(NoTls::Hang));
        let doors = if rng.u8(..10) == 0 {
            (0..rng.usize(1..4))
                .map(|_| pick(rng, &[Door::Open, Door::Close, Door::Answer]))
                .collect()
        } else {
            Vec::new()
        };
        let at_once = rng.u8(..5) == 0;
        let calls = if hangs {
            rng.usize(1..3)
        } else {
            rng.usize(1..6)
        };
        Self {
            seed,
            listening,
            doors,
            bounds,
            own_http: rng.u8(..16) == 0,
            threads: rng.u8(..3) == 0,
            at_once,
            calls: (0..calls)
                .map(|_| Call::draw(rng, hangs, !at_once))
                .collect(),
        }
    }
}

impl Call {
    fn draw(rng: &mut Rng, hangs: bool, one_by_one: bool) -> Self {
        let operation = pick(
            rng,
            &[Operation::Create, Operation::Create, Operation::Accept],
        );
        let range = Range {
            operation,
            hangs,
            one_by_one,
        };
        let faults = rng.usize(..6);
        let dropped = rng.u8(..24) == 0;
        Self {
            operation,
            faults: (0..faults).map(|_| Fault::draw(range, rng)).collect(),
            dropped_after: dropped.then(|| Duration::from_micros(rng.u64(..20_000))),
        }
    }
}
