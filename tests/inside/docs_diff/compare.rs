//! Each edit of a page is the difference that it is, and no other.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::json;

use super::*;
use crate::docs_diff::Kind;
use crate::docs_diff::model::Group;
use crate::docs_diff::sources::{
    OPERATION, YAML, conflict, document, field, lock, page, say, set, source, unset,
};

/// The differences as `item aspect kind`.
fn found(edit: impl FnOnce(&mut Operation)) -> Vec<String> {
    differences(edit).iter().map(words).collect()
}

fn differences(edit: impl FnOnce(&mut Operation)) -> Vec<Difference> {
    let mut page = page();
    edit(&mut page);
    compare(&document(), &source(page), &lock()).unwrap()
}

fn words(one: &Difference) -> String {
    format!("{} {} {}", one.item, one.aspect.as_str(), one.kind.as_str())
}

#[test]
fn a_page_as_it_was_transcribed_is_no_difference() {
    assert_eq!(found(|_| {}), [""; 0]);
}

#[test]
fn what_is_gone_is_one_difference() {
    for item in [
        "versions",
        "base_url",
        "auth",
        "header.User-Agent",
        "path.Door",
        "request",
        "request.hand",
        "request.hand.side",
        "status.200",
        "status.403",
        "response.200.sound",
        "error.hint",
        "enum.Mood",
    ] {
        let without = found(|page| {
            unset(page, item);
            if item == "status.200" {
                unset(page, "response.200");
            }
        });
        assert_eq!(without, [format!("{item} presence removed")]);
    }
}

#[test]
fn what_has_come_is_one_difference_with_all_that_is_said_of_it() {
    for item in [
        "header.X-Knock",
        "path.Floor",
        "request.new",
        "request.hand.new",
        "status.429",
        "response.200.new",
        "error.new",
    ] {
        let with = differences(|page| field(page, item));
        assert_eq!(
            with.iter().map(words).collect::<Vec<_>>(),
            [format!("{item} presence added")]
        );
        assert_eq!(
            with[0].page,
            json!({"type": "string", "required": false, "prose": "A thing that is new."})
        );
        assert!(with[0].place.is_some(), "{item}");
    }
}

#[test]
fn a_renamed_field_is_one_gone_and_one_come() {
    let renamed = found(|page| {
        unset(page, "request.force");
        field(page, "request.strength");
    });
    assert_eq!(
        renamed,
        [
            "request.strength presence added",
            "request.force presence removed"
        ]
    );
}

#[test]
fn each_fact_is_compared() {
    use Aspect::{Bound, Enum, Format, Presence, Required, Schema, Type};
    for (item, aspect, value, expected) in [
        ("request.force", Type, json!("string"), "type changed"),
        ("request.force", Format, json!("int64"), "format added"),
        (
            "request.hand.since",
            Format,
            json!("date"),
            "format changed",
        ),
        ("request.force", Required, json!(false), "required changed"),
        (
            "request.force",
            Bound,
            json!({"minimum": 2}),
            "bound changed",
        ),
        (
            "request.force",
            Bound,
            json!({"multipleOf": 2}),
            "bound changed",
        ),
        (
            "request.hand.side",
            Bound,
            json!({"maxLength": 5}),
            "bound added",
        ),
        ("request", Required, json!(false), "required changed"),
        ("request", Schema, json!("OtherRequest"), "schema changed"),
        ("status.403", Schema, json!("OtherError"), "schema changed"),
        (
            "enum.Mood",
            Enum,
            json!(["GLAD", "SAD", "CALM"]),
            "enum added",
        ),
        ("enum.Mood", Enum, json!(["GLAD"]), "enum removed"),
        ("enum.Mood", Enum, json!(["GLAD", "CALM"]), "enum changed"),
        (
            "versions",
            Presence,
            json!(["v1.0", "v2.0", "v3.0"]),
            "enum added",
        ),
        ("versions", Presence, json!(["v2.0"]), "enum removed"),
        ("versions", Presence, json!(["v3.0"]), "enum changed"),
        (
            "base_url",
            Presence,
            json!("https://other.example"),
            "presence changed",
        ),
        (
            "auth",
            Presence,
            json!("bearerAuth, HTTP Basic, Header: Authorization"),
            "presence changed",
        ),
    ] {
        let differs = found(|page| set(page, item, aspect, value.clone()));
        assert_eq!(differs, [format!("{item} {expected}")], "{value}");
    }
}

