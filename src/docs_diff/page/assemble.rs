//! From what a page says to facts, prose and conflicts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::agree::Statements;
use super::content::{Body, Field, Page, PageOperation, Section};
use crate::docs_diff::model::{Aspect, Group, Operation, Prose, Source};

/// The source that a page is.
pub(super) fn assemble(page: Page) -> Source {
    let operations = page
        .operations
        .iter()
        .map(|operation| one(&page, operation))
        .collect();
    Source {
        kind: page.kind,
        operations,
    }
}

/// Collects what is said of one operation.
#[derive(Default)]
struct Collected {
    stated: BTreeSet<Group>,
    /// What is said once, or each time on its own.
    once: Statements,
    /// What each body of an error says.
    error: Statements,
    errors: usize,
    /// Items of prose in the order of the page; the words are among the statements.
    order: Vec<String>,
    seen: BTreeSet<String>,
}

impl Collected {
    fn prose(&mut self, item: &str, text: &str, repeated: bool) {
        if text.is_empty() {
            return;
        }
        let statements = if repeated {
            &mut self.error
        } else {
            &mut self.once
        };
        statements.add(item, Aspect::Prose, json!(text));
        if self.seen.insert(item.to_owned()) {
            self.order.push(item.to_owned());
        }
    }

    fn fact(&mut self, item: &str, aspect: Aspect, value: Value, repeated: bool) {
        let statements = if repeated {
            &mut self.error
        } else {
            &mut self.once
        };
        statements.add(item, aspect, value);
    }

    fn field(&mut self, item: &str, field: &Field, repeated: bool) {
        self.fact(item, Aspect::Presence, json!(true), repeated);
        self.fact(item, Aspect::Type, json!(field.kind), repeated);
        self.fact(item, Aspect::Required, json!(field.required), repeated);
        if let Some(format) = &field.format {
            self.fact(item, Aspect::Format, json!(format), repeated);
        }
        self.prose(item, &field.about, repeated);
        if let Some((schema, about)) = &field.element {
            self.prose(&format!("enum.{schema}"), about, false);
            self.stated.insert(Group::SchemaProse(schema.clone()));
        }
    }

    fn fields(&mut self, prefix: &str, fields: &[Field], repeated: bool) {
        for field in fields {
            let item = format!("{prefix}.{}", field.name);
            self.field(&item, field, repeated);
            self.fields(&item, &field.children, repeated);
        }
    }

    /// The body of an error: `error` itself, and what is in it.
    fn error(&mut self, fields: &[Field]) {
        self.errors += 1;
        for field in fields {
            if field.name == "error" {
                self.field("error", field, true);
                self.fields("error", &field.children, true);
            } else {
                self.fields("error", std::slice::from_ref(field), true);
            }
        }
    }

    /// The schema of a body, which the text names twice.
    fn schema(&mut self, item: &str, body: &Body) {
        if let Some(schema) = &body.schema {
            self.fact(item, Aspect::Schema, json!(schema), false);
        }
        if let Some(shown) = &body.shown {
            self.fact(item, Aspect::Schema, json!(shown), false);
        }
    }

    fn schema_prose(&mut self, body: &Body) {
        if let (Some(schema), false) = (&body.schema, body.about.is_empty()) {
            self.prose(&format!("schema.{schema}"), &body.about, false);
            self.stated.insert(Group::SchemaProse(schema.clone()));
        }
    }

    fn statuses(&mut self, operation: &PageOperation) {
        self.stated.insert(Group::Statuses);
        let error_schema = error_schema(operation);
        let headings: Vec<&String> = operation
            .responses
            .iter()
            .map(|response| &response.status)
            .collect();
        let headed: BTreeSet<&String> = headings.iter().copied().collect();
        for response in &operation.responses {
            let item = format!("status.{}", response.status);
            self.fact(&item, Aspect::Presence, json!(true), false);
            if let Some(body) = &response.body {
                self.schema(&item, body);
            }
            self.prose(&item, &response.about, false);
            self.response(&response.status, response.body.as_ref(), error_schema);
        }
        for list in operation
            .status_lists
            .iter()
            .filter(|list| !list.is_empty())
        {
            let listed: BTreeSet<&String> = list.iter().collect();
            for status in listed.symmetric_difference(&headed) {
                let item = format!("status.{status}");
                // The heading counts: without one, the status is not there, whatever the lists say.
                let (first, second) = if listed.contains(status) {
                    (Value::Null, json!(true))
                } else {
                    (json!(true), Value::Null)
                };
                self.fact(&item, Aspect::Presence, first, false);
                self.fact(&item, Aspect::Presence, second, false);
            }
        }
    }

    fn response(&mut self, status: &str, body: Option<&Body>, error_schema: Option<&str>) {
        let group = Group::Response(status.to_owned());
        match (status.starts_with('2'), body) {
            (true, None) => {
                self.stated.insert(group);
            }
            (true, Some(body)) => {
                self.schema_prose(body);
                if let Some(fields) = &body.fields {
                    self.stated.insert(group);
                    self.fields(&format!("response.{status}"), fields, false);
                }
            }
            // A refusal with a schema of its own has fields of its own, which are not those of the error.
            (false, Some(body))
                if body.schema.is_some() && body.schema.as_deref() != error_schema =>
            {
                self.schema_prose(body);
                if let Some(fields) = &body.fields {
                    self.stated.insert(group);
                    self.fields(&format!("response.{status}"), fields, false);
                }
            }
            (false, Some(body)) => {
                self.schema_prose(body);
                if let Some(fields) = &body.fields {
                    self.stated.insert(Group::Error);
                    self.error(fields);
                }
            }
            (false, None) => {}
        }
    }

