//! OpenAPI documents: this repository's YAML and Meta's files, read by the same code.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::model::{Aspect, Operation, ReadError};
use super::node::{FIELDS_DEEPEST, Node, bounds, content, scheme_words};
use super::words::{Fields, one_line};

/// The YAML as it was when this program was compiled.
pub const COMPILED_IN_YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

/// The YAML of the lookups, as it was compiled in.
pub const COMPILED_IN_LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");

/// The schema of every refusal: its fields are told once, as `error.…`.
pub(super) const ERROR: &str = "GraphAPIError";

/// The header that the security scheme stands for.
pub(super) const AUTHORIZATION: &str = "header.Authorization";

/// Items of one operation beyond which a file describes another API.
const MOST_ITEMS: usize = 2000;

const METHODS: &str = "get put post delete options head patch trace";

/// The YAML that sources are compared with.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name, as reports show it.
    pub name: String,
    /// Its operations, in its order.
    pub operations: Vec<Operation>,
    /// The text of its schemas, for another YAML that refers to them.
    schemas: String,
    fields: OnceLock<Fields>,
}

impl Document {
    /// Reads the YAML that sources are compared with; `name` is the file's.
    ///
    /// # Errors
    ///
    /// [`ReadError::Malformed`] with the line where it is broken, [`ReadError::NoEndpoint`] where it has no operation.
    pub fn read(name: &str, text: &str) -> Result<Self, ReadError> {
        let root = Node::parse(name, text)?;
        let found = operations(&root);
        if found.is_empty() {
            let found = format!("{name} has no operation under `paths`");
            return Err(ReadError::NoEndpoint(found));
        }
        let operations = found.iter().map(|found| found.read(name, &root, text));
        Ok(Self {
            name: name.to_owned(),
            operations: operations.collect::<Result<_, _>>()?,
            schemas: text
                .split_once("\n  schemas:\n")
                .unwrap_or_default()
                .1
                .to_owned(),
            fields: OnceLock::new(),
        })
    }

    /// Adds the operations of another YAML, which may refer to the schemas of this one.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), ReadError> {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        let local = text.replace(&format!("'{file}#/"), "'#/");
        // Both end with their schemas, so the lines of the added YAML stay what they are.
        let other = Self::read(name, &format!("{local}{}", self.schemas))?;
        self.operations.extend(other.operations);
        Ok(())
    }

    /// What the fields of its pages begin with.
    pub(super) fn fields(&self) -> &Fields {
        self.fields.get_or_init(|| {
            let operations = self.operations.iter();
            Fields::of(operations.filter(|operation| !operation.title.is_empty()))
        })
    }

    /// The YAML file that an operation is in.
    pub(super) fn file_of(&self, operation: &str) -> &str {
        let mut operations = self.operations.iter();
        let found = operations.find(|known| known.name() == operation);
        found.map_or(&self.name, |known| &known.file)
    }
}

/// Reads what a file of Meta's says of the operations that the YAML has, each with its index there; also of one that has
/// moved to another path and still takes the same schema. Then the version of the file.
pub(super) fn read_source(
    text: &str,
    yaml: &Document,
) -> Result<(Vec<(usize, Operation)>, String), ReadError> {
    let name = "the file";
    let root = Node::parse(name, text)?;
    let version = root.text("openapi");
    if !version.starts_with("3.") {
        let why = format!("`openapi` has to be 3.…, and is `{version}`");
        return Err(ReadError::Malformed(why));
    }
    let all = operations(&root);
    let mut read = vec![];
    for (index, ours) in yaml.operations.iter().enumerate() {
        let same = all.iter().find(|found| found.name() == ours.name());
        let moved = |found: &&Found<'_>| {
            let schema = found.request_schema(&root);
            schema.is_some_and(|schema| schema == ours.text("request", Aspect::Schema))
        };
        if let Some(found) = same.or_else(|| all.iter().find(moved)) {
            read.push((index, found.read(name, &root, text)?));
        }
    }
    if read.is_empty() {
        let names: Vec<String> = all.iter().take(5).map(Found::name).collect();
        return Err(match names.is_empty() {
            true => ReadError::NoEndpoint("it has no operation under `paths`".to_owned()),
            false => ReadError::OtherApi(names),
        });
    }
    let version = root.get("info").map_or("", |info| info.text("version"));
    Ok((read, version.to_owned()))
}

/// An operation, and where it stands.
struct Found<'a> {
    method: String,
    path: &'a str,
    item: &'a Node,
    operation: &'a Node,
}

fn operations(root: &Node) -> Vec<Found<'_>> {
    let mut found = vec![];
    for (path, item) in root
        .get("paths")
        .into_iter()
        .flat_map(|paths| &paths.entries)
    {
        let operations = item.entries.iter();
        for (method, operation) in
            operations.filter(|(method, _)| METHODS.split(' ').any(|known| known == method))
        {
            found.push(Found {
                method: method.to_uppercase(),
                path,
                item,
                operation,
            });
        }
    }
    found
}