#[test]
fn what_is_alike_in_another_form_is_no_difference() {
    for (item, aspect, value) in [
        ("request.force", Aspect::Bound, json!({"minimum": 1.0})),
        ("enum.Mood", Aspect::Enum, json!(["SAD", "GLAD"])),
        (
            "base_url",
            Aspect::Presence,
            json!("https://doors.example/"),
        ),
        (
            "auth",
            Aspect::Presence,
            json!("bearerAuth | HTTP Bearer | Header: `Authorization`"),
        ),
    ] {
        assert_eq!(
            found(|page| set(page, item, aspect, value)),
            [""; 0],
            "{item}"
        );
    }
}

#[test]
fn what_a_page_does_not_state_is_no_difference() {
    let silent = found(|page| {
        page.stated.clear();
        page.facts.clear();
        page.prose.clear();
    });
    assert_eq!(silent, [""; 0]);
}

#[test]
fn the_published_file_states_all_bounds() {
    let mut operation = page();
    operation.prose.clear();
    operation.stated = document().source.operations[0].stated.clone();
    let file = Source {
        kind: SourceKind::OpenApi,
        ..source(operation)
    };
    let differences = compare(&document(), &file, &lock()).unwrap();
    assert_eq!(
        differences.iter().map(words).collect::<Vec<_>>(),
        ["path.Version bound removed", "request.force bound removed"]
    );
}

#[test]
fn another_type_takes_the_fields_of_the_object_with_it() {
    let flat = found(|page| {
        unset(page, "request.hand");
        field(page, "request.hand");
        say(
            page,
            "request.hand",
            "On the page, request.hand means something.",
        );
    });
    assert_eq!(flat, ["request.hand type changed"]);
}

#[test]
fn another_schema_of_an_answer_is_one_difference() {
    let other = found(|page| {
        set(page, "status.403", Aspect::Schema, json!("OtherError"));
        page.stated.insert(Group::Response("403".to_owned()));
        field(page, "response.403.reason");
    });
    assert_eq!(other, ["status.403 schema changed"]);
}

#[test]
fn reworded_statements_are_told_with_the_new_wording() {
    let differences = differences(|page| say(page, "request.force", "Now it is gentle."));
    assert_eq!(
        differences.iter().map(words).collect::<Vec<_>>(),
        ["request.force prose changed"]
    );
    assert_eq!(differences[0].yaml, json!("How hard."));
    assert_eq!(differences[0].page, json!("Now it is gentle."));
    let line = YAML
        .lines()
        .position(|line| line.contains("How hard."))
        .unwrap()
        + 1;
    assert_eq!(differences[0].place.map(|place| place.line), Some(line));
}

#[test]
fn sections_of_the_description_come_and_go() {
    assert_eq!(
        found(|page| unset(page, "description.Manners")),
        ["description.Manners prose removed"]
    );
    let added = found(|page| say(page, "description.Haste", "Do not run."));
    assert_eq!(added, ["description.Haste prose added"]);
}

#[test]
fn the_place_of_a_section_is_its_heading() {
    let differences = differences(|page| say(page, "description.Manners", "Ring first."));
    let line = YAML
        .lines()
        .position(|line| line.trim() == "## Manners")
        .unwrap()
        + 1;
    assert_eq!(
        differences[0].place.map(|place| (place.line, place.column)),
        Some((line, 9))
    );
}

#[test]
fn what_only_some_forms_show_is_not_missed_in_others() {
    let without = found(|page| {
        for (item, group) in [
            ("introduction", Group::IntroductionProse),
            (
                "schema.OpenRequest",
                Group::SchemaProse("OpenRequest".to_owned()),
            ),
        ] {
            unset(page, item);
            page.stated.remove(&group);
        }
    });
    assert_eq!(without, [""; 0]);
    let with = found(|page| {
        page.stated.insert(Group::SummaryProse);
        say(
            page,
            "summary",
            "Never locked, because the page that was locked has none.",
        );
    });
    assert_eq!(with, [""; 0]);
}

