//! What a page has to look like: the words that the YAML and the lock expect of it, in the order of a page.

use std::ops::Range;

use serde_json::Value;

use super::lock::Wording;
use super::model::{Aspect, Form, Item, Operation};
use super::openapi::{AUTHORIZATION, ERROR, join};
use super::words::{Is, Word};

/// A word that is expected.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// A word of a heading, or of another part that all pages have alike.
    Label(String),
    /// The last word of a heading that a colon ends.
    Titled(String),
    /// A word that states a fact.
    Fact(Is, String),
    /// A path; some tools leave its parameters out when they copy it.
    Path(String),
    /// A word of prose, of which the lock has this.
    Letter(u8),
}

impl PartialEq<Want> for Word {
    fn eq(&self, want: &Want) -> bool {
        match want {
            Want::Label(text) => self.is == Is::Plain && self.text == *text,
            Want::Titled(text) => self.is == Is::Plain && self.text == *text && self.colon,
            Want::Fact(is, text) => self.is == *is && self.text == *text,
            Want::Path(path) => {
                self.is == Is::Path && (self.text == *path || self.text == bare(path))
            }
            Want::Letter(letter) => {
                matches!(self.is, Is::Plain | Is::Url | Is::Path | Is::Code)
                    && self.letter == *letter
            }
        }
    }
}

/// A path without its parameters.
pub(super) fn bare(path: &str) -> String {
    let steps = path
        .split('/')
        .map(|step| if step.starts_with('{') { "" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A heading, prose, or both.
    Text,
    /// The top of the page, with the versions.
    Top,
    BaseUrl,
    /// The list of endpoints.
    Endpoints,
    /// Method and path once more.
    Endpoint,
    /// The statuses of the code samples, and the sample.
    Codes,
    /// A section of the description.
    Section,
    /// A parameter or a field.
    Field,
    /// The elements of a field that is an array.
    Element,
    /// The heading of the request's body.
    Request,
    /// A status and what it means.
    Status,
    /// Content type and schema of a body.
    Content,
    /// The heading of a schema.
    Schema,
    /// The values of an enum.
    Values,
    /// The table of security schemes.
    Auth,
    /// What repeats a scheme.
    AuthUse,
}

impl Part {
    /// Whether the part is a thing of its own, which is there or not, and not only a place for others.
    pub(super) fn is_thing(self) -> bool {
        use Part::{Content, Element, Field, Request, Section, Status, Values};
        matches!(
            self,
            Section | Field | Element | Request | Status | Content | Values
        )
    }
}

/// A part of a page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) item: Item,
    pub(super) part: Part,
    /// Under which name the lock has its wording.
    pub(super) key: Option<String>,
    /// What the name of a new field begins with that stands here.
    pub(super) prefix: Option<String>,
    /// The status that it belongs to.
    pub(super) status: Option<String>,
    /// The words by which it is known to be there.
    pub(super) anchor: Range<usize>,
}

/// A page as it is expected.
#[derive(Clone, Debug, Default)]
pub(super) struct Expected {
    pub(super) wants: Vec<Want>,
    /// The block of each of them.
    pub(super) of: Vec<usize>,
    pub(super) blocks: Vec<Block>,
}

/// The page of an operation in one of the two forms that pages have.
pub(super) fn expected(operation: &Operation, form: Form, wording: Option<&Wording>) -> Expected {
    let mut builder = Builder {
        operation,
        form,
        wording,
        prefix: None,
        status: None,
        out: Expected::default(),
    };
    builder.page();
    builder.out
}

struct Builder<'a> {
    operation: &'a Operation,
    form: Form,
    wording: Option<&'a Wording>,
    prefix: Option<String>,
    status: Option<String>,
    out: Expected,
}

