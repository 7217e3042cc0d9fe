//! The OpenAPI document: read with places, checked, and turned into the client's generated half.
//!
//! `build.rs` and the tests include this folder by path, so nothing in it may name `crate::`. Three ideas, kept apart:
//! reading ([`read`], [`node`], [`cursor`]) knows YAML and places; checking ([`check`]) knows OpenAPI 3.0 and the
//! limits of the generator; generating ([`relax`], [`generate`], [`array_bounds`], [`docs`]) writes text.

pub(crate) mod array_bounds;
pub(crate) mod check;
pub(crate) mod cursor;
pub(crate) mod docs;
pub(crate) mod failure;
pub(crate) mod generate;
pub(crate) mod node;
pub(crate) mod operations;
pub(crate) mod reach;
pub(crate) mod read;
pub(crate) mod relax;
