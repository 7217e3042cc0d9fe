//! A secret is found in whatever spelling of whichever of its bytes, and what is around it stays as it was.

use proptest::prelude::*;

use super::*;

const SECRET: &str = "EAAGm1Zx7QpL";

/// One byte of it as JSON or a URL may spell it.
fn spelled(byte: u8, way: u8) -> String {
    match way {
        0 => format!("\\u00{byte:02x}"),
        1 => format!("%{byte:02X}"),
        2 => format!("\\{}", char::from(byte)),
        _ => char::from(byte).to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_is_found(
        ways in prop::collection::vec(0_u8..4, SECRET.len()),
        before in "[ -D\"\\\\%EAG]{0,12}",
        between in "[a-d \"]{0,12}",
    ) {
        let spelled: String = SECRET.bytes().zip(ways).map(|(byte, way)| spelled(byte, way)).collect();
        // A lone escape before it would be read as the beginning of its first byte.
        let before = format!("{before} ");
        let text = format!("{before}{spelled}{between}{spelled}");
        let found = redact(SECRET, "[gone]", text.as_bytes());
        let expected = format!("{before}[gone]{between}[gone]");
        prop_assert_eq!(found.map(|found| String::from_utf8_lossy(&found).into_owned()), Some(expected));
    }

    #[test]
    fn what_holds_none_is_left_alone(text in "[ -D\"\\\\%EAGm1]{0,40}") {
        prop_assert_eq!(redact(SECRET, "[gone]", text.as_bytes()), None);
    }
}

#[test]
fn the_end_of_a_text_may_have_cut_it() {
    let found = redact(SECRET, "[gone]", b"token: %45AAGm1Zx");
    assert_eq!(found.as_deref(), Some(&b"token: [gone]"[..]));
}

#[test]
fn it_may_have_been_cut_within_an_escape() {
    let redact = |text: &str| redact("EAAG12345/abc", "[gone]", text.as_bytes());
    for cut in ["", "%", "%2", "\\", "\\u", "\\u0", "\\u00", "\\u002"] {
        let text = format!("token EAAG12345{cut}");
        assert_eq!(
            redact(&text).as_deref(),
            Some(&b"token [gone]"[..]),
            "{text}"
        );
    }
    for other in ["%2G", "\\u1", "%2", "\\u002x"].map(|end| format!("EAAG{end}")) {
        assert_eq!(redact(&other), None, "{other}");
    }
}
