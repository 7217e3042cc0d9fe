//! Meta's published OpenAPI file: version 3.1, all operations in one document, schemas and some parameters by reference.

use serde_json::{Map, Value, json};

use crate::spec::{ERROR, Field, PageSpec, Parameter, element};

/// The document with this page's operation, those of the others, and some that no page of ours has.
pub fn document(page: &PageSpec, others: &[PageSpec]) -> Value {
    let pages: Vec<&PageSpec> = std::iter::once(page).chain(others).collect();
    let mut schemas = Map::new();
    let mut paths = Map::new();
    let mut shared = Map::new();

    paths.insert(
        "/{Version}/{Phone-Number-ID}/register".into(),
        json!({"get": stranger("Looks"), "post": stranger("Acts")}),
    );
    schemas.insert(
        "Stranger".into(),
        json!({"type": "object", "properties": {"id": {"type": ["string", "null"], "const": "7"}}}),
    );
    for page in &pages {
        for object in &page.schemas {
            schemas.insert(
                object.name.clone(),
                object_of(&object.description, &object.fields),
            );
        }
        for listed in &page.enums {
            schemas.insert(
                listed.name.clone(),
                json!({
                    "type": "string",
                    "description": listed.description,
                    "enum": listed.values,
                    "example": listed.values.first(),
                }),
            );
        }
        let operation = operation(page, &mut shared);
        // One path may have several methods, and one that no page shows.
        let methods = paths.entry(page.path.clone()).or_insert_with(|| json!({}));
        methods[page.method.to_lowercase()] = operation;
        methods["delete"] = stranger("Removes");
    }
    // The file has one error for all operations: the edited page's.
    let mut error = json!({
        "type": "object",
        "description": page.error.description,
        "properties": {"error": object_of("", &page.error.fields)},
    });
    if page.error.wrapper_required {
        error["required"] = json!(["error"]);
    }
    schemas.insert(ERROR.into(), error);

    paths.insert(
        "/{Version}/{Solution-ID}/reject".into(),
        json!({"post": stranger("Says no")}),
    );
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Meta Graph API - Everything",
            "version": "v23.0",
            "description": "The first of many.\n\nNothing of it is about solutions.\n",
        },
        "servers": [
            {"url": page.base_url, "description": "Production"},
            {"url": page.base_url},
        ],
        "tags": [{"name": "Multi-Partner Solutions", "description": "Solutions & partners"}],
        "components": {
            "securitySchemes": {page.auth.scheme.clone(): security(page)},
            "parameters": shared,
            "schemas": schemas,
        },
        "paths": paths,
    })
}

fn security(page: &PageSpec) -> Value {
    match page.auth.kind.as_str() {
        "HTTP Bearer" if page.auth.header == "Authorization" => {
            json!({"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A token"})
        }
        "HTTP Basic" => json!({"type": "http", "scheme": "basic"}),
        _ => json!({"type": "apiKey", "in": "header", "name": page.auth.header}),
    }
}

