//! The OpenAPI file of a single page.

use serde_json::{Value, json};

use crate::page::{Page, fields};

pub fn document(page: &Page) -> Value {
    let mut parameters = vec![];
    for (place, pointer) in [("header", "/header"), ("path", "/parameters")] {
        let object = page.get(pointer);
        for field in fields(object) {
            parameters.push(json!({
                "name": field.name, "in": place, "required": field.required,
                "deprecated": field.deprecated, "schema": object["properties"][field.name],
            }));
        }
    }
    let [scheme, kind, _] = page.auth();
    let operation = json!({
        "summary": page.get("/summary"),
        "description": page.get("/description"),
        "deprecated": page.get("/deprecated") == true,
        "parameters": parameters,
        "requestBody": page.get("/request"),
        "responses": page.get("/responses"),
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": page.get("/title"), "version": "v25.0"},
        "servers": [{"url": page.get("/server")}],
        "security": [{scheme: []}],
        "paths": {page.text("/path"): {page.text("/method").to_lowercase(): operation}},
        "components": {
            "securitySchemes": {scheme: {"type": "http", "scheme": kind.to_lowercase()}},
            "schemas": page.get("/schemas"),
        },
    })
}
