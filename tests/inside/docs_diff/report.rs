//! What is printed of differences.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};

use super::*;
use crate::docs_diff::Kind;
use crate::docs_diff::sources::{OPERATION, document, lock, page, say, set, source};

fn one(item: &str, kind: Kind, yaml: Value, page: Value) -> Difference {
    Difference {
        operation: OPERATION.to_owned(),
        item: item.to_owned(),
        aspect: Aspect::Prose,
        kind,
        yaml,
        page,
        note: None,
        place: None,
    }
}

fn file(name: &str, differences: Vec<Difference>) -> Compared {
    Compared {
        name: name.to_owned(),
        differences,
    }
}

#[test]
fn the_last_line_counts_also_nothing() {
    let document = document();
    let last = |compared: &[Compared], unread| {
        let text = human(&document, compared, unread);
        assert!(text.ends_with('\n'));
        text.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        last(&[file("a", vec![]), file("b", vec![])], 0),
        "2 pages, 0 differences"
    );
    let single = one("summary", Kind::Changed, json!("a"), json!("b"));
    assert_eq!(
        last(&[file("a", vec![single.clone()])], 0),
        "1 page, 1 difference"
    );
    assert_eq!(
        last(&[file("a", vec![single.clone()])], 2),
        "1 page, 1 difference; 2 files could not be read"
    );
    // What two files show alike is one difference.
    assert_eq!(
        last(
            &[file("a", vec![single.clone()]), file("b", vec![single])],
            0
        ),
        "2 pages, 1 difference"
    );
}

#[test]
fn a_reader_sees_place_and_both_sides() {
    let document = document();
    let mut edited = page();
    set(&mut edited, "request.force", Aspect::Required, json!(false));
    let new = "Now it has to be pushed gently, because the hinges are old and nobody has oiled them since the house was built.";
    say(&mut edited, "request.hand.side", new);
    let differences = crate::docs_diff::compare(&document, &source(edited), &lock()).unwrap();
    let text = human(&document, &[file("page.md", differences.clone())], 0);
    let line = |what: &str| {
        let yaml = crate::docs_diff::sources::YAML;
        yaml.lines().position(|line| line.contains(what)).unwrap() + 1
    };
    let expected = format!(
        "{OPERATION}

  request.force: required changed
    small.yaml:{}:7 says: true
    the page says: false

  request.hand.side: prose changed
    small.yaml:{}:15 says: Left or right.
    the page says:
      Now it has to be pushed gently, because the hinges are old and nobody has oiled them since
      the house was built.

1 page, 2 differences
",
        line("required: [force]"),
        line("Left or right."),
    );
    assert_eq!(text, expected);
    let text = markdown(&document, &[file("page.md", differences)], 0);
    assert!(
        text.contains("- `request.force`: **required changed**, `small.yaml:"),
        "{text}"
    );
    assert!(
        text.contains("    ```text\n    Now it has to be pushed gently"),
        "{text}"
    );
}

#[test]
fn json_has_exactly_these_keys() {
    let mut noted = one("summary", Kind::Added, Value::Null, json!("b"));
    let plain = noted.clone();
    noted.note = Some("look".to_owned());
    noted.item = "request.a".to_owned();
    let text = json(&[file("a", vec![plain, noted])]);
    let all: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&text).unwrap();
    let keys = |at: usize| all[at].keys().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(
        keys(0),
        ["aspect", "item", "kind", "operation", "page", "yaml"]
    );
    assert_eq!(
        keys(1),
        [
            "aspect",
            "item",
            "kind",
            "note",
            "operation",
            "page",
            "yaml"
        ]
    );
    assert_eq!(all[0]["yaml"], Value::Null);
    let printed: Value = serde_json::from_str(&json(&[])).unwrap();
    assert_eq!(printed, json!([]));
}

#[test]
fn a_page_cannot_steer_the_terminal_or_the_comment() {
    let nasty = "a\u{1b}[31mb\u{9b}c\u{202e}d\u{7}```e`\n# f @g";
    let differences = vec![one(
        "request.\u{1b}x",
        Kind::Changed,
        json!("a"),
        json!(nasty),
    )];
    let compared = [file("n\u{1b}ame", differences), file("other", vec![])];
    for text in [
        human(&document(), &compared, 0),
        markdown(&document(), &compared, 0),
        json(&compared),
    ] {
        assert!(
            !text.contains(|letter: char| letter.is_control() && letter != '\n'),
            "{text:?}"
        );
        assert!(!text.contains('\u{202e}'), "{text:?}");
    }
    let text = markdown(&document(), &compared, 0);
    assert!(text.contains("````a[31mbcd```e` # f @g````"), "{text}");
}