fn stranger(does: &str) -> Value {
    json!({
        "summary": does,
        "operationId": does.to_lowercase().replace(' ', "_"),
        "parameters": [{"name": "Version", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {
            "description": "Done",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stranger"}}},
        }},
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// `string`, `array of NAME` or the name of a schema, as a schema.
fn schema(kind: &str, format: Option<&str>) -> Value {
    let mut schema = match kind {
        "string" | "integer" | "boolean" | "number" | "object" => json!({"type": kind}),
        other => match element(other) {
            Some(of) => json!({"type": "array", "items": schema(of, None)}),
            None => reference(other),
        },
    };
    if let Some(format) = format {
        schema["format"] = json!(format);
    }
    schema
}

fn object_of(description: &str, fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut property = schema(&field.kind, field.format.as_deref());
        if !field.description.is_empty() {
            property["description"] = json!(field.description);
        }
        for (name, value) in &field.bounds {
            property[*name] = serde_json::from_str(value).unwrap();
        }
        properties.insert(field.name.clone(), property);
    }
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name.as_str())
        .collect();
    let mut object = json!({"type": "object"});
    if !description.is_empty() {
        object["description"] = json!(description);
    }
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object["properties"] = Value::Object(properties);
    object
}

fn operation(page: &PageSpec, shared: &mut Map<String, Value>) -> Value {
    let mut description = format!("{}\n\n\n", page.description.introduction);
    for section in &page.description.sections {
        description += &format!("**{}:**\n", section.name);
        for line in &section.body {
            description += &format!("{}{line}\n", if section.bulleted { "- " } else { "" });
        }
        description += "\n\n";
    }
    let mut parameters = Vec::new();
    for header in &page.headers {
        let parameter = parameter(header, "header");
        let name: String = header
            .name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        // Parameters that are the same everywhere stand among the components.
        match shared.get(&name) {
            Some(known) if *known != parameter => parameters.push(parameter),
            _ => {
                parameters.push(json!({"$ref": format!("#/components/parameters/{name}")}));
                shared.insert(name, parameter);
            }
        }
    }
    parameters.extend(page.path_parameters.iter().map(|p| parameter(p, "path")));
    let mut responses = Map::new();
    for status in &page.statuses {
        responses.insert(
            status.code.clone(),
            json!({
                "description": status.description,
                "content": {"application/json": {
                    "schema": reference(&status.schema),
                    "examples": {"one": {"summary": "One", "value": {"error": {"message": "Required"}}}},
                }},
            }),
        );
    }
    json!({
        "summary": page.summary,
        "description": description,
        "operationId": page.path.rsplit('/').next(),
        "tags": ["Multi-Partner Solutions"],
        "parameters": parameters,
        "requestBody": {
            "required": page.request_required,
            "content": {"application/json": {"schema": reference(&page.request)}},
        },
        "responses": responses,
        "security": [{page.auth.scheme.clone(): []}],
    })
}

fn parameter(parameter: &Parameter, place: &str) -> Value {
    let mut schema = schema(&parameter.kind, parameter.format.as_deref());
    for (name, value) in parameter.bounds {
        schema[*name] = json!(value);
    }
    json!({
        "name": parameter.name,
        "in": place,
        "required": parameter.required,
        "description": parameter.description,
        "schema": schema,
        "example": "v23.0",
    })
}

/// The document in YAML's block style, texts quoted and folded as Meta's file has them.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                out.push_str(&format!("{indent}{}:", scalar(&json!(key), depth)));
                child(value, depth, out);
            }
        }
        Value::Array(list) => {
            for value in list {
                let mut inner = String::new();
                block(value, depth + 1, &mut inner);
                out.push_str(&format!("{indent}- {}", inner.trim_start_matches(' ')));
            }
        }
        other => out.push_str(&format!("{indent}{}\n", scalar(other, depth))),
    }
}

fn child(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if map.is_empty() => out.push_str(" {}\n"),
        Value::Array(list) if list.is_empty() => out.push_str(" []\n"),
        Value::Object(_) => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        Value::Array(_) => {
            out.push('\n');
            block(value, depth, out);
        }
        other => out.push_str(&format!(" {}\n", scalar(other, depth + 1))),
    }
}

fn scalar(value: &Value, depth: usize) -> String {
    let Value::String(text) = value else {
        return value.to_string();
    };
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "$/{}_-. ^+".contains(c))
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off"]
            .contains(&text.to_lowercase().as_str());
    if plain {
        return text.clone();
    }
    // In quotes, n line breaks of the text are written as n + 1.
    let indent = "  ".repeat(depth);
    let mut out = String::from("'");
    let mut broken = false;
    for c in text.chars() {
        if c == '\n' {
            if !broken {
                out.push('\n');
            }
            out.push('\n');
        } else {
            if broken {
                out.push_str(&indent);
            }
            out.push(c);
            if c == '\'' {
                out.push(c);
            }
        }
        broken = c == '\n';
    }
    if broken {
        out.push_str(&indent);
    }
    out.push('\'');
    out
}
