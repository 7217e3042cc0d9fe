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

#[derive(Clone, Debug)]
pub struct Schedule {
    pub seed: u64,
    pub max_attempts: u32,
    pub resend: Resend,
    pub base_delay: Duration,
    pub deadline: Duration,
    pub attempt_timeout: Duration,
    /// They are made at the same time, on clones of one client.
    pub calls: Vec<Call>,
}

#[derive(Clone, Debug)]
pub struct Call {
    /// Whether it accepts a solution; otherwise it creates one.
    pub accepts: bool,
    /// What is done to its requests, one after another.
    pub steps: Vec<Step>,
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
        let hangs = rng.u8(..6) == 0;
        let long = Duration::from_secs(40);
        let short = Duration::from_millis(rng.u64(300..800));
        let is_short = hangs || rng.u8(..4) == 0;
        let calls = rng.usize(1..if hangs { 3 } else { 7 });
        let resend = pick(rng, &RESEND);
        let calls = (0..calls).map(|_| Call::draw(resend, hangs, rng));
        Self {
            seed,
            calls: calls.collect(),
            max_attempts: pick(rng, &[1, 2, 3, 4, 4, MAX_ATTEMPTS]),
            resend,
            base_delay: Duration::from_micros(rng.u64(..2000)),
            deadline: if is_short { short } else { long },
            // With the long one, an attempt that hangs shows whether the deadline is kept.
            attempt_timeout: pick(rng, &[long, if hangs { short / 3 } else { long }]),
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
    fn draw(resend: Resend, hangs: bool, rng: &mut Rng) -> Self {
        let accepts = rng.bool();
        // More than any policy has attempts.
        let steps = (0..=MAX_ATTEMPTS).map(|_| Step::draw(accepts, resend, hangs, rng));
        Self {
            steps: steps.collect(),
            accepts,
        }
    }
}

impl Step {
    fn draw(accepts: bool, resend: Resend, hangs: bool, rng: &mut Rng) -> Self {
        let mut response = Response::draw(rng);
        let mut fault = pick(rng, &FAULTS);
        let is_plain = match (fault, fault.arrives()) {
            (_, Arrives::Hangs) => !hangs,
            // Only what is read together with the response can be told from the next one.
            (Fault::Chunked | Fault::Stray, _) => response.body(0).len() < 2,
            _ => rng.bool(),
        };
        if is_plain {
            fault = Fault::Plain;
        }
        let arrives = fault.arrives();
        if !matches!(arrives, Arrives::Whole | Arrives::Perhaps) {
            response = Response::to_be_cut();
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
