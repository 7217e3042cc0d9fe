//! The facts that a part of a page states. What is left of its text is wording.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use regex::{Captures, Regex};
use serde_json::{Value, json};

use super::fields::{COLUMN, bounds};
use super::model::{Aspect, Form, Operation, Page};
use super::openapi::ERROR;
use super::outline::{METHODS, Part};
use super::text::{
    END, PATH, Pattern, Sentence, URL, begins, notices, one_line, pattern, sentences, shown,
};

const CODE: &str = "(?:[1-5](?:[0-9]{2}|XX|xx)|default)";

/// A status that stands in a line of its own.
pub(super) static CODE_LINE: Pattern = Pattern::new(|| {
    pattern(&format!(
        r"(?m)^[^\w\n]*({CODE})[^\w\n]*(?:\(deprecated\)[^\w\n]*)?$"
    ))
});

/// In a code sample, an option and the base URL stand between method and path.
static ADDRESS: Pattern = Pattern::new(|| {
    pattern(&format!(
        r"\b(?P<method>{METHODS})\b\W*?(?P<option>--url\W+?)?(?P<url>{URL})?(?P<path>{PATH})|(?P<alone>{URL})"
    ))
});

// Each pattern captures a fact in its group.
static VERSIONS: Pattern = Pattern::new(|| pattern(r"\b(?:Version\s*)?((?:v[0-9]+\.[0-9]+\s*)+)"));
static VERSION: Pattern = Pattern::new(|| pattern(r"v[0-9]+\.[0-9]+"));
static CODES: Pattern = Pattern::new(|| pattern(&format!(r"\b((?:{CODE}\s*)+)\b")));
static EACH_CODE: Pattern = Pattern::new(|| pattern(CODE));
static VALUES: Pattern = Pattern::new(|| pattern(r"\bEnum\W+Values\b([^\n]*)"));
static VALUE: Pattern = Pattern::new(|| pattern(r"\w+"));
static REQUIRED: Pattern = Pattern::new(|| pattern(r"^\W*(Required|Optional)\b"));
static DEPRECATED: Pattern = Pattern::new(|| pattern(r"^[^\w\n]*\((deprecated)\)"));
static MARK: Pattern = Pattern::new(|| pattern(r"· ?(required|deprecated|optional)\b"));
static CONTENT_TYPE: Pattern = Pattern::new(|| pattern(r"^\W*([\w.+/-]+)"));
static SCHEMA: Pattern = Pattern::new(|| pattern(r"\bSchema\b\W*?:\W*((?:array\W+of\W+)?\w+)"));
static LAST: Pattern =
    Pattern::new(|| pattern(&format!(r"{END}\W+\w+(?:(?: ?[,|&/+] ?| and | or )\w+)*")));

/// Removes the first match of a pattern from a text, and returns what its group captured.
fn cut(text: &mut String, pattern: &Regex) -> Option<String> {
    let found = pattern.captures(text)?[1].to_owned();
    *text = pattern.replacen(text, 1, " ").into_owned();
    Some(found)
}

/// The schema that is named first in a text.
pub(super) fn schema(text: &str) -> Option<String> {
    cut(&mut text.to_owned(), &SCHEMA).map(|name| one_line(&name))
}

/// The statuses that stand first in a text, in a row.
pub(super) fn codes(text: &str) -> Vec<String> {
    cut_list(&mut text.to_owned(), &CODES, &EACH_CODE)
}

fn cut_list(text: &mut String, list: &Regex, each: &Regex) -> Vec<String> {
    let list = cut(text, list).unwrap_or_default();
    let all = each.find_iter(&list).map(|one| one.as_str().to_owned());
    all.collect()
}

