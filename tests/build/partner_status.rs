//! The open type of a partner's status against the document: neither may have a value that the other lacks.

use serde_json::Value;
use whatsapp_multi_partner_solutions::PartnerStatus as Status;

fn documented() -> Vec<Value> {
    let schema =
        &crate::document()["components"]["schemas"]["WhatsAppBusinessSolutionPartnerStatus"];
    schema["enum"].as_array().unwrap().clone()
}

#[test]
fn every_documented_value_has_a_variant() {
    for value in documented() {
        let status: Status = serde_json::from_value(value.clone()).unwrap();
        assert!(!matches!(status, Status::Other(_)), "{value}");
        assert_eq!(serde_json::to_value(&status).unwrap(), value);
        assert_eq!(status.to_string(), value.as_str().unwrap());
    }
}

#[test]
fn every_variant_is_documented() {
    // Nothing at run time lists the variants of a type, so they are counted where they are written.
    let source = include_str!("../../src/generated.rs");
    let (_, body) = source.split_once("pub enum PartnerStatus").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let is_variant = |line: &&str| line.ends_with(',') && !line.contains('(');
    assert_eq!(body.lines().filter(is_variant).count(), documented().len());
}
