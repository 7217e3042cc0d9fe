//! The Markdown that the page itself hands out.

use serde_json::{Value, json};

use crate::page::{ERROR, ERROR_FIELDS, Field, Page, content, fields, sections};

/// `GraphAPIError` and a link to it, if the page has a schema of that name.
fn link(page: &Page, name: &str) -> String {
    match page.schema(name) {
        Some(_) => format!("[{name}](#{})", name.to_lowercase()),
        None => name.to_owned(),
    }
}

fn kind(page: &Page, field: &Field<'_>) -> String {
    let mark = if field.deprecated { "·deprecated" } else { "" };
    let shown = match field.kind.strip_prefix("array of ") {
        Some(of) => format!("array of {}", link(page, of)),
        None if field.format.is_none() => link(page, &field.kind),
        None => field.shown_kind(),
    };
    format!("{shown}{mark}")
}

/// The table's mark for what has to be there.
fn tick(required: bool) -> &'static str {
    if required { "✓" } else { "" }
}

/// Text of more than one line is followed by one more blank line.
fn paragraph(text: &str) -> String {
    let more = if text.contains('\n') { "\n" } else { "" };
    format!("{text}\n\n{more}")
}

pub fn render(page: &Page) -> String {
    let operation = page.operation().to_lowercase();
    let parts = operation
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let anchor = parts.collect::<Vec<_>>().join("-");
    let mut out = String::from("\n\n## Base URL\n\n| URL | Description |\n|-----|-------------|\n");
    out += &format!(
        "| {} | Production Graph API server |\n\n",
        page.text("/server")
    );
    out += "## APIs\n\n| Method | Endpoint |\n|--------|----------|\n";
    out += &format!(
        "| {} | [{}](#{anchor}) |\n\n",
        page.text("/method"),
        page.text("/path")
    );
    out += &format!(
        "<jumplink id=\"{anchor}\"></jumplink>\n## {}\n\n",
        page.operation()
    );
    out += &format!("{}\n\n", page.text("/summary"));
    for (name, lines) in sections(page.text("/description")) {
        if !name.is_empty() {
            out += &format!("**{name}:**\n");
        }
        out += &format!("{}\n\n\n", lines.join("\n"));
    }
    out += "### Header Parameters\n\n";
    table(&mut out, page, "Name", page.get("/header"));
    out += "### Path Parameters\n\n";
    table(&mut out, page, "Name", page.get("/parameters"));
    let is_required = page.get("/request/required") == true;
    out += &format!(
        "### Request Body{}\n\n",
        if is_required { " (Required)" } else { "" }
    );
    body(&mut out, page, page.get("/request"));
    out += "### Responses\n\n";
    for (code, response) in page.statuses() {
        let description = response["description"].as_str().unwrap().trim();
        out += &format!("**{code}**\n\n{}", paragraph(description));
        body(&mut out, page, response);
        if page.text("/title").contains("Accept") && content(response).1 == ERROR {
            example(&mut out, code.parse().unwrap_or(0));
        }
    }
    out += "\n# Components\n\n## Schemas\n\n";
    for (name, schema) in page.get("/schemas").as_object().unwrap() {
        jump(&mut out, name, &name.to_lowercase());
        out += &paragraph(page.schema_text(name));
        if schema.get("enum").is_some() {
            let values = page
                .strings(&format!("/schemas/{name}/enum"))
                .join("\", \"");
            out += &format!("**Type**: string\n\n**Enum Values**: \"{values}\"\n\n");
        } else if name == ERROR {
            head(&mut out, "Property");
            let tick = tick(page.is_error_required());
            out += &format!("| error | [Error](#object-error-1) | {tick} |  |\n\n");
        } else {
            table(&mut out, page, "Property", schema);
        }
    }
    out += "## Inline Object Definitions\n\n";
    jump(&mut out, "Error", "object-error-1");
    table(&mut out, page, "Property", page.get(ERROR_FIELDS));
    let [scheme, kind, header] = page.auth();
    out += "## Authentication\n\n| Scheme | Type | Location |\n|--------|------|----------|\n";
    out += &format!("| {scheme} | HTTP {kind} | Header: `{header}` |\n\n");
    out += "### Usage Examples\n\n";
    out += &format!(
        "- **{scheme}**: Include `{header}: Bearer your-token-here` in request headers\n\n"
    );
    out + &format!("### Global Authentication Requirements\n\nAll endpoints require: {scheme}\n")
}

fn jump(out: &mut String, name: &str, anchor: &str) {
    *out += &format!("<jumplink id=\"{anchor}\"></jumplink>\n### {name}\n\n");
}

fn head(out: &mut String, name: &str) {
    *out +=
        &format!("| {name} | Type | Required | Description |\n|------|------|----------|------|\n");
}

fn table(out: &mut String, page: &Page, name: &str, object: &Value) {
    head(out, name);
    for field in fields(object) {
        let (name, kind, tick) = (field.name, kind(page, &field), tick(field.required));
        let description = field.description.replace('\n', " ");
        *out += &format!("| {name} | {kind} | {tick} | {description} |\n");
    }
    out.push('\n');
}

fn body(out: &mut String, page: &Page, body: &Value) {
    let (content_type, schema) = content(body);
    *out += &format!("**Content Type**: `{content_type}`\n\n");
    *out += &format!("**Schema**: {}\n\n", link(page, &schema));
}

/// A response under a refusal. Its breaks are written `\n` around the fence, as on the real page.
fn example(out: &mut String, code: u64) {
    let response = json!({"error": {
        "message": format!("Required: a string that's not {code}"),
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEf123",
    }});
    *out += &format!("**Example**:\\n```json\\n{response:#}\\n```\n\n");
}

/// The same with everything escaped that HTML could mistake.
pub fn entities(text: &str) -> String {
    let escapes = [
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("\"", "&quot;"),
        ("'", "&#039;"),
        ("{", "&#123;"),
        ("}", "&#125;"),
    ];
    let escape = |text: String, (char, entity): (&str, &str)| text.replace(char, entity);
    escapes.into_iter().fold(text.to_owned(), escape)
}