#[test]
fn words_of_a_schema_below_a_field_are_the_schemas() {
    let as_text = found(|page| {
        let words = "On the page, enum.Mood means something.";
        unset(page, "enum.Mood");
        page.stated.remove(&Group::Enum("Mood".to_owned()));
        say(page, "response.200.mood", words);
    });
    assert_eq!(as_text, [""; 0]);
    let reworded = found(|page| {
        page.prose.retain(|prose| prose.item != "enum.Mood");
        say(page, "response.200.mood", "How one feels.");
    });
    assert_eq!(reworded, ["enum.Mood prose changed"]);
}

#[test]
fn a_page_that_contradicts_itself_is_told_once() {
    let says = [json!(true), json!(null)];
    let one = differences(|page| conflict(page, "error.hint", Aspect::Presence, &says));
    assert_eq!(
        one.iter().map(words).collect::<Vec<_>>(),
        ["error.hint presence changed"]
    );
    assert_eq!(one[0].page, json!(says));
    assert!(
        one[0]
            .note
            .as_deref()
            .unwrap()
            .contains("contradicts itself")
    );

    let both = differences(|page| {
        set(page, "error.code", Aspect::Type, json!("string"));
        conflict(
            page,
            "error.code",
            Aspect::Type,
            &[json!("string"), json!("integer")],
        );
    });
    assert_eq!(
        both.iter().map(words).collect::<Vec<_>>(),
        ["error.code type changed"]
    );
    assert_eq!(both[0].yaml, json!("integer"));
    assert_eq!(both[0].page, json!(["string", "integer"]));
}

#[test]
fn an_operation_that_moved_is_known_by_what_it_takes() {
    let moved = differences(|page| page.path = "/{Version}/{Door}/unlock".to_owned());
    assert_eq!(
        moved.iter().map(words).collect::<Vec<_>>(),
        ["operation presence changed"]
    );
    assert_eq!(moved[0].operation, OPERATION);
    assert_eq!(moved[0].page, json!("POST /{Version}/{Door}/unlock"));
}

#[test]
fn a_page_of_another_operation_is_refused_and_named() {
    let mut other = page();
    other.path = "/{Version}/{Door}/shut".to_owned();
    set(&mut other, "request", Aspect::Schema, json!("ShutRequest"));
    let refused = compare(&document(), &source(other.clone()), &lock());
    assert_eq!(
        refused,
        Err(ReadError::OtherApi(vec![
            "POST /{Version}/{Door}/shut".to_owned()
        ]))
    );

    let both = Source {
        operations: vec![page(), other],
        ..source(page())
    };
    let added = compare(&document(), &both, &lock()).unwrap();
    assert_eq!(
        added.iter().map(words).collect::<Vec<_>>(),
        ["operation presence added"]
    );
    assert_eq!(added[0].operation, "POST /{Version}/{Door}/shut");
}

#[test]
fn an_operation_that_was_never_locked_is_one_thing_to_do() {
    let differences = compare(&document(), &source(page()), &Lock::default()).unwrap();
    assert_eq!(
        differences.iter().map(words).collect::<Vec<_>>(),
        ["description prose added"]
    );
    assert!(
        differences[0]
            .note
            .as_deref()
            .unwrap()
            .contains("--update-lock")
    );
}

#[test]
fn differences_stand_in_the_order_of_the_yaml() {
    let differences = differences(|page| {
        say(page, "error.hint", "New words.");
        set(
            page,
            "base_url",
            Aspect::Presence,
            json!("https://other.example"),
        );
        set(page, "request.force", Aspect::Required, json!(false));
        unset(page, "header.User-Agent");
        say(page, "status.403", "New words.");
    });
    let items: Vec<&str> = differences.iter().map(|one| one.item.as_str()).collect();
    assert_eq!(
        items,
        [
            "base_url",
            "header.User-Agent",
            "status.403",
            "request.force",
            "error.hint"
        ]
    );
    assert!(differences.iter().all(|one| one.kind != Kind::Added));
}
