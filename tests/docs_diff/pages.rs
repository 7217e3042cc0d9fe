//! The two pages as the YAML has them, with sentences that trip a reader: numbers, statuses, colons, names of types,
//! `required`, quotes, brackets, breaks within a sentence.

use serde_json::Value;
use whatsapp_multi_partner_solutions::docs_diff::COMPILED_IN_YAML;

use crate::spec::{
    Auth, Description, ERROR, Enum, ErrorObject, Field, Object, PageSpec, Section, Status,
};

const TRAPS: [&str; 4] = [
    "Any string will do, even a substring of 40 letters: required or not.",
    "A 7 is no 8, and no 9 (\"responses\" tell);\nthe types object and [] stand for nothing.",
    "It's what v19.0 had & the answer was: true.",
    "There's a second line\nwith 2 apps, 1 number and an integer.",
];

pub fn yaml() -> Value {
    serde_saphyr::from_str(COMPILED_IN_YAML).unwrap()
}

/// 'Solution Creation API'
pub fn create() -> PageSpec {
    page("/{Version}/{Application-ID}/whatsapp_business_solution")
}

/// 'Solution Accept API'
pub fn accept() -> PageSpec {
    page("/{Version}/{Solution-ID}/accept")
}

fn text(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().trim().to_owned()
}

fn page(path: &str) -> PageSpec {
    let yaml = yaml();
    let operation = &yaml["paths"][path]["post"];
    let parameters = |place: &str| {
        let all = operation["parameters"].as_array().unwrap().iter();
        let here = all.filter(|parameter| parameter["in"] == place);
        let field = |(at, one): (usize, &Value)| {
            field(&text(one, "name"), one, one["required"] == true, at)
        };
        here.enumerate().map(field).collect::<Vec<_>>()
    };
    let mut headers = parameters("header");
    let scheme = &yaml["components"]["securitySchemes"]["bearerAuth"];
    headers.push(Field {
        kind: "string".into(),
        ..field("Authorization", scheme, true, 1)
    });
    let body = |of: &Value| name(&of["content"]["application/json"]["schema"]);
    let statuses = operation["responses"]
        .as_object()
        .unwrap()
        .iter()
        .enumerate();
    let statuses: Vec<Status> = statuses
        .map(|(at, (code, response))| Status {
            code: code.clone(),
            description: format!("{} {}", text(response, "description"), TRAPS[at % 4]),
            schema: body(response),
            own_error: None,
        })
        .collect();
    let schemas = &yaml["components"]["schemas"];
    let request = body(&operation["requestBody"]);
    let object = |name: &str| Object {
        name: name.into(),
        description: text(&schemas[name], "description"),
        fields: fields(&schemas[name]),
    };
    let objects = vec![object(&request), object(&statuses[0].schema)];
    let is_used = |name: &String| {
        let mut fields = objects.iter().flat_map(|object| &object.fields);
        fields.any(|field| field.kind.ends_with(name))
    };
    let enums = schemas
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, schema)| schema["enum"].is_array() && is_used(name));
    let enums = enums.map(|(name, schema)| Enum {
        name: name.clone(),
        description: text(schema, "description"),
        values: serde_json::from_value(schema["enum"].clone()).unwrap(),
    });
    let sample = |of: &Value| {
        let examples = of["content"]["application/json"]["examples"]
            .as_object()
            .unwrap();
        serde_json::to_string_pretty(&examples.values().next().unwrap()["value"]).unwrap()
    };
    let versions = operation["parameters"].as_array().unwrap().iter();
    let mut versions = versions.filter_map(|parameter| parameter.get("x-offered-versions"));
    let error = &schemas[ERROR]["properties"]["error"];
    PageSpec {
        title: format!(
            "WhatsApp Business Multi-Partner Solutions - {}",
            text(operation, "x-page")
        ),
        introduction: text(&yaml["info"], "description")
            .split("\n\n")
            .next()
            .unwrap()
            .into(),
        versions: serde_json::from_value(versions.next().unwrap().clone()).unwrap(),
        base_url: text(&yaml["servers"][0], "url"),
        method: "POST".into(),
        path: path.into(),
        summary: text(operation, "summary"),
        description: description(&text(operation, "description")),
        repeated_description: None,
        headers,
        path_parameters: parameters("path"),
        request: request.clone(),
        request_required: true,
        sample_request: sample(&operation["requestBody"]),
        sample_response: sample(&operation["responses"]["200"]),
        statuses,
        enums: enums.collect(),
        schemas: objects,
        error: ErrorObject {
            description: text(&schemas[ERROR], "description"),
            wrapper_required: true,
            fields: fields(error),
        },
        auth: Auth {
            scheme: "bearerAuth".into(),
            kind: "HTTP Bearer".into(),
            header: "Authorization".into(),
        },
        examples: path.ends_with("accept"),
    }
}

fn name(schema: &Value) -> String {
    text(schema, "$ref").rsplit('/').next().unwrap().to_owned()
}

fn field(name_of: &str, of: &Value, required: bool, at: usize) -> Field {
    let schema = of.get("schema").unwrap_or(of);
    let kind = match schema["type"].as_str() {
        None => name(schema),
        Some("array") => format!("array of {}", name(&schema["items"])),
        Some(kind) => kind.to_owned(),
    };
    let description = text(of, "description");
    let description = if description.is_empty() {
        description
    } else {
        format!("{description} {}", TRAPS[at % 4])
    };
    Field {
        name: name_of.into(),
        kind,
        format: schema["format"].as_str().map(str::to_owned),
        required,
        description,
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array().unwrap();
    let properties = schema["properties"].as_object().unwrap().iter().enumerate();
    let field = |(at, (name, property)): (usize, (&String, &Value))| {
        field(name, property, required.iter().any(|one| one == name), at)
    };
    properties.map(field).collect()
}

fn description(text: &str) -> Description {
    let mut parts = text.split("## ");
    let introduction = parts.next().unwrap().trim().to_owned();
    let section = |part: &str| {
        let (name, body) = part.split_once('\n').unwrap();
        let body = body.trim().replace("\n  ", " ");
        let bulleted = body.starts_with("- ");
        let lines = body
            .lines()
            .map(|line| line.trim_start_matches("- ").to_owned());
        Section {
            name: name.trim().into(),
            bulleted,
            body: lines.collect(),
        }
    };
    let mut sections: Vec<Section> = parts.map(section).collect();
    sections[0]
        .body
        .push("An empty array ([]) stands for \"nothing\": expect a 422 (required)".into());
    Description {
        introduction,
        sections,
    }
}

/// A page of the same family that the YAML has nothing of, such as reject.
pub fn sister(last: &str) -> PageSpec {
    let mut page = accept();
    page.title = "WhatsApp Business Multi-Partner Solutions - Solution Sister API".into();
    page.path = format!("/{{Version}}/{{Solution-ID}}/{last}");
    for name in [&mut page.request, &mut page.statuses[0].schema] {
        *name = name.replace("Accept", "Sister");
    }
    for object in &mut page.schemas {
        object.name = object.name.replace("Accept", "Sister");
    }
    page
}
