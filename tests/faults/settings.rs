//! What the environment sets.

use std::{env, str::FromStr};

/// What fits into two minutes on two processors, in a build without optimisation.
const SCHEDULES: u64 = 8000;

#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// `FAULTS_FROM`: the seed of the first schedule; each further one is the next number.
    pub from: u64,
    /// `FAULTS_SCHEDULES`
    pub schedules: u64,
    /// `FAULTS_SEED`: this schedule alone, with its story.
    pub only: Option<u64>,
}

impl Settings {
    pub fn read() -> Self {
        Self {
            from: number("FAULTS_FROM").unwrap_or(1),
            schedules: number("FAULTS_SCHEDULES").unwrap_or(SCHEDULES),
            only: number("FAULTS_SEED"),
        }
    }

    /// Whether it is so long that everything has to be met.
    pub fn is_whole(&self) -> bool {
        self.only.is_none() && self.schedules >= SCHEDULES
    }

    pub fn seeds(&self) -> std::ops::Range<u64> {
        match self.only {
            Some(seed) => seed..seed + 1,
            None => self.from..self.from + self.schedules,
        }
    }
}

fn number<T: FromStr>(name: &str) -> Option<T> {
    let value = env::var(name).ok()?;
    let Ok(number) = value.parse() else {
        panic!("{name} is no number: {value}");
    };
    Some(number)
}
