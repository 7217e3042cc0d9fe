//! The values of a YAML or JSON document, each with its line; references and types in it.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Value, json};

use super::model::ReadError;

/// Brackets and lists within each other that no API description has, and that would exhaust the stack.
const DEEPEST: usize = 200;

/// Fields below fields that are still told: a schema that holds itself has no end.
pub(super) const FIELDS_DEEPEST: usize = 8;

const BOUNDS: &str = "pattern minLength maxLength minItems maxItems uniqueItems minimum maximum exclusiveMinimum \
    exclusiveMaximum multipleOf minProperties maxProperties const";

/// A value, and the line of its key.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) line: usize,
    scalar: Value,
    pub(super) entries: Vec<(String, Node)>,
    pub(super) items: Vec<Node>,
}

impl Node {
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, ReadError> {
        let mut depth = 0_usize;
        let mut deepest = 0;
        for byte in text.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        // Lists in lists can also begin in one line.
        let dashes = |line: &str| {
            line.split(' ')
                .filter(|part| matches!(*part, "-" | "?"))
                .count()
        };
        deepest = deepest.max(text.lines().map(dashes).max().unwrap_or_default());
        if deepest > DEEPEST {
            let why =
                format!("{name}: brackets or lists stand more than {DEEPEST} deep in each other");
            return Err(ReadError::Malformed(why));
        }
        let documents = MarkedYaml::load_from_str(text).map_err(|why| {
            let (line, column) = (why.marker().line(), why.marker().col() + 1);
            ReadError::Malformed(format!("{name}:{line}:{column}: {}", why.info()))
        })?;
        let empty = || ReadError::Malformed(format!("{name}: nothing is in it"));
        let document = documents.first().ok_or_else(empty)?;
        Ok(Self::of(document, 1))
    }

    fn of(yaml: &MarkedYaml<'_>, line: usize) -> Self {
        let mut node = Self {
            line,
            ..Self::default()
        };
        match &yaml.data {
            YamlData::Tagged(_, inner) => return Self::of(inner, line),
            YamlData::Value(Scalar::Boolean(value)) => node.scalar = json!(value),
            YamlData::Value(Scalar::Integer(value)) => node.scalar = json!(value),
            YamlData::Value(Scalar::FloatingPoint(value)) => {
                node.scalar = json!(value.into_inner())
            }
            YamlData::Value(Scalar::String(value)) => node.scalar = json!(value),
            YamlData::Sequence(items) => {
                let items = items
                    .iter()
                    .map(|item| Self::of(item, item.span.start.line()));
                node.items = items.collect();
            }
            YamlData::Mapping(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let line = key.span.start.line();
                    let key = Self::of(key, line).scalar;
                    let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                    (key, Self::of(value, line))
                });
                node.entries = entries.collect();
            }
            _ => {}
        }
        node
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let mut entries = self.entries.iter();
        entries
            .find(|(known, _)| known == key)
            .map(|(_, node)| node)
    }

    /// The values of a list below a key.
    pub(super) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], |list| &list.items)
    }

    pub(super) fn as_str(&self) -> &str {
        self.scalar.as_str().unwrap_or_default()
    }

    pub(super) fn text(&self, key: &str) -> &str {
        self.get(key).map_or("", Self::as_str)
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.scalar == true)
    }

    pub(super) fn json(&self) -> Value {
        if !self.items.is_empty() {
            return self.items.iter().map(Self::json).collect();
        }
        let entries = self
            .entries
            .iter()
            .map(|(key, node)| (key.clone(), node.json()));
        let object: Map<String, Value> = entries.collect();
        if object.is_empty() {
            self.scalar.clone()
        } else {
            Value::Object(object)
        }
    }

    /// The one part of an `allOf`, which OpenAPI 3.0 needs for a description beside a reference.
    fn only_part(&self) -> Option<&Self> {
        match self.list("allOf") {
            [only] if self.get("properties").is_none() => Some(only),
            _ => None,
        }
    }

    /// The name of a schema that is referred to.
    pub(super) fn name(&self) -> Option<&str> {
        match self.get("$ref") {
            Some(reference) => reference.as_str().rsplit('/').next(),
            None => self.only_part()?.name(),
        }
    }

    /// What a node refers to, or the node itself; or where a reference leads nowhere.
    pub(super) fn resolve<'a>(&'a self, root: &'a Self) -> Result<&'a Self, ReadError> {
        let mut here = self;
        for _ in 0..FIELDS_DEEPEST {
            let Some(reference) = here.get("$ref") else {
                match here.only_part().filter(|only| only.name().is_some()) {
                    Some(only) => here = only,
                    None => return Ok(here),
                }
                continue;
            };
            let mut steps = reference.as_str().trim_start_matches("#/").split('/');
            let target = steps.try_fold(root, |here, step| {
                here.get(&step.replace("~1", "/").replace("~0", "~"))
            });
            let place = || format!("line {}: `{}` leads nowhere", here.line, reference.as_str());
            here = target.ok_or_else(|| ReadError::CutShort(place()))?;
        }
        Ok(here)
    }

    /// The type in the words of a page: `string`, `array of TYPE`, or the name of a schema.
    pub(super) fn kind(&self) -> String {
        if let Some(name) = self.name() {
            return name.to_owned();
        }
        let stated = self.get("type");
        let has = |key: &str| self.get(key).is_some();
        let choices = self.list("oneOf").iter().chain(self.list("anyOf"));
        let choices: Vec<String> = choices.map(Self::kind).collect();
        let kinds: Vec<&str> = match stated {
            _ if !choices.is_empty() => choices.iter().map(String::as_str).collect(),
            // 3.1 has lists of types; `null` among them makes a value that may be null, not one of another type.
            Some(stated) if !stated.items.is_empty() => {
                let kinds = stated.items.iter().map(Self::as_str);
                kinds.filter(|kind| *kind != "null").collect()
            }
            Some(stated) => vec![stated.as_str()],
            None if has("properties") || has("allOf") => vec!["object"],
            None if has("items") => vec!["array"],
            None => vec!["any"],
        };
        let shown = |kind: &str| match self.get("items").filter(|_| kind == "array") {
            Some(items) => format!("array of {}", items.kind()),
            None => kind.to_owned(),
        };
        let mut all: Vec<String> = kinds.into_iter().map(shown).collect();
        all.dedup();
        all.join(" or ")
    }
}

/// The bounds; those of an array's items stand under `items`, unless the items have a name.
pub(super) fn bounds(schema: &Node) -> Map<String, Value> {
    let is_bound = |key: &str| BOUNDS.split_whitespace().any(|bound| bound == key);
    let own = schema.entries.iter().filter(|(key, _)| is_bound(key));
    let mut all: Map<String, Value> = own
        .map(|(key, value)| (key.clone(), value.json()))
        .collect();
    let items = schema.get("items").filter(|items| items.name().is_none());
    let items = items.map(bounds).unwrap_or_default();
    if !items.is_empty() {
        all.insert("items".to_owned(), Value::Object(items));
    }
    all
}

/// The content type and the media type of a body: JSON if it has that, else what comes first.
pub(super) fn content(body: &Node) -> Option<&(String, Node)> {
    let content = &body.get("content")?.entries;
    let json = content.iter().find(|(name, _)| name == "application/json");
    json.or_else(|| content.first())
}

/// Name, type and place of a security scheme, as the pages put them.
pub(super) fn scheme_words(name: &str, scheme: &Node) -> String {
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
        "apiKey" => format!(
            "{name}, API Key, {}: {}",
            capital(scheme.text("in")),
            scheme.text("name")
        ),
        other => format!("{name}, {other}"),
    }
}
