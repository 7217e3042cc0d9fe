//! The page's text as a browser hands it out, line by line.

use crate::spec::{Description, ERROR, ErrorObject, Field, PageSpec, element};

pub fn render(page: &PageSpec) -> String {
    let mut out = vec![
        "Appearance".to_owned(),
        page.title.clone(),
        "Version".into(),
        page.versions.concat(),
        "Copy for LLM".into(),
    ];
    out.extend(page.introduction.lines().map(String::from));
    out.push("Base URL".into());
    out.push(format!("| | | | {} |", page.base_url));
    out.push("Endpoints".into());
    out.push(format!("| | | | {} | {} |", page.method, page.path));
    out.push(page.operation());
    description(&mut out, &page.description);
    out.push("Request Syntax".into());
    out.push(page.operation());
    out.push("Try it".into());
    sample(&mut out, page);
    if !page.headers.is_empty() {
        glue(&mut out, "Header Parameters");
        parameters(&mut out, &page.headers);
        out.push("Path Parameters".into());
    } else {
        glue(&mut out, "Path Parameters");
    }
    parameters(&mut out, &page.path_parameters);
    out.push(format!(
        "Request Body{}",
        if page.request_required {
            "Required"
        } else {
            ""
        }
    ));
    body(&mut out, page, &page.request, None);
    out.push("Responses".into());
    description(&mut out, page.second_description());
    for status in &page.statuses {
        out.push(status.code.clone());
        out.extend(status.description.lines().map(String::from));
        body(
            &mut out,
            page,
            &status.schema,
            Some(page.error_under(status)),
        );
    }
    sample(&mut out, page);
    glue(&mut out, "Authentication");
    out.push(format!(
        "| | | | Scheme | Type | Location | | {} | {} | Header: {} |",
        page.auth.scheme, page.auth.kind, page.auth.header
    ));
    out.push("Usage Examples".into());
    out.push(format!("{}:", page.auth.scheme));
    out.push(usage(page));
    out.push("Global Authentication Requirements".into());
    out.push("All endpoints require:".into());
    out.push(page.auth.scheme.clone());
    out.join("\n")
}

/// The sentence that shows how a token is sent.
pub fn usage(page: &PageSpec) -> String {
    format!(
        "Include {}: Bearer your-token-here in request headers",
        page.auth.header
    )
}

fn description(out: &mut Vec<String>, said: &Description) {
    out.extend(said.introduction.lines().map(String::from));
    for section in &said.sections {
        out.push(format!("{}:", section.name));
        let sign = if section.bulleted { "- " } else { "" };
        out.extend(section.body.iter().map(|line| format!("{sign}{line}")));
    }
}

/// What a browser leaves of the code samples: no indentation, and no line of its own for what comes next.
fn sample(out: &mut Vec<String>, page: &PageSpec) {
    out.push("Select language".into());
    out.push("cURLJavaScriptPython".into());
    out.push(format!("curl --request {} \\", page.method));
    out.push(format!("--url '{}{}' \\", page.base_url, page.path));
    for (name, value) in sent_headers(page) {
        out.push(format!("--header '{name}: {value}' \\"));
    }
    let flat: Vec<&str> = page.sample_request.lines().map(str::trim).collect();
    out.push(format!("--data '{}'", flat.join("\n")));
    glue(out, "Select status code");
    out.push(page.statuses.iter().map(|s| s.code.as_str()).collect());
    let flat: Vec<&str> = page.sample_response.lines().map(str::trim).collect();
    out.push(flat.join("\n"));
}

pub fn sent_headers(page: &PageSpec) -> [(&str, &str); 2] {
    [
        (page.auth.header.as_str(), "Bearer <Token>"),
        ("Content-Type", "application/json"),
    ]
}

fn glue(out: &mut [String], heading: &str) {
    if let Some(last) = out.last_mut() {
        last.push_str(heading);
    }
}

pub fn head(name: &str, kind: &str, required: bool) -> String {
    format!("{name}{kind}{}", if required { "·required" } else { "" })
}

fn parameters(out: &mut Vec<String>, parameters: &[Field]) {
    for parameter in parameters {
        out.push(head(
            &parameter.name,
            &parameter.shown_kind(),
            parameter.required,
        ));
        out.extend(parameter.description.lines().map(String::from));
    }
}

fn body(out: &mut Vec<String>, page: &PageSpec, schema: &str, error: Option<&ErrorObject>) {
    out.push("Content Type: application/json".into());
    out.push(format!("Schema: {schema}"));
    out.push("Show child attributes".into());
    out.push(schema.to_owned());
    match (schema == ERROR, error) {
        (true, Some(error)) => {
            out.push(head("error", "object", error.wrapper_required));
            out.push("Show child attributes".into());
            fields(out, page, &error.fields);
        }
        _ => {
            if let Some(object) = page.schema(schema) {
                fields(out, page, &object.fields);
            }
        }
    }
}

fn fields(out: &mut Vec<String>, page: &PageSpec, fields: &[Field]) {
    for field in fields {
        out.push(head(&field.name, &field.shown_kind(), field.required));
        out.extend(page.shown_description(field).lines().map(String::from));
        if let Some(listed) = element(&field.kind).and_then(|kind| page.an_enum(kind)) {
            out.push("Show child attributes".into());
            out.push(format!("{}[]{}", field.name, listed.name));
            out.extend(listed.description.lines().map(String::from));
        }
    }
}
