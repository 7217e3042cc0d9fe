//! YAML, read into a tree whose every key and value knows its place.

pub(crate) mod cursor;
pub(crate) mod failure;
pub(crate) mod node;
pub(crate) mod read;
