//! OpenAPI documents: this repository's YAML and Meta's files, read by the same code.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::fields::Fields;
use super::model::{Aspect, Operation, ReadError};
use super::outline::METHODS;
use super::text::one_line;
use super::yaml::{File, bounds, entries, items, kind, name_of, text};

/// The YAML that is compiled into this crate.
pub const COMPILED_IN_YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

/// The YAML of the lookups that is compiled into this crate.
pub const COMPILED_IN_LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");

/// The schema of every error response. Its fields are the items `error.…`, listed once.
pub(super) const ERROR: &str = "GraphAPIError";

/// The header that the security scheme stands for.
pub(super) const AUTHORIZATION: &str = "header.Authorization";

/// A limit for documents that refer to themselves.
pub(super) const MOST_STEPS: usize = 2000;

/// The YAML that sources are compared with.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its operations, in the order of their paths.
    pub operations: Vec<Operation>,
    /// The whole of it, for another YAML that refers to it.
    root: Value,
    /// Recognises fields on its pages.
    pub(super) fields: Fields,
}

impl Document {
    /// Reads the YAML that sources are compared with; `name` is the file's.
    ///
    /// # Errors
    ///
    /// [`ReadError::Malformed`] with the line where it is broken, [`ReadError::NoEndpoint`] where it has no operation.
    pub fn read(name: &str, yaml: &str) -> Result<Self, ReadError> {
        let file = File::parse(name, yaml, &Value::Null)?;
        let operations = read_all(&file)?;
        let fields = Fields::of(operations.iter().filter(|one| !one.title.is_empty()));
        Ok(Self {
            operations,
            root: file.root,
            fields,
        })
    }

    /// Adds the operations of another YAML, which may refer to the schemas of this one.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn add(&mut self, name: &str, yaml: &str) -> Result<(), ReadError> {
        let file = File::parse(name, yaml, &self.root)?;
        self.operations.extend(read_all(&file)?);
        Ok(())
    }
}

fn read_all(file: &File<'_>) -> Result<Vec<Operation>, ReadError> {
    readers(file)?.into_iter().map(Reader::read).collect()
}

/// Reads what a file of Meta's says of the operations that the YAML has, each with its index there, and the version of the
/// file. An operation at a new path is recognised by its request schema. If the file has several operations, those that it
/// lacks are empty.
pub(super) fn read_source(
    source: &str,
    yaml: &Document,
) -> Result<(Vec<(usize, Operation)>, String), ReadError> {
    let file = File::parse("the file", source, &Value::Null)?;
    let version = text(&file.root["openapi"]);
    if !version.starts_with("3.") {
        let why = format!("`openapi` has to be 3.…, and is `{version}`");
        return Err(ReadError::Malformed(why));
    }
    let all = readers(&file)?;
    let mut read = vec![];
    for (index, ours) in yaml.operations.iter().enumerate() {
        let same = all.iter().find(|one| one.operation.name == ours.name);
        let schema = ours.fact("request", Aspect::Schema);
        let takes_it = |one: Operation| one.fact("request", Aspect::Schema) == schema;
        let moved = |one: &&Reader<'_>| (*one).clone().read().is_ok_and(takes_it);
        let moved = || all.iter().filter(|_| schema.is_some()).find(moved);
        if let Some(found) = same.or_else(moved) {
            read.push((index, found.clone().read()?));
        }
    }
    let files = read.iter().map(|(index, _)| &yaml.operations[*index].file);
    let files: Vec<&String> = files.collect();
    if files.len() > 1 {
        for (index, ours) in yaml.operations.iter().enumerate() {
            let is_read = read.iter().any(|(read, _)| *read == index);
            if !is_read && files.contains(&&ours.file) {
                read.push((index, Operation::default()));
            }
        }
    }
    if read.is_empty() {
        let names = all.into_iter().take(5).map(|one| one.operation.name);
        return Err(ReadError::OtherApi(names.collect()));
    }
    Ok((read, text(&file.root["info"]["version"]).to_owned()))
}

