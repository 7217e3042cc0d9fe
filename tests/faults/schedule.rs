//! One seed, one schedule: who calls what under which policy, and what the server does about it.

use std::time::Duration;

use fastrand::Rng;
use whatsapp_multi_partner_solutions::{Resend, RetryPolicy};

use crate::{
    fault::{Arrives, FAULTS, Fault},
    model::judge,
    response::{Response, pick},
    server::Arrival,
};

const APPS: [&str; 2] = ["1111222233334444", "5555666677778888"];

#[derive(Clone, Debug)]
pub struct Schedule {
    pub seed: u64,
    pub listening: Listening,
    pub max_attempts: u32,
    pub resend: Resend,
    pub base_delay: Duration,
    pub deadline: Duration,
    pub attempt_timeout: Duration,
    pub retry_budget: u32,
    /// Whether the crate builds its own `reqwest::Client`, which takes a while.
    pub own_http: bool,
    pub calls: Vec<Call>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    Yes,
    /// The port is taken and nobody listens.
    Refused,
    /// The client wants TLS, and the server says nothing.
    TlsHangs,
}

#[derive(Clone, Debug)]
pub struct Call {
    /// Whether it accepts a solution; otherwise it creates one.
    pub accepts: bool,
    /// The app that calls: create's Application-ID, accept's partner_app_id.
    pub app: &'static str,
    /// Calls of one wave are made at the same time, on clones of the client.
    pub wave: usize,
    /// What is done to its requests, one after another.
    pub steps: Vec<Step>,
    /// The caller drops the future after this time.
    pub dropped_after: Option<Duration>,
}

/// What the server does to one request.
#[derive(Clone, Debug)]
pub struct Step {
    pub fault: Fault,
    pub response: Response,
    /// Whether the request takes effect. The server does not lie: what it reports happened, and what it refuses did not.
    pub takes_effect: bool,
}

impl Schedule {
    pub fn draw(seed: u64) -> Self {
        let rng = &mut Rng::with_seed(seed);
        let listening = match rng.u8(..64) {
            0 => Listening::Refused,
            1 => Listening::TlsHangs,
            _ => Listening::Yes,
        };
        let hangs = listening == Listening::TlsHangs || rng.u8(..6) == 0;
        let long = Duration::from_secs(40);
        let short = Duration::from_millis(rng.u64(300..800));
        let is_short = hangs || rng.u8(..4) == 0;
        let calls = rng.usize(1..if hangs { 3 } else { 7 });
        let resend = pick(rng, &RESEND);
        let mut wave = 0;
        let calls = (0..calls).map(|_| {
            wave += usize::from(rng.bool());
            Call::draw(wave, resend, hangs, rng)
        });
        Self {
            seed,
            listening,
            calls: calls.collect(),
            max_attempts: pick(rng, &[1, 2, 3, 4, 4, MAX_ATTEMPTS]),
            resend,
            base_delay: Duration::from_micros(rng.u64(..2000)),
            deadline: if is_short { short } else { long },
            // With the long one, an attempt that hangs shows whether the deadline is kept.
            attempt_timeout: pick(rng, &[long, if hangs { short / 3 } else { long }]),
            retry_budget: pick(rng, &[0, 1, 2, 2, 100, 100]),
            own_http: rng.u8(..32) == 0,
        }
    }

    pub fn policy(&self) -> RetryPolicy {
        RetryPolicy::default()
            .max_attempts(self.max_attempts)
            .resend(self.resend)
            .base_delay(self.base_delay)
            .deadline(self.deadline)
            .attempt_timeout(self.attempt_timeout)
    }

    pub fn step(&self, arrival: &Arrival) -> &Step {
        &self.calls[arrival.call].steps[arrival.request]
    }
}

const MAX_ATTEMPTS: u32 = 6;
const RESEND: [Resend; 3] = [Resend::OnlyIfSafe, Resend::AsDocumented, Resend::Always];

impl Call {
    fn draw(wave: usize, resend: Resend, hangs: bool, rng: &mut Rng) -> Self {
        let accepts = rng.bool();
        // More than any policy has attempts.
        let steps = (0..=MAX_ATTEMPTS).map(|_| Step::draw(accepts, resend, hangs, rng));
        Self {
            wave,
            steps: steps.collect(),
            accepts,
            app: pick(rng, &APPS),
            dropped_after: (rng.u8(..24) == 0).then(|| Duration::from_micros(rng.u64(..20_000))),
        }
    }
}

impl Step {
    fn draw(accepts: bool, resend: Resend, hangs: bool, rng: &mut Rng) -> Self {
        let mut response = Response::draw(rng);
        let mut fault = pick(rng, &FAULTS);
        let is_plain = match (fault, fault.arrives()) {
            (_, Arrives::Hangs) => !hangs,
            (_, Arrives::Endless) => rng.u8(..8) > 0,
            // Only what is read together with the response can be told from the next one.
            (Fault::Chunked | Fault::Stray, _) => !(2..1000).contains(&response.body(0).len()),
            _ => rng.bool(),
        };
        if is_plain {
            fault = Fault::Plain;
        }
        let arrives = fault.arrives();
        if !matches!(arrives, Arrives::Whole | Arrives::Perhaps) {
            response = response.without_meaning();
        }
        let is_lost = matches!(arrives, Arrives::Never | Arrives::Hangs);
        let verdict = judge(accepts, resend, (!is_lost).then_some(&response));
        Self {
            fault,
            response,
            takes_effect: verdict.is_success() || (verdict.is_open() && rng.bool()),
        }
    }
}
