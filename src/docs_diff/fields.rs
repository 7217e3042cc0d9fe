//! The start of a field on a page: its name, which often runs together with its type.

use regex::{Captures, Regex};
use serde_json::{Map, Value, json};

use super::model::{Aspect, Operation};
use super::text::{has_words, pattern};

const TYPES: &str = "string|integer|boolean|number|object|array|null|any";

/// Separates name and type in the row of a table.
pub(super) const COLUMN: char = '\u{1f}';

const WORD_CHAR: &str = "[A-Za-z0-9_]";

/// Patterns for the names and types of fields, made from those of the YAML: a row of a table, a name that the YAML has, a new
/// name, and any name with marks or bounds.
#[derive(Clone, Debug)]
pub(super) struct Fields([Regex; 4]);

impl Fields {
    pub(super) fn of<'o>(operations: impl Iterator<Item = &'o Operation>) -> Self {
        let (mut names, mut types) = (vec![], vec![TYPES.to_owned()]);
        for (item, facts) in operations.flat_map(|operation| &operation.items) {
            let name = regex::escape(item.rsplit('.').next().unwrap_or_default());
            if item.starts_with("schema.") || item.starts_with("enum.") {
                types.push(name);
            } else if facts.contains_key(&Aspect::Type) {
                names.push(name);
            }
        }
        // The longest first, so that `error_subcode` is not taken for `error`.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let (names, types) = (names.join("|"), types.join("|"));
        let kind = |words: &str| {
            format!(
                r#"(?:(?:array of {WORD_CHAR}+|{words})(?-u:\b)|"{WORD_CHAR}+"|One of (?:"[^"\n]*",? ?)*"[^"\n]*")"#
            )
        };
        let field = |name: &str, kind: &str| {
            let format = r"(?: ?\((?P<format>[\w-]+)\))?";
            let bound = r"(?: ?\[(?P<bound>\w+:(?:[^\[\]\n]|\[[^\]\n]*\])*)\])?";
            let marks = r"(?P<marks>(?: ?· ?\w+)*)";
            pattern(&format!(
                r"^(?P<name>{name})(?P<list>\[\])?(?P<type>{kind}){format}{bound}{marks}"
            ))
        };
        let new = r"[A-Za-z][A-Za-z0-9_-]*";
        let any = format!("{COLUMN}(?:{}|)", kind(&format!("{WORD_CHAR}+")));
        Self([
            field(&format!("[^{COLUMN}\n]{{1,100}}"), &any),
            field(&names, &kind(&format!("{types}|[A-Z]{WORD_CHAR}*"))),
            field(&format!("{new}?"), &kind(&types)),
            field(
                &format!("{names}|{new}"),
                &format!("(?:[A-Za-z]{WORD_CHAR}*)?"),
            ),
        ])
    }

    /// The field that a text begins with.
    pub(super) fn begins<'t>(&self, text: &'t str, starts_line: bool) -> Option<Captures<'t>> {
        let is_marked =
            |field: &Captures<'_>| !field["marks"].is_empty() || field.name("bound").is_some();
        let is_sure = |field: &Captures<'_>| {
            let rest = text[field[0].len()..].trim_start();
            let is_whole = !has_words(rest)
                || rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            is_marked(field)
                || field["name"].contains(['_', '-'])
                || field["type"].contains([' ', '"'])
                || starts_line && is_whole
        };
        let [tabled, known, new, marked] = &self.0;
        let sure = tabled.captures(text).or_else(|| known.captures(text));
        sure.or_else(|| new.captures(text).filter(is_sure))
            .or_else(|| marked.captures(text).filter(is_marked))
    }
}

/// Translates `min: 2, max: 75` into OpenAPI's names, such as `minLength`.
pub(super) fn bounds(text: &str, kind: &str) -> Value {
    let of = match kind {
        "string" => "Length",
        kind if kind.starts_with("array") => "Items",
        _ => "imum",
    };
    let mut bounds = Map::new();
    for (name, value) in text.split(", ").filter_map(|bound| bound.split_once(':')) {
        let name = match name.trim() {
            name @ ("min" | "max") => format!("{name}{of}"),
            name => name.to_owned(),
        };
        let value = value.trim();
        bounds.insert(name, value.parse().unwrap_or_else(|_| json!(value)));
    }
    Value::Object(bounds)
}
