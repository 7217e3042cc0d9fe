//! OpenAPI documents: this repository's YAML and Meta's files, read by the same code.

use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::model::{Aspect, Operation, ReadError};
use super::outline::METHODS;
use super::text::one_line;
use super::yaml::{DEEPEST, entries, items, line, parse, resolve, text};

/// The YAML as it was when this program was compiled.
pub const COMPILED_IN_YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

/// The YAML of the lookups, as it was compiled in.
pub const COMPILED_IN_LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");

/// The schema of every refusal: its fields are told once, as `error.…`.
pub(super) const ERROR: &str = "GraphAPIError";

/// The header that the security scheme stands for.
const AUTHORIZATION: &str = "header.Authorization";

/// Items of one operation beyond which a file describes another API.
const MOST_ITEMS: usize = 2000;

const BOUNDS: &str = "pattern minLength maxLength minItems maxItems uniqueItems minimum maximum exclusiveMinimum \
    exclusiveMaximum multipleOf minProperties maxProperties const";

/// The YAML that sources are compared with.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name, as reports show it.
    pub name: String,
    /// Its operations, in its order.
    pub operations: Vec<Operation>,
    /// The text of its schemas, for another YAML that refers to them.
    schemas: String,
    /// What the fields of its pages begin with.
    pub(super) fields: Fields,
}

impl Document {
    /// Reads the YAML that sources are compared with; `name` is the file's.
    ///
    /// # Errors
    ///
    /// [`ReadError::Malformed`] with the line where it is broken, [`ReadError::NoEndpoint`] where it has no operation.
    pub fn read(name: &str, yaml: &str) -> Result<Self, ReadError> {
        let root = parse(name, yaml)?;
        let operations: Result<Vec<Operation>, _> = operations(&root)
            .iter()
            .map(|found| found.read(name, &root, yaml))
            .collect();
        let operations = operations?;
        if operations.is_empty() {
            let found = format!("{name} has no operation under `paths`");
            return Err(ReadError::NoEndpoint(found));
        }
        let fields = Fields::of(operations.iter().filter(|one| !one.title.is_empty()));
        let schemas = yaml.split_once("\n  schemas:\n").unwrap_or_default().1;
        Ok(Self {
            name: name.to_owned(),
            operations,
            schemas: schemas.to_owned(),
            fields,
        })
    }

    /// Adds the operations of another YAML, which may refer to the schemas of this one.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn add(&mut self, name: &str, yaml: &str) -> Result<(), ReadError> {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        let local = yaml.replace(&format!("'{file}#/"), "'#/");
        // Both end with their schemas, so the lines of the added YAML stay what they are.
        let other = Self::read(name, &format!("{local}{}", self.schemas))?;
        self.operations.extend(other.operations);
        Ok(())
    }
}

/// Reads what a file of Meta's says of the operations that the YAML has, each with its index there; also of one that has
/// moved to another path and still takes the same schema. Then the version of the file.
pub(super) fn read_source(
    source: &str,
    yaml: &Document,
) -> Result<(Vec<(usize, Operation)>, String), ReadError> {
    let name = "the file";
    let root = parse(name, source)?;
    let version = text(&root["openapi"]);
    if !version.starts_with("3.") {
        let why = format!("`openapi` has to be 3.…, and is `{version}`");
        return Err(ReadError::Malformed(why));
    }
    let all = operations(&root);
    let mut read = vec![];
    for (index, ours) in yaml.operations.iter().enumerate() {
        let same = all.iter().find(|found| found.name == ours.name);
        let moved = |found: &&Found<'_>| {
            let schema = found.request_schema(&root);
            schema.is_some_and(|schema| schema == ours.text("request", Aspect::Schema))
        };
        if let Some(found) = same.or_else(|| all.iter().find(moved)) {
            read.push((index, found.read(name, &root, source)?));
        }
    }
    let names: Vec<String> = all.iter().take(5).map(|found| found.name.clone()).collect();
    match (read.is_empty(), names.is_empty()) {
        (false, _) => Ok((read, text(&root["info"]["version"]).to_owned())),
        (true, false) => Err(ReadError::OtherApi(names)),
        (true, true) => Err(ReadError::NoEndpoint(
            "it has no operation under `paths`".to_owned(),
        )),
    }
}

/// An operation, and where it stands.
struct Found<'a> {
    name: String,
    item: &'a Value,
    operation: &'a Value,
}

fn operations(root: &Value) -> Vec<Found<'_>> {
    let mut found = vec![];
    for (path, item) in entries(&root["paths"]) {
        for (method, operation) in entries(item) {
            let method = method.to_uppercase();
            if METHODS.split('|').any(|known| known == method) {
                let name = format!("{method} {path}");
                found.push(Found {
                    name,
                    item,
                    operation,
                });
            }
        }
    }
    found
}

