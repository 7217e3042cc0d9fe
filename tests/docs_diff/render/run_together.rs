//! The page's text run together into paragraphs, as some tools copy it.

use super::lines::{head, sent_headers, usage};
use crate::spec::{Description, ERROR, ErrorObject, Field, PageSpec, Parameter, element};

/// Words join the paragraph that is open; a paragraph ends where the real page's do.
struct Paragraphs(String);

impl Paragraphs {
    fn say(&mut self, words: &str) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push(' ');
        }
        self.0.push_str(&words.replace('\n', " "));
    }

    fn end(&mut self) {
        self.0.push('\n');
    }

    fn alone(&mut self, words: &str) {
        self.0.push_str("\n\n");
        self.0.push_str(words);
        self.0.push_str("\n\n");
    }
}

/// Only the parts between the parameters survive: `///accept`.
pub fn bare(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out
}

pub fn render(page: &PageSpec) -> String {
    let path = bare(&page.path);
    let mut out = Paragraphs("Skip to main content\n\n".into());
    out.say(page.title);
    out.0.push_str("\n\nCopy for LLM View as Markdown Version");
    out.say(&page.versions.concat());
    out.say(&page.introduction);
    out.alone("Base URL");
    out.0.push_str(&format!("| {} |", page.base_url));
    out.alone("Endpoints");
    out.0.push_str(&format!("| {} | {path} |", page.method));
    out.alone(&format!("{} {path}", page.method));
    description(&mut out, &page.description);
    out.alone("Request Syntax");
    out.0.push_str(&format!("{}{path} Try it", page.method));
    sample(&mut out, page);
    if !page.headers.is_empty() {
        out.0.push_str("Header Parameters\n");
        parameters(&mut out, &page.headers);
    }
    out.say("Path Parameters");
    out.end();
    parameters(&mut out, &page.path_parameters);
    out.say(&format!(
        "Request Body{}",
        if page.request_required {
            "Required"
        } else {
            ""
        }
    ));
    out.end();
    body(&mut out, page, &page.request, None);
    out.say("Responses");
    out.end();
    description(&mut out, page.second_description());
    for status in &page.statuses {
        out.say(&status.code);
        out.say(&status.description);
        body(
            &mut out,
            page,
            &status.schema,
            Some(page.error_under(status)),
        );
    }
    sample(&mut out, page);
    out.alone("Authentication");
    out.0.push_str(&format!(
        "| Scheme | Type | Location | | {} | {} | Header: {} |",
        page.auth.scheme, page.auth.kind, page.auth.header
    ));
    out.alone("Usage Examples");
    out.say(&format!("{}: {}", page.auth.scheme, usage(page)));
    out.alone("Global Authentication Requirements");
    out.say(&format!("All endpoints require: {}", page.auth.scheme));
    out.say("Did you find this page helpful?");
    for thumb in ["up", "down"] {
        out.say(&format!("Thumbs {thumb} icon"));
    }
    // The real page's paragraphs are one blank line apart.
    let mut text = out.0;
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text
}

fn description(out: &mut Paragraphs, said: &Description) {
    out.say(&said.introduction);
    for section in &said.sections {
        out.say(&format!("{}:", section.name));
        for line in &section.body {
            out.say(line);
        }
    }
}

fn sample(out: &mut Paragraphs, page: &PageSpec) {
    out.say("Select language cURLJavaScriptPython");
    out.end();
    let mut code = format!("curl --request {} \\\n", page.method);
    code.push_str(&format!("  --url '{}{}' \\\n", page.base_url, page.path));
    for (name, value) in sent_headers(page) {
        code.push_str(&format!("  --header '{name}: {value}' \\\n"));
    }
    code.push_str(&format!("  --data '{}'\n", page.sample_request));
    out.0.push_str(&code.replace(' ', "\u{a0}"));
    let codes: String = page.statuses.iter().map(|s| s.code.as_str()).collect();
    out.0.push_str(&format!("Select status code {codes}\n\\"));
    out.0.push_str(&page.sample_response.replace(' ', "\u{a0}"));
    out.end();
}

fn parameters(out: &mut Paragraphs, parameters: &[Parameter]) {
    for parameter in parameters {
        out.say(&head(
            &parameter.name,
            &parameter.shown_kind(),
            parameter.required,
        ));
        out.say(&parameter.description);
    }
}

fn body(out: &mut Paragraphs, page: &PageSpec, schema: &str, error: Option<&ErrorObject>) {
    out.say("Content Type: application/json");
    out.say(&format!("Schema: {schema} Show child attributes"));
    out.end();
    out.0.push_str(schema);
    match (schema == ERROR, error) {
        (true, Some(error)) => {
            out.end();
            out.say(&head("error", "object", error.wrapper_required));
            out.say("Show child attributes");
            fields(out, page, &error.fields);
        }
        _ => {
            if let Some(object) = page.schema(schema) {
                fields(out, page, &object.fields);
            }
        }
    }
}

fn fields(out: &mut Paragraphs, page: &PageSpec, fields: &[Field]) {
    for field in fields {
        out.end();
        out.say(&head(&field.name, &field.shown_kind(), field.required));
        let description = page.shown_description(field);
        if !description.is_empty() {
            out.say(description);
        }
        if let Some(listed) = element(&field.kind).and_then(|kind| page.an_enum(kind)) {
            out.say("Show child attributes");
            out.end();
            out.say(&format!("{}[]{}", field.name, listed.name));
            out.say(&listed.description);
        }
    }
}
