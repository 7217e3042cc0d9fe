//! Reads a page. Refuses incomplete pages and unknown operations.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::facts::schema;
use super::model::{Aspect, Form, Operation, Page, ReadError};
use super::openapi::Document;
use super::outline::ENDPOINT;
use super::parts;
use super::text::{
    END, Pattern, WORD, clean, ends_line, has_words, notices, pattern, positions, sentences, shown,
    starts_line,
};

/// More words than any page has, with all that a site puts around it.
const MOST_WORDS: usize = 10_000;

static TOLD_VERSION: Pattern = Pattern::new(|| pattern(r"/(v[0-9]+\.[0-9]+)\.(?:md|openapi)"));

static PARAMETER: Pattern = Pattern::new(|| pattern(r"\{[^}]*\}"));

/// Reads a page, and the version that it states.
pub(super) fn read(source: &str, yaml: &Document) -> Result<(Page, Option<String>), ReadError> {
    let (mut text, form, has_end) = clean(source);
    if WORD.find_iter(&text).nth(MOST_WORDS).is_some() {
        return Err(ReadError::TooLarge("10,000 words"));
    }
    if !ENDPOINT.is_match(&text) {
        let first: String = shown(&text).chars().take(80).collect();
        let found = format!("it begins with `{first}`");
        return Err(ReadError::NoEndpoint(found));
    }
    let headings = ["Base URL", "Endpoints", "APIs"].map(|heading| positions(&text, heading));
    if headings.concat().is_empty() {
        return Err(ReadError::UnknownWording("`Base URL`".to_owned()));
    }
    let ends = positions(&text, END);
    if ends.len() > 1 {
        let why = "more than one page is in it; give each its own file";
        return Err(ReadError::Malformed(why.to_owned()));
    }
    let is_whole = ends.first().is_some_and(|end| has_words(&text[end.end..]));
    if !is_whole && !has_end {
        let why = format!("`{END}` is missing at its end, unless Meta reworded that");
        return Err(ReadError::CutShort(why));
    }
    complete_paths(&mut text, yaml);
    let index = own_operation(&text, yaml)?;
    let operation = &yaml.operations[index];
    // A page begins after its title, or with its base URL.
    let base = positions(&text, "Base URL");
    let base = base.first().map_or(0, |base| base.start);
    let title = positions(&text[..base], &operation.title).pop();
    let title = title.map_or(0, |title| title.end);
    let start = if form == Form::Markdown { base } else { title };
    let (above, text) = text.split_at(start);
    let mut page = Page {
        form,
        index,
        operation: Operation::default(),
        wording: BTreeMap::new(),
    };
    parts::read(operation, &yaml.fields, text, &mut page);
    check(operation, &page, text, has_end)?;
    let introduction = page.wording.entry("introduction".to_owned()).or_default();
    introduction.extend(sentences(&notices(above)));
    let told = TOLD_VERSION.captures(source).map(|link| link[1].to_owned());
    let offered = page.operation.fact("versions", Aspect::Enum);
    let only = offered.filter(|all| all[1].is_null());
    let told = told.or(only.and_then(|all| Some(all[0].as_str()?.to_owned())));
    Ok((page, told))
}

/// Some tools drop the parameters of a path when they copy it.
fn complete_paths(text: &mut String, yaml: &Document) {
    for path in yaml.operations.iter().map(Operation::path) {
        let bare = PARAMETER.replace_all(path, "");
        if bare.starts_with("//") && has_words(&bare) {
            *text = text.replace(&*bare, path);
        }
    }
}

/// The operation that the page is of: the one whose path it names most often, or else the one whose schema it takes.
fn own_operation(text: &str, yaml: &Document) -> Result<usize, ReadError> {
    let endpoints: Vec<_> = ENDPOINT.captures_iter(text).collect();
    let paths = || endpoints.iter().map(|endpoint| &endpoint["path"]);
    let count = |path: &&str| paths().filter(|other| other == path).count();
    let own = paths().max_by_key(count).unwrap_or_default();
    let request = positions(text, "Request Body").pop();
    let taken = request.and_then(|heading| schema(&text[heading.end..]));
    let all = yaml.operations.iter().enumerate();
    let mut pages = all.filter(|(_, one)| !one.title.is_empty());
    let is_own = |(_, one): &(usize, &Operation)| one.path() == own;
    let takes_it = |(_, one): &(usize, &Operation)| {
        taken.as_deref() == Some(one.text("request", Aspect::Schema))
    };
    let found = pages.clone().find(is_own).or_else(|| pages.find(takes_it));
    found.map(|(index, _)| index).ok_or_else(|| {
        let names = endpoints.iter();
        let names = names.map(|one| format!("{} {}", &one["method"], &one["path"]));
        let mut names: Vec<String> = names.collect();
        names.dedup();
        names.truncate(5);
        ReadError::OtherApi(names)
    })
}

/// Refuses what is in another language, and what is not whole.
fn check(yaml: &Operation, page: &Page, text: &str, has_end: bool) -> Result<(), ReadError> {
    // The request body has another mark, which does not show that `required` was read.
    let says = |aspect: Aspect| {
        let mut facts = page.operation.stated(aspect);
        facts.any(|(item, fact)| item != "request" && *fact != false)
    };
    let needed = [
        (Aspect::ContentType, "`Content Type`"),
        (Aspect::Schema, "`Schema`"),
        (Aspect::Required, "a `required` mark"),
    ];
    if let Some((_, text)) = needed.into_iter().find(|(aspect, _)| !says(*aspect)) {
        return Err(ReadError::UnknownWording(text.to_owned()));
    }
    let is_here = |(item, _): &(&str, &Value)| page.operation.has(item);
    let all = yaml.stated(Aspect::Type).count();
    let here = yaml.stated(Aspect::Type).filter(is_here).count();
    if here * 2 < all {
        let missing = format!("it has {here} of {all} parameters and fields");
        return Err(ReadError::CutShort(missing));
    }
    // Meta's Markdown shows each schema that it names in a part of its own.
    let schemas = yaml.stated(Aspect::Schema);
    let mut schemas = schemas.filter_map(|(_, name)| name.as_str());
    let is_hidden = |name: &&str| {
        let places = positions(text, name);
        let is_alone = |at: &Range<usize>| starts_line(text, at.start) && ends_line(text, at.end);
        page.form == Form::Markdown && !places.is_empty() && !places.iter().any(is_alone)
    };
    if let Some(name) = schemas.find(is_hidden) {
        let why = format!("the schema `{name}` has no heading of its own");
        return Err(ReadError::CutShort(why));
    }
    // The last word may be cut.
    let scheme = yaml.scheme();
    let last = WORD.find_iter(text).last().map_or("", |last| last.as_str());
    if !has_end && last != scheme && scheme.starts_with(last) {
        return Err(ReadError::CutShort(format!("it ends with `{last}`")));
    }
    Ok(())
}
