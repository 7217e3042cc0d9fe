//! What a file is, by its content.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;
use crate::docs_diff::model::SourceKind;
use crate::docs_diff::sources::{YAML, document};

fn refused(bytes: &[u8]) -> ReadError {
    read_source(bytes, &document()).unwrap_err()
}

/// The same document as JSON, all in one line.
fn as_json() -> String {
    serde_json::to_string(&read::read(YAML).unwrap()).unwrap()
}

#[test]
fn an_openapi_file_is_known_as_yaml_and_as_json() {
    let reordered = YAML.replacen("openapi: 3.0.3\n", "", 1) + "openapi: 3.1.0\n";
    let utf_16: Vec<u8> = format!("\u{feff}{YAML}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let big_endian: Vec<u8> = format!("\u{feff}{YAML}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let json = as_json();
    for bytes in [
        YAML.as_bytes(),
        json.as_bytes(),
        format!("\u{feff}{YAML}").as_bytes(),
        format!("# a remark\n---\n{YAML}").as_bytes(),
        YAML.replace('\n', "\r\n").as_bytes(),
        reordered.as_bytes(),
        &utf_16,
        &big_endian,
    ] {
        let source = read_source(bytes, &document()).unwrap();
        assert_eq!(source.kind, SourceKind::OpenApi);
        assert_eq!(source.operations.len(), 1);
    }
}

#[test]
fn what_is_no_page_is_refused_for_what_it_is() {
    assert_eq!(refused(b""), ReadError::Empty);
    assert_eq!(refused(b" \r\n\t\xef\xbb\xbf\n"), ReadError::Empty);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0"), ReadError::Binary);
    assert_eq!(refused(b"half a letter \xc3"), ReadError::Binary);
    assert_eq!(refused(b"\xff\xfea\0b"), ReadError::Binary);
    assert_eq!(refused(&vec![b'a'; BOUND + 1]), ReadError::TooLarge(BOUND));
    for page in [
        "<!DOCTYPE html><html>",
        "\n <HTML lang=en>",
        "<!-- saved from url --><html>",
    ] {
        assert_eq!(refused(page.as_bytes()), ReadError::Html, "{page}");
    }
}

#[test]
fn what_is_broken_is_named_with_its_place() {
    let broken = YAML.replace("      parameters:", "      parameters: [");
    let ReadError::Malformed(why) = refused(broken.as_bytes()) else {
        panic!("not malformed")
    };
    assert!(why.starts_with("line "), "{why}");
    let ReadError::Malformed(why) = refused(b"{\"openapi\": \"3.1.0\",\n  \"paths\": {]}") else {
        panic!("not malformed")
    };
    assert!(why.ends_with("at line 2 column 13"), "{why}");
    let ReadError::Malformed(why) = refused(b"swagger: '2.0'\npaths: {}\n") else {
        panic!("not malformed")
    };
    assert!(why.contains("it says the text `2.0`"), "{why}");
}

#[test]
fn a_file_without_our_operations_is_named_by_what_it_has() {
    let other = YAML
        .replace("/open:", "/shut:")
        .replace("OpenRequest", "ShutRequest");
    assert_eq!(
        refused(other.as_bytes()),
        ReadError::OtherApi(vec!["POST /{Version}/{Door}/shut".to_owned()])
    );
    let ReadError::NoEndpoint(found) = refused(b"openapi: 3.1.0\npaths: {}\n") else {
        panic!("it has an endpoint")
    };
    assert!(found.contains("no operation"), "{found}");
    let ReadError::NoEndpoint(found) = refused(b"{\"a\": 1, \"b\": 2}") else {
        panic!("it has an endpoint")
    };
    assert!(found.contains("`a`, `b`"), "{found}");
}

#[test]
fn an_operation_that_moved_is_still_found() {
    let moved = YAML.replace("/open:", "/unlock:");
    let source = read_source(moved.as_bytes(), &document()).unwrap();
    assert_eq!(source.operations[0].path, "/{Version}/{Door}/unlock");
}

#[test]
fn deep_and_wide_files_end_in_a_message() {
    let deep = format!("openapi: 3.1.0\npaths: {}", "[".repeat(100_000));
    assert!(matches!(refused(deep.as_bytes()), ReadError::Malformed(_)));
    let deep = format!("{{\"openapi\": {}", "[".repeat(100_000));
    assert!(matches!(refused(deep.as_bytes()), ReadError::Malformed(_)));
    let wide: String = (0..200_000)
        .map(|number| format!("k{number}: 1\n"))
        .collect();
    assert!(matches!(
        refused(format!("openapi: 3.1.0\n{wide}").as_bytes()),
        ReadError::NoEndpoint(_)
    ));
}

#[test]
fn no_more_than_the_bound_is_read() {
    struct Endless(usize);
    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'a');
            self.0 += into.len();
            assert!(self.0 < 3 * BOUND, "far more is read than is needed");
            Ok(into.len())
        }
    }
    let bytes = read_bounded(Endless(0)).unwrap();
    assert_eq!(bytes.len(), BOUND + 1);
}

#[test]
fn what_states_more_than_any_page_is_refused_before_it_is_compared() {
    let with_fields = |fields: usize| {
        let mut file: serde_json::Value = serde_json::from_str(&as_json()).unwrap();
        let properties = &mut file["components"]["schemas"]["OpenRequest"]["properties"];
        for field in 0..fields {
            properties[format!("field_{field}")] = serde_json::json!({ "type": "string" });
        }
        read_source(file.to_string().as_bytes(), &document())
    };
    assert!(with_fields(500).is_ok());
    let error = with_fields(2000).unwrap_err();
    assert!(matches!(error, ReadError::Malformed(_)), "{error}");
}
