//! The Markdown that the page itself hands out.

use serde_json::{Value, json};

use crate::spec::{Field, PageSpec, element};

/// `GraphAPIError` and a link to it, if the page has a schema of that name.
fn link(page: &PageSpec, name: &str) -> String {
    let known =
        name == crate::spec::ERROR || page.schema(name).is_some() || page.an_enum(name).is_some();
    if known {
        format!("[{name}](#{})", name.to_lowercase())
    } else {
        name.to_owned()
    }
}

fn kind(page: &PageSpec, kind: &str, shown: &str) -> String {
    match element(kind) {
        Some(of) => format!("array of {}", link(page, of)),
        None if shown == kind => link(page, kind),
        None => shown.to_owned(),
    }
}

/// The table's mark for what has to be there.
fn tick(required: bool) -> &'static str {
    if required { "✓" } else { "" }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

pub fn render(page: &PageSpec) -> String {
    let anchor: String = page
        .operation()
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let mut out = String::from("\n\n## Base URL\n\n| URL | Description |\n|-----|-------------|\n");
    out += &format!("| {} | Production Graph API server |\n\n", page.base_url);
    out += "## APIs\n\n| Method | Endpoint |\n|--------|----------|\n";
    out += &format!("| {} | [{}](#{anchor}) |\n\n", page.method, page.path);
    out += &format!(
        "<jumplink id=\"{anchor}\"></jumplink>\n## {}\n\n",
        page.operation()
    );
    out += &format!(
        "{}\n\n{}\n\n\n",
        page.summary, page.description.introduction
    );
    for section in &page.description.sections {
        out += &format!("**{}:**\n", section.name);
        for line in &section.body {
            out += &format!("{}{line}\n", if section.bulleted { "- " } else { "" });
        }
        out += "\n\n";
    }
    for (heading, parameters) in [("Header", &page.headers), ("Path", &page.path_parameters)] {
        out += &format!("### {heading} Parameters\n\n");
        table(&mut out, page, "Name", parameters);
    }
    out += &format!(
        "### Request Body{}\n\n",
        if page.request_required {
            " (Required)"
        } else {
            ""
        }
    );
    body(&mut out, page, &page.request);
    out += "### Responses\n\n";
    for status in &page.statuses {
        out += &format!("**{}**\n\n{}\n\n", status.code, status.description);
        if status.description.contains('\n') {
            out += "\n";
        }
        body(&mut out, page, &status.schema);
        if page.examples && status.schema == crate::spec::ERROR {
            example(&mut out, status.code.parse().unwrap_or(0));
        }
    }
    out += "\n# Components\n\n## Schemas\n\n";
    for object in &page.schemas {
        jump(&mut out, &object.name);
        out += &format!("{}\n\n", object.description);
        table(&mut out, page, "Property", &object.fields);
    }
    for listed in &page.enums {
        jump(&mut out, &listed.name);
        out += &format!("{}\n\n", listed.description);
        if listed.description.contains('\n') {
            out += "\n";
        }
        let values: Vec<String> = listed.values.iter().map(|v| format!("\"{v}\"")).collect();
        out += &format!(
            "**Type**: string\n\n**Enum Values**: {}\n\n",
            values.join(", ")
        );
    }
    jump(&mut out, crate::spec::ERROR);
    out += &format!("{}\n\n", page.error.description);
    head(&mut out, "Property");
    out += &format!(
        "| error | [Error](#object-error-1) | {} |  |\n\n",
        tick(page.error.wrapper_required)
    );
    out += "## Inline Object Definitions\n\n<jumplink id=\"object-error-1\"></jumplink>\n### Error\n\n";
    table(&mut out, page, "Property", &page.error.fields);
    out += "## Authentication\n\n| Scheme | Type | Location |\n|--------|------|----------|\n";
    out += &format!(
        "| {} | {} | Header: `{}` |\n\n",
        page.auth.scheme, page.auth.kind, page.auth.header
    );
    out += &format!(
        "### Usage Examples\n\n- **{}**: Include `{}: Bearer your-token-here` in request headers\n\n",
        page.auth.scheme, page.auth.header
    );
    out += &format!(
        "### Global Authentication Requirements\n\nAll endpoints require: {}\n",
        page.auth.scheme
    );
    out
}

fn jump(out: &mut String, name: &str) {
    *out += &format!(
        "<jumplink id=\"{}\"></jumplink>\n### {name}\n\n",
        name.to_lowercase()
    );
}

fn head(out: &mut String, name: &str) {
    *out +=
        &format!("| {name} | Type | Required | Description |\n|------|------|----------|------|\n");
}

fn table(out: &mut String, page: &PageSpec, name: &str, fields: &[Field]) {
    head(out, name);
    for field in fields {
        *out += &format!(
            "| {} | {} | {} | {} |\n",
            field.name,
            kind(page, &field.kind, &field.shown_kind()),
            tick(field.required),
            one_line(&field.description)
        );
    }
    out.push('\n');
}

fn body(out: &mut String, page: &PageSpec, schema: &str) {
    *out += "**Content Type**: `application/json`\n\n";
    *out += &format!("**Schema**: {}\n\n", link(page, schema));
}

/// An answer under a refusal. Its breaks are written `\n` around the fence, as on the real page.
fn example(out: &mut String, code: u64) {
    let answer: Value = json!({"error": {
        "message": format!("Required: a string that's not {code}"),
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEf123",
    }});
    *out += &format!(
        "**Example**:\\n```json\\n{}\\n```\n\n",
        serde_json::to_string_pretty(&answer).unwrap()
    );
}

/// The same with everything escaped that HTML could mistake.
pub fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#039;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            other => out.push(other),
        }
    }
    out
}
