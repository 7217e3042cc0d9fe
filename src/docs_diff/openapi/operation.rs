//! One operation of an OpenAPI document, as facts.

use serde_json::json;

use crate::yaml::cursor::{Cursor, resolve};

use super::super::model::{Aspect, Group, Operation};
use super::super::place::{OPERATION, Places};
use super::reader::Reader;
use super::{Found, Read, content_schema, schema};

/// The schema that a page shows once under every status, and whose fields are named `error.NAME`.
const ERROR_SCHEMA: &str = "GraphAPIError";

/// The header of the security scheme.
const AUTHORIZATION: &str = "header.Authorization";

/// What the document says of an operation.
pub(super) fn read(root: &Cursor<'_>, found: &Found<'_>) -> Read {
    let mut reader = Reader {
        root: root.clone(),
        operation: Operation {
            method: found.method.clone(),
            path: found.path.clone(),
            ..Operation::default()
        },
        places: Places::default(),
    };
    reader.place(OPERATION, None, &found.operation);
    reader.surroundings(found);
    reader.description(&found.operation);
    reader.parameters(found);
    reader.request(&found.operation);
    reader.responses(&found.operation);
    Read {
        operation: reader.operation,
        places: reader.places,
    }
}

impl<'a> Reader<'a> {
    /// Base URL and authentication, which the whole document may state.
    fn surroundings(&mut self, found: &Found<'a>) {
        let nearest = |key| {
            [&found.operation, &found.path_item, &self.root]
                .into_iter()
                .find_map(|holder| holder.get(key))
        };
        let (servers, security) = (nearest("servers"), nearest("security"));
        if let Some(servers) = servers {
            let mut urls: Vec<&str> = vec![];
            for url in servers.items().filter_map(|server| server.text("url")) {
                if !urls.contains(&url) {
                    urls.push(url);
                }
            }
            self.there("base_url", &servers);
            self.fact("base_url", Aspect::Presence, json!(urls.join(" or ")));
            self.state(Group::BaseUrl);
        }
        if let Some(security) = security {
            self.auth(&security);
        }
        if let Some(info) = self.root.get("info") {
            self.prose("introduction", &info);
        }
    }

    fn auth(&mut self, security: &Cursor<'a>) {
        let schemes = self
            .root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let mut said = vec![];
        self.state(Group::Auth);
        for requirement in security.items() {
            for (name, at) in requirement.entries() {
                let scheme = schemes
                    .as_ref()
                    .and_then(|schemes| schemes.get(name))
                    .and_then(|scheme| resolve(&self.root, &scheme))
                    .unwrap_or(at);
                self.place("auth", None, &scheme);
                self.prose("auth", &scheme);
                said.push(scheme_words(name, &scheme));
                // The pages list as a header what OpenAPI keeps out of the parameters. A scheme with another header shows
                // in `auth`, and is not told a second time here.
                self.there(AUTHORIZATION, &scheme);
                self.fact(AUTHORIZATION, Aspect::Type, json!("string"));
                self.fact(AUTHORIZATION, Aspect::Required, json!(true));
                self.prose(AUTHORIZATION, &scheme);
            }
        }
        if !said.is_empty() {
            self.fact("auth", Aspect::Presence, json!(said.join(" or ")));
        }
    }

    /// The description by sections, which `##` begins.
    fn description(&mut self, operation: &Cursor<'a>) {
        if let Some(summary) = operation.get("summary") {
            self.place("summary", None, &summary);
            self.words("summary", summary.node.text().unwrap_or_default());
        }
        let Some(description) = operation.get("description") else {
            return;
        };
        self.place("description", None, &description);
        let mut section = String::from("description.Introduction");
        let mut words = String::new();
        for line in description.node.text().unwrap_or_default().lines() {
            match line.strip_prefix("## ") {
                Some(heading) => {
                    self.words(&section, &words);
                    section = format!("description.{}", heading.trim());
                    words.clear();
                }
                None => {
                    words.push_str(line);
                    words.push('\n');
                }
            }
        }
        self.words(&section, &words);
    }

    fn parameters(&mut self, found: &Found<'a>) {
        self.state(Group::Headers);
        self.state(Group::PathParameters);
        for holder in [&found.operation, &found.path_item] {
            let Some(parameters) = holder.get("parameters") else {
                continue;
            };
            for place in ["header", "path"] {
                self.place(place, None, &parameters);
            }
            for listed in parameters.items() {
                if let Some(parameter) = resolve(&self.root, &listed) {
                    self.parameter(&parameter);
                }
            }
        }
    }

    fn parameter(&mut self, parameter: &Cursor<'a>) {
        let (Some(name), Some(place)) = (parameter.text("name"), parameter.text("in")) else {
            return;
        };
        if place != "header" && place != "path" {
            return;
        }
        let item = format!("{place}.{name}");
        self.there(&item, parameter);
        if let Some(at) = parameter.get("required") {
            self.place(&item, Some(Aspect::Required), &at);
        }
        let required = parameter
            .get("required")
            .is_some_and(|at| at.node.is_true());
        self.fact(&item, Aspect::Required, json!(required));
        self.prose(&item, parameter);
        if let Some(schema) = parameter.get("schema") {
            self.value(&item, &schema);
        }
        if item == AUTHORIZATION {
            // The scheme has said that it is there, and no scheme has bounds that could be held against these.
            self.operation.facts.remove(&(item, Aspect::Bound));
        }
        if let Some(versions) = parameter.get("x-offered-versions") {
            self.there("versions", &versions);
            self.fact("versions", Aspect::Presence, schema::json(&versions));
            self.state(Group::Versions);
        }
    }

    fn request(&mut self, operation: &Cursor<'a>) {
        self.state(Group::Request);
        let Some(listed) = operation.get("requestBody") else {
            return;
        };
        let Some(body) = resolve(&self.root, &listed) else {
            return;
        };
        self.there("request", &listed);
        let required = body.get("required").is_some_and(|at| at.node.is_true());
        self.fact("request", Aspect::Required, json!(required));
        self.prose("request", &body);
        if let Some(schema) = content_schema(&body) {
            self.body("request", "request", &schema);
        }
    }

    fn responses(&mut self, operation: &Cursor<'a>) {
        self.state(Group::Statuses);
        let Some(responses) = operation.get("responses") else {
            return;
        };
        self.place("status", None, &responses);
        for (status, listed) in responses.entries() {
            let Some(response) = resolve(&self.root, &listed) else {
                continue;
            };
            let item = format!("status.{status}");
            self.there(&item, &listed);
            self.prose(&item, &response);
            let Some(schema) = content_schema(&response) else {
                continue;
            };
            if schema::name(&schema).as_deref() == Some(ERROR_SCHEMA) {
                self.error(&item, &schema);
            } else {
                self.state(Group::Response(status.to_owned()));
                self.body(&item, &format!("response.{status}"), &schema);
            }
        }
    }
}

/// Name, type and place of a security scheme, as the pages put them.
fn scheme_words(name: &str, scheme: &Cursor<'_>) -> String {
    let text = |key| scheme.text(key).unwrap_or_default();
    match text("type") {
        "http" => {
            let mut scheme = text("scheme").to_owned();
            if let Some(first) = scheme.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            format!("{name}, HTTP {scheme}, Header: Authorization")
        }
        "apiKey" => {
            let mut place = text("in").to_owned();
            if let Some(first) = place.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            format!("{name}, API Key, {place}: {}", text("name"))
        }
        other => format!("{name}, {other}"),
    }
}