impl<'a> Found<'a> {
    fn request_schema(&self, root: &'a Value) -> Option<&'a str> {
        let body = resolve(&self.operation["requestBody"], root).ok()?;
        name_of(&content(body)?.1["schema"])
    }

    fn read(&self, file: &str, root: &'a Value, yaml: &str) -> Result<Operation, ReadError> {
        let operation = Operation {
            name: self.name.clone(),
            title: text(&self.operation["x-page"]).to_owned(),
            file: file.to_owned(),
            said: vec![],
        };
        let mut reader = Reader { root, operation };
        reader.read(self, yaml)?;
        Ok(reader.operation)
    }
}

/// Gathers what is said of one operation.
struct Reader<'a> {
    root: &'a Value,
    operation: Operation,
}

impl<'a> Reader<'a> {
    fn read(&mut self, found: &Found<'a>, yaml: &str) -> Result<(), ReadError> {
        let (root, operation) = (self.root, found.operation);
        self.present("operation", line(operation), operation);
        self.fact("operation", Aspect::Presence, json!(found.name));
        self.surroundings(found)?;
        self.description(operation, yaml);
        for parameters in [&operation["parameters"], &found.item["parameters"]] {
            for parameter in items(parameters) {
                self.parameter(resolve(parameter, root)?)?;
            }
        }
        let listed = &operation["requestBody"];
        if listed.is_object() {
            let body = resolve(listed, root)?;
            self.present("request", line(listed), body);
            self.fact("request", Aspect::Required, is_true(&body["required"]));
            self.body("request", "request", body)?;
        }
        for (status, listed) in entries(&operation["responses"]) {
            let (item, response) = (format!("status.{status}"), resolve(listed, root)?);
            self.present(&item, line(listed), response);
            self.body(&item, &format!("response.{status}"), response)?;
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
    fn present(&mut self, item: &str, line: usize, node: &Value) {
        self.line(item, line);
        self.fact(item, Aspect::Presence, json!(true));
        if node["deprecated"] == true {
            self.fact(item, Aspect::Deprecated, json!(true));
        }
        self.words(item, text(&node["description"]));
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
        let nearest = |key: &str| {
            let mut all = holders.iter().map(|holder| items(&holder[key]));
            all.find(|items| !items.is_empty()).unwrap_or_default()
        };
        let servers = nearest("servers");
        if let Some(first) = servers.first() {
            let mut urls: Vec<&str> = servers.iter().map(|server| text(&server["url"])).collect();
            urls.dedup();
            let urls = json!(urls.join(" or ").trim_end_matches('/'));
            self.line("base_url", line(first));
            self.fact("base_url", Aspect::Presence, urls);
        }
        let schemes = entries(&root["components"]["securitySchemes"]);
        let mut said = vec![];
        for (name, scheme) in schemes {
            let is_used = |security: &Value| security.get(name).is_some();
            if !nearest("security").iter().any(is_used) {
                continue;
            }
            said.push(scheme_words(name, scheme));
            self.line("auth", line(scheme));
            self.fact("auth", Aspect::Presence, json!(said.join(" or ")));
            // The pages list as a header what OpenAPI keeps out of the parameters.
            self.present(AUTHORIZATION, line(scheme), scheme);
            self.fact(AUTHORIZATION, Aspect::Type, json!("string"));
            self.fact(AUTHORIZATION, Aspect::Required, json!(true));
        }
        self.line("introduction", line(&root["info"]));
        self.words("introduction", text(&root["info"]["description"]));
        Ok(())
    }

    /// The description by its sections, which `##` begins. The parser knows no lines within a text, so headings are
    /// looked for below the operation.
    fn description(&mut self, operation: &Value, yaml: &str) {
        let mut lines = yaml.lines().zip(1..).skip(line(operation));
        let mut find = |start: &str| {
            let found = lines.find(|(text, _)| text.trim().starts_with(start));
            found.map_or(line(operation), |(_, line)| line)
        };
        let mut sections = text(&operation["description"]).split("## ");
        self.line("description.Introduction", find("description:"));
        self.words(
            "description.Introduction",
            sections.next().unwrap_or_default(),
        );
        for section in sections {
            let (name, words) = section.split_once('\n').unwrap_or((section, ""));
            let item = format!("description.{}", name.trim());
            self.line(&item, find(&format!("## {}", name.trim())));
            self.words(&item, words);
        }
    }

    fn parameter(&mut self, parameter: &Value) -> Result<(), ReadError> {
        let place = [text(&parameter["in"]), text(&parameter["name"])];
        let item = place.join(".");
        self.present(&item, line(parameter), parameter);
        self.fact(&item, Aspect::Required, is_true(&parameter["required"]));
        self.value(&item, &parameter["schema"])?;
        if item == AUTHORIZATION {
            // The scheme has said that it is there. Schemes have no bounds, so there is nothing to compare these with.
            self.operation.entry(&item).facts.remove(&Aspect::Bound);
        }
        if let Some(versions) = parameter.get("x-offered-versions") {
            self.line("versions", line(parameter));
            self.fact("versions", Aspect::Presence, json!(true));
            self.fact("versions", Aspect::Enum, versions.clone());
        }
        Ok(())
    }

    fn body(&mut self, item: &str, fields: &str, body: &'a Value) -> Result<(), ReadError> {
        let Some((content_type, media)) = content(body) else {
            return Ok(());
        };
        self.fact(item, Aspect::ContentType, json!(content_type));
        let schema = &media["schema"];
        if schema.is_null() {
            return Ok(());
        }
        self.fact(item, Aspect::Schema, json!(kind(schema)));
        let at = resolve(schema, self.root)?;
        let name = name_of(schema);
        if let Some(name) = name {
            let item = format!("schema.{name}");
            self.line(&item, line(at));
            self.words(&item, text(&at["description"]));
        }
        match name {
            Some(ERROR) if self.operation.get("error").is_some() => Ok(()),
            Some(ERROR) => self.fields("", at, DEEPEST),
            _ => self.fields(fields, at, DEEPEST),
        }
    }

    /// The fields of an object, and of the objects in them.
    fn fields(&mut self, prefix: &str, schema: &'a Value, depth: usize) -> Result<(), ReadError> {
        let schema = resolve(schema, self.root)?;
        let parts = items(&schema["allOf"]).iter().chain(schema.get("items"));
        for part in parts.filter(|_| depth > 0) {
            self.fields(prefix, part, depth - 1)?;
        }
        for (name, property) in entries(&schema["properties"]) {
            if self.operation.said.len() > MOST_ITEMS {
                return Err(ReadError::TooLarge("2000 items in one operation"));
            }
            let item = join(prefix, name);
            self.present(&item, line(property), property);
            let is_required = items(&schema["required"]).contains(&json!(name));
            self.fact(&item, Aspect::Required, json!(is_required));
            self.value(&item, property)?;
            if depth > 0 {
                self.fields(&item, property, depth - 1)?;
            }
        }
        Ok(())
    }

    /// Type, format, bounds and values of a parameter or a field.
    fn value(&mut self, item: &str, schema: &Value) -> Result<(), ReadError> {
        let resolved = resolve(schema, self.root)?;
        self.fact(item, Aspect::Type, json!(kind(schema)));
        if let Some(format) = resolved.get("format") {
            self.fact(item, Aspect::Format, format.clone());
        }
        let bounds = bounds(resolved);
        if !bounds.is_empty() {
            self.fact(item, Aspect::Bound, Value::Object(bounds));
        }
        let inner = schema.get("items").unwrap_or(schema);
        let resolved = resolve(inner, self.root)?;
        if let Some(values) = resolved.get("enum") {
            let mut item = item.to_owned();
            if let Some(name) = name_of(inner) {
                item = format!("enum.{name}");
                self.present(&item, line(resolved), resolved);
            }
            self.fact(&item, Aspect::Enum, values.clone());
        }
        Ok(())
    }
}

fn is_true(value: &Value) -> Value {
    json!(*value == true)
}

/// The content type and the media type of a body: JSON if it has that, else what comes first.
fn content(body: &Value) -> Option<(&String, &Value)> {
    let all = entries(&body["content"]);
    let json = all.iter().find(|(name, _)| *name == "application/json");
    json.or(all.first()).copied()
}

/// The name of a schema that is referred to.
fn name_of(schema: &Value) -> Option<&str> {
    match items(&schema["allOf"]) {
        [only] if schema.get("properties").is_none() => name_of(only),
        _ => schema["$ref"].as_str()?.rsplit('/').next(),
    }
}

/// The type in the words of a page: `string`, `array of TYPE`, or the name of a schema.
fn kind(schema: &Value) -> String {
    if let Some(name) = name_of(schema) {
        return name.to_owned();
    }
    let has = |key: &str| schema.get(key).is_some();
    let choices = items(&schema["oneOf"])
        .iter()
        .chain(items(&schema["anyOf"]));
    let mut all: Vec<String> = choices.map(kind).collect();
    if all.is_empty() {
        // 3.1 has lists of types; `null` among them makes a value that may be null, not one of another type.
        let listed = items(&schema["type"]).iter().map(text);
        all = listed
            .filter(|kind| *kind != "null")
            .map(str::to_owned)
            .collect();
    }
    if all.is_empty() {
        all.push(match schema["type"].as_str() {
            Some(kind) => kind.to_owned(),
            None if has("properties") || has("allOf") => "object".to_owned(),
            None if has("items") => "array".to_owned(),
            None => "any".to_owned(),
        });
    }
    for array in all
        .iter_mut()
        .filter(|kind| *kind == "array" && has("items"))
    {
        *array = format!("array of {}", kind(&schema["items"]));
    }
    all.dedup();
    all.join(" or ")
}

/// The bounds; those of an array's items stand under `items`, unless the items have a name.
fn bounds(schema: &Value) -> Map<String, Value> {
    let own = schema.as_object().into_iter().flatten();
    let own = own.filter(|(key, _)| BOUNDS.split_whitespace().any(|bound| bound == *key));
    let mut all: Map<String, Value> = own
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let items = &schema["items"];
    if items.is_object() && name_of(items).is_none() {
        let inner = bounds(items);
        all.extend((!inner.is_empty()).then(|| ("items".to_owned(), Value::Object(inner))));
    }
    all
}

/// Name, type and place of a security scheme, as the pages put them.
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
    match prefix {
        "" => name.to_owned(),
        _ => format!("{prefix}.{name}"),
    }
}
