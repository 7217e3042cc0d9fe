//! Meta's published OpenAPI file: each fact of it changed at each place, and found there alone.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::adapter::{self, Failure, Lock};
use crate::pages::yaml;
use crate::spec::ERROR;

const PATH: &str = "/{Version}/{Solution-ID}/accept";

/// What one change of the file has to be reported as: item, aspect and kind.
type Expected = (String, &'static str, &'static str);

#[track_caller]
fn found(change: impl FnOnce(&mut Value), expected: &[Expected]) {
    let mut file = yaml();
    change(&mut file);
    let text = serde_json::to_string_pretty(&file).unwrap();
    let found = adapter::compare(&text, &Lock::default()).unwrap();
    // What stands in the file once for all operations is reported of each.
    let of_accept = found
        .iter()
        .filter(|one| one.operation.ends_with("/accept"));
    let found = of_accept.map(|one| format!("{} {} {}", one.item, one.aspect, one.kind));
    let expected = expected
        .iter()
        .map(|(item, aspect, kind)| format!("{item} {aspect} {kind}"));
    let (found, expected): (BTreeSet<String>, BTreeSet<String>) =
        (found.collect(), expected.collect());
    assert_eq!(found, expected);
}

/// The objects with fields, and what the names of their items begin with.
const OBJECTS: [(&str, &str); 3] = [
    (
        "/components/schemas/WhatsAppBusinessSolutionAcceptRequest",
        "request",
    ),
    (
        "/components/schemas/WhatsAppBusinessSolutionAcceptResponse",
        "response.200",
    ),
    (
        "/components/schemas/GraphAPIError/properties/error",
        "error",
    ),
];

#[test]
fn every_edit_of_a_field_is_found() {
    for (place, prefix) in OBJECTS {
        let object = yaml().pointer(place).unwrap().clone();
        let required = object["required"].as_array().unwrap().clone();
        for (name, field) in object["properties"].as_object().unwrap() {
            let item = format!("{prefix}.{name}");
            let one = |aspect, kind| vec![(item.clone(), aspect, kind)];
            let set = |key: &'static str, value: Value| {
                move |file: &mut Value| {
                    let field = &mut file.pointer_mut(place).unwrap()["properties"][name];
                    field[key] = value;
                }
            };
            let properties = |file: &mut Value, new: &str| {
                let fields = file.pointer_mut(place).unwrap()["properties"]
                    .as_object_mut()
                    .unwrap();
                let field = fields.remove(name).unwrap();
                if !new.is_empty() {
                    fields.insert(new.to_owned(), field);
                }
            };
            let mut gone = one("presence", "removed");
            if field.get("$ref").is_some() {
                found(|file| properties(file, ""), &gone);
                continue;
            }
            found(|file| properties(file, ""), &gone);
            gone.push((format!("{item}_v2"), "presence", "added"));
            found(|file| properties(file, &format!("{name}_v2")), &gone);
            found(set("type", json!("number")), &one("type", "changed"));
            let kind = if field.get("format").is_some() {
                "changed"
            } else {
                "added"
            };
            found(set("format", json!("uuid")), &one("format", kind));
            let kind = if field.get("pattern").is_some() {
                "changed"
            } else {
                "added"
            };
            found(set("pattern", json!("^x$")), &one("bound", kind));
            found(set("deprecated", json!(true)), &one("deprecated", "added"));
            let flip = |file: &mut Value| {
                let all = file.pointer_mut(place).unwrap();
                let all = all["required"].as_array_mut().unwrap();
                match required.iter().any(|one| one == name) {
                    true => all.retain(|one| one != name),
                    false => all.push(json!(name)),
                }
            };
            found(flip, &one("required", "changed"));
        }
    }
}

