//! The build script: what it refuses, what it generates, and rules about the documents that it leaves to these tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod api;
mod broken;
mod partner_status;
mod rules;
mod snapshot;

#[allow(dead_code, reason = "`main` and what only it uses")]
#[path = "../../build.rs"]
mod build_script;

const YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

const LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");

/// Both documents in one.
fn document() -> serde_json::Value {
    let mut all = serde_json::Value::Null;
    for text in [YAML, LOOKUPS] {
        build_script::document::merge(&mut all, build_script::read(text).unwrap());
    }
    all
}
