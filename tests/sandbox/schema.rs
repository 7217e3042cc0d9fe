//! What the YAML says of a response.

use std::sync::LazyLock;

use http::StatusCode;
use serde_json::{Value, json};

/// The paths and the components of both documents.
static YAML: LazyLock<Value> = LazyLock::new(|| {
    let mut all = json!({});
    for text in [
        include_str!("../../openapi/multi-partner-solutions.yaml"),
        include_str!("../../openapi/solution-lookups.yaml"),
    ] {
        let text = text.replace("multi-partner-solutions.yaml#", "#");
        let document: Value = serde_saphyr::from_str(&text).unwrap();
        for (section, named) in [
            ("paths", &document["paths"]),
            ("schemas", &document["components"]["schemas"]),
        ] {
            for (name, value) in named.as_object().unwrap() {
                all[section][name] = value.clone();
            }
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
        assert!(
            status.is_client_error() || status.is_server_error(),
            "{status} for {request}"
        );
        schema = json!({ "$ref": "#/components/schemas/GraphAPIError" });
    }
    schema["components"] = json!({ "schemas": YAML["schemas"] });
    // Graph sends times that are not RFC 3339, and so does the sandbox.
    let options = jsonschema::draft4::options().should_validate_formats(false);
    let wrong = options.build(&schema).unwrap();
    let wrong: Vec<String> = wrong.iter_errors(body).map(|why| why.to_string()).collect();
    assert!(wrong.is_empty(), "{request}\n{status} {body}\n{wrong:?}");
}