/// One reader for each operation of a file.
fn readers<'a>(file: &'a File<'a>) -> Result<Vec<Reader<'a>>, ReadError> {
    let mut all = vec![];
    for (path, item) in entries(&file.root["paths"]) {
        let is_there = |method: &&str| item[method.to_lowercase()].is_object();
        for method in METHODS.split('|').filter(is_there) {
            let node = &item[method.to_lowercase()];
            let operation = Operation {
                name: format!("{method} {path}"),
                title: text(&node["x-page"]).to_owned(),
                file: file.name.to_owned(),
                yaml: file.lines.clone(),
                items: IndexMap::new(),
            };
            all.push(Reader {
                file,
                holders: [node, item, &file.root],
                operation,
            });
        }
    }
    if all.is_empty() {
        let found = format!("{} has no operation under `paths`", file.name);
        return Err(ReadError::NoEndpoint(found));
    }
    Ok(all)
}

/// Gathers what is said of one operation.
#[derive(Clone)]
struct Reader<'a> {
    file: &'a File<'a>,
    /// The operation, its path and the document.
    holders: [&'a Value; 3],
    operation: Operation,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Result<Operation, ReadError> {
        let (file, [node, path, _]) = (self.file, self.holders);
        self.present("operation", node);
        self.fact("operation", Aspect::Presence, self.operation.name.clone());
        self.surroundings();
        // `##` begins a section.
        let description = format!("Introduction\n{}", text(&node["description"]));
        for section in description.split("## ") {
            let (name, words) = section.split_once('\n').unwrap_or((section, ""));
            self.words(&format!("description.{}", name.trim()), words);
        }
        let parameters = [node, path].map(|holder| items(&holder["parameters"]));
        for parameter in parameters.into_iter().flatten() {
            let parameter = file.resolve(parameter)?;
            let item = [text(&parameter["in"]), text(&parameter["name"])].join(".");
            self.value(&item, parameter, parameter["required"] == true)?;
            let versions = parameter.get("x-offered-versions");
            self.fact("versions", Aspect::Presence, versions.map(|_| true));
            self.fact("versions", Aspect::Enum, versions.cloned());
        }
        if node["requestBody"].is_object() {
            let body = file.resolve(&node["requestBody"])?;
            self.fact("request", Aspect::Required, body["required"] == true);
            self.body("request", "request", body)?;
        }
        for (status, response) in entries(&node["responses"]) {
            let (item, fields) = (format!("status.{status}"), format!("response.{status}"));
            self.body(&item, &fields, file.resolve(response)?)?;
        }
        Ok(self.operation)
    }

    /// A fact; none where the source says nothing.
    fn fact(&mut self, item: &str, aspect: Aspect, value: impl Into<Value>) {
        let value = value.into();
        if !value.is_null() {
            self.operation.entry(item).insert(aspect, value);
        }
    }

    /// What is there, with its description.
    fn present(&mut self, item: &str, node: &Value) {
        self.fact(item, Aspect::Presence, true);
        self.deprecated(item, node);
        self.words(item, text(&node["description"]));
    }

    fn deprecated(&mut self, item: &str, node: &Value) {
        let is_deprecated = (node["deprecated"] == true).then_some(true);
        self.fact(item, Aspect::Deprecated, is_deprecated);
    }

    /// The description of an item. An item without one still gets an entry.
    fn words(&mut self, item: &str, text: &str) {
        let text = one_line(text);
        self.operation.entry(item);
        self.fact(item, Aspect::Prose, (!text.is_empty()).then_some(text));
    }

    /// Base URL and authentication, which the whole document may state.
    fn surroundings(&mut self) {
        let holders = self.holders;
        let nearest = |key: &str| {
            let mut all = holders.iter().filter(|holder| holder[key].is_array());
            all.next().map_or(&[][..], |holder| items(&holder[key]))
        };
        let urls = nearest("servers").iter().map(|server| text(&server["url"]));
        let mut urls: Vec<&str> = urls.map(|url| url.trim_end_matches('/')).collect();
        urls.dedup();
        let urls = (!urls.is_empty()).then(|| urls.join(" or "));
        self.fact("base_url", Aspect::Presence, urls);
        let security = nearest("security").iter();
        let is_optional = security.clone().any(|one| *one == json!({}));
        let mut said = Vec::from_iter(is_optional.then(|| "none".to_owned()));
        for (name, scheme) in entries(&self.file.root["components"]["securitySchemes"]) {
            if security.clone().any(|one| one.get(name).is_some()) {
                said.push(scheme_words(name, scheme));
                self.fact("auth", Aspect::Presence, said.join(" or "));
                // Pages list this header, which OpenAPI keeps out of the parameters.
                self.present(AUTHORIZATION, scheme);
                self.fact(AUTHORIZATION, Aspect::Type, "string");
                self.fact(AUTHORIZATION, Aspect::Required, true);
            }
        }
        self.words("introduction", text(&self.file.root["info"]["description"]));
    }

    /// A request or a response, and the schema of its body.
    fn body(&mut self, item: &str, fields: &str, body: &'a Value) -> Result<(), ReadError> {
        self.present(item, body);
        let types: Vec<&str> = entries(&body["content"]).map(|(name, _)| &**name).collect();
        let types = (!types.is_empty()).then(|| types.join(" or "));
        self.fact(item, Aspect::ContentType, types);
        // The schema for JSON if there is one, else of the first by name.
        let is_other = |(name, _): &(&String, &Value)| *name != "application/json";
        let media = entries(&body["content"]).min_by_key(is_other);
        let schema = media.and_then(|(_, media)| media.get("schema"));
        self.fact(item, Aspect::Schema, schema.map(kind));
        let Some(schema) = schema else { return Ok(()) };
        let Some(name) = name_of(schema) else {
            return self.fields(fields, schema);
        };
        let named = self.file.resolve(schema)?;
        self.deprecated(item, named);
        self.words(&format!("schema.{name}"), text(&named["description"]));
        self.fields(if name == ERROR { "" } else { fields }, schema)
    }

    /// The fields of an object, and those of the objects in them, level by level.
    fn fields(&mut self, prefix: &str, schema: &'a Value) -> Result<(), ReadError> {
        let (mut found, mut next) = (vec![(prefix.to_owned(), schema)], 0);
        while found.len() < MOST_STEPS
            && let Some((prefix, schema)) = found.get(next).cloned()
        {
            next += 1;
            let schema = self.file.resolve(schema)?;
            for (name, property) in entries(&schema["properties"]).take(MOST_STEPS) {
                let item = join(&prefix, name);
                // A schema's own property wins over one of the schemas that it is made of.
                if !self.operation.has(&item) {
                    let required = items(&schema["required"]);
                    self.value(&item, property, required.contains(&json!(name)))?;
                    found.push((item, property));
                }
            }
            let parts = items(&schema["allOf"]).iter().chain(schema.get("items"));
            found.extend(parts.map(|part| (prefix.clone(), part)));
        }
        Ok(())
    }

    /// A parameter or a field, with its type, format, bounds and values.
    fn value(&mut self, item: &str, node: &Value, is_required: bool) -> Result<(), ReadError> {
        let (file, schema) = (self.file, node.get("schema").unwrap_or(node));
        let resolved = file.resolve(schema)?;
        self.present(item, node);
        self.fact(item, Aspect::Required, is_required);
        self.fact(item, Aspect::Type, kind(schema));
        self.fact(item, Aspect::Format, resolved.get("format").cloned());
        // The YAML has no bounds for this header, so those of a source are ignored.
        let bounds = bounds(resolved).filter(|_| item != AUTHORIZATION);
        self.fact(item, Aspect::Bound, bounds);
        let inner = schema.get("items").unwrap_or(schema);
        let resolved = file.resolve(inner)?;
        let values = resolved.get("enum").cloned();
        let name = name_of(inner).filter(|_| values.is_some());
        let named = name.map(|name| format!("enum.{name}"));
        if let Some(item) = &named {
            self.present(item, resolved);
            self.fact(item, Aspect::Type, resolved.get("type").cloned());
        }
        self.fact(named.as_deref().unwrap_or(item), Aspect::Enum, values);
        Ok(())
    }
}

/// Name, type and place of a security scheme, in the format of the pages.
fn scheme_words(name: &str, scheme: &Value) -> String {
    let part = |key: &str| text(&scheme[key]);
    match part("type") {
        "http" => format!("{name}, HTTP {}, Header: Authorization", part("scheme")),
        "apiKey" => format!("{name}, API Key, {}: {}", part("in"), part("name")),
        other => format!("{name}, {other}"),
    }
}

/// `request.field`, or the field alone where nothing is above it.
pub(super) fn join(prefix: &str, name: &str) -> String {
    format!("{prefix}.{name}")
        .trim_start_matches('.')
        .to_owned()
}
