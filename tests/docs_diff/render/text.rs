//! The page's text: line by line as a browser hands it out, run together as some tools copy it, and clipped to Markdown.

use serde_json::Value;

use crate::page::{ERROR, ERROR_FIELDS, Page, Section, content, example, fields, sections};

pub fn lines(page: &Page) -> String {
    let mut out = Lines { page, out: vec![] };
    out.push("Appearance");
    out.push(page.text("/title"));
    out.push("Version");
    out.push(page.strings("/versions").concat());
    out.push("Copy for LLM");
    out.push(page.text("/introduction"));
    out.push("Base URL");
    out.push(format!("| | | | {} |", page.text("/server")));
    out.push("Endpoints");
    let (method, path) = (page.text("/method"), page.text("/path"));
    out.push(format!("| | | | {method} | {path} |"));
    out.push(page.operation());
    out.description(page.text("/description"));
    out.push("Request Syntax");
    out.push(page.operation());
    out.push("Try it");
    out.sample();
    out.glue("Header Parameters");
    out.fields(page.get("/header"));
    out.push("Path Parameters");
    out.fields(page.get("/parameters"));
    let is_required = page.get("/request/required") == true;
    let required = if is_required { "Required" } else { "" };
    out.push(format!("Request Body{required}"));
    out.body(page.get("/request"));
    out.push("Responses");
    out.description(page.second_description());
    for (code, response) in page.statuses() {
        out.push(code.as_str());
        out.push(response["description"].as_str().unwrap().trim());
        out.body(response);
    }
    out.sample();
    out.glue("Authentication");
    let [scheme, kind, header] = page.auth();
    out.push(format!(
        "| | | | Scheme | Type | Location | | {scheme} | HTTP {kind} | Header: {header} |"
    ));
    let usage = format!("Include {header}: Bearer your-token-here in request headers");
    out.push(format!("Usage Examples\n{scheme}:\n{usage}"));
    out.push("Global Authentication Requirements");
    out.push(format!("All endpoints require:\n{scheme}"));
    out.out.join("\n")
}

struct Lines<'a> {
    page: &'a Page,
    out: Vec<String>,
}

impl Lines<'_> {
    fn push(&mut self, text: impl Into<String>) {
        let text: String = text.into();
        self.out.extend(text.lines().map(str::to_owned));
    }

    /// What comes next has no line of its own.
    fn glue(&mut self, heading: &str) {
        self.out.last_mut().unwrap().push_str(heading);
    }

    fn description(&mut self, text: &str) {
        for Section { name, lines } in sections(text) {
            if !name.is_empty() {
                self.push(format!("{name}:"));
            }
            lines.into_iter().for_each(|line| self.push(line));
        }
    }

    /// What a browser leaves of the code samples: no indentation.
    fn sample(&mut self) {
        let page = self.page;
        let flat = |text: String| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let [method, server, path] = ["/method", "/server", "/path"].map(|place| page.text(place));
        let (header, data) = (page.auth()[2], flat(example(page.get("/request"))));
        self.push(format!(
            "\
Select language
cURLJavaScriptPython
curl --request {method} \\
--url '{server}{path}' \\
--header '{header}: Bearer <Token>' \\
--header 'Content-Type: application/json' \\
--data '{data}'"
        ));
        self.glue("Select status code");
        let codes = page.statuses().map(|(code, _)| code.as_str());
        self.push(codes.collect::<String>());
        self.push(flat(example(page.get("/x-success"))));
    }

    fn body(&mut self, body: &Value) {
        let (content_type, schema) = content(body);
        self.push(format!("Content Type: {content_type}\nSchema: {schema}"));
        self.push(format!("Show child attributes\n{schema}"));
        let page = self.page;
        if schema == ERROR {
            let is_required = page.is_error_required();
            let required = if is_required { "·required" } else { "" };
            self.push(format!("errorobject{required}\nShow child attributes"));
            self.fields(body.get("x-error").unwrap_or(page.get(ERROR_FIELDS)));
        } else if let Some(object) = page.schema(&schema) {
            self.fields(object);
        }
    }

    fn fields(&mut self, object: &Value) {
        for field in fields(object) {
            let required = if field.required { "·required" } else { "" };
            let deprecated = if field.deprecated { "·deprecated" } else { "" };
            let (name, kind) = (field.name, field.shown_kind());
            self.push(format!("{name}{kind}{required}{deprecated}"));
            let listed = self.page.listed(&field);
            let values = listed.map_or("", |listed| self.page.schema_text(listed));
            self.push(field.description);
            match listed {
                Some(listed) if field.kind.starts_with("array of ") => {
                    self.push(format!("Show child attributes\n{name}[]{listed}\n{values}"));
                }
                // A field that is nothing but a reference borrows the description of its schema.
                _ if field.description.is_empty() => self.push(values),
                _ => {}
            }
        }
    }
}

/// The same words in one paragraph.
pub fn join(lines: &str) -> String {
    let mut out = String::from("Skip to main content\n\n");
    for line in lines.lines().skip(1) {
        let line = line.trim_start_matches("- ");
        let is_code = line.starts_with("--");
        // Fields begin lines of their own.
        if line.contains('·')
            || line.contains("array of")
            || line.ends_with(')')
            || !line.contains(' ')
        {
            out += "\n";
        }
        out += &if is_code {
            line.replace(' ', "\u{a0}")
        } else {
            bare(line)
        };
        out += if is_code { "\n" } else { " " };
    }
    out + "Did you find this page helpful? Yes No"
}

/// Of paths only the parts between the parameters survive: `///accept`.
fn bare(line: &str) -> String {
    if !line.contains("/{") {
        return line.to_owned();
    }
    let steps = line.split('/').map(|step| match step.split_once('}') {
        Some((_, behind)) if step.starts_with('{') => behind,
        _ => step,
    });
    steps.collect::<Vec<_>>().join("/")
}

/// Clipped to Markdown, each line a paragraph: with `* ` bullets, rules, and escaped underscores; or without bullets, and
/// with escaped brackets.
pub fn clip(lines: &str, bullets: bool) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in lines.lines() {
        in_code |= line.starts_with("curl ");
        let is_heading =
            ["Base URL", "Endpoints", "Request Syntax", "Usage Examples"].contains(&line);
        let text = match line.strip_prefix("- ") {
            Some(item) if bullets => format!("* {item}"),
            Some(item) => item.to_owned(),
            None if is_heading => format!("## {line}"),
            None => line.to_owned(),
        };
        out += &match bullets {
            _ if in_code => text,
            true => text.replace('_', "\\_"),
            false => text.replace('[', "\\[").replace(']', "\\]"),
        };
        in_code &= !line.contains("Select status code");
        out += if line.ends_with("required") && bullets {
            "\n\n---\n\n"
        } else {
            "\n\n"
        };
    }
    out
}
