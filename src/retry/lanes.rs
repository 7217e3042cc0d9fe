//! The limits of a client, by app, and which of them a call keeps to.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use super::lane::Lane;

/// How often lanes that hold nothing any more are put away.
const TIDY: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// Of what may count against any app.
    pub(super) any: Lane,
    pub(super) apps: HashMap<Box<str>, Lane>,
    epoch: u64,
    tidied: Option<Instant>,
}

impl Lanes {
    /// Every lane that a call keeps to.
    pub(super) fn of(&self, app: Option<&str>) -> impl Iterator<Item = &Lane> {
        let own = app.and_then(|app| self.apps.get(app));
        let all = app.is_none().then(|| self.apps.values());
        std::iter::once(&self.any)
            .chain(own)
            .chain(all.into_iter().flatten())
    }

    pub(super) fn take(&mut self, app: Option<&str>, at: Instant) {
        self.any.take(at);
        match app {
            Some(app) => self
                .apps
                .get_mut(app)
                .into_iter()
                .for_each(|lane| lane.take(at)),
            None => self.apps.values_mut().for_each(|lane| lane.take(at)),
        }
    }

    /// The lane in which what a call meets is noted.
    pub(super) fn own(&mut self, app: Option<&str>) -> &mut Lane {
        match app {
            None => &mut self.any,
            Some(app) => self.apps.entry(app.into()).or_default(),
        }
    }

    pub(super) fn void_places(&mut self, app: Option<&str>) {
        self.epoch += 1;
        let epoch = self.epoch;
        self.own(app).epoch = epoch;
    }

    pub(super) fn void_all_places(&mut self) {
        self.epoch += 1;
        self.any.epoch = self.epoch;
        self.apps
            .values_mut()
            .for_each(|lane| lane.epoch = self.epoch);
    }

    /// Puts away, now and then, the lanes that hold nothing any more; `true` if none is left that does.
    pub(super) fn tidy(&mut self, now: Instant) -> bool {
        if self
            .tidied
            .is_some_and(|last| now.duration_since(last) < TIDY)
        {
            return false;
        }
        self.tidied = Some(now);
        self.apps.retain(|_, lane| lane.matters(now));
        self.apps.is_empty() && !self.any.matters(now)
    }
}
