//! The open type of a partner's status against the document's list: neither may have a value that the other lacks.

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::WhatsAppBusinessSolutionPartnerStatus as Status;

use crate::build_script::spec::{cursor::Cursor, cursor::find, read};
use crate::harness::document;

fn documented() -> Vec<String> {
    let document = read::read(&document()).unwrap();
    let root = Cursor::root(&document);
    let list = find(
        &root,
        "#/components/schemas/WhatsAppBusinessSolutionPartnerStatus/enum",
    )
    .unwrap();
    list.items()
        .map(|value| value.node.text().unwrap().to_owned())
        .collect()
}

#[test]
fn every_documented_value_has_a_variant() {
    for text in documented() {
        let status: Status = serde_json::from_value(json!(text)).unwrap();
        assert!(!matches!(status, Status::Other(_)), "{text}");
        assert_eq!(serde_json::to_value(&status).unwrap(), json!(text));
        assert_eq!(status.to_string(), text);
    }
}

#[test]
fn every_variant_is_documented() {
    // Nothing at run time lists the variants of a type, so they are counted where they are written.
    let source = include_str!("../../src/partner_status.rs");
    let body = source
        .split_once("pub enum")
        .unwrap()
        .1
        .split_once("\n}")
        .unwrap()
        .0;
    let variants = body
        .lines()
        .filter(|line| line.ends_with(',') && !line.contains('('))
        .count();
    assert_eq!(variants, documented().len());
}

#[test]
fn any_other_value_is_kept_as_sent() {
    for text in ["PAUSED", "", "accepted"] {
        let status: Status = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(status, Status::Other(text.to_owned()));
        assert_eq!(serde_json::to_value(&status).unwrap(), json!(text));
    }
    assert!(serde_json::from_value::<Status>(Value::Null).is_err());
}
