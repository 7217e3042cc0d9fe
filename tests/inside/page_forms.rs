//! One page in each form that it can be saved in: the same facts, the same words.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fixture::{lines, markdown, running};
use super::words::essence;
use super::*;
use crate::docs_diff::model::{Aspect, Group, Item, Operation, SourceKind};

fn read(text: &str) -> Operation {
    let mut source = read_page(text).expect("the page is whole");
    assert_eq!(source.operations.len(), 1);
    source.operations.remove(0)
}

/// Prose by item, as far as it counts.
fn prose(operation: &Operation) -> BTreeMap<Item, String> {
    operation
        .prose
        .iter()
        .map(|prose| (prose.item.clone(), essence(&prose.text)))
        .collect()
}

fn assert_same(one: &str, other: &str) {
    let (one, other) = (read(one), read(other));
    assert_eq!((&one.method, &one.path), (&other.method, &other.path));
    assert_eq!(one.facts, other.facts);
    assert_eq!(one.stated, other.stated);
    assert_eq!(prose(&one), prose(&other));
    assert_eq!((&one.conflicts, &other.conflicts), (&vec![], &vec![]));
}

#[test]
fn every_fact_is_read() {
    let page = read(&lines());
    assert_eq!(
        (page.method.as_str(), page.path.as_str()),
        ("POST", "/{Version}/{Widget-ID}/hand_over")
    );
    let fact = |item: &str, aspect| page.facts.get(&(item.to_owned(), aspect)).cloned();
    let expected = [
        ("versions", Aspect::Presence, json!(["v23.0", "v24.0"])),
        (
            "base_url",
            Aspect::Presence,
            json!("https://graph.facebook.com"),
        ),
        (
            "auth",
            Aspect::Presence,
            json!("bearerAuth, HTTP Bearer, Header: Authorization"),
        ),
        ("header.User-Agent", Aspect::Required, json!(false)),
        ("header.Authorization", Aspect::Required, json!(true)),
        ("path.Widget-ID", Aspect::Type, json!("string")),
        ("request", Aspect::Required, json!(true)),
        ("request", Aspect::Schema, json!("WidgetHandOverRequest")),
        (
            "request.tasks",
            Aspect::Type,
            json!("array of WidgetPartnerTask"),
        ),
        (
            "response.200.state",
            Aspect::Type,
            json!("WidgetPartnerState"),
        ),
        (
            "response.200.update_time",
            Aspect::Format,
            json!("date-time"),
        ),
        ("status.404", Aspect::Schema, json!("GraphAPIError")),
        ("error", Aspect::Type, json!("object")),
        ("error.code", Aspect::Type, json!("integer")),
        ("error.is_transient", Aspect::Required, json!(false)),
    ];
    for (item, aspect, value) in expected {
        assert_eq!(fact(item, aspect), Some(value), "{item} {aspect:?}");
    }
    let present = page
        .facts
        .keys()
        .filter(|(_, aspect)| *aspect == Aspect::Presence)
        .count();
    assert_eq!(present, 21, "{:#?}", page.facts);
}

#[test]
fn prose_has_its_items_in_the_order_of_the_page() {
    let page = read(&lines());
    let items: Vec<&str> = page.prose.iter().map(|prose| prose.item.as_str()).collect();
    let expected = "introduction description.Introduction description.Use_Cases description.Rate_Limiting \
        description.Error_Handling header.User-Agent header.Authorization path.Version path.Widget-ID request.tasks \
        enum.WidgetPartnerTask request.note status.200 response.200.state response.200.update_time status.400 \
        error.message error.code error.error_subcode error.is_transient status.404 status.500";
    let expected: Vec<String> = expected
        .split_whitespace()
        .map(|item| item.replace('_', " "))
        .collect();
    let items: Vec<String> = items.iter().map(|item| item.replace('_', " ")).collect();
    assert_eq!(items, expected);
}

#[test]
fn lines_do_not_matter() {
    let page = lines();
    assert_same(&page, &running());
    // Wrapped anywhere, as a narrow window or an editor does.
    for width in [3, 5, 8] {
        let page = page.replace("\n- ", "\n");
        let words: Vec<&str> = page.split_whitespace().collect();
        let wrapped: Vec<String> = words.chunks(width).map(|line| line.join(" ")).collect();
        assert_same(&page, &wrapped.join("\n"));
    }
}

#[test]
fn line_ends_blanks_bullets_and_bars_do_not_matter() {
    let page = lines();
    for end in ["\r\n", "\r", "\u{2028}", "\n\n", "\n \u{a0}\n"] {
        assert_same(&page, &page.replace('\n', end));
    }
    assert_same(&page, &page.replace(' ', "\u{a0}"));
    for bullet in ["\n* ", "\n• ", "\n"] {
        assert_same(&page, &page.replace("\n- ", bullet));
    }
    let bare = page
        .replace("| | | | POST | ", "POST\n")
        .replace("| | | | ", "")
        .replace(" | | ", "\n")
        .replace(" | ", "\n")
        .replace(" |", "");
    assert_same(&page, &bare);
}

