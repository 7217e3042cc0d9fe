//! A page, read with the answer in hand: what the YAML expects of it tells what each of its words is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value, json};

use super::clean::{END, clean};
use super::lock::{Entry, Lock};
use super::model::{Aspect, Form, Item, Operation, ReadError};
use super::openapi::{Document, ERROR};
use super::outline::{Part, is_endpoint, outline};
use super::segments::{Segment, schema, segments, values};
use super::words::{Is, MOST_WORDS, Word, fingerprint, is_code, letter, pattern, words};

/// More bytes than any page has; the published OpenAPI file is larger.
const MOST_BYTES: usize = 512 * 1024;

static TOLD_VERSION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"/(v[0-9]+\.[0-9]+)\.(?:md|openapi)"));
static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^v[0-9]+\.[0-9]+$"));

/// Words that stand in one place of a page.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) item: Item,
    /// The name under which the lock has it; nothing where no wording is expected.
    pub(super) key: Option<String>,
    pub(super) words: Vec<Word>,
    /// Words that all pages have, and that are not there.
    pub(super) gone: Vec<String>,
}

/// What a page says.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) form: Form,
    pub(super) version: Option<String>,
    /// The index of the operation in the YAML.
    pub(super) index: usize,
    pub(super) operation: Operation,
    pub(super) prose: Vec<Prose>,
    /// Other operations that the page lists.
    pub(super) others: Vec<String>,
}

