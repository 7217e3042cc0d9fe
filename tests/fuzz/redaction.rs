//! A token in whatever spelling, with anything around it, and cut anywhere.

use crate::redact::redact;

/// Of what JSON and URLs escape it has some, but not what they escape with: that no token has.
const TOKEN: &str = "EAAGm0PX4ZCps/7+\"Kx";

const BY: &str = "[access token]";

/// What shows more of the token than this is a leak; fewer letters may be part of an ordinary word.
const SHORTEST_LEAK: usize = 8;

/// The first byte is the length of what stands before the token, the second where the text is cut; each of the next
/// bytes is the spelling of one byte of the token; the rest stands around it.
pub(super) fn redaction(data: &[u8]) {
    let [before, cut, rest @ ..] = data else {
        return;
    };
    let spellings = &rest[..TOKEN.len().min(rest.len())];
    // What could itself be part of a spelling is not put around, so that it is known what has to be left.
    let around: Vec<u8> = rest[spellings.len()..]
        .iter()
        .copied()
        .filter(|byte| !b"\\%".contains(byte) && !TOKEN.as_bytes().contains(byte))
        .collect();
    let (before, after) = around.split_at(usize::from(*before).min(around.len()));

    let redact = |text: &[u8]| redact(TOKEN, BY, text);
    let spelled = spelled(spellings);
    let whole = [before, &spelled.concat(), after].concat();
    let kept = redact(&whole).expect("the token is found");
    assert_eq!(kept, [before, BY.as_bytes(), after].concat());
    assert_eq!(redact(&kept), None, "redacting twice is redacting once");

    // Cut in the middle, as at the bound of a body.
    let end = before.len() + usize::from(*cut).min(spelled.concat().len());
    let mut shown = 0;
    let mut length = before.len();
    for byte in &spelled {
        length += byte.len();
        shown += usize::from(length <= end);
    }
    let kept = redact(&whole[..end]);
    if shown >= SHORTEST_LEAK {
        let kept = kept.expect("the beginning of the token is found");
        assert_eq!(kept, [before, BY.as_bytes()].concat());
    } else {
        assert_eq!(kept, None);
    }
}

fn spelled(spellings: &[u8]) -> Vec<Vec<u8>> {
    let spelling = |index: usize| spellings.get(index).copied().unwrap_or_default() % 6;
    let spell = |(index, byte): (usize, u8)| match spelling(index) {
        1 => format!("\\u{byte:04x}").into_bytes(),
        2 => format!("\\u{byte:04X}").into_bytes(),
        3 => format!("%{byte:02x}").into_bytes(),
        4 => format!("%{byte:02X}").into_bytes(),
        // JSON may put a backslash before these alone, and has to before two of them.
        5 if b"\\/\"".contains(&byte) => vec![b'\\', byte],
        _ => vec![byte],
    };
    TOKEN.bytes().enumerate().map(spell).collect()
}
