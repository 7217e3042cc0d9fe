//! The worst that the usage headers of an answer say: looked for in every answer, and so without keeping the rest.
//!
//! What it skips it does not judge: a number out of range among it, for which [`Usage`] takes the whole header as not
//! sent, does not keep it from reading the figures.

use std::{fmt, time::Duration};

use http::{HeaderMap, HeaderValue};
use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer,
    },
};

use crate::usage::{APP_USAGE, BUSINESS_USE_CASE_USAGE, Usage, UsageShare, minutes};

/// The highest share and the longest wait of any limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct UsagePeak {
    /// In per cent; `None` if no share is stated.
    pub(crate) share: Option<f64>,
    /// `None` if no limit asks for a wait.
    pub(crate) wait: Option<Duration>,
}

/// One limit, as Meta sends it.
struct Limit(Figures);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Figures {
    call_count: f64,
    total_time: f64,
    total_cputime: f64,
    estimated_time_to_regain_access: f64,
}

impl UsagePeak {
    pub(crate) fn in_headers(headers: &HeaderMap) -> Self {
        // What has another form is left to the reader that makes the most of anything.
        Self::in_documented_form(headers).unwrap_or_else(|_| {
            let usage = Usage::from_headers(headers);
            Self {
                share: usage.highest(),
                wait: usage.longest_wait(),
            }
        })
    }

    fn in_documented_form(headers: &HeaderMap) -> serde_json::Result<Self> {
        let mut peak = Self::default();
        if let Some(header) = headers.get(APP_USAGE) {
            let Limit(app) = serde_json::from_str(text(header)?)?;
            peak.add(&Figures {
                estimated_time_to_regain_access: 0.0,
                ..app
            });
        }
        for header in headers.get_all(BUSINESS_USE_CASE_USAGE) {
            let mut reader = serde_json::Deserializer::from_str(text(header)?);
            reader.deserialize_map(Businesses(&mut peak))?;
            reader.end()?;
        }
        Ok(peak)
    }

    fn add(&mut self, figures: &Figures) {
        let share = UsageShare {
            call_count: figures.call_count,
            total_time: figures.total_time,
            total_cputime: figures.total_cputime,
        };
        let share = share.highest();
        let wait = minutes(figures.estimated_time_to_regain_access);
        self.share = Some(self.share.map_or(share, |highest| highest.max(share)));
        self.wait = self.wait.max(Some(wait).filter(|wait| !wait.is_zero()));
    }
}

/// What is skipped is not looked at, so it is seen here that all of it is text.
fn text(header: &HeaderValue) -> serde_json::Result<&str> {
    std::str::from_utf8(header.as_bytes()).map_err(serde::de::Error::custom)
}

/// Not derived, because a derived reader takes a list for an object too.
impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(ObjectOfFigures)
    }
}

struct ObjectOfFigures;

impl<'de> Visitor<'de> for ObjectOfFigures {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("figures of a limit")
    }

    fn visit_map<A: MapAccess<'de>>(self, figures: A) -> Result<Limit, A::Error> {
        Figures::deserialize(MapAccessDeserializer::new(figures)).map(Limit)
    }
}

/// Limits of each business.
struct Businesses<'a>(&'a mut UsagePeak);

/// Limits of one business, by use case.
struct UseCases<'a>(&'a mut UsagePeak);

impl<'de> Visitor<'de> for Businesses<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("limits by business")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut businesses: A) -> Result<(), A::Error> {
        while businesses.next_key::<IgnoredAny>()?.is_some() {
            businesses.next_value_seed(UseCases(self.0))?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for UseCases<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for UseCases<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of limits")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut limits: A) -> Result<(), A::Error> {
        while let Some(Limit(figures)) = limits.next_element()? {
            self.0.add(&figures);
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "../tests/inside/usage_peak.rs"]
mod tests;
