//! OpenAPI documents: this repository's YAML and Meta's files, read by the same code.

use std::sync::OnceLock;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Value, json};

use super::model::{Aspect, Operation, ReadError};
use super::words::Fields;

/// The YAML as it was when this program was compiled.
pub const COMPILED_IN_YAML: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

/// The YAML of the lookups, as it was compiled in.
pub const COMPILED_IN_LOOKUPS: &str = include_str!("../../openapi/solution-lookups.yaml");

/// The schema of every refusal: its fields are told once, as `error.…`.
pub(super) const ERROR: &str = "GraphAPIError";

/// The header that the security scheme stands for.
pub(super) const AUTHORIZATION: &str = "header.Authorization";

/// Brackets within brackets that no API description has, and that would exhaust the stack.
const DEEPEST: usize = 200;

/// Fields below fields that are still told: a schema that holds itself has no end.
const FIELDS_DEEPEST: usize = 8;

/// Items of one operation beyond which a file describes another API.
const MOST_ITEMS: usize = 2000;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

const BOUNDS: [&str; 14] = [
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
    "maxProperties",
    "const",
];

/// What an OpenAPI document says.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name, as reports show it.
    pub name: String,
    /// `info.version`.
    pub version: String,
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
        let tree = parse(name, text)?;
        let root = Node::root(&tree);
        let all = operations(root);
        if all.is_empty() {
            let found = format!("{name} has no operation under `paths`");
            return Err(ReadError::NoEndpoint(found));
        }
        Self::of(name, root, &all, text)
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
            let pages = self
                .operations
                .iter()
                .filter(|operation| !operation.title.is_empty());
            Fields::of(pages)
        })
    }

    /// The YAML file that an operation is in.
    pub(super) fn file_of(&self, operation: &str) -> &str {
        let mut operations = self.operations.iter();
        let found = operations.find(|known| known.name() == operation);
        found.map_or(&self.name, |known| &known.file)
    }

    /// Reads what a file of Meta's says of the operations that the YAML has; also of one that has moved to another path and
    /// still takes the same schema.
    pub(super) fn read_source(text: &str, yaml: &Self) -> Result<Self, ReadError> {
        let name = "the file";
        let tree = parse(name, text)?;
        let root = Node::root(&tree);
        let version = root.text("openapi");
        if !version.starts_with("3.") {
            let why = format!("`openapi` has to be 3.…, and is `{version}`");
            return Err(ReadError::Malformed(why));
        }
        let all = operations(root);
        let counterpart = |wanted: &Operation| {
            let same =
                |found: &&Found<'_>| found.path == wanted.path && found.method == wanted.method;
            let moved = |found: &&Found<'_>| {
                let schema = found.request_schema(root);
                schema.is_some()
                    && schema.as_deref() == Some(wanted.text("request", Aspect::Schema))
            };
            all.iter().find(same).or_else(|| all.iter().find(moved))
        };
        let found: Vec<Found<'_>> = yaml
            .operations
            .iter()
            .filter_map(counterpart)
            .cloned()
            .collect();
        if found.is_empty() {
            let names: Vec<String> = all.iter().take(5).map(Found::name).collect();
            return Err(match names.is_empty() {
                true => ReadError::NoEndpoint("it has no operation under `paths`".to_owned()),
                false => ReadError::OtherApi(names),
            });
        }
        Self::of(name, root, &found, text)
    }

    fn of(name: &str, root: Node<'_>, found: &[Found<'_>], text: &str) -> Result<Self, ReadError> {
        let mut operations = vec![];
        for found in found {
            let mut reader = Reader {
                root,
                operation: Operation::default(),
                dangling: None,
            };
            reader.read(found, text);
            if let Some((line, reference)) = reader.dangling {
                let why = format!("{name}:{line}: `{reference}` leads nowhere");
                return Err(ReadError::CutShort(why));
            }
            if reader.operation.said.len() > MOST_ITEMS {
                return Err(ReadError::TooLarge("2000 items in one operation"));
            }
            reader.operation.file = name.to_owned();
            operations.push(reader.operation);
        }
        let schemas = text.split_once("\n  schemas:\n").unwrap_or_default().1;
        Ok(Self {
            schemas: schemas.to_owned(),
            fields: OnceLock::new(),
            name: name.to_owned(),
            version: root
                .get("info")
                .map_or("", |info| info.text("version"))
                .to_owned(),
            operations,
        })
    }
}