/// Reads a page.
pub(super) fn read(text: &str, yaml: &Document, lock: &Lock) -> Result<Page, ReadError> {
    if text.len() > MOST_BYTES {
        return Err(ReadError::TooLarge("512 KiB"));
    }
    let (cleaned, form, has_end) = clean(text);
    let words = words(&cleaned, yaml.fields());
    if words.len() > MOST_WORDS {
        return Err(ReadError::TooLarge("10,000 words"));
    }
    let pairs: Vec<(&str, &str)> = endpoints(&words).collect();
    if pairs.is_empty() {
        let found: Vec<&str> = words
            .iter()
            .take(6)
            .map(|word| word.text.as_str())
            .collect();
        return Err(ReadError::NoEndpoint(format!(
            "it begins with `{}`",
            found.join(" ")
        )));
    }
    let has = |text: &str| position(&words, text).is_some();
    if !has("Base URL") && !has("Endpoints") && !has("APIs") {
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
    let index = own_operation(&words, &pairs, yaml)?;
    let operation = &yaml.operations[index];
    let (start, notices) = start(&words, operation, form);
    let words = &words[start..];
    let headings = outline(operation, form);
    let (segments, missing) = segments(operation, form, &headings, words);
    let mut reader = Reader {
        yaml: operation,
        words,
        used: vec![false; words.len()],
        page: Page {
            form,
            version: TOLD_VERSION.captures(text).map(|link| link[1].to_owned()),
            index,
            operation: Operation::default(),
            prose: vec![],
            others: vec![],
        },
    };
    reader.check(&segments, has_end)?;
    reader.operation(&segments);
    let bodies = segments
        .iter()
        .filter(|segment| segment.heading.part == Part::Content);
    bodies.for_each(|segment| reader.content(segment));
    for segment in &segments {
        reader.segment(segment, has_end, lock);
    }
    for heading in missing {
        reader.missing_heading(heading);
    }
    reader.missing_fields(&segments);
    let mut page = reader.page;
    if !notices.is_empty() {
        page.prose.push(Prose {
            item: "introduction".to_owned(),
            key: None,
            words: notices,
            gone: vec![],
        });
    }
    let versions = page
        .operation
        .fact("versions", Aspect::Enum)
        .and_then(Value::as_array);
    if let (None, Some([only])) = (&page.version, versions.map(Vec::as_slice)) {
        page.version = only.as_str().map(str::to_owned);
    }
    Ok(page)
}

/// Where a phrase stands.
fn position(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    let is = |here: &[Word]| {
        here.iter()
            .zip(&phrase)
            .all(|(word, text)| word.text == *text)
    };
    words.windows(phrase.len()).position(is)
}

/// Every method with a path behind it.
fn endpoints(words: &[Word]) -> impl Iterator<Item = (&str, &str)> {
    let pairs = words.windows(2).filter(|pair| is_endpoint(pair));
    pairs.map(|pair| (pair[0].text.as_str(), pair[1].text.as_str()))
}

/// A path without its parameters, which some tools leave out when they copy it.
fn bare(path: &str) -> String {
    let steps = path
        .split('/')
        .map(|step| if step.starts_with('{') { "" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

/// What stands most often; of equals the last.
fn most_often<T: PartialEq + Clone>(all: &[T]) -> Option<T> {
    let count = |one: &&T| all.iter().filter(|other| other == one).count();
    all.iter().max_by_key(count).cloned()
}

/// The operation that the page is of: the one whose path it names most often, or else the one whose schema it takes.
fn own_operation(
    words: &[Word],
    pairs: &[(&str, &str)],
    yaml: &Document,
) -> Result<usize, ReadError> {
    let paths: Vec<&str> = pairs.iter().map(|(_, path)| *path).collect();
    let own = most_often(&paths).unwrap_or_default();
    let request = position(words, "Request Body").unwrap_or(words.len());
    let taken = schema(&words[request..]).map(|(_, schema)| schema);
    let all = yaml.operations.iter();
    let with_page = |operation: &&Operation| !operation.title.is_empty();
    let by_path = all.clone().position(|operation| {
        with_page(&operation) && (own == operation.path || own == bare(&operation.path))
    });
    let by_schema = || {
        let taken = taken?;
        all.clone().position(|operation| {
            with_page(&operation) && operation.text("request", Aspect::Schema) == taken
        })
    };
    by_path.or_else(by_schema).ok_or_else(|| {
        let names = pairs
            .iter()
            .map(|(method, path)| format!("{method} {path}"));
        let mut names: Vec<String> = names.collect();
        names.dedup();
        names.truncate(5);
        ReadError::OtherApi(names)
    })
}

/// Where the page begins, behind its title, and the sentences above it: what a site has there are no sentences.
fn start(words: &[Word], operation: &Operation, form: Form) -> (usize, Vec<Word>) {
    let base = position(words, "Base URL").unwrap_or(words.len());
    let above = &words[..base];
    let title: Vec<&str> = operation.title.split(' ').collect();
    let is_title = |here: &[Word]| {
        here.iter()
            .zip(&title)
            .all(|(word, text)| word.text == *text)
    };
    let at = above.windows(title.len()).rposition(is_title);
    match at.filter(|_| form == Form::Page) {
        Some(at) => (at + title.len(), sentences(&words[..at])),
        None => (0, vec![]),
    }
}

/// Of words around a page, those that are sentences.
fn sentences(words: &[Word]) -> Vec<Word> {
    let lines = words.chunk_by(|word, _| !word.ends_line);
    let is_sentence = |line: &&[Word]| {
        let ends = line
            .last()
            .is_some_and(|last| last.shown.trim_end().ends_with(['.', '!']));
        ends && line.len() >= 5
    };
    lines.filter(is_sentence).flatten().cloned().collect()
}

struct Reader<'a> {
    yaml: &'a Operation,
    words: &'a [Word],
    /// Which words state a fact or stand on all pages; all others are wording.
    used: Vec<bool>,
    page: Page,
}

impl Reader<'_> {
    /// Refuses what is in another language, and what is not whole.
    fn check(&self, segments: &[Segment], has_end: bool) -> Result<(), ReadError> {
        let of = |part: Part| {
            segments
                .iter()
                .filter(move |segment| segment.heading.part == part)
        };
        let bodies = self
            .yaml
            .said
            .iter()
            .filter(|said| said.facts.contains_key(&Aspect::Schema));
        let bodies = bodies.count();
        let heads = self.words.iter().filter(|word| word.is == Is::Head).count();
        let is_required = |word: &Word| word.is == Is::Mark && word.text == "required";
        let mut schemas =
            of(Part::Content).filter_map(|body| schema(&self.words[body.words.clone()]));
        let unknown = if bodies > 2 && of(Part::Content).next().is_none() {
            "`Content Type`"
        } else if bodies > 2 && schemas.next().is_none() {
            "`Schema`"
        } else if heads > 2 && !self.words.iter().any(is_required) {
            "the mark of what is required"
        } else {
            ""
        };
        if !unknown.is_empty() {
            return Err(ReadError::UnknownWording(unknown.to_owned()));
        }
        let fields = self
            .yaml
            .said
            .iter()
            .filter(|said| said.facts.contains_key(&Aspect::Type));
        let is_here = |item: &str| of(Part::Field).any(|field| field.heading.item == item);
        let (all, here) = (
            fields.clone().count(),
            fields.filter(|said| is_here(&said.item)).count(),
        );
        if here * 2 < all {
            return Err(ReadError::CutShort(format!(
                "it has {here} of {all} parameters and fields"
            )));
        }
        // Of the last word, half may be there.
        let scheme = self
            .yaml
            .text("auth", Aspect::Presence)
            .split(',')
            .next()
            .unwrap_or_default();
        if let Some(last) = self.words.last().filter(|_| !has_end)
            && last.text != scheme
            && scheme.starts_with(&last.text)
        {
            return Err(ReadError::CutShort(format!("it ends with `{}`", last.text)));
        }
        for body in of(Part::Content).filter(|_| self.page.form == Form::Markdown) {
            let said = schema(&self.words[body.words.clone()])
                .map(|(_, name)| name)
                .unwrap_or_default();
            let is_schema = |segment: &Segment| self.words[segment.words.start].text == said;
            let ours = self.yaml.text(&body.heading.item, Aspect::Schema);
            if !ours.is_empty() && !of(Part::Schema).any(is_schema) {
                return Err(ReadError::CutShort(format!(
                    "`{said}` is used and not shown"
                )));
            }
        }
        Ok(())
    }

    /// Method, path and base URL, which a page states more than once.
    fn operation(&mut self, segments: &[Segment]) {
        let (mut listed, mut again, mut sampled, mut urls) = (vec![], vec![], vec![], vec![]);
        let has_url = segments
            .iter()
            .any(|segment| segment.heading.part == Part::BaseUrl);
        for segment in segments {
            let here = &self.words[segment.words.clone()];
            let of = |is: Is| {
                here.iter()
                    .filter(move |word| word.is == is)
                    .map(|word| word.text.as_str())
            };
            match segment.heading.part {
                Part::Endpoints => listed.extend(endpoints(here)),
                Part::Endpoint => again.extend(endpoints(here)),
                Part::Sample => {
                    sampled.extend(of(Is::Path));
                    urls.extend(of(Is::Url));
                }
                Part::BaseUrl => urls.extend(of(Is::Url)),
                Part::Top if !has_url => urls.extend(of(Is::Url)),
                _ => {}
            }
        }
        let all: Vec<(&str, &str)> = listed.iter().chain(&again).copied().collect();
        let Some((method, path)) = most_often(&all) else {
            return;
        };
        // Some tools leave the parameters of a path out, but not those in code.
        let paths = self
            .words
            .iter()
            .filter(|word| word.is == Is::Path)
            .map(|word| &word.text);
        let whole = |path: &str| {
            let code = paths
                .clone()
                .find(|whole| bare(whole) == path && *whole != path);
            code.or(Some(&self.yaml.path).filter(|whole| bare(whole) == path))
                .map_or(path.to_owned(), Clone::clone)
        };
        let name = |(method, path): &(&str, &str)| format!("{method} {}", whole(path));
        let own = name(&(method, path));
        let said = again
            .iter()
            .copied()
            .chain(sampled.iter().map(|path| (method, *path)));
        let said: Vec<String> = said.map(|pair| name(&pair)).collect();
        self.page.others = listed
            .iter()
            .map(name)
            .filter(|name| *name != own)
            .collect();
        self.page.operation.method = method.to_owned();
        self.page.operation.path = path.to_owned();
        self.fact("operation", Aspect::Presence, json!(own));
        for name in said {
            self.fact("operation", Aspect::Presence, json!(name));
        }
        for url in urls {
            self.fact("base_url", Aspect::Presence, json!(url));
        }
    }

    /// A fact; where a page states it more than once and not alike, it is all that it states.
    fn fact(&mut self, item: &str, aspect: Aspect, value: Value) {
        let facts = &mut self.page.operation.entry(item).facts;
        match facts.get_mut(&aspect) {
            Some(known) if *known == value => {}
            Some(known) => {
                let text = |value: &Value| {
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                };
                let said = text(known);
                if !said.split(" / ").any(|one| one == text(&value)) {
                    *known = json!(format!("{said} / {}", text(&value)));
                }
            }
            None => {
                facts.insert(aspect, value);
            }
        }
    }

    /// Takes words that say no more than is known: a fact, or what all pages have.
    fn take(&mut self, words: impl IntoIterator<Item = usize>) {
        words.into_iter().for_each(|at| self.used[at] = true);
    }

    fn segment(&mut self, segment: &Segment, has_end: bool, lock: &Lock) {
        let heading = &segment.heading;
        let (item, all) = (heading.item.as_str(), segment.words.clone());
        let words = self.words;
        let here = &words[all.clone()];
        let mut from = all.start + heading.words.len();
        self.take(all.start..from.min(all.end));
        let mut gone = vec![];
        for label in &heading.labels {
            match (from..all.end).find(|at| words[*at].text == *label) {
                Some(at) => {
                    self.take([at]);
                    from = at + 1;
                }
                None => gone.push(label.clone()),
            }
        }
        let next = words.get(from).filter(|_| from < all.end);
        match heading.part {
            Part::Top => self.versions(&all),
            Part::BaseUrl | Part::Sample | Part::Endpoints | Part::Endpoint => {
                let is_address = |at: &usize| {
                    matches!(words[*at].is, Is::Url | Is::Path)
                        || is_endpoint(&words[*at..])
                        || *at > 0
                            && words[at - 1].text == "request"
                            && heading.part == Part::Sample
                };
                self.take(all.clone().filter(is_address));
                let needed = if heading.part == Part::BaseUrl {
                    Is::Url
                } else {
                    Is::Path
                };
                if !here.iter().any(|word| word.is == needed) {
                    gone.push(if needed == Is::Url {
                        "URL".to_owned()
                    } else {
                        self.yaml.path.clone()
                    });
                }
            }
            Part::Codes => {
                let codes = (from..all.end)
                    .find(|at| is_code(&words[*at]))
                    .unwrap_or(all.end);
                let codes = codes..all.end;
                let codes: Vec<usize> = codes.take_while(|at| is_code(&words[*at])).collect();
                let listed: Value = codes.iter().map(|at| words[*at].text.as_str()).collect();
                let is_listed = !codes.is_empty();
                self.take(codes);
                self.fact(
                    "status",
                    Aspect::Enum,
                    if is_listed { listed } else { json!("none") },
                );
            }
            Part::Request => {
                let mark = next.map_or("", |next| next.text.as_str());
                if matches!(mark, "Required" | "Optional") {
                    self.take([from]);
                }
                self.fact("request", Aspect::Presence, json!(true));
                self.fact("request", Aspect::Required, json!(mark == "Required"));
            }
            Part::Status => {
                self.take([all.start]);
                self.fact(item, Aspect::Presence, json!(true));
            }
            Part::Field | Part::Element => {
                self.take(all.clone().filter(|at| {
                    matches!(
                        words[*at].is,
                        Is::Head | Is::Type | Is::Format | Is::Bound | Is::Mark
                    )
                }));
                self.field(heading.part, item, here);
            }
            Part::Schema => self.take([all.start]),
            Part::Values => self.values(item, &all),
            Part::Auth => {
                let ours = fingerprint([self.yaml.text("auth", Aspect::Presence)]);
                let known = (from..=all.end).find(|end| hash(&words[from..*end]) == ours);
                let row = from..known.unwrap_or(all.end);
                self.take(row.clone());
                let row = shown(&words[row].iter().collect::<Vec<_>>()).replace(['|', '`'], ",");
                if !row.is_empty() {
                    self.fact("auth", Aspect::Presence, json!(row));
                }
            }
            // Behind the end of a page stand links of the site; sentences are the page's.
            Part::End if !has_end && self.page.form == Form::Page => {
                if sentences(&words[from..all.end]).is_empty() {
                    self.take(from..all.end);
                }
            }
            _ => {}
        }
        let left: Vec<Word> = all
            .filter(|at| !self.used[*at])
            .map(|at| words[at].clone())
            .collect();
        if heading.part == Part::Endpoint
            && heading.key.is_some()
            && self.page.form == Form::Markdown
        {
            return self.summary(left, gone, lock);
        }
        self.prose(item, heading.key.clone(), left, gone);
    }

    fn prose(&mut self, item: &str, key: Option<String>, words: Vec<Word>, gone: Vec<String>) {
        self.page.prose.push(Prose {
            item: item.to_owned(),
            key,
            words,
            gone,
        });
    }

    /// Summary and introduction stand in paragraphs below each other: the lock knows where the one begins, or it is the
    /// second.
    fn summary(&mut self, words: Vec<Word>, gone: Vec<String>, lock: &Lock) {
        let paragraphs = words
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(_, word)| word.starts_paragraph);
        let places: Vec<usize> = paragraphs.map(|(at, _)| at).collect();
        let is = |key: &str, words: &[Word]| {
            let entry = lock
                .wording(&self.yaml.name())
                .and_then(|wording| wording.entries.get(key));
            entry.is_some_and(|entry| entry.fingerprint == hash(words))
        };
        let known = places.iter().copied().find(|at| {
            is("summary", &words[..*at]) || is("description.Introduction", &words[*at..])
        });
        let mut summary = words;
        let rest = summary.split_off(known.or(places.first().copied()).unwrap_or(summary.len()));
        self.prose("summary", Some("summary".to_owned()), summary, gone);
        let key = "description.Introduction";
        self.prose(key, Some(key.to_owned()), rest, vec![]);
    }

    /// A sentence may name a version; the list is the longest row of them.
    fn versions(&mut self, all: &std::ops::Range<usize>) {
        let words = self.words;
        let is_version = |at: &usize| VERSION.is_match(&words[*at].text);
        let row = |from: usize| (from..all.end).take_while(is_version).count();
        let Some(from) = all
            .clone()
            .rev()
            .max_by_key(|from| row(*from))
            .filter(|from| row(*from) > 0)
        else {
            return;
        };
        let row = from..from + row(from);
        self.take(row.clone());
        if from > all.start && words[from - 1].text == "Version" {
            self.take([from - 1]);
        }
        let versions: Value = words[row].iter().map(|word| word.text.as_str()).collect();
        self.fact("versions", Aspect::Presence, json!(true));
        self.fact("versions", Aspect::Enum, versions);
    }

    /// Content type and schema of a body.
    fn content(&mut self, segment: &Segment) {
        let (all, item) = (segment.words.clone(), &segment.heading.item);
        let here = &self.words[all.clone()];
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(content_type) = here.get(2) {
            self.fact(item, Aspect::ContentType, json!(content_type.text));
            self.take([all.start + 2]);
        }
        let Some((last, name)) = schema(here) else {
            return;
        };
        self.fact(item, Aspect::Schema, json!(name));
        let label = here
            .iter()
            .position(|word| word.text == "Schema" && word.colon)
            .unwrap_or(last);
        // A browser shows the name once more above the fields.
        let again = here.get(last + 1).is_some_and(|next| next.text == name);
        self.take(all.start + label..=all.start + last + usize::from(again));
        // The fields of a new status, or of another schema, follow from its name.
        let ours = self.yaml.text(item, Aspect::Schema);
        if self.page.form == Form::Page && name != ERROR && (ours.is_empty() || ours == ERROR) {
            self.take(all);
        }
    }

    fn field(&mut self, part: Part, item: &str, here: &[Word]) {
        let is = |is: Is| {
            here.iter()
                .find(|word| word.is == is)
                .map(|word| word.text.clone())
        };
        let marked = |mark: &str| {
            here.iter()
                .any(|word| word.is == Is::Mark && word.text == mark)
        };
        let kind = is(Is::Type).unwrap_or_default();
        if part == Part::Element {
            return self.fact(item, Aspect::Type, json!(format!("array of {kind}")));
        }
        self.fact(item, Aspect::Presence, json!(true));
        if let Some(bound) = is(Is::Bound) {
            self.fact(item, Aspect::Bound, bounds(&bound, &kind));
        }
        self.fact(item, Aspect::Type, json!(kind));
        self.fact(item, Aspect::Format, json!(is(Is::Format)));
        self.fact(item, Aspect::Required, json!(marked("required")));
        self.fact(item, Aspect::Deprecated, json!(marked("deprecated")));
    }

    fn values(&mut self, item: &str, all: &std::ops::Range<usize>) {
        let words = self.words;
        self.take([all.start]);
        self.fact(item, Aspect::Presence, json!(true));
        let Some(at) = position(&words[all.clone()], "Enum Values").map(|at| all.start + at) else {
            return;
        };
        let from = if at >= 2 && words[at - 2].text == "Type" {
            at - 2
        } else {
            at
        };
        let values = at + 2..all.end;
        let end = values
            .clone()
            .find(|at| words[*at].ends_line)
            .map_or(all.end, |at| at + 1);
        self.take(from..end);
        let values: Value = words[at + 2..end]
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        self.fact(item, Aspect::Enum, values);
    }

    /// A heading that is not there, unless a fact says so.
    fn missing_heading(&mut self, heading: super::outline::Heading) {
        let has_fields = |prefix: &String| {
            let below = format!("{prefix}.");
            self.page
                .operation
                .said
                .iter()
                .any(|said| said.item.starts_with(&below))
        };
        let is_used = heading.prefix.as_ref().is_none_or(has_fields);
        match heading.part {
            Part::Section => self.prose(&heading.item, heading.key, vec![], vec![]),
            Part::Request => {}
            _ if is_used => self.prose(&heading.item, None, vec![], heading.words),
            _ => {}
        }
    }

    /// Elements of arrays, and fields of the error, which each status repeats.
    fn missing_fields(&mut self, segments: &[Segment]) {
        if self.page.form == Form::Markdown {
            return;
        }
        let is_there = |part: Part, item: &str, status: Option<&String>| {
            segments.iter().any(|segment| {
                segment.heading.part == part
                    && segment.heading.item == item
                    && segment.status.as_ref() == status
            })
        };
        for said in &self.yaml.said {
            let item = said.item.as_str();
            let kind = self.yaml.text(item, Aspect::Type);
            if kind.starts_with("array of ")
                && self.page.operation.text(item, Aspect::Type) == kind
                && let Some(key) = values(self.yaml, item)
                && !is_there(Part::Element, item, None)
            {
                self.prose(item, Some(key), vec![], vec![]);
            }
        }
        let refusals = self
            .page
            .operation
            .said
            .iter()
            .filter(|said| said.facts.get(&Aspect::Schema) == Some(&json!(ERROR)));
        let refusals: Vec<String> = refusals
            .filter_map(|said| Some(said.item.strip_prefix("status.")?.to_owned()))
            .collect();
        let fields = self
            .page
            .operation
            .said
            .iter()
            .map(|said| said.item.clone());
        let fields: Vec<Item> = fields
            .filter(|item| item == "error" || item.starts_with("error."))
            .collect();
        for item in fields.iter().filter(|item| self.yaml.get(item).is_some()) {
            if !refusals
                .iter()
                .all(|status| is_there(Part::Field, item, Some(status)))
            {
                self.page
                    .operation
                    .entry(item)
                    .facts
                    .insert(Aspect::Presence, json!(false));
            }
        }
    }
}

/// `min: 2, max: 75` by the names that OpenAPI has for them.
fn bounds(text: &str, kind: &str) -> Value {
    let of = match kind {
        "string" => "Length",
        kind if kind.starts_with("array") => "Items",
        _ => "imum",
    };
    let mut bounds = Map::new();
    for (name, value) in text.split(',').filter_map(|bound| bound.split_once(':')) {
        let name = match name.trim() {
            name @ ("min" | "max") => format!("{name}{of}"),
            name => name.to_owned(),
        };
        let value = value.trim();
        let value = value.parse::<Value>().unwrap_or_else(|_| json!(value));
        bounds.insert(name, value);
    }
    Value::Object(bounds)
}

/// Words as a reader has seen them, in one line.
pub(super) fn shown(words: &[&Word]) -> String {
    let text: String = words.iter().map(|word| word.shown.as_str()).collect();
    let text: Vec<&str> = text.split_whitespace().collect();
    text.join(" ")
        .trim_matches(['|', '*', '#', ' ', '-', ':', '·'])
        .to_owned()
}

impl Page {
    /// What the lock is to hold of this page: for each item that its form shows, its wording or nothing.
    pub(super) fn wording(&self) -> BTreeMap<Item, Option<Entry>> {
        let mut wording = BTreeMap::new();
        for prose in &self.prose {
            if let Some(key) = &prose.key {
                wording
                    .entry(key.clone())
                    .or_insert_with(|| entry(&prose.words));
            }
        }
        wording
    }
}

fn entry(words: &[Word]) -> Option<Entry> {
    let letters = words
        .iter()
        .map(|word| char::from(letter(&word.text)))
        .collect();
    (!words.is_empty()).then(|| Entry {
        fingerprint: hash(words),
        letters,
    })
}

fn hash(words: &[Word]) -> u64 {
    fingerprint(words.iter().map(|word| word.text.as_str()))
}