/// Gathers what the parts of a page say.
pub(super) struct Facts<'a> {
    yaml: &'a Operation,
    pub(super) page: &'a mut Page,
    /// How many times each field of the error appears.
    error_fields: BTreeMap<String, usize>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(yaml: &'a Operation, page: &'a mut Page) -> Self {
        Self {
            yaml,
            page,
            error_fields: BTreeMap::new(),
        }
    }

    /// A fact. If a page states different values, they are joined with ` / `.
    fn add(&mut self, item: &str, aspect: Aspect, value: impl Into<Value>) {
        let value = value.into();
        if value.is_null() {
            return;
        }
        let facts = &mut self.page.operation.entry(item);
        let known = facts.entry(aspect).or_insert_with(|| value.clone());
        let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        if *known != value && text(known).split(" / ").all(|one| one != text(&value)) {
            *known = json!(format!("{} / {}", text(known), text(&value)));
        }
    }

    /// Takes the facts out of the text of a part, and keeps the rest as wording under its name in the lock.
    pub(super) fn read(&mut self, part: Part, item: &str, key: &str, mut text: String) {
        let text = &mut text;
        match part {
            Part::Top => match cut_list(text, &VERSIONS, &VERSION) {
                // If the heading `Base URL` is missing, the base URL is here.
                versions if versions.is_empty() => self.addresses(text, None),
                versions => {
                    self.add("versions", Aspect::Presence, true);
                    self.add("versions", Aspect::Enum, versions);
                }
            },
            Part::BaseUrl => self.addresses(text, Some("base_url")),
            Part::Endpoint => self.addresses(text, Some("operation")),
            Part::Codes => self.add("status", Aspect::Enum, cut_list(text, &CODES, &EACH_CODE)),
            Part::Request => {
                let is_required = cut(text, &REQUIRED).is_some_and(|mark| mark == "Required");
                self.add(item, Aspect::Required, is_required);
            }
            Part::Status => {
                let is_deprecated = cut(text, &DEPRECATED).map(|_| true);
                self.add(item, Aspect::Deprecated, is_deprecated);
            }
            Part::Content => self.content(item, text),
            Part::Field => {
                let marks: Vec<String> = std::iter::from_fn(|| cut(text, &MARK)).collect();
                let has = |mark: &str| marks.iter().any(|one| one == mark);
                self.add(item, Aspect::Required, has("required"));
                self.add(item, Aspect::Deprecated, has("deprecated").then_some(true));
            }
            Part::Values => self.add(item, Aspect::Enum, cut_list(text, &VALUES, &VALUE)),
            Part::Auth => {
                let ours = self.yaml.text("auth", Aspect::Presence);
                let said = match begins(&text.to_ascii_lowercase(), &ours.to_ascii_lowercase()) {
                    Some(end) => {
                        text.drain(..end);
                        ours.to_owned()
                    }
                    None => shown(&std::mem::take(text)).replace(['|', '`', COLUMN], ", "),
                };
                self.add("auth", Aspect::Presence, said);
            }
            // After the end of a page, sentences are kept and the site's links are dropped.
            Part::End if self.page.form == Form::Page => {
                let end = LAST.find(text).map_or(text.len(), |last| last.end());
                let behind = notices(&text[end..]);
                text.truncate(end);
                text.push_str(&format!("\n{behind}"));
            }
            _ => {}
        }
        use Part::{Content, Element, Field, Request, Status, Values};
        if matches!(part, Request | Status | Content | Field | Values) {
            self.add(item, Aspect::Presence, true);
        }
        self.wording(key, sentences(text), matches!(part, Field | Element));
    }

    /// A page may describe the same field more than once. If the descriptions differ, all of them are kept.
    pub(super) fn wording(&mut self, key: &str, said: Vec<Sentence>, repeats: bool) {
        match self.page.wording.entry(key.to_owned()) {
            Entry::Occupied(known) if repeats && *known.get() == said => {}
            Entry::Occupied(known) if repeats => {
                let known = known.into_mut();
                known.extend(said);
                known.extend(sentences(
                    "(this text stands on the page more than once, with differences)",
                ));
            }
            known => known.or_default().extend(said),
        }
    }

    /// Method, path and base URL, which a page states more than once. Adds `none` if the needed one was not found.
    fn addresses(&mut self, text: &mut String, needed: Option<&str>) {
        let mut found = vec![];
        for address in ADDRESS.captures_iter(text) {
            let url = address.name("url").or(address.name("alone"));
            found.extend(url.map(|url| ("base_url", url.as_str().to_owned())));
            let path = address.name("path").map(|path| path.as_str());
            found.extend(path.map(|path| ("operation", format!("{} {path}", &address["method"]))));
        }
        // A path without a method stays in the wording, and does not count as missing.
        let is_missing =
            |item: &&str| found.iter().all(|(one, _)| one != item) && !text.contains("/{");
        if let Some(needed) = needed.filter(is_missing) {
            found.push((needed, "none".to_owned()));
        }
        *text = ADDRESS.replace_all(text, " $option ").into_owned();
        for (item, said) in found {
            self.add(item, Aspect::Presence, said);
        }
    }

    /// Type, format and bounds of a field. Marks such as `· required` are read later, with the text of the field.
    pub(super) fn field(&mut self, item: &str, field: &Captures<'_>) {
        let kind = field["type"].trim_start_matches(COLUMN);
        if field.name("list").is_some() {
            return self.add(item, Aspect::Type, format!("array of {kind}"));
        }
        // Meta's Markdown shows the error once.
        if item.starts_with("error") && self.page.form == Form::Page {
            *self.error_fields.entry(item.to_owned()).or_default() += 1;
        }
        let text = |group: &str| field.name(group).map(|part| part.as_str());
        self.add(item, Aspect::Type, kind);
        self.add(item, Aspect::Format, text("format"));
        let bounds = text("bound").map(|bound| bounds(bound, kind));
        self.add(item, Aspect::Bound, bounds);
    }

    /// Each error response repeats the fields of the error. If one lacks a field, the page contradicts itself.
    pub(super) fn contradictions(&mut self) {
        let most = self.error_fields.values().max();
        for (item, count) in &self.error_fields {
            if Some(count) < most && self.yaml.has(item) {
                let facts = self.page.operation.entry(item);
                facts.insert(Aspect::Presence, json!(false));
            }
        }
    }

    /// Content type and schema of a body.
    fn content(&mut self, item: &str, text: &mut String) {
        self.add(item, Aspect::ContentType, cut(text, &CONTENT_TYPE));
        let name = cut(text, &SCHEMA).map(|name| one_line(&name));
        if let Some(name) = name {
            // A browser shows the name once more above the fields.
            *text = text.replacen(&name, " ", 1);
            if self.page.form == Form::Page && self.is_other(item, &name) {
                text.clear();
            }
            self.add(item, Aspect::Schema, name);
        }
    }

    /// Whether the page names a schema where the YAML has none, or that of an error. The changed name is reported, and its
    /// fields are not read.
    pub(super) fn is_other(&self, item: &str, schema: &str) -> bool {
        let ours = self.yaml.text(item, Aspect::Schema);
        schema != ERROR && item != "request" && ["", ERROR].contains(&ours)
    }
}
