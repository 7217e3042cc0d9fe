//! The OpenAPI document: read with places, checked, and turned into the client's generated half.
//!
//! `build.rs` and the tests include this folder by path, so nothing in it may name `crate::`. Three ideas, kept apart:
//! reading ([`yaml`]) knows YAML and places; checking ([`check`]) knows OpenAPI 3.0 and the limits of the generator;
//! generating ([`relax`], [`generate`], [`array_bounds`], [`docs`]) writes text.

pub(crate) mod array_bounds;
pub(crate) mod check;
pub(crate) mod docs;
pub(crate) mod generate;
pub(crate) mod operations;
pub(crate) mod reach;
pub(crate) mod relax;
#[path = "../yaml/mod.rs"]
pub(crate) mod yaml;

pub(crate) use yaml::{cursor, failure, node, read};
