//! Tables of parameters and properties in a page's Markdown, and the schemas that refer to each other by links.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Field, Schema};
use super::markdown_blocks::Cell;

/// How deep objects inside objects are followed, and how much all fields may come to, in bytes; a few schemas that
/// refer to each other could otherwise be endless.
const DEEPEST: usize = 8;
const LARGEST: usize = 4_000_000;

/// What is below one heading of a schema or of an object without a name.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) anchor: Option<String>,
    pub(super) schema: Schema,
    pub(super) rows: Vec<Row>,
    /// It has a table, even if an empty one.
    pub(super) has_table: bool,
    /// It stands among the objects without a name.
    pub(super) inline: bool,
}

/// A row of a table: the field, and where its type leads to.
#[derive(Clone, Debug)]
pub(super) struct Row {
    field: Field,
    target: Option<String>,
}

impl Row {
    /// The field as it stands in the row.
    pub(super) fn field(&self) -> Field {
        self.field.clone()
    }
}

/// The fields in a table whose header has `Name` or `Property`, `Type`, `Required` and `Description`.
pub(super) fn rows(table: &[Vec<Cell>]) -> Option<Vec<Row>> {
    let (header, rows) = table.split_first()?;
    let column = |names: &[&str]| {
        header.iter().position(|cell| {
            names
                .iter()
                .any(|name| cell.text.eq_ignore_ascii_case(name))
        })
    };
    let name = column(&["Name", "Property", "Parameter", "Field"])?;
    let kind = column(&["Type"])?;
    let required = column(&["Required"]);
    let about = column(&["Description"]);
    let text = |row: &[Cell], column: Option<usize>| {
        column
            .and_then(|column| row.get(column))
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    };
    let fields = rows.iter().filter_map(|row| {
        let (kind_text, format) = type_and_format(&text(row, Some(kind)));
        let field = Field {
            name: text(row, Some(name)),
            kind: kind_text,
            format,
            required: is_yes(&text(row, required)),
            about: text(row, about),
            ..Field::default()
        };
        let target = row.get(kind).and_then(|cell| cell.target.clone());
        (!field.name.is_empty()).then_some(Row { field, target })
    });
    Some(fields.collect())
}

/// Whether the mark in a cell says yes.
fn is_yes(cell: &str) -> bool {
    let cell = cell.trim().to_ascii_lowercase();
    !matches!(
        cell.as_str(),
        "" | "no" | "false" | "optional" | "-" | "–" | "—" | "✗" | "✘" | "❌" | "n"
    )
}

fn type_and_format(text: &str) -> (String, Option<String>) {
    match text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
    {
        Some((kind, format)) => (kind.to_owned(), Some(format.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// The definitions of a page, by name and by place.
pub(super) struct Definitions {
    all: Vec<Definition>,
    by_name: BTreeMap<String, usize>,
    inline_by_name: BTreeMap<String, usize>,
    by_anchor: BTreeMap<String, usize>,
    left: usize,
}

impl Definitions {
    pub(super) fn new(all: Vec<Definition>) -> Self {
        let mut out = Self {
            all: Vec::new(),
            by_name: BTreeMap::new(),
            inline_by_name: BTreeMap::new(),
            by_anchor: BTreeMap::new(),
            left: LARGEST,
        };
        for (index, definition) in all.iter().enumerate() {
            let names = if definition.inline {
                &mut out.inline_by_name
            } else {
                &mut out.by_name
            };
            names.entry(definition.schema.name.clone()).or_insert(index);
            if let Some(anchor) = &definition.anchor {
                out.by_anchor.entry(anchor.clone()).or_insert(index);
            }
        }
        out.all = all;
        out
    }

    /// Whether the page shows a schema with its fields.
    pub(super) fn shows(&self, schema: &str) -> bool {
        self.by_name
            .get(last_word(schema))
            .and_then(|index| self.all.get(*index))
            .is_some_and(|definition| definition.has_table)
    }

    /// The fields of a schema, if the page shows it with its fields.
    pub(super) fn fields_of(&mut self, schema: &str) -> Option<Vec<Field>> {
        let definition = self
            .by_name
            .get(last_word(schema))
            .and_then(|index| self.all.get(*index))?;
        if !definition.has_table {
            return None;
        }
        let mut left = self.left;
        let fields = self.fields(&definition.rows, 0, &mut left);
        self.left = left;
        Some(fields)
    }

    /// Whether the fields came to more than any page's, so that some are lacking.
    pub(super) fn exhausted(&self) -> bool {
        self.left == 0
    }

    /// The schemas with their names, each with what it says of itself.
    pub(super) fn into_schemas(mut self) -> Vec<Schema> {
        let mut of_fields = BTreeSet::new();
        let mut of_elements = BTreeSet::new();
        for row in self.all.iter().flat_map(|definition| &definition.rows) {
            let name = last_word(&row.field.kind).to_owned();
            if row.field.kind.contains(' ') {
                of_elements.insert(name);
            } else if row.field.about.is_empty() {
                of_fields.insert(name);
            }
        }
        for Definition { schema, .. } in &mut self.all {
            schema.told_by_field =
                of_fields.contains(&schema.name) && !of_elements.contains(&schema.name);
        }
        let named = self.all.into_iter().filter(|definition| !definition.inline);
        named.map(|definition| definition.schema).collect()
    }

    /// The fields of some rows, with those of the objects that they lead to.
    fn fields(&self, rows: &[Row], depth: usize, left: &mut usize) -> Vec<Field> {
        let mut out = Vec::new();
        for row in rows {
            let mut field = row.field.clone();
            let definition = self.led_to(row);
            if let Some(definition) = definition {
                if definition.inline {
                    // An object without a name goes by the name of its field in Markdown.
                    let array = field
                        .kind
                        .strip_suffix(last_word(&field.kind))
                        .map(str::to_owned);
                    field.kind = format!("{}object", array.unwrap_or_default());
                } else if field.about.is_empty() && !field.kind.contains(' ') {
                    // The page's text shows the schema's words there.
                    field.about.clone_from(&definition.schema.about);
                }
            }
            *left = left.saturating_sub(field.about.len() + 100);
            if *left == 0 {
                break;
            }
            if let Some(definition) = definition.filter(|_| depth < DEEPEST) {
                field.children = self.fields(&definition.rows, depth + 1, left);
            }
            out.push(field);
        }
        out
    }

    fn led_to(&self, row: &Row) -> Option<&Definition> {
        let anchor = row
            .target
            .as_deref()
            .and_then(|target| target.rsplit_once('#'))
            .map(|(_, anchor)| anchor);
        let name = last_word(&row.field.kind);
        let by_name = || {
            self.by_name
                .get(name)
                .or_else(|| self.inline_by_name.get(name))
        };
        let index = match anchor {
            Some(anchor) if anchor.starts_with("object-") => self
                .by_anchor
                .get(anchor)
                .or_else(|| self.inline_by_name.get(name)),
            _ => by_name(),
        };
        index.and_then(|index| self.all.get(*index))
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}
