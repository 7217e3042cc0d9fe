//! What the YAML says of a response.

use std::sync::LazyLock;

use http::StatusCode;
use serde_json::{Value, json};

/// Both documents in one: a later path or schema joins the earlier ones.
static YAML: LazyLock<Value> = LazyLock::new(|| {
    let mut all = json!({ "paths": {}, "components": { "schemas": {} } });
    for text in [
        include_str!("../../openapi/multi-partner-solutions.yaml"),
        include_str!("../../openapi/solution-lookups.yaml"),
    ] {
        let text = text.replace("multi-partner-solutions.yaml#", "#");
        let mut document: Value = serde_saphyr::from_str(&text).unwrap();
        for section in ["/paths", "/components/schemas"] {
            let add = document.pointer_mut(section).unwrap().as_object_mut();
            let all = all.pointer_mut(section).unwrap().as_object_mut();
            all.unwrap().append(add.unwrap());
        }
    }
    all
});

/// Checks a body against the schema of its operation and status. A status that the operation does not document has to
/// come with an error.
pub(crate) fn check(request: &str, status: StatusCode, body: &Value) {
    let (method, path) = request.split_once(' ').unwrap();
    let path = path.split([' ', '?']).next().unwrap();
    let edge = &path[path.rfind('/').unwrap()..];
    let paths = YAML["paths"].as_object().unwrap();
    let operation = paths.iter().find(|(template, _)| template.ends_with(edge));
    let operation = operation.map_or(&paths["/{Version}/{Solution-ID}"], |(_, operation)| {
        operation
    });
    let responses = &operation[method.to_ascii_lowercase()]["responses"];
    let mut schema = responses[status.as_str()]["content"]["application/json"]["schema"].clone();
    if schema.is_null() {
        assert!(status.as_u16() >= 400, "{status} for {request}");
        schema = json!({ "$ref": "#/components/schemas/GraphAPIError" });
    }
    schema["components"] = YAML["components"].clone();
    // Graph sends times that are not RFC 3339, and so does the sandbox.
    let options = jsonschema::draft4::options().should_validate_formats(false);
    if let Err(wrong) = options.build(&schema).unwrap().validate(body) {
        panic!("{wrong}\n{status} {body}\n{request}");
    }
}