fn parse(name: &str, text: &str) -> Result<MarkedYaml<'static>, ReadError> {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let why = format!("{name}: brackets stand more than {DEEPEST} deep in each other");
            return Err(ReadError::Malformed(why));
        }
    }
    let documents = MarkedYaml::load_from_str(text).map_err(|why| {
        let (line, column) = (why.marker().line(), why.marker().col() + 1);
        ReadError::Malformed(format!("{name}:{line}:{column}: {}", why.info()))
    })?;
    let document = documents.into_iter().next();
    document.ok_or_else(|| ReadError::Malformed(format!("{name}: nothing is in it")))
}

/// A node, and the line of its key.
#[derive(Clone, Copy)]
struct Node<'a> {
    node: &'a MarkedYaml<'static>,
    line: usize,
}

impl<'a> Node<'a> {
    fn root(node: &'a MarkedYaml<'static>) -> Self {
        Self { node, line: 1 }
    }

    fn data(self) -> &'a YamlData<'static, MarkedYaml<'static>> {
        match &self.node.data {
            YamlData::Tagged(_, inner) => &inner.data,
            data => data,
        }
    }

    fn entries(self) -> impl Iterator<Item = (String, Node<'a>)> {
        let map = match self.data() {
            YamlData::Mapping(map) => Some(map),
            _ => None,
        };
        map.into_iter().flatten().map(|(key, node)| {
            let line = key.span.start.line();
            let key = Node { node: key, line }.json();
            let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
            (key, Node { node, line })
        })
    }

    fn items(self) -> impl Iterator<Item = Node<'a>> {
        let list = match self.data() {
            YamlData::Sequence(list) => list.as_slice(),
            _ => &[],
        };
        list.iter().map(|node| Node {
            node,
            line: node.span.start.line(),
        })
    }

    fn get(self, key: &str) -> Option<Node<'a>> {
        self.entries()
            .find(|(known, _)| known == key)
            .map(|(_, node)| node)
    }

    fn text(self, key: &str) -> &'a str {
        self.get(key).and_then(Node::as_str).unwrap_or_default()
    }

    fn as_str(self) -> Option<&'a str> {
        match self.data() {
            YamlData::Value(Scalar::String(text)) => Some(text),
            _ => None,
        }
    }

    fn is_true(self, key: &str) -> bool {
        let value = self.get(key).map(Node::data);
        matches!(value, Some(YamlData::Value(Scalar::Boolean(true))))
    }

    fn json(self) -> Value {
        match self.data() {
            YamlData::Value(Scalar::Boolean(value)) => json!(value),
            YamlData::Value(Scalar::Integer(value)) => json!(value),
            YamlData::Value(Scalar::FloatingPoint(value)) => json!(value.into_inner()),
            YamlData::Value(Scalar::String(value)) => json!(value),
            YamlData::Sequence(_) => self.items().map(Node::json).collect(),
            YamlData::Mapping(_) => {
                let entries = self.entries().map(|(key, node)| (key, node.json()));
                Value::Object(entries.collect())
            }
            _ => Value::Null,
        }
    }

    /// The name of a schema that is referred to, also by way of an `allOf` of one, which OpenAPI 3.0 needs for a
    /// description beside a reference.
    fn name(self) -> Option<&'a str> {
        if let Some(reference) = self.get("$ref").and_then(Node::as_str) {
            return reference.rsplit('/').next();
        }
        let mut parts = self.get("allOf")?.items();
        let only = parts.next().filter(|_| parts.next().is_none());
        only.filter(|_| self.get("properties").is_none())?.name()
    }

    /// The type in the words of a page: `string`, `array of TYPE`, or the name of a schema.
    fn kind(self) -> String {
        if let Some(name) = self.name() {
            return name.to_owned();
        }
        let choices = ["oneOf", "anyOf"].iter().find_map(|key| self.get(key));
        let kinds: Vec<String> = match (choices, self.get("type")) {
            (Some(choices), _) => choices.items().map(Node::kind).collect(),
            (None, Some(stated)) if stated.items().next().is_some() => {
                // 3.1 has lists of types; `null` among them makes a value that may be null, not one of another type.
                let kinds = stated
                    .items()
                    .filter_map(Node::as_str)
                    .filter(|kind| *kind != "null");
                kinds.map(str::to_owned).collect()
            }
            (None, Some(stated)) => vec![stated.as_str().unwrap_or("any").to_owned()],
            (None, None) if self.get("properties").or(self.get("allOf")).is_some() => {
                vec!["object".to_owned()]
            }
            (None, None) if self.get("items").is_some() => vec!["array".to_owned()],
            (None, None) => vec!["any".to_owned()],
        };
        let shown = |kind: String| match self.get("items").filter(|_| kind == "array") {
            Some(items) => format!("array of {}", items.kind()),
            None => kind,
        };
        let mut all: Vec<String> = kinds.into_iter().map(shown).collect();
        all.dedup();
        all.join(" or ")
    }
}