impl Found<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn request_schema<'a>(&'a self, root: &'a Node) -> Option<&'a str> {
        let body = self.operation.get("requestBody")?.resolve(root).ok()?;
        content(body)?.1.get("schema")?.name()
    }

    fn read(&self, file: &str, root: &Node, text: &str) -> Result<Operation, ReadError> {
        let operation = Operation {
            method: self.method.clone(),
            path: self.path.to_owned(),
            title: self.operation.text("x-page").to_owned(),
            file: file.to_owned(),
            said: vec![],
        };
        let mut reader = Reader { root, operation };
        let result = reader.read(self, text);
        result.map_err(|why| match why {
            ReadError::CutShort(place) => {
                ReadError::CutShort(place.replacen("line ", &format!("{file}:"), 1))
            }
            why => why,
        })?;
        Ok(reader.operation)
    }
}

/// Gathers what is said of one operation.
struct Reader<'a> {
    root: &'a Node,
    operation: Operation,
}

impl<'a> Reader<'a> {
    fn read(&mut self, found: &Found<'a>, text: &str) -> Result<(), ReadError> {
        let (root, operation) = (self.root, found.operation);
        self.thing("operation", operation.line, operation);
        self.fact("operation", Aspect::Presence, json!(found.name()));
        self.surroundings(found)?;
        self.description(operation, text);
        for holder in [operation, found.item] {
            if let Some(parameters) = holder.get("parameters") {
                self.line("header", parameters.line);
                self.line("path", parameters.line);
            }
            for parameter in holder.list("parameters") {
                self.parameter(parameter.resolve(root)?)?;
            }
        }
        if let Some(listed) = operation.get("requestBody") {
            let body = listed.resolve(root)?;
            self.thing("request", listed.line, body);
            self.fact("request", Aspect::Required, json!(body.is_true("required")));
            self.body("request", "request", body)?;
        }
        if let Some(responses) = operation.get("responses") {
            self.line("status", responses.line);
            for (status, listed) in &responses.entries {
                let (item, response) = (format!("status.{status}"), listed.resolve(root)?);
                self.thing(&item, listed.line, response);
                self.body(&item, &format!("response.{status}"), response)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, item: &str, line: usize) {
        let said = self.operation.entry(item);
        if said.line == 0 {
            said.line = line;
        }
    }

    fn fact(&mut self, item: &str, aspect: Aspect, value: Value) {
        self.operation.entry(item).facts.insert(aspect, value);
    }

    /// What is there, with its description.
    fn thing(&mut self, item: &str, line: usize, node: &Node) {
        self.line(item, line);
        self.fact(item, Aspect::Presence, json!(true));
        if node.is_true("deprecated") {
            self.fact(item, Aspect::Deprecated, json!(true));
        }
        self.words(item, node.text("description"));
    }

    fn words(&mut self, item: &str, text: &str) {
        let text = one_line(text);
        if !text.is_empty() {
            self.fact(item, Aspect::Prose, json!(text));
        }
    }

    /// Base URL and authentication, which the whole document may state.
    fn surroundings(&mut self, found: &Found<'a>) -> Result<(), ReadError> {
        let root = self.root;
        let holders = [found.operation, found.item, root];
        let nearest = |key| holders.iter().find_map(|at| at.get(key));
        if let Some(servers) = nearest("servers") {
            let urls = servers.items.iter().map(|server| server.text("url"));
            let mut urls: Vec<&str> = urls.collect();
            urls.dedup();
            let urls = json!(urls.join(" or ").trim_end_matches('/'));
            self.line("base_url", servers.line);
            self.fact("base_url", Aspect::Presence, urls);
        }
        let components = root.get("components");
        let schemes = components.and_then(|at| at.get("securitySchemes"));
        let security = nearest("security").map_or(&[][..], |security| &security.items);
        let mut said = vec![];
        for (name, at) in security.iter().flat_map(|all| &all.entries) {
            let scheme = schemes.and_then(|schemes| schemes.get(name)).unwrap_or(at);
            let scheme = scheme.resolve(root)?;
            said.push(scheme_words(name, scheme));
            self.line("auth", scheme.line);
            self.fact("auth", Aspect::Presence, json!(said.join(" or ")));
            // The pages list as a header what OpenAPI keeps out of the parameters.
            self.thing(AUTHORIZATION, scheme.line, scheme);
            self.fact(AUTHORIZATION, Aspect::Type, json!("string"));
            self.fact(AUTHORIZATION, Aspect::Required, json!(true));
        }
        if let Some(info) = root.get("info") {
            self.line("introduction", info.line);
            self.words("introduction", info.text("description"));
        }
        Ok(())
    }

    /// The description by its sections, which `##` begins.
    fn description(&mut self, operation: &Node, text: &str) {
        self.words("summary", operation.text("summary"));
        let Some(description) = operation.get("description") else {
            return;
        };
        self.line("description", description.line);
        // Within a text, the parser knows no lines: headings are looked for below the key.
        let mut lines = text.lines().zip(1..).skip(description.line);
        let sections = description.as_str().split("## ");
        for (number, section) in sections.enumerate() {
            let (name, words) = match number {
                0 => ("Introduction", section),
                _ => section.split_once('\n').unwrap_or((section, "")),
            };
            let item = format!("description.{}", name.trim());
            let heading = format!("## {}", name.trim());
            let line = match number {
                0 => Some(description.line),
                _ => lines
                    .find(|(text, _)| text.trim() == heading)
                    .map(|(_, line)| line),
            };
            self.line(&item, line.unwrap_or(description.line));
            self.words(&item, words);
        }
    }

    fn parameter(&mut self, parameter: &Node) -> Result<(), ReadError> {
        let item = format!("{}.{}", parameter.text("in"), parameter.text("name"));
        self.thing(&item, parameter.line, parameter);
        self.fact(
            &item,
            Aspect::Required,
            json!(parameter.is_true("required")),
        );
        if let Some(schema) = parameter.get("schema") {
            self.value(&item, schema)?;
        }
        if item == AUTHORIZATION {
            // The scheme has said that it is there, and no scheme has bounds that could be held against these.
            self.operation.entry(&item).facts.remove(&Aspect::Bound);
        }
        if let Some(versions) = parameter.get("x-offered-versions") {
            self.line("versions", versions.line);
            self.fact("versions", Aspect::Presence, json!(true));
            self.fact("versions", Aspect::Enum, versions.json());
        }
        Ok(())
    }

    fn body(&mut self, item: &str, fields: &str, body: &'a Node) -> Result<(), ReadError> {
        let Some((content_type, media)) = content(body) else {
            return Ok(());
        };
        self.fact(item, Aspect::ContentType, json!(content_type));
        let Some(schema) = media.get("schema") else {
            return Ok(());
        };
        self.fact(item, Aspect::Schema, json!(schema.kind()));
        let at = schema.resolve(self.root)?;
        if let Some(name) = schema.name() {
            let item = format!("schema.{name}");
            self.line(&item, at.line);
            self.words(&item, at.text("description"));
        }
        if schema.name() != Some(ERROR) {
            // A new field belongs where the other fields stand.
            self.line(fields, at.line);
            self.fields(fields, at, FIELDS_DEEPEST)
        } else if self.operation.get("error").is_none() {
            self.fields("", at, FIELDS_DEEPEST)
        } else {
            Ok(())
        }
    }

    /// The fields of an object, and of the objects in them.
    fn fields(&mut self, prefix: &str, schema: &'a Node, depth: usize) -> Result<(), ReadError> {
        if depth == 0 {
            return Ok(());
        }
        let schema = schema.resolve(self.root)?;
        for part in schema.list("allOf").iter().chain(schema.get("items")) {
            self.fields(prefix, part, depth - 1)?;
        }
        let required = schema.list("required");
        let properties = schema.get("properties").map_or(&[][..], |all| &all.entries);
        for (name, property) in properties {
            if self.operation.said.len() > MOST_ITEMS {
                return Err(ReadError::TooLarge("2000 items in one operation"));
            }
            let item = join(prefix, name);
            self.thing(&item, property.line, property);
            let is_listed = required.iter().any(|listed| listed.as_str() == name);
            self.fact(&item, Aspect::Required, json!(is_listed));
            self.value(&item, property)?;
            self.fields(&item, property, depth - 1)?;
        }
        Ok(())
    }

    /// Type, format, bounds and values of a parameter or a field.
    fn value(&mut self, item: &str, schema: &Node) -> Result<(), ReadError> {
        self.fact(item, Aspect::Type, json!(schema.kind()));
        let resolved = schema.resolve(self.root)?;
        let bounds = bounds(resolved);
        if !bounds.is_empty() {
            self.fact(item, Aspect::Bound, Value::Object(bounds));
        }
        if let Some(format) = resolved.get("format") {
            self.fact(item, Aspect::Format, format.json());
        }
        let inner = schema.get("items").unwrap_or(schema);
        let resolved = inner.resolve(self.root)?;
        let Some(values) = resolved.get("enum") else {
            return Ok(());
        };
        let mut item = item.to_owned();
        if let Some(name) = inner.name() {
            item = format!("enum.{name}");
            self.thing(&item, resolved.line, resolved);
        }
        self.fact(&item, Aspect::Enum, values.json());
        Ok(())
    }
}

/// `request.field`, or the field alone where nothing is above it.
pub(super) fn join(prefix: &str, name: &str) -> String {
    match prefix {
        "" => name.to_owned(),
        _ => format!("{prefix}.{name}"),
    }
}
