//! A page of Meta's against the YAML: what a person can save from Meta's documentation, and how it differs from
//! `openapi/multi-partner-solutions.yaml`.

pub mod model;
pub mod page;
