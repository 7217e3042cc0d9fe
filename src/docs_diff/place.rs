//! Where in the YAML something stands.

use std::collections::BTreeMap;

use super::model::{Aspect, Item};

/// A place in a text file; both numbers begin at 1, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl From<crate::yaml::failure::Place> for Place {
    fn from(place: crate::yaml::failure::Place) -> Self {
        Self {
            line: place.line,
            column: place.column,
        }
    }
}

/// The places of one operation: of each item, and of those of its aspects that have a line of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    places: BTreeMap<(Item, Option<Aspect>), Place>,
}

impl Places {
    /// Notes a place, unless one is noted already.
    pub(crate) fn note(&mut self, item: &str, aspect: Option<Aspect>, place: Place) {
        self.places
            .entry((item.to_owned(), aspect))
            .or_insert(place);
    }

    /// The place of an aspect; else that of the item; else, for an item that the YAML lacks, that of what would hold it,
    /// up to the operation itself.
    #[must_use]
    pub fn of(&self, item: &str, aspect: Aspect) -> Option<Place> {
        let exact = self.places.get(&(item.to_owned(), Some(aspect)));
        exact.copied().or_else(|| self.around(item))
    }

    /// The place of an item, or of what would hold it.
    fn around(&self, item: &str) -> Option<Place> {
        let mut here = item;
        loop {
            if let Some(place) = self.places.get(&(here.to_owned(), None)) {
                return Some(*place);
            }
            match here.rsplit_once('.') {
                Some((above, _)) => here = above,
                None if here == OPERATION => return None,
                None => here = OPERATION,
            }
        }
    }
}

/// The name of the operation as an item.
pub(crate) const OPERATION: &str = "operation";
