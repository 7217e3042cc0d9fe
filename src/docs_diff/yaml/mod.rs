//! YAML, read into a tree whose every key and value knows its place. The build and the comparison of pages share it.
//!
//! Both include this folder, so nothing in it may name `crate::`.

pub(crate) mod cursor;
pub(crate) mod failure;
pub(crate) mod node;
pub(crate) mod read;
