//! The web page, clipped to Markdown by a tool: what a browser shows, with headings, rules and paragraphs of its own.

use super::lines::{head, sent_headers, usage};
use crate::spec::{Description, ERROR, ErrorObject, Field, PageSpec, Parameter, element};

/// How the tool writes.
struct Clipper {
    /// Bullets with `* `, rules as `---`, underscores escaped; or no bullets, rules as `* * *`, brackets escaped.
    bullets: bool,
    out: Vec<String>,
}

pub fn with_bullets(page: &PageSpec) -> String {
    clip(page, true)
}

pub fn plain(page: &PageSpec) -> String {
    clip(page, false)
}

const SITE: &str =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/reference";

fn clip(page: &PageSpec, bullets: bool) -> String {
    let mut clipper = Clipper {
        bullets,
        out: Vec::new(),
    };
    clipper.page(page);
    // Bullets of one list stand together, all else is a paragraph.
    let mut text = String::new();
    if bullets {
        text += &format!(
            "---\ntitle: \"{}\"\nsource_url: {SITE}\n---\n\n",
            page.title
        );
    }
    let mut before = "";
    for part in &clipper.out {
        if !text.is_empty() {
            text += if part.starts_with("* ") && before.starts_with("* ") && part != "* * *" {
                "\n"
            } else if text.ends_with("\n\n") {
                ""
            } else {
                "\n\n"
            };
        }
        text += part;
        before = part;
    }
    text.push('\n');
    text
}

impl Clipper {
    fn escape(&self, text: &str) -> String {
        if self.bullets {
            text.replace('_', "\\_")
        } else {
            text.replace('[', "\\[").replace(']', "\\]")
        }
    }

    fn say(&mut self, text: &str) {
        for line in text.lines() {
            let line = self.escape(line);
            self.out.push(line);
        }
    }

    fn raw(&mut self, text: impl Into<String>) {
        self.out.push(text.into());
    }

    fn rule(&mut self) {
        self.raw(if self.bullets { "---" } else { "* * *" });
    }

    fn page(&mut self, page: &PageSpec) {
        self.raw(format!("# {}", page.title));
        let versions = page.versions.concat();
        let view = format!("[View as Markdown]({SITE}/{}.md/)", page.versions[0]);
        if self.bullets {
            for part in ["Version", &versions, "Copy for LLM", &view] {
                self.raw(part);
            }
            self.raw(format!(
                "[Download OpenAPI spec]({SITE}/{}.openapi.yaml/)",
                page.versions[0]
            ));
        } else {
            for part in ["Copy for LLM", &view, "Version", &versions] {
                self.raw(part);
            }
        }
        self.say(&page.introduction);
        let above = if self.bullets { "|\n|  |\n" } else { "" };
        self.raw("## Base URL");
        self.raw(format!("{above}| {} |", page.base_url));
        self.raw("## Endpoints");
        let path = self.escape(&page.path);
        self.raw(format!(
            "{above}| {} | [{path}]({SITE}#post-version) |",
            page.method
        ));
        self.rule();
        self.raw(format!("## {} {path}", page.method));
        self.description(&page.description);
        self.raw("### Request Syntax");
        let space = if self.bullets { " " } else { "" };
        self.raw(format!("**{}**{space}{path}", page.method));
        self.raw("Try it");
        self.sample(page);
        if !page.headers.is_empty() {
            self.raw("Header Parameters");
            self.rule();
            self.parameters(&page.headers);
        }
        self.raw("Path Parameters");
        self.rule();
        self.parameters(&page.path_parameters);
        self.raw(format!(
            "Request Body{}",
            if page.request_required {
                "Required"
            } else {
                ""
            }
        ));
        self.rule();
        self.body(page, &page.request, None);
        self.raw("Responses");
        self.rule();
        self.description(page.second_description());
        for status in &page.statuses {
            self.raw(status.code.clone());
            self.say(&status.description);
            self.body(page, &status.schema, Some(page.error_under(status)));
        }
        self.sample(page);
        self.raw("## Authentication");
        let tick = if self.bullets { "`" } else { "" };
        self.raw(format!(
            "{above}| **Scheme** | **Type** | **Location** |\n| {} | {} | Header: {tick}{}{tick} |",
            page.auth.scheme, page.auth.kind, page.auth.header
        ));
        self.raw("### Usage Examples");
        self.raw(format!("{}:", page.auth.scheme));
        self.raw(if self.bullets {
            usage(page).replacen("Include ", "Include `", 1).replacen(
                " in request",
                "` in request",
                1,
            )
        } else {
            usage(page)
        });
        self.raw("### Global Authentication Requirements");
        self.raw("All endpoints require:");
        self.raw(page.auth.scheme.clone());
        if !self.bullets {
            self.raw("Did you find this page helpful?");
            for thumb in ["up", "down"] {
                self.raw(format!(
                    "![Thumbs {thumb} icon](https://static.example/{thumb}.svg)"
                ));
            }
            self.rule();
        }
    }

    fn description(&mut self, said: &Description) {
        self.say(&said.introduction);
        for section in &said.sections {
            self.say(&format!("{}:", section.name));
            for line in &section.body {
                if section.bulleted && self.bullets {
                    let line = self.escape(line);
                    self.raw(format!("* {line}"));
                } else {
                    self.say(line);
                }
            }
        }
    }

    fn sample(&mut self, page: &PageSpec) {
        self.raw("Select language");
        self.raw("cURLJavaScriptPython");
        self.rule();
        let end = if self.bullets { "  " } else { "" };
        let mut code = format!("```\ncurl --request {} \\{end}\n", page.method);
        code += &format!("  --url '{}{}' \\{end}\n", page.base_url, page.path);
        for (name, value) in sent_headers(page) {
            code += &format!("  --header '{name}: {value}' \\{end}\n");
        }
        code += &format!(
            "  --data '{}'\n```",
            page.sample_request.replace('\n', &format!("{end}\n"))
        );
        self.raw(code);
        self.raw("Select status code");
        self.raw(
            page.statuses
                .iter()
                .map(|s| s.code.as_str())
                .collect::<String>(),
        );
        self.rule();
        let slash = if self.bullets { "" } else { "\\" };
        self.raw(format!(
            "```\n{slash}{}\n```",
            page.sample_response.replace('\n', &format!("{end}\n"))
        ));
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        for parameter in parameters {
            self.say(&head(
                &parameter.name,
                &parameter.shown_kind(),
                parameter.required,
            ));
            self.say(&parameter.description);
        }
    }

    fn body(&mut self, page: &PageSpec, schema: &str, error: Option<&ErrorObject>) {
        self.raw("Content Type: application/json");
        self.raw(format!("Schema: {schema}"));
        self.raw("Show child attributes");
        self.rule();
        self.raw(schema);
        match (schema == ERROR, error) {
            (true, Some(error)) => {
                self.rule();
                self.raw(head("error", "object", error.wrapper_required));
                self.raw("Show child attributes");
                self.fields(page, &error.fields);
            }
            _ => {
                if let Some(object) = page.schema(schema) {
                    self.fields(page, &object.fields);
                }
            }
        }
    }

    fn fields(&mut self, page: &PageSpec, fields: &[Field]) {
        for field in fields {
            self.rule();
            self.say(&head(&field.name, &field.shown_kind(), field.required));
            self.say(page.shown_description(field));
            if let Some(listed) = element(&field.kind).and_then(|kind| page.an_enum(kind)) {
                self.raw("Show child attributes");
                self.rule();
                self.say(&format!("{}[]{}", field.name, listed.name));
                self.say(&listed.description);
            }
        }
    }
}
