//! A YAML document as a tree in which every key and every value knows its place.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::failure::Place;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where the value begins.
    pub(crate) place: Place,
    /// The value.
    pub(crate) data: Data,
}

/// What JSON can hold, with the keys of a map in the order of the file.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction.
    Whole(i64),
    /// Any other number; finite, because JSON knows no other.
    Real(f64),
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Node>),
    /// Keys and values in order; no key twice.
    Map(Vec<Entry>),
}

/// A key of a map with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key begins.
    pub(crate) place: Place,
    /// The value under the key.
    pub(crate) value: Node,
}

impl Node {
    /// The entries of a map; none if this is no map.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none if this is no list.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if this is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this is `true`.
    pub(crate) fn is_true(&self) -> bool {
        matches!(self.data, Data::Bool(true))
    }

    /// The number, if this is one.
    #[expect(
        clippy::cast_precision_loss,
        reason = "bounds are compared, and none comes near 2^53"
    )]
    pub(crate) fn number(&self) -> Option<f64> {
        match self.data {
            Data::Whole(number) => Some(number as f64),
            Data::Real(number) => Some(number),
            _ => None,
        }
    }

    /// What stands here, in words for a message.
    pub(crate) fn found(&self) -> String {
        match &self.data {
            Data::Null => "nothing".to_owned(),
            Data::Bool(value) => format!("`{value}`"),
            Data::Whole(value) => format!("the number {value}"),
            Data::Real(value) => format!("the number {value:?}"),
            Data::Text(text) => format!("the text `{text}`"),
            Data::List(_) => "a list".to_owned(),
            Data::Map(_) => "a map".to_owned(),
        }
    }
}

/// By way of serde, the tree becomes JSON with the order of the file, without asking that of `serde_json::Value`.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.data {
            Data::Null => serializer.serialize_unit(),
            Data::Bool(value) => serializer.serialize_bool(*value),
            Data::Whole(value) => serializer.serialize_i64(*value),
            Data::Real(value) => serializer.serialize_f64(*value),
            Data::Text(value) => serializer.serialize_str(value),
            Data::List(items) => serializer.collect_seq(items),
            Data::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}