    /// The description, each time that it stands there: one that lacks a section says so.
    fn descriptions(&mut self, descriptions: &[Vec<Section>]) {
        self.stated.insert(Group::DescriptionProse);
        let mut names = BTreeSet::new();
        for section in descriptions.iter().flatten() {
            if names.insert(&section.name) {
                let item = format!("description.{}", section.name);
                for description in descriptions {
                    let here = description.iter().find(|other| other.name == section.name);
                    match here {
                        Some(here) if !here.text.is_empty() => self.prose(&item, &here.text, false),
                        _ => self.once.add(&item, Aspect::Prose, Value::Null),
                    }
                }
            }
        }
    }
}

fn one(page: &Page, operation: &PageOperation) -> Operation {
    let mut out = Collected::default();
    if let Some(introduction) = &page.introduction {
        out.stated.insert(Group::IntroductionProse);
        out.prose("introduction", introduction, false);
    }
    if let Some(versions) = &page.versions {
        out.stated.insert(Group::Versions);
        out.fact("versions", Aspect::Presence, json!(versions), false);
    }
    out.stated
        .extend([Group::BaseUrl, Group::Auth, Group::FieldProse]);
    out.stated.extend([
        Group::Headers,
        Group::PathParameters,
        Group::OtherParameters,
    ]);
    let mut base_urls: Vec<&String> = page.base_urls.iter().collect();
    base_urls.truncate(100);
    // The section's own statement counts, whatever the samples say.
    if let Some(base) = base_urls.first() {
        for url in base_urls.iter().flat_map(|url| [*url, *base]) {
            out.fact("base_url", Aspect::Presence, json!(url), false);
        }
    }
    out.fact("auth", Aspect::Presence, json!(page.auth), false);
    if let Some(summary) = &operation.summary {
        out.stated.insert(Group::SummaryProse);
        out.prose("summary", summary, false);
    }
    for path in operation.paths.iter().take(100) {
        out.fact("operation", Aspect::Presence, json!(path), false);
    }
    out.descriptions(&operation.descriptions);
    for parameters in &operation.parameters {
        out.fields(&parameters.place, &parameters.fields, false);
    }
    request(&mut out, operation.request.as_ref());
    out.statuses(operation);
    schemas(&mut out, page);

    let (mut facts, mut conflicts) = out.once.settle(0);
    let (error_facts, error_conflicts) = out.error.settle(out.errors);
    facts.extend(error_facts);
    conflicts.extend(error_conflicts);
    let path = facts.remove(&("operation".to_owned(), Aspect::Presence));
    let prose = out
        .order
        .into_iter()
        .filter_map(|item| {
            let text = facts.remove(&(item.clone(), Aspect::Prose))?;
            Some(Prose {
                text: text.as_str()?.to_owned(),
                item,
            })
        })
        .collect();
    Operation {
        method: operation.method.clone(),
        path: path
            .and_then(|path| path.as_str().map(str::to_owned))
            .unwrap_or_default(),
        stated: out.stated,
        facts,
        conflicts,
        prose,
    }
}

/// The schema that most refusals have; of equally many, the first.
fn error_schema(operation: &PageOperation) -> Option<&str> {
    let refusals = operation
        .responses
        .iter()
        .filter(|response| !response.status.starts_with('2'));
    let schemas: Vec<&str> = refusals
        .filter_map(|response| response.body.as_ref()?.schema.as_deref())
        .collect();
    let count = |schema: &str| schemas.iter().filter(|other| **other == schema).count();
    schemas
        .iter()
        .rev()
        .copied()
        .max_by_key(|schema| count(schema))
}

fn request(out: &mut Collected, request: Option<&Body>) {
    let Some(body) = request else {
        out.stated.insert(Group::Request);
        return;
    };
    out.schema_prose(body);
    // A page that hides the fields says nothing of them.
    let Some(fields) = &body.fields else { return };
    out.stated.insert(Group::Request);
    out.fact("request", Aspect::Presence, json!(true), false);
    out.fact("request", Aspect::Required, json!(body.required), false);
    out.schema("request", body);
    out.fields("request", fields, false);
}

fn schemas(out: &mut Collected, page: &Page) {
    for schema in &page.schemas {
        let item = match &schema.values {
            Some(values) => {
                let item = format!("enum.{}", schema.name);
                out.stated.insert(Group::Enum(schema.name.clone()));
                out.fact(&item, Aspect::Presence, json!(true), false);
                out.fact(&item, Aspect::Enum, json!(values), false);
                item
            }
            None => format!("schema.{}", schema.name),
        };
        // One statement is one item of prose: where the text shows it under a field, it is the field's.
        if !schema.told_by_field {
            out.stated.insert(Group::SchemaProse(schema.name.clone()));
            out.prose(&item, &schema.about, false);
        }
    }
}