impl Builder<'_> {
    fn is_markdown(&self) -> bool {
        self.form == Form::Markdown
    }

    /// Begins a block with the words that it is known by.
    fn block(&mut self, part: Part, item: &str, key: Option<&str>, anchor: Vec<Want>) {
        let from = self.out.wants.len();
        self.out.blocks.push(Block {
            item: item.to_owned(),
            part,
            key: key.map(str::to_owned),
            prefix: self.prefix.clone(),
            status: self.status.clone(),
            anchor: from..from + anchor.len(),
        });
        anchor.into_iter().for_each(|want| self.want(want));
    }

    fn want(&mut self, want: Want) {
        self.out.wants.push(want);
        self.out.of.push(self.out.blocks.len() - 1);
    }

    fn labels(&mut self, text: &str) {
        labels(text).into_iter().for_each(|want| self.want(want));
    }

    fn facts(&mut self, text: &str) {
        facts(text).into_iter().for_each(|want| self.want(want));
    }

    fn prose(&mut self) {
        let key = self
            .out
            .blocks
            .last()
            .and_then(|block| block.key.as_deref());
        let entry = key
            .zip(self.wording)
            .and_then(|(key, wording)| wording.entries.get(key));
        let letters: Vec<u8> = entry.map_or(vec![], |entry| entry.letters.bytes().collect());
        letters
            .into_iter()
            .for_each(|letter| self.want(Want::Letter(letter)));
    }

    fn list(&self, item: &str, aspect: Aspect) -> Vec<String> {
        let values = self.operation.fact(item, aspect).and_then(Value::as_array);
        let texts = values
            .into_iter()
            .flatten()
            .map(|value| value.as_str().unwrap_or_default());
        texts.map(str::to_owned).collect()
    }

    fn endpoint(&self) -> Vec<Want> {
        vec![
            Want::Label(self.operation.method.clone()),
            Want::Path(self.operation.path.clone()),
        ]
    }

    /// The names below a prefix: `403` and `404` below `status`.
    fn below(&self, prefix: &str) -> Vec<String> {
        let said = self
            .operation
            .said
            .iter()
            .filter(|said| said.facts.contains_key(&Aspect::Presence));
        let names = said.filter_map(|said| match prefix {
            "" => Some(said.item.as_str()).filter(|_| said.facts.contains_key(&Aspect::Type)),
            _ => said.item.strip_prefix(prefix)?.strip_prefix('.'),
        });
        names
            .filter(|name| !name.contains('.'))
            .map(str::to_owned)
            .collect()
    }

    fn page(&mut self) {
        let markdown = self.is_markdown();
        let top = (!markdown).then_some("introduction");
        self.block(Part::Top, "introduction", top, labels("Version"));
        if !markdown {
            for version in self.list("versions", Aspect::Enum) {
                self.facts(&version);
            }
            self.prose();
        }
        let url = self.operation.text("base_url", Aspect::Presence).to_owned();
        self.block(
            Part::BaseUrl,
            "base_url",
            markdown.then_some("base_url"),
            labels("Base URL"),
        );
        if markdown {
            self.labels("URL Description");
        }
        self.want(Want::Fact(Is::Url, url.clone()));
        self.prose();
        self.block(
            Part::Endpoints,
            "operation",
            None,
            labels(if markdown { "APIs" } else { "Endpoints" }),
        );
        if markdown {
            self.labels("Method Endpoint");
        }
        self.endpoint().into_iter().for_each(|want| self.want(want));
        let introduction = "description.Introduction";
        let first = if markdown { "summary" } else { introduction };
        self.block(Part::Endpoint, "operation", Some(first), self.endpoint());
        self.prose();
        if markdown {
            self.block(Part::Text, introduction, Some(introduction), vec![]);
            self.prose();
        }
        self.sections();
        if !markdown {
            self.block(Part::Endpoint, "operation", None, labels("Request Syntax"));
            self.endpoint().into_iter().for_each(|want| self.want(want));
            self.sample(&url);
        }
        let table = |heading: &str| match markdown {
            true => format!("{heading} Name Type Required Description"),
            false => heading.to_owned(),
        };
        for (prefix, heading) in [("header", "Header Parameters"), ("path", "Path Parameters")] {
            self.prefix = Some(prefix.to_owned());
            self.block(Part::Text, prefix, None, labels(&table(heading)));
            let mut names = self.below(prefix);
            // The YAML has it from the security scheme; the pages list it last.
            names.sort_by_key(|name| join(prefix, name) == AUTHORIZATION);
            for name in names {
                self.field(prefix, &name);
            }
        }
        if self
            .operation
            .get("request")
            .is_some_and(|said| said.facts.contains_key(&Aspect::Presence))
        {
            self.prefix = Some("request".to_owned());
            self.block(
                Part::Request,
                "request",
                Some("request"),
                labels("Request Body"),
            );
            if self.operation.fact("request", Aspect::Required) == Some(&Value::Bool(true)) {
                self.facts("Required");
            }
            self.prose();
            self.content("request", "request");
        }
        self.prefix = None;
        self.block(
            Part::Text,
            "status",
            (!markdown).then_some(introduction),
            labels("Responses"),
        );
        if !markdown {
            self.prose();
            self.sections();
        }
        for code in self.below("status") {
            let item = format!("status.{code}");
            self.status = Some(code.clone());
            let is_error = self.operation.text(&item, Aspect::Schema) == ERROR;
            self.prefix = Some(if is_error {
                String::new()
            } else {
                format!("response.{code}")
            });
            self.block(
                Part::Status,
                &item,
                Some(&item),
                vec![Want::Fact(Is::Code, code)],
            );
            self.prose();
            if !self.operation.text(&item, Aspect::Schema).is_empty() {
                let fields = self.prefix.clone().unwrap_or_default();
                self.content(&item, &fields);
            }
        }
        (self.status, self.prefix) = (None, None);
        if markdown {
            self.schemas();
        } else {
            self.sample(&url);
        }
        self.auth();
    }

    fn sections(&mut self) {
        for name in self.below_sections() {
            let item = format!("description.{name}");
            let mut heading = labels(&name);
            if let Some(Want::Label(last)) = heading.pop() {
                heading.push(Want::Titled(last));
            }
            self.block(Part::Section, &item, Some(&item), heading);
            self.prose();
        }
    }

    fn below_sections(&self) -> Vec<String> {
        let items = self.operation.said.iter().map(|said| said.item.as_str());
        let names = items.filter_map(|item| item.strip_prefix("description."));
        names
            .filter(|name| *name != "Introduction")
            .map(str::to_owned)
            .collect()
    }

    /// The code samples, which a browser shows twice.
    fn sample(&mut self, url: &str) {
        self.block(Part::Endpoint, "operation", None, labels("curl request"));
        self.labels(&self.operation.method);
        self.labels("url");
        self.want(Want::Fact(Is::Url, url.to_owned()));
        self.want(Want::Path(self.operation.path.clone()));
        self.block(Part::AuthUse, "auth", None, labels("header"));
        self.facts("Authorization");
        self.labels("Bearer Token");
        self.block(
            Part::Text,
            "request",
            Some("request.sample"),
            labels("header Content-Type"),
        );
        self.prose();
        self.block(
            Part::Codes,
            "status",
            Some("status.200.sample"),
            labels("Select status code"),
        );
        self.prose();
    }

    fn content(&mut self, item: &str, fields: &str) {
        let key = format!("{item}.example");
        let key = self.is_markdown().then_some(key.as_str());
        self.block(Part::Content, item, key, labels("Content Type"));
        self.labels("Schema");
        self.prose();
        if !self.is_markdown() {
            self.fields(fields);
        }
    }

    fn fields(&mut self, prefix: &str) {
        for name in self.below(prefix) {
            self.field(prefix, &name);
        }
    }

    fn field(&mut self, prefix: &str, name: &str) {
        let item = join(prefix, name);
        let kind = self.operation.text(&item, Aspect::Type).to_owned();
        let has_fields = !self.below(&item).is_empty();
        let listed = kind.strip_prefix("array of ").unwrap_or(&kind);
        let values = format!("enum.{listed}");
        let values = self.operation.get(&values).map(|_| values);
        // What has no words of its own borrows those of its schema, where the schema is not shown itself.
        let own = self.operation.fact(&item, Aspect::Prose).is_some();
        let key = match &values {
            Some(values) if !own && listed == kind => {
                (!self.is_markdown()).then_some(values.as_str())
            }
            _ => Some(item.as_str()),
        };
        let outer = self.prefix.clone();
        self.prefix = Some(if has_fields && !self.is_markdown() {
            item.clone()
        } else {
            prefix.to_owned()
        });
        self.block(
            Part::Field,
            &item,
            key,
            vec![Want::Fact(Is::Head, name.to_owned())],
        );
        self.prose();
        if !self.is_markdown() {
            if let Some(values) = values.filter(|_| listed != kind) {
                self.prefix = Some(prefix.to_owned());
                let head = vec![Want::Fact(Is::Head, format!("{name}[]"))];
                self.block(Part::Element, &item, Some(&values), head);
                self.prose();
            }
            self.fields_below(&item);
        }
        self.prefix = outer;
    }

    fn fields_below(&mut self, item: &str) {
        if !self.below(item).is_empty() {
            self.fields(item);
        }
    }

    /// The schemas, each of which Meta's Markdown shows once.
    fn schemas(&mut self) {
        self.block(Part::Text, "schema", None, labels("Components Schemas"));
        let mut bodies = vec![("request".to_owned(), "request".to_owned())];
        let codes = self.below("status");
        bodies.extend(
            codes
                .iter()
                .map(|code| (format!("status.{code}"), format!("response.{code}"))),
        );
        let mut seen: Vec<String> = vec![];
        for (item, fields) in bodies {
            let schema = self.operation.text(&item, Aspect::Schema).to_owned();
            if !schema.is_empty() && schema != ERROR && !seen.contains(&schema) {
                self.table(&format!("schema.{schema}"), &schema, &fields);
                seen.push(schema);
            }
        }
        for name in self.below("enum") {
            let item = format!("enum.{name}");
            self.prefix = None;
            self.block(Part::Values, &item, Some(&item), labels(&name));
            self.prose();
            self.labels("Type string Enum Values");
            for value in self.list(&item, Aspect::Enum) {
                self.facts(&value);
            }
        }
        if self.operation.get(&format!("schema.{ERROR}")).is_some() {
            self.table(&format!("schema.{ERROR}"), ERROR, "");
        }
        let objects: Vec<String> = self
            .operation
            .said
            .iter()
            .map(|said| said.item.clone())
            .collect();
        let objects = objects.into_iter().filter(|item| {
            self.operation.fact(item, Aspect::Type).is_some() && !self.below(item).is_empty()
        });
        let objects: Vec<String> = objects.collect();
        if !objects.is_empty() {
            self.prefix = None;
            self.block(
                Part::Text,
                "schema",
                None,
                labels("Inline Object Definitions"),
            );
        }
        for item in objects {
            let name = item.rsplit('.').next().unwrap_or_default();
            let mut name = name.to_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            self.table(&item, &name, &item);
        }
        self.prefix = None;
    }

    fn table(&mut self, item: &str, name: &str, fields: &str) {
        self.prefix = Some(fields.to_owned());
        let key = item.starts_with("schema.").then_some(item);
        self.block(Part::Schema, item, key, labels(name));
        self.prose();
        self.labels("Property Type Required Description");
        self.fields(fields);
    }

    fn auth(&mut self) {
        let said = self.operation.text("auth", Aspect::Presence).to_owned();
        let scheme = said.split(',').next().unwrap_or_default().to_owned();
        self.block(
            Part::Auth,
            "auth",
            None,
            labels("Authentication Scheme Type Location"),
        );
        self.facts(&said);
        self.block(
            Part::AuthUse,
            "auth",
            Some("auth"),
            labels("Usage Examples"),
        );
        self.facts(&scheme);
        self.prose();
        self.block(
            Part::AuthUse,
            "auth",
            None,
            labels("Global Authentication Requirements All endpoints require"),
        );
        self.facts(&scheme);
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ':']).filter(|word| !word.is_empty())
}

fn labels(text: &str) -> Vec<Want> {
    split(text)
        .map(|word| Want::Label(word.to_owned()))
        .collect()
}

fn facts(text: &str) -> Vec<Want> {
    split(text)
        .map(|word| Want::Fact(Is::Plain, word.to_owned()))
        .collect()
}