/// An operation, and where it stands.
#[derive(Clone)]
struct Found<'a> {
    method: String,
    path: String,
    item: Node<'a>,
    operation: Node<'a>,
}

impl Found<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn request_schema(&self, root: Node<'_>) -> Option<String> {
        let body = resolve(root, self.operation.get("requestBody")?, &mut None)?;
        let (_, media) = content(body)?;
        media.get("schema")?.name().map(str::to_owned)
    }
}

fn operations(root: Node<'_>) -> Vec<Found<'_>> {
    let mut found = vec![];
    let paths = root.get("paths").into_iter().flat_map(Node::entries);
    for (path, item) in paths {
        for (method, operation) in item.entries() {
            if METHODS.contains(&method.as_str()) {
                found.push(Found {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    item,
                    operation,
                });
            }
        }
    }
    found
}

/// What a node refers to, or the node itself; a reference that leads nowhere is noted.
fn resolve<'a>(
    root: Node<'a>,
    node: Node<'a>,
    dangling: &mut Option<(usize, String)>,
) -> Option<Node<'a>> {
    let mut here = node;
    for _ in 0..FIELDS_DEEPEST {
        let Some(reference) = here.get("$ref").and_then(Node::as_str) else {
            // An `allOf` of one is what it holds, with a description of its own.
            let only = here.name().and_then(|_| here.get("allOf")?.items().next());
            match only {
                Some(only) => here = only,
                None => return Some(here),
            }
            continue;
        };
        let steps = reference.trim_start_matches("#/").split('/');
        let target = steps
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
            .try_fold(root, |here, step| here.get(&step));
        match target {
            Some(target) => here = target,
            None => {
                dangling.get_or_insert((here.line, reference.to_owned()));
                return None;
            }
        }
    }
    None
}

/// The content type and the media type of a body: JSON if it has that, else what comes first.
fn content(body: Node<'_>) -> Option<(String, Node<'_>)> {
    let content = body.get("content")?;
    let json = content.get("application/json");
    let json = json.map(|media| ("application/json".to_owned(), media));
    json.or_else(|| content.entries().next())
}

