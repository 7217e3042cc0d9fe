//! Time that this process spent on a processor, in all its threads and in the kernel for it.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// What went by of both kinds of time.
#[derive(Clone, Copy)]
pub struct Spent {
    pub processor: Duration,
    pub wall: Duration,
}

pub struct Clock {
    processor: Duration,
    wall: Instant,
}

impl Clock {
    pub fn start() -> Self {
        Self {
            processor: processor(),
            wall: Instant::now(),
        }
    }

    pub fn stop(&self) -> Spent {
        Spent {
            processor: processor().saturating_sub(self.processor),
            wall: self.wall.elapsed(),
        }
    }
}

fn processor() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a time since the start")
}