#[test]
fn decoration_of_a_clipper_does_not_matter() {
    let page = lines();
    let decorated = page
        .replace('_', "\\_")
        .replace("tasks[]", "tasks\\[\\]")
        .replace("Base URL", "## Base URL\n")
        .replace(
            "Copy for LLM",
            "Copy for LLM\n\n[View as Markdown](https://example.com/a_(b)\n",
        )
        .replace(
            "| POST | /{Version}/{Widget-ID}/hand\\_over |",
            "| POST | [/{Version}/{Widget-ID}/hand\\_over](https://example.com/#a) |",
        )
        .replace("| Scheme | Type |", "| **Scheme** | **Type** |")
        .replace("Request Syntax\nPOST /", "### Request Syntax\n\n**POST**/")
        .replace(
            "Show child attributes\n",
            "Show child attributes\n\n* * *\n\n---\n\n",
        );
    assert_same(
        &page,
        &format!("---\ntitle: \"x\"\n---\n<!-- POST /nothing -->\n# Title\n{decorated}"),
    );
}

#[test]
fn markdown_says_the_same_where_both_say_something() {
    let (text, markdown) = (read(&lines()), read(&markdown()));
    assert_eq!(
        (&text.method, &text.path),
        (&markdown.method, &markdown.path)
    );
    let both = |facts: &BTreeMap<(Item, Aspect), Value>| {
        let mut facts = facts.clone();
        facts.retain(|(item, aspect), _| {
            item != "versions" && *aspect != Aspect::Enum && !item.starts_with("enum.")
        });
        facts
    };
    assert_eq!(both(&text.facts), both(&markdown.facts));
    let (mut of_text, mut of_markdown) = (prose(&text), prose(&markdown));
    assert!(of_text.remove("introduction").is_some());
    assert_eq!(
        of_markdown.remove("summary").as_deref(),
        Some("handawidgetover")
    );
    assert!(of_markdown.remove("schema.WidgetHandOverRequest").is_some());
    assert_eq!(of_text, of_markdown);
    let values = markdown
        .facts
        .get(&("enum.WidgetPartnerState".to_owned(), Aspect::Enum));
    assert_eq!(values, Some(&json!(["HALF", "WHOLE"])));
    assert!(!markdown.stated.contains(&Group::Versions) && text.stated.contains(&Group::Versions));
    assert!(
        !text
            .stated
            .iter()
            .any(|group| matches!(group, Group::Enum(_)))
    );
}

#[test]
fn variants_of_the_markdown_do_not_matter() {
    let page = markdown();
    let encoded = ["&", "\"", "'", "<", ">", "{", "}"]
        .iter()
        .fold(page.clone(), |page, letter| {
            let number = u32::from(letter.chars().next().expect("a letter"));
            if *letter == "&" {
                page
            } else {
                page.replace(letter, &format!("&#{number:03};"))
            }
        });
    assert_same(&page, &encoded);
    for tick in ["✔", "Yes", "Required"] {
        assert_same(&page, &page.replace('✓', tick));
    }
    assert_same(&page, &page.replace("| Name | Type", "| Property | Type"));
    assert_same(
        &page,
        &page
            .replace("hand_over](", "hand\\_over](")
            .replace("update_time", "update\\_time"),
    );
    assert_same(
        &page,
        &format!(
            "---\ntitle: x\n---\n\n# My copy\n\n[link](https://example.com)\n\nCopy for LLM\n{page}"
        ),
    );
    assert_same(&page, &page.replace('\n', "\r\n"));
    assert_eq!(
        read_page(&page).map(|source| source.kind),
        Ok(SourceKind::Markdown)
    );
}

#[test]
fn the_pages_themselves_read_alike_in_both_shapes() {
    for (name, fields) in [
        ("solution-creation-api.txt", 29),
        ("solution-accept-api.txt", 32),
    ] {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/pages")
            .join(name);
        // They are Meta's and not in the repository; where they are not beside it, the page above has to do.
        let Ok(page) = std::fs::read_to_string(file) else {
            return;
        };
        let joined: Vec<&str> = page
            .lines()
            .map(|line| line.strip_prefix("- ").unwrap_or(line))
            .collect();
        assert_same(&page, &joined.join(" "));
        let operation = read(&page);
        let items = operation
            .facts
            .keys()
            .filter(|(_, aspect)| *aspect == Aspect::Presence)
            .count();
        assert_eq!(items, fields, "{name}");
    }
}
