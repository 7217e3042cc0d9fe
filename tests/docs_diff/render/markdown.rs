//! The Markdown that the page itself hands out.

use serde_json::{Value, json};

use crate::page::{ERROR, ERROR_FIELDS, Field, Page, Section, content, fields, sections};

pub fn render(page: &Page) -> String {
    let operation = page.operation();
    let words = operation.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let anchor = words.join("-").to_lowercase();
    let [server, method, path, summary] =
        ["/server", "/method", "/path", "/summary"].map(|place| page.text(place));
    let [scheme, kind, header] = page.auth();
    let description = description(page);
    let headers = table(page, "Name", page.get("/header"));
    let parameters = table(page, "Name", page.get("/parameters"));
    let is_required = page.get("/request/required") == true;
    let required = if is_required { " (Required)" } else { "" };
    let request = body(page, page.get("/request"));
    let responses = page.statuses().map(|(code, it)| response(page, code, it));
    let responses: String = responses.collect();
    let names = page.get("/schemas").as_object().unwrap().keys();
    let schemas: String = names.map(|name| schema(page, name)).collect();
    let error = jump("Error", "object-error-1") + &table(page, "Property", page.get(ERROR_FIELDS));
    let usage = format!("Include `{header}: Bearer your-token-here` in request headers");
    format!(
        "

## Base URL

| URL | Description |
|-----|-------------|
| {server} | Production Graph API server |

## APIs

| Method | Endpoint |
|--------|----------|
| {method} | [{path}](#{anchor}) |

<jumplink id=\"{anchor}\"></jumplink>
## {operation}

{summary}

{description}### Header Parameters

{headers}### Path Parameters

{parameters}### Request Body{required}

{request}### Responses

{responses}
# Components

## Schemas

{schemas}## Inline Object Definitions

{error}## Authentication

| Scheme | Type | Location |
|--------|------|----------|
| {scheme} | HTTP {kind} | Header: `{header}` |

### Usage Examples

- **{scheme}**: {usage}

### Global Authentication Requirements

All endpoints require: {scheme}
"
    )
}

fn description(page: &Page) -> String {
    let mut out = String::new();
    for Section { name, lines } in sections(page.text("/description")) {
        if !name.is_empty() {
            out += &format!("**{name}:**\n");
        }
        out += &format!("{}\n\n\n", lines.join("\n"));
    }
    out
}

/// Text of more than one line is followed by one more blank line.
fn paragraph(text: &str) -> String {
    let more = if text.contains('\n') { "\n" } else { "" };
    format!("{text}\n\n{more}")
}

fn jump(name: &str, anchor: &str) -> String {
    format!("<jumplink id=\"{anchor}\"></jumplink>\n### {name}\n\n")
}

/// `GraphAPIError` and a link to it, if the page has a schema of that name.
fn link(page: &Page, name: &str) -> String {
    match page.schema(name) {
        Some(_) => format!("[{name}](#{})", name.to_lowercase()),
        None => name.to_owned(),
    }
}

/// The table's mark for what has to be there.
fn tick(required: bool) -> &'static str {
    if required { "✓" } else { "" }
}

fn head(name: &str) -> String {
    format!("| {name} | Type | Required | Description |\n|------|------|----------|------|\n")
}

fn table(page: &Page, name: &str, object: &Value) -> String {
    let rows = fields(object).into_iter().map(|field| row(page, &field));
    format!("{}{}\n", head(name), rows.collect::<String>())
}

fn row(page: &Page, field: &Field<'_>) -> String {
    let kind = match field.kind.strip_prefix("array of ") {
        Some(of) => format!("array of {}", link(page, of)),
        None if field.format.is_none() => link(page, &field.kind),
        None => field.shown_kind(),
    };
    let deprecated = if field.deprecated { "·deprecated" } else { "" };
    let (name, tick) = (field.name, tick(field.required));
    let description = field.description.replace('\n', " ");
    format!("| {name} | {kind}{deprecated} | {tick} | {description} |\n")
}

fn body(page: &Page, body: &Value) -> String {
    let (content_type, schema) = content(body);
    let schema = link(page, &schema);
    format!("**Content Type**: `{content_type}`\n\n**Schema**: {schema}\n\n")
}

fn response(page: &Page, code: &str, response: &Value) -> String {
    let description = paragraph(response["description"].as_str().unwrap().trim());
    let body = body(page, response);
    let has_example = page.text("/title").contains("Accept") && content(response).1 == ERROR;
    let example = if has_example {
        example(code)
    } else {
        String::new()
    };
    format!("**{code}**\n\n{description}{body}{example}")
}

/// A response under a refusal. Its breaks are written `\n` around the fence, as on the real page.
fn example(code: &str) -> String {
    let code: u64 = code.parse().unwrap_or(0);
    let response = json!({"error": {
        "message": format!("Required: a string that's not {code}"),
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEf123",
    }});
    format!("**Example**:\\n```json\\n{response:#}\\n```\n\n")
}

fn schema(page: &Page, name: &str) -> String {
    let schema = page.schema(name).unwrap();
    let own = if schema.get("enum").is_some() {
        let values = page.strings(&format!("/schemas/{name}/enum"));
        let values = values.join("\", \"");
        format!("**Type**: string\n\n**Enum Values**: \"{values}\"\n\n")
    } else if name == ERROR {
        let tick = tick(page.is_error_required());
        let head = head("Property");
        format!("{head}| error | [Error](#object-error-1) | {tick} |  |\n\n")
    } else {
        table(page, "Property", schema)
    };
    jump(name, &name.to_lowercase()) + &paragraph(page.schema_text(name)) + &own
}

/// The same with everything escaped that HTML could mistake.
pub fn entities(text: &str) -> String {
    const ESCAPES: &str = "& &amp; < &lt; > &gt; \" &quot; ' &#039; { &#123; } &#125;";
    let escapes: Vec<&str> = ESCAPES.split(' ').collect();
    let escape = |text: String, pair: &[&str]| text.replace(pair[0], pair[1]);
    escapes.chunks(2).fold(text.to_owned(), escape)
}