/// Gathers what is said of one operation.
struct Reader<'a> {
    root: Node<'a>,
    operation: Operation,
    dangling: Option<(usize, String)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, found: &Found<'a>, text: &str) {
        let operation = found.operation;
        self.operation.method.clone_from(&found.method);
        self.operation.path.clone_from(&found.path);
        operation
            .text("x-page")
            .clone_into(&mut self.operation.title);
        self.there("operation", operation.line);
        self.deprecated("operation", operation);
        self.surroundings(found);
        self.description(operation, text);
        for holder in [operation, found.item] {
            let Some(parameters) = holder.get("parameters") else {
                continue;
            };
            for place in ["header", "path"] {
                self.line(place, parameters.line);
            }
            for listed in parameters.items() {
                if let Some(parameter) = self.resolve(listed) {
                    self.parameter(parameter);
                }
            }
        }
        if let Some(listed) = operation.get("requestBody")
            && let Some(body) = self.resolve(listed)
        {
            self.there("request", listed.line);
            self.fact("request", Aspect::Required, json!(body.is_true("required")));
            self.prose("request", body);
            self.body("request", "request", body);
        }
        if let Some(responses) = operation.get("responses") {
            self.line("status", responses.line);
            for (status, listed) in responses.entries() {
                if let Some(response) = self.resolve(listed) {
                    let item = format!("status.{status}");
                    self.there(&item, listed.line);
                    self.prose(&item, response);
                    self.body(&item, &format!("response.{status}"), response);
                }
            }
        }
    }

    fn resolve(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        resolve(self.root, node, &mut self.dangling)
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

    fn fact_at(&mut self, item: &str, aspect: Aspect, line: usize) {
        self.operation
            .entry(item)
            .lines
            .entry(aspect)
            .or_insert(line);
    }

    fn there(&mut self, item: &str, line: usize) {
        self.line(item, line);
        self.fact(item, Aspect::Presence, json!(true));
    }

    fn deprecated(&mut self, item: &str, node: Node<'a>) {
        if node.is_true("deprecated") {
            self.fact(item, Aspect::Deprecated, json!(true));
        }
    }

    fn prose(&mut self, item: &str, holder: Node<'a>) {
        if let Some(description) = holder.get("description") {
            self.fact_at(item, Aspect::Prose, description.line);
            self.words(item, description.as_str().unwrap_or_default());
        }
    }

    fn words(&mut self, item: &str, text: &str) {
        let text: Vec<&str> = text.split_whitespace().collect();
        if !text.is_empty() {
            self.fact(item, Aspect::Prose, json!(text.join(" ")));
        }
    }

    /// Base URL and authentication, which the whole document may state.
    fn surroundings(&mut self, found: &Found<'a>) {
        let nearest = |key| {
            [found.operation, found.item, self.root]
                .iter()
                .find_map(|at| at.get(key))
        };
        let (servers, security) = (nearest("servers"), nearest("security"));
        if let Some(servers) = servers {
            let mut urls: Vec<&str> = servers.items().map(|server| server.text("url")).collect();
            urls.dedup();
            self.line("base_url", servers.line);
            self.fact(
                "base_url",
                Aspect::Presence,
                json!(urls.join(" or ").trim_end_matches('/')),
            );
        }
        let schemes = self
            .root
            .get("components")
            .and_then(|at| at.get("securitySchemes"));
        let mut said = vec![];
        for (name, at) in security
            .into_iter()
            .flat_map(Node::items)
            .flat_map(Node::entries)
        {
            let scheme = schemes.and_then(|schemes| schemes.get(&name));
            let scheme = scheme.and_then(|scheme| self.resolve(scheme)).unwrap_or(at);
            self.line("auth", scheme.line);
            said.push(scheme_words(&name, scheme));
            // The pages list as a header what OpenAPI keeps out of the parameters.
            self.there(AUTHORIZATION, scheme.line);
            self.fact(AUTHORIZATION, Aspect::Type, json!("string"));
            self.fact(AUTHORIZATION, Aspect::Required, json!(true));
            self.prose(AUTHORIZATION, scheme);
        }
        if !said.is_empty() {
            self.fact("auth", Aspect::Presence, json!(said.join(" or ")));
        }
        if let Some(info) = self.root.get("info") {
            self.line("introduction", info.line);
            self.prose("introduction", info);
        }
    }

    /// The description by its sections, which `##` begins.
    fn description(&mut self, operation: Node<'a>, text: &str) {
        if let Some(summary) = operation.get("summary") {
            self.line("summary", summary.line);
            self.words("summary", summary.as_str().unwrap_or_default());
        }
        let Some(description) = operation.get("description") else {
            return;
        };
        self.line("description", description.line);
        // Within a text, the parser knows no lines: headings are looked for below the key.
        let mut lines = text.lines().zip(1..).skip(description.line);
        let mut section = "description.Introduction".to_owned();
        self.line(&section, description.line);
        let mut words = String::new();
        for line in description.as_str().unwrap_or_default().lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                self.words(&section, &words);
                section = format!("description.{}", heading.trim());
                words.clear();
                let at = lines.find(|(text, _)| text.trim() == line.trim());
                self.line(&section, at.map_or(description.line, |(_, line)| line));
            } else {
                words.push_str(line);
                words.push('\n');
            }
        }
        self.words(&section, &words);
    }

    fn parameter(&mut self, parameter: Node<'a>) {
        let item = format!("{}.{}", parameter.text("in"), parameter.text("name"));
        self.there(&item, parameter.line);
        if let Some(required) = parameter.get("required") {
            self.fact_at(&item, Aspect::Required, required.line);
        }
        self.fact(
            &item,
            Aspect::Required,
            json!(parameter.is_true("required")),
        );
        self.deprecated(&item, parameter);
        self.prose(&item, parameter);
        if let Some(schema) = parameter.get("schema") {
            self.value(&item, schema);
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
    }

    fn body(&mut self, item: &str, fields: &str, body: Node<'a>) {
        let Some((content_type, media)) = content(body) else {
            return;
        };
        self.fact_at(item, Aspect::ContentType, media.line);
        self.fact(item, Aspect::ContentType, json!(content_type));
        let example = media.get("examples").or_else(|| media.get("example"));
        self.fact_at(item, Aspect::Example, example.unwrap_or(media).line);
        let Some(schema) = media.get("schema") else {
            return;
        };
        self.fact_at(item, Aspect::Schema, schema.line);
        self.fact(item, Aspect::Schema, json!(schema.kind()));
        let Some(at) = self.resolve(schema) else {
            return;
        };
        if let Some(name) = schema.name() {
            self.line(&format!("schema.{name}"), at.line);
            self.prose(&format!("schema.{name}"), at);
        }
        if schema.name() != Some(ERROR) {
            // A new field belongs where the other fields stand.
            let place = if fields == item { schema.line } else { at.line };
            self.line(fields, place);
            self.fields(fields, at, FIELDS_DEEPEST);
        } else if self.operation.get("error").is_none() {
            self.fields("", at, FIELDS_DEEPEST);
        }
    }

    /// The fields of an object, and of the objects in them.
    fn fields(&mut self, prefix: &str, schema: Node<'a>, depth: usize) {
        let Some(schema) = self.resolve(schema).filter(|_| depth > 0) else {
            return;
        };
        for part in schema.get("allOf").into_iter().flat_map(Node::items) {
            self.fields(prefix, part, depth - 1);
        }
        if let Some(items) = schema.get("items") {
            self.fields(prefix, items, depth - 1);
        }
        let Some(properties) = schema.get("properties") else {
            return;
        };
        let required = schema.get("required");
        for (name, property) in properties.entries() {
            if self.operation.said.len() > MOST_ITEMS {
                return;
            }
            let item = join(prefix, &name);
            self.there(&item, property.line);
            if let Some(required) = required {
                self.fact_at(&item, Aspect::Required, required.line);
            }
            let listed = required.into_iter().flat_map(Node::items);
            let listed = listed.filter_map(Node::as_str).any(|listed| listed == name);
            self.fact(&item, Aspect::Required, json!(listed));
            self.deprecated(&item, property);
            self.prose(&item, property);
            self.value(&item, property);
            self.fields(&item, property, depth - 1);
        }
    }

    /// Type, format, bounds and values of a parameter or a field.
    fn value(&mut self, item: &str, schema: Node<'a>) {
        self.fact(item, Aspect::Type, json!(schema.kind()));
        for (key, aspect) in [("type", Aspect::Type), ("format", Aspect::Format)] {
            if let Some(at) = schema.get(key) {
                self.fact_at(item, aspect, at.line);
            }
        }
        if let Some(resolved) = self.resolve(schema) {
            let bounds = self.bounds(resolved);
            if let Some(at) = bounds.keys().find_map(|key| schema.get(key)) {
                self.fact_at(item, Aspect::Bound, at.line);
            }
            if !bounds.is_empty() {
                self.fact(item, Aspect::Bound, Value::Object(bounds));
            }
            if let Some(format) = resolved.get("format") {
                self.fact(item, Aspect::Format, format.json());
            }
        }
        let inner = schema.get("items").unwrap_or(schema);
        let Some(resolved) = self.resolve(inner) else {
            return;
        };
        if let Some(values) = resolved.get("enum") {
            let item = inner
                .name()
                .map_or(item.to_owned(), |name| format!("enum.{name}"));
            if inner.name().is_some() {
                self.there(&item, resolved.line);
                self.prose(&item, resolved);
            }
            self.fact_at(&item, Aspect::Enum, values.line);
            self.fact(&item, Aspect::Enum, values.json());
        }
    }

    /// The bounds; those of an array's items stand under `items`, unless the items have a name.
    fn bounds(&mut self, schema: Node<'a>) -> Map<String, Value> {
        let bounds = schema
            .entries()
            .filter(|(key, _)| BOUNDS.contains(&key.as_str()));
        let mut bounds: Map<String, Value> =
            bounds.map(|(key, value)| (key, value.json())).collect();
        let items = schema.get("items").filter(|items| items.name().is_none());
        if let Some(items) = items {
            let own = self.bounds(items);
            if !own.is_empty() {
                bounds.insert("items".to_owned(), Value::Object(own));
            }
        }
        bounds
    }
}

/// `request.field`, or the field alone where nothing is above it.
pub(super) fn join(prefix: &str, name: &str) -> String {
    match prefix {
        "" => name.to_owned(),
        _ => format!("{prefix}.{name}"),
    }
}

/// Name, type and place of a security scheme, as the pages put them.
fn scheme_words(name: &str, scheme: Node<'_>) -> String {
    let capital = |text: &str| {
        let mut text = text.to_owned();
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        text
    };
    match scheme.text("type") {
        "http" => format!(
            "{name}, HTTP {}, Header: Authorization",
            capital(scheme.text("scheme"))
        ),
        "apiKey" => {
            let place = capital(scheme.text("in"));
            format!("{name}, API Key, {place}: {}", scheme.text("name"))
        }
        other => format!("{name}, {other}"),
    }
}