#[test]
fn every_edit_of_an_operation_is_found() {
    let one = |item: &str, aspect, kind| vec![(item.to_owned(), aspect, kind)];
    let statuses = yaml()["paths"][PATH]["post"]["responses"].clone();
    for (code, response) in statuses.as_object().unwrap() {
        let item = format!("status.{code}");
        let responses = |file: &mut Value, new: &str| {
            let all = file["paths"][PATH]["post"]["responses"]
                .as_object_mut()
                .unwrap();
            all.remove(code);
            if !new.is_empty() {
                all.insert(new.to_owned(), response.clone());
            }
        };
        found(
            |file| responses(file, ""),
            &one(&item, "presence", "removed"),
        );
        if response
            .pointer("/content/application~1json/schema/$ref")
            .unwrap()
            .as_str()
            .unwrap()
            .ends_with(ERROR)
        {
            let mut moved = one(&item, "presence", "removed");
            moved.push(("status.418".into(), "presence", "added"));
            found(|file| responses(file, "418"), &moved);
        }
    }
    let operation = |key: &'static str, value: Value| {
        move |file: &mut Value| file["paths"][PATH]["post"][key] = value
    };
    found(
        operation("deprecated", json!(true)),
        &one("operation", "deprecated", "added"),
    );
    found(
        operation("servers", json!([{"url": "https://graph.example"}])),
        &one("base_url", "presence", "changed"),
    );
    let basic = |file: &mut Value| {
        file["components"]["securitySchemes"]["bearerAuth"]["scheme"] = json!("basic")
    };
    found(basic, &one("auth", "presence", "changed"));
    let optional =
        |file: &mut Value| file["paths"][PATH]["post"]["requestBody"]["required"] = json!(false);
    found(optional, &one("request", "required", "changed"));
    for (at, item) in ["header.User-Agent", "path.Version", "path.Solution-ID"]
        .iter()
        .enumerate()
    {
        let parameter = |file: &mut Value, key: &str, value: Value| {
            file["paths"][PATH]["post"]["parameters"][at][key] = value;
        };
        let required = json!(at == 0);
        found(
            |file| parameter(file, "required", required),
            &one(item, "required", "changed"),
        );
        found(
            |file| parameter(file, "schema", json!({"type": "integer", "pattern": "x"})),
            &match at {
                0 => vec![
                    (item.to_string(), "type", "changed"),
                    (item.to_string(), "bound", "added"),
                ],
                _ => vec![
                    (item.to_string(), "type", "changed"),
                    (item.to_string(), "bound", "changed"),
                ],
            },
        );
    }
    let moved = |file: &mut Value| {
        let paths = file["paths"].as_object_mut().unwrap();
        let operation = paths.remove(PATH).unwrap();
        paths.insert(format!("{PATH}_now"), operation);
    };
    found(moved, &one("operation", "presence", "changed"));
    for (new, kind) in [
        (json!(["DRAFT", "ACCEPTED"]), "removed"),
        (json!(["X"]), "changed"),
    ] {
        let name = "WhatsAppBusinessSolutionPartnerStatus";
        let values = |file: &mut Value| file["components"]["schemas"][name]["enum"] = new;
        found(values, &one(&format!("enum.{name}"), "enum", kind));
    }
}

#[test]
fn an_unchanged_file_is_no_difference_and_half_of_one_is_malformed() {
    let text = serde_json::to_string_pretty(&yaml()).unwrap();
    let lock = Lock::default();
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ] {
        assert_eq!(adapter::compare(&text, &lock), Ok(vec![]));
    }
    for at in (1..text.len() - 2)
        .step_by(997)
        .filter(|at| text.is_char_boundary(*at))
    {
        assert_eq!(
            adapter::compare(&text[..at], &lock),
            Err(Failure::Malformed),
            "cut at {at}"
        );
    }
}

/// OpenAPI has more than one notation for the same, and Meta's file uses them.
#[test]
fn other_notations_say_the_same() {
    let rewrite = |file: &mut Value| {
        file["openapi"] = json!("3.1.0");
        let parameters = &mut file["paths"][PATH]["post"]["parameters"];
        let version = parameters[1].take();
        parameters[1] = json!({"$ref": "#/components/parameters/Version"});
        file["components"]["parameters"] = json!({"Version": version});
        let stranger = json!({"responses": {"200": {"description": "Something else"}}});
        file["paths"]["/{Version}/{Phone-Number-ID}/register"] = json!({"get": stranger.clone()});
        file["paths"][PATH]["delete"] = stranger;
        let schemas = &mut file["components"]["schemas"];
        let fields = &mut schemas["WhatsAppBusinessSolutionAcceptResponse"]["properties"];
        fields["message"]["type"] = json!(["string", "null"]);
        let status = fields["partner_status"].take();
        fields["partner_status"] = json!({"description": "Where it stands", "allOf": [status]});
        let responses = &mut file["paths"][PATH]["post"]["responses"];
        let response = responses["500"].take();
        responses["500"] = json!({"$ref": "#/components/responses/500"});
        file["components"]["responses"] = json!({"500": response});
    };
    found(rewrite, &[]);
}
