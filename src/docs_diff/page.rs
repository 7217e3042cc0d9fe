//! Reads a page, and refuses what is not a whole page of an operation that the YAML has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::clean::clean;
use super::facts;
use super::model::{Aspect, Form, Operation, Page, ReadError, Said};
use super::openapi::Document;
use super::outline::{Part, is_endpoint, outline};
use super::segments::{Segment, schema, segments};
use super::words::{
    END, Is, MOST_WORDS, Word, notices, pattern, position, sentences, shown, words,
};

static TOLD_VERSION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"/(v[0-9]+\.[0-9]+)\.(?:md|openapi)"));

static PARAMETER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{[^}]*\}"));

/// Reads a page, and the version that it tells.
pub(super) fn read(text: &str, yaml: &Document) -> Result<(Page, Option<String>), ReadError> {
    let (cleaned, form, has_end) = clean(text);
    let mut words = words(&cleaned, &yaml.fields);
    if words.len() > MOST_WORDS {
        return Err(ReadError::TooLarge("10,000 words"));
    }
    if !words.windows(2).any(is_endpoint) {
        let first: String = shown(&words[..words.len().min(6)])
            .chars()
            .take(80)
            .collect();
        let found = format!("it begins with `{first}`");
        return Err(ReadError::NoEndpoint(found));
    }
    let headings = ["Base URL", "Endpoints", "APIs"];
    if headings.iter().all(|text| position(&words, text).is_none()) {
        return Err(ReadError::UnknownWording("`Base URL`".to_owned()));
    }
    let end = position(&words, END);
    if end.is_none_or(|end| end + 3 >= words.len()) && !has_end {
        return Err(ReadError::CutShort(format!("`{END}` should come last")));
    }
    if cleaned.matches(END).count() > 1 {
        let why = "more than one page is in it; give each its own file";
        return Err(ReadError::Malformed(why.to_owned()));
    }
    complete_paths(&mut words, yaml);
    let index = own_operation(&words, yaml)?;
    let operation = &yaml.operations[index];
    let (start, above) = start(&words, operation, form);
    let words = &words[start..];
    let segments = segments(operation, form, &outline(operation, form), words);
    check(operation, &segments, words, has_end)?;

    let mut page = Page {
        form,
        index,
        operation: Operation::default(),
        wording: BTreeMap::new(),
    };
    facts::read(operation, words, &segments, &mut page);
    let introduction = page.wording.entry("introduction".to_owned()).or_default();
    introduction.extend(sentences(&above));
    let offered = page.operation.fact("versions", Aspect::Enum);
    let only = match offered.and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::String(only)]) => Some(only.clone()),
        _ => None,
    };
    let told = TOLD_VERSION.captures(text).map(|link| link[1].to_owned());
    Ok((page, told.or(only)))
}

/// Some tools leave the parameters of a path out when they copy it, but not those in code.
fn complete_paths(words: &mut [Word], yaml: &Document) {
    let code = words
        .iter()
        .filter(|word| word.is == Is::Path)
        .map(|word| word.text.as_str());
    let known = code.chain(yaml.operations.iter().map(Operation::path));
    let whole: BTreeMap<String, String> = known
        .map(|path| {
            (
                PARAMETER.replace_all(path, "").into_owned(),
                path.to_owned(),
            )
        })
        .filter(|(bare, path)| bare != path)
        .collect();
    for word in words.iter_mut().filter(|word| word.is == Is::Path) {
        if let Some(whole) = whole.get(&word.text) {
            word.text.clone_from(whole);
        }
    }
}

/// The operation that the page is of: the one whose path it names most often, or else the one whose schema it takes.
fn own_operation(words: &[Word], yaml: &Document) -> Result<usize, ReadError> {
    let endpoints: Vec<&[Word]> = words.windows(2).filter(|two| is_endpoint(two)).collect();
    let paths: Vec<&str> = endpoints.iter().map(|two| two[1].text.as_str()).collect();
    let count = |path: &&&str| paths.iter().filter(|other| other == path).count();
    let own = paths.iter().max_by_key(count).copied().unwrap_or_default();
    let request = position(words, "Request Body").unwrap_or(words.len());
    let taken = schema(&words[request..]).map_or(String::new(), |(_, schema)| schema);
    let find = |is: &dyn Fn(&Operation) -> bool| {
        let mut all = yaml.operations.iter();
        all.position(|operation| !operation.title.is_empty() && is(operation))
    };
    find(&|operation| operation.path() == own)
        .or_else(|| find(&|operation| operation.text("request", Aspect::Schema) == taken))
        .ok_or_else(|| {
            let names = endpoints
                .iter()
                .map(|two| format!("{} {}", two[0].text, two[1].text));
            let mut names: Vec<String> = names.collect();
            names.dedup();
            names.truncate(5);
            ReadError::OtherApi(names)
        })
}

/// Where the page begins, behind its title or with its base URL, and the sentences above it.
fn start(words: &[Word], operation: &Operation, form: Form) -> (usize, Vec<Word>) {
    let base = position(words, "Base URL").unwrap_or(0);
    let title: Vec<&str> = operation.title.split(' ').collect();
    let is_title = |here: &[Word]| here.iter().map(|word| &word.text).eq(&title);
    let at = words[..base].windows(title.len()).rposition(is_title);
    let start = match (form, at) {
        (Form::Markdown, _) => base,
        (_, Some(at)) => at + title.len(),
        _ => 0,
    };
    (start, notices(&words[..start]))
}

/// Refuses what is in another language, and what is not whole.
fn check(
    yaml: &Operation,
    segments: &[Segment],
    words: &[Word],
    has_end: bool,
) -> Result<(), ReadError> {
    let is_content = |segment: &Segment| segment.part == Part::Content;
    let has_schema = |segment: &Segment| schema(&words[segment.words.clone()]).is_some();
    let is_required = |word: &Word| word.is == Is::Mark && word.text == "required";
    let unknown = [
        (segments.iter().any(is_content), "`Content Type`"),
        (segments.iter().any(has_schema), "`Schema`"),
        (
            words.iter().any(is_required),
            "the mark of what is required",
        ),
    ];
    if let Some((_, text)) = unknown.into_iter().find(|(is_known, _)| !is_known) {
        return Err(ReadError::UnknownWording(text.to_owned()));
    }
    let parts = yaml
        .said
        .iter()
        .filter(|said| said.facts.contains_key(&Aspect::Type));
    let is_here = |said: &&Said| segments.iter().any(|segment| segment.item == said.item);
    let (all, here) = (parts.clone().count(), parts.filter(is_here).count());
    if here * 2 < all {
        let missing = format!("it has {here} of {all} parameters and fields");
        return Err(ReadError::CutShort(missing));
    }
    // Meta's Markdown shows each schema that it names in a part of its own.
    let has_schemas = segments.iter().any(|segment| segment.part == Part::Schemas);
    let schemas = yaml
        .said
        .iter()
        .filter_map(|said| said.facts.get(&Aspect::Schema)?.as_str());
    let is_named = |name: &&str| has_schemas && words.iter().any(|word| word.text == *name);
    let is_shown = |name: &str| {
        let mut all = words.iter().filter(|word| word.text == name);
        all.any(|word| word.starts_line && word.ends_line)
    };
    if let Some(name) = schemas.filter(is_named).find(|name| !is_shown(name)) {
        return Err(ReadError::CutShort(format!(
            "`{name}` is used and not shown"
        )));
    }
    // The last word may be cut.
    let auth = yaml.text("auth", Aspect::Presence);
    let scheme = auth.split(',').next().unwrap_or_default();
    let last = words.last().map_or("", |last| last.text.as_str());
    if !has_end && last != scheme && scheme.starts_with(last) {
        return Err(ReadError::CutShort(format!("it ends with `{last}`")));
    }
    Ok(())
}
