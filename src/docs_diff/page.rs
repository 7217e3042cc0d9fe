//! A page, read with the answer in hand: what the YAML and the lock expect of it tells what each of its words is.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::align::{Aligned, Found, align, is_label};
use super::expected::{Block, Expected, Part, Want, bare, expected};
use super::lock::{Entry, Lock};
use super::model::{Aspect, Form, Item, Operation, ReadError};
use super::openapi::{Document, ERROR};
use super::words::{Is, MOST_WORDS, Vocabulary, Word, clean, code, fingerprint, words};

/// More bytes than any page has; the published OpenAPI file is larger.
const MOST_BYTES: usize = 512 * 1024;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// Words that stand in one place of a page.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) item: Item,
    /// The name under which the lock has it; nothing where no wording is expected.
    pub(super) key: Option<String>,
    pub(super) words: Vec<Word>,
    /// Words of a heading that are not there.
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
    let version = told_version(text);
    let cleaned = clean(text);
    let form = form(&cleaned);
    let cleaned = match form {
        Form::Markdown => clean(&without_notes(text)),
        _ => cleaned,
    };
    let vocabulary = Vocabulary::of(&yaml.operations);
    let (words, has_end) = words(&cleaned, &vocabulary);
    if words.len() > MOST_WORDS {
        return Err(ReadError::TooLarge("10,000 words"));
    }
    let has = |text: &str| position(&words, text).is_some();
    let pairs = endpoints(&words);
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
    if !has("Base URL") && !has("Endpoints") && !has("APIs") {
        return Err(ReadError::UnknownWording("`Base URL`".to_owned()));
    }
    let last = "All endpoints require";
    let end = position(&words, last);
    if end.is_none_or(|end| end + 3 >= words.len()) && !has_end {
        return Err(ReadError::CutShort(format!("`{last}` should come last")));
    }
    if cleaned.matches(last).count() > 1 {
        return Err(ReadError::Malformed(
            "more than one page is in it; give each its own file".to_owned(),
        ));
    }
    let index = own_operation(&words, &pairs, yaml)?;
    let operation = &yaml.operations[index];
    let expected = expected(operation, form, lock.wording(&operation.name()));
    let (start, notices) = start(&words, operation, form);
    let words = &words[start..];
    let aligned = align(&expected, words);
    let mut reader = Reader {
        yaml: operation,
        form,
        expected: &expected,
        aligned: &aligned,
        words,
        page: Page {
            form,
            version,
            index,
            operation: Operation::default(),
            prose: vec![],
            others: vec![],
        },
    };
    reader.check(has_end)?;
    reader.read(end.is_some());
    let mut page = reader.page;
    if !notices.is_empty() {
        page.prose.push(Prose {
            item: "introduction".to_owned(),
            key: None,
            words: notices,
            gone: vec![],
        });
    }
    if page.version.is_none()
        && let Some([only]) = page
            .operation
            .fact("versions", Aspect::Enum)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
    {
        page.version = only.as_str().map(str::to_owned);
    }
    Ok(page)
}

/// The version that the page's own links name.
fn told_version(text: &str) -> Option<String> {
    let at = [".md", ".openapi"].iter().find_map(|end| {
        let places = text.match_indices(end);
        places
            .map(|(at, _)| at)
            .find(|at| version_before(text, *at).is_some())
    })?;
    version_before(text, at)
}

fn version_before(text: &str, end: usize) -> Option<String> {
    let (_, version) = text[..end].rsplit_once('/')?;
    is_version(version).then(|| version.to_owned())
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .and_then(|rest| rest.split_once('.'))
        .is_some_and(|(major, minor)| {
            let digits =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(major) && digits(minor)
        })
}

/// Which of both forms a page has.
fn form(text: &str) -> Form {
    let count = |marks: [&str; 4]| marks.iter().filter(|mark| text.contains(*mark)).count();
    let served = count([
        "APIs",
        "# Components",
        "Property | Type",
        "Inline Object Definitions",
    ]);
    let shown = count([
        "Endpoints",
        "Request Syntax",
        "Select language",
        "Show child attributes",
    ]);
    if served > shown {
        Form::Markdown
    } else {
        Form::Page
    }
}

/// Without a reader's own title and link above Meta's Markdown.
fn without_notes(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let Some((notes, page)) = text.split_once("Base URL") else {
        return text;
    };
    let is_note = |line: &str| {
        let is_link = line.contains("](http") || line.trim_start().starts_with("http");
        line.starts_with("# ")
            || is_link
                && line
                    .split("](")
                    .next()
                    .unwrap_or_default()
                    .split_whitespace()
                    .count()
                    < 5
    };
    let kept: Vec<&str> = notes.split('\n').filter(|line| !is_note(line)).collect();
    format!("{}Base URL{page}", kept.join("\n"))
}

/// Where a phrase stands.
fn position(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let is = |here: &[Word]| {
        here.iter()
            .zip(&phrase)
            .all(|(word, text)| word.text == *text)
    };
    words.windows(phrase.len()).position(is)
}

/// Every method with a path behind it.
fn endpoints(words: &[Word]) -> Vec<(String, String)> {
    let pairs = words
        .windows(2)
        .filter(|pair| METHODS.contains(&pair[0].text.as_str()) && pair[1].is == Is::Path);
    pairs
        .map(|pair| (pair[0].text.clone(), pair[1].text.clone()))
        .collect()
}

/// The operation that the page is of: the one whose path it names most often, or else the one whose schema it takes.
fn own_operation(
    words: &[Word],
    pairs: &[(String, String)],
    yaml: &Document,
) -> Result<usize, ReadError> {
    let count = |path: &str| pairs.iter().filter(|(_, other)| other == path).count();
    let own = pairs
        .iter()
        .map(|(_, path)| path)
        .rev()
        .max_by_key(|path| count(path));
    let by_path = yaml.operations.iter().position(|operation| {
        own.is_some_and(|own| *own == operation.path || *own == bare(&operation.path))
    });
    let request = position(words, "Request Body").unwrap_or(words.len());
    let schema = words[request..].iter().zip(words[request..].iter().skip(1));
    let schema = schema
        .filter(|(word, _)| word.text == "Schema")
        .map(|(_, schema)| &schema.text)
        .next();
    let by_schema = || {
        let schema = schema?;
        yaml.operations
            .iter()
            .position(|operation| operation.text("request", Aspect::Schema) == schema)
    };
    by_path.or_else(by_schema).ok_or_else(|| {
        let mut names: Vec<String> = pairs
            .iter()
            .map(|(method, path)| format!("{method} {path}"))
            .collect();
        names.dedup();
        names.truncate(5);
        ReadError::OtherApi(names)
    })
}

/// Where the page begins, behind its title, and the sentences above it: what a site has there are no sentences.
fn start(words: &[Word], operation: &Operation, form: Form) -> (usize, Vec<Word>) {
    let base = words
        .windows(2)
        .rposition(|two| two[0].text == "Base" && two[1].text == "URL");
    let above = &words[..base.unwrap_or(words.len())];
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
    form: Form,
    expected: &'a Expected,
    aligned: &'a Aligned,
    words: &'a [Word],
    page: Page,
}

impl<'a> Reader<'a> {
    /// Refuses what is in another language, and what is not whole.
    fn check(&self, has_end: bool) -> Result<(), ReadError> {
        let (wants, met) = (&self.expected.wants, &self.aligned.met);
        let heads = wants
            .iter()
            .zip(met)
            .filter(|(want, _)| matches!(want, Want::Fact(Is::Head, _)));
        let known = self.words.iter().filter(|word| word.is == Is::Head).count();
        for text in ["Content", "Schema"] {
            let all = wants
                .iter()
                .zip(met)
                .filter(|(want, _)| matches!(want, Want::Label(label) if label == text));
            if all.clone().count() > 2 && all.clone().all(|(_, met)| met.is_none()) {
                return Err(ReadError::UnknownWording(format!("`{text}`")));
            }
        }
        let required = self
            .words
            .iter()
            .any(|word| word.is == Is::Mark && word.text == "required");
        if !required && known > 2 {
            return Err(ReadError::UnknownWording(
                "the mark of what is required".to_owned(),
            ));
        }
        let (all, here) = (
            heads.clone().count(),
            heads.filter(|(_, met)| met.is_some()).count(),
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
        let missing = self.expected.blocks.iter().find(|block| {
            let is_shown = self.aligned.met[block.anchor.clone()]
                .iter()
                .any(Option::is_some);
            let name = block.item.trim_start_matches("schema.");
            block.part == Part::Schema && !is_shown && block.item != name && self.words_say(name)
        });
        match missing {
            Some(block) => Err(ReadError::CutShort(format!(
                "`{}` is used and not shown",
                block.item
            ))),
            None => Ok(()),
        }
    }

    fn words_say(&self, text: &str) -> bool {
        self.words.iter().any(|word| word.text == text)
    }

    fn read(&mut self, is_whole: bool) {
        self.operation();
        for found in &self.aligned.found {
            self.part(found, is_whole);
        }
        self.missing();
        self.auth();
        self.summary();
    }

    /// Where the lock does not know the summary yet, it is the first paragraph below the heading.
    fn summary(&mut self) {
        let is_known = self
            .expected
            .wants
            .iter()
            .zip(&self.expected.of)
            .any(|(want, of)| {
                matches!(want, Want::Letter(_))
                    && self.expected.blocks[*of].key.as_deref() == Some("summary")
            });
        let place = |key: &str| {
            self.page
                .prose
                .iter()
                .position(|prose| prose.key.as_deref() == Some(key))
        };
        let (Some(summary), Some(rest)) = (place("summary"), place("description.Introduction"))
        else {
            return;
        };
        if is_known || self.form != Form::Markdown {
            return;
        }
        let mut words = std::mem::take(&mut self.page.prose[summary].words);
        words.append(&mut self.page.prose[rest].words);
        let second = words
            .iter()
            .skip(1)
            .position(|word| word.starts_paragraph)
            .map(|at| at + 1);
        let behind = words.split_off(second.unwrap_or(0));
        self.page.prose[summary].words = words;
        self.page.prose[rest].words = behind;
    }

    /// Method, path and base URL, which a page states more than once.
    fn operation(&mut self) {
        let blocks = |part: Part| {
            self.aligned
                .found
                .iter()
                .filter(move |found| found.block.part == part)
        };
        let here = |found: &Found| {
            found
                .words
                .iter()
                .map(|at| self.words[*at].clone())
                .collect::<Vec<_>>()
        };
        let listed: Vec<(String, String)> = blocks(Part::Endpoints)
            .flat_map(|found| endpoints(&here(found)))
            .collect();
        let mut pairs = listed.clone();
        pairs.extend(blocks(Part::Endpoint).flat_map(|found| endpoints(&here(found))));
        let count = |pair: &(String, String)| pairs.iter().filter(|other| *other == pair).count();
        let Some((method, path)) = pairs.iter().rev().max_by_key(|pair| count(pair)).cloned()
        else {
            return;
        };
        // Some tools leave the parameters of a path out, but not those in code.
        let paths = self
            .words
            .iter()
            .filter(|word| word.is == Is::Path)
            .map(|word| &word.text);
        let whole = |path: &str| {
            let yaml = Some(&self.yaml.path).filter(|whole| bare(whole) == path);
            let code = paths
                .clone()
                .find(|whole| bare(whole) == path && *whole != path);
            code.or(yaml).map_or(path.to_owned(), Clone::clone)
        };
        let own = format!("{method} {}", whole(&path));
        let mut said = vec![own.clone()];
        let sampled = blocks(Part::Endpoint)
            .flat_map(&here)
            .filter(|word| word.is == Is::Path);
        let again = pairs
            .iter()
            .skip(listed.len())
            .map(|(method, path)| format!("{method} {}", whole(path)));
        for name in again.chain(sampled.map(|word| format!("{method} {}", whole(&word.text)))) {
            if !said.contains(&name) {
                said.push(name);
            }
        }
        let others = listed
            .iter()
            .map(|(method, path)| format!("{method} {}", whole(path)));
        let others: Vec<String> = others.filter(|name| *name != own).collect();
        let mut urls: Vec<String> = vec![];
        let sampled = blocks(Part::Endpoint)
            .chain(blocks(Part::BaseUrl))
            .flat_map(here);
        for word in sampled.filter(|word| word.is == Is::Url) {
            if !urls.contains(&word.text) {
                urls.push(word.text);
            }
        }
        self.page.operation.method = method;
        self.page.operation.path = path;
        self.page.others = others;
        self.fact("operation", Aspect::Presence, json!(said.join(" / ")));
        if !urls.is_empty() {
            self.fact("base_url", Aspect::Presence, json!(urls.join(" / ")));
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

    /// Whether the page gives this status the schema that the YAML gives it.
    fn keeps_schema(&self, status: &str) -> bool {
        let item = format!("status.{status}");
        let words = self
            .aligned
            .found
            .iter()
            .filter(|found| found.block.item == item && found.block.part == Part::Content);
        let said = words
            .map(|found| content(&self.texts(&found.words)).1)
            .next()
            .flatten();
        said.is_none_or(|said| said == self.yaml.text(&item, Aspect::Schema))
    }

    fn texts(&self, words: &[usize]) -> Vec<&'a Word> {
        let all = self.words;
        words.iter().map(|at| &all[*at]).collect()
    }

    fn part(&mut self, found: &Found, is_whole: bool) {
        let block = &found.block;
        let is_error =
            |status: &String| self.yaml.text(&format!("status.{status}"), Aspect::Schema) == ERROR;
        if matches!(block.part, Part::Field | Part::Element)
            && block
                .status
                .as_ref()
                .is_some_and(|status| is_error(status) && !self.keeps_schema(status))
        {
            // The fields of another schema, of which its name says enough.
            return;
        }
        let here = self.texts(&found.words);
        // What is neither a heading nor a fact is wording.
        let mut prose: Vec<usize> = found.words.clone();
        prose.retain(|at| {
            let fact = self.aligned.matched[*at].map(|want| &self.expected.wants[want]);
            let states = fact
                .is_some_and(|want| !matches!(want, Want::Letter(_)) && self.is_own(*at, block));
            !states
                && !matches!(
                    self.words[*at].is,
                    Is::Head | Is::Type | Is::Format | Is::Bound | Is::Mark
                )
        });
        match block.part {
            Part::Top => {
                // A sentence may name a version; the list is the longest row of them.
                let row = |from: usize| {
                    here[from..]
                        .iter()
                        .take_while(|word| is_version(&word.text))
                        .count()
                };
                let from = (0..here.len())
                    .rev()
                    .max_by_key(|from| row(*from))
                    .filter(|from| row(*from) > 0);
                let versions = here
                    .iter()
                    .skip(from.unwrap_or(here.len()))
                    .take_while(|word| is_version(&word.text));
                let versions: Vec<String> = versions.map(|word| word.text.clone()).collect();
                if let Some(from) = from {
                    let taken = &found.words[from..from + versions.len()];
                    prose.retain(|at| !taken.contains(at));
                    self.fact("versions", Aspect::Presence, json!(true));
                    self.fact("versions", Aspect::Enum, json!(versions));
                }
            }
            Part::BaseUrl | Part::Endpoints | Part::Endpoint => {
                let is_method = |at: usize| METHODS.contains(&self.words[at].text.as_str());
                let is_sample = |at: usize| self.words[at.saturating_sub(1)].text == "request";
                prose.retain(|at| {
                    let word = &self.words[*at];
                    let next = self
                        .words
                        .get(at + 1)
                        .is_some_and(|next| next.is == Is::Path);
                    !matches!(word.is, Is::Url | Is::Path)
                        && !(is_method(*at) && (next || is_sample(*at)))
                });
            }
            Part::Codes => {
                let is_code = |word: &&&Word| code(&word.text) == Some(word.text.len());
                let from = here
                    .iter()
                    .position(|word| is_code(&word))
                    .unwrap_or(here.len());
                let codes: Vec<String> = here[from..]
                    .iter()
                    .take_while(is_code)
                    .map(|word| word.text.clone())
                    .collect();
                prose.retain(|at| !found.words[from..from + codes.len()].contains(at));
                let codes = if codes.is_empty() {
                    json!("none")
                } else {
                    json!(codes)
                };
                self.fact("status", Aspect::Enum, codes);
            }
            Part::Field => self.field(&block.item, &here),
            Part::Element => {
                let kind = here.iter().find(|word| word.is == Is::Type);
                if let Some(kind) = kind {
                    self.fact(
                        &block.item,
                        Aspect::Type,
                        json!(format!("array of {}", kind.text)),
                    );
                }
            }
            Part::Request => {
                let next = here.iter().position(|word| word.text == "Body");
                let next = next.and_then(|at| here.get(at + 1).zip(found.words.get(at + 1)));
                let required =
                    next.filter(|(word, _)| ["Required", "Optional"].contains(&word.text.as_str()));
                if let Some((_, taken)) = required {
                    prose.retain(|at| at != taken);
                }
                let required = required.is_some_and(|(word, _)| word.text == "Required");
                self.fact("request", Aspect::Presence, json!(true));
                self.fact("request", Aspect::Required, json!(required));
            }
            Part::Status | Part::Content => {
                self.fact(&block.item, Aspect::Presence, json!(true));
                prose = self.content(found, prose);
            }
            Part::Values => {
                let from = here
                    .iter()
                    .position(|word| word.text == "Values")
                    .map_or(here.len(), |at| at + 1);
                let line = here[from..]
                    .iter()
                    .position(|word| word.ends_line)
                    .map_or(here.len(), |at| from + at + 1);
                let values: Vec<&str> = here[from..line]
                    .iter()
                    .map(|word| word.text.as_str())
                    .collect();
                let values = json!(values);
                prose.retain(|at| !found.words[from..line].contains(at));
                self.fact(&block.item, Aspect::Presence, json!(true));
                self.fact(&block.item, Aspect::Enum, values);
            }
            // The row below the headings of the table is the scheme.
            Part::Auth => {
                let last = |at: &usize| {
                    self.aligned.matched[*at]
                        .is_some_and(|want| is_label(&self.expected.wants[want]))
                };
                let row = found.words.iter().rposition(last).map_or(0, |at| at + 1);
                prose.retain(|at| !found.words[row..].contains(at));
            }
            Part::AuthUse => {
                if self.form == Form::Page && is_whole {
                    self.without_surroundings(&mut prose);
                }
            }
            Part::Text | Part::Section | Part::Schema => {}
        }
        // The name of a schema stands in more than one place, and is told where it is a fact.
        let schemas: Vec<&Value> = self
            .page
            .operation
            .said
            .iter()
            .filter_map(|said| said.facts.get(&Aspect::Schema))
            .collect();
        prose.retain(|at| {
            let word = self.words[*at].text.as_str();
            word.len() < 12 || !schemas.iter().any(|schema| *schema == word)
        });
        self.prose(block, &prose);
    }

    /// Whether a word was expected in this part, and not in one that is not there.
    fn is_own(&self, at: usize, block: &Block) -> bool {
        let of = self.aligned.matched[at].map(|want| &self.expected.blocks[self.expected.of[want]]);
        of.is_some_and(|of| of.item == block.item || block.part == Part::Field)
    }

    /// Content type and schema; the words that are neither.
    fn content(&mut self, found: &Found, prose: Vec<usize>) -> Vec<usize> {
        let (item, here) = (&found.block.item, self.texts(&found.words));
        let (content_type, schema) = content(&here);
        let starts = |label: &str| {
            here.iter()
                .position(|word| word.text == label && (word.colon || label == "Content"))
        };
        let mut taken: Vec<usize> = vec![];
        if let Some(at) = starts("Content").filter(|_| content_type.is_some()) {
            taken.extend(&found.words[at..(at + 3).min(found.words.len())]);
        }
        if let (Some(at), Some(schema)) = (starts("Schema"), &schema) {
            let length = schema.split(' ').count();
            taken.extend(&found.words[at..=at + length]);
            // A browser shows the name once more above the fields.
            let again = found
                .words
                .get(at + length + 1)
                .filter(|at| self.words[**at].text == *schema);
            taken.extend(again);
        }
        if found.block.part == Part::Content || found.new {
            for (aspect, value) in [
                (Aspect::ContentType, content_type),
                (Aspect::Schema, schema),
            ] {
                if let Some(value) = value {
                    self.fact(item, aspect, json!(value));
                }
            }
        }
        let mut prose = prose;
        prose.retain(|at| !taken.contains(at));
        if found.new {
            // What the new status means, without the fields of its body.
            let end = taken.first().copied().unwrap_or(usize::MAX);
            prose.retain(|at| *at < end && *at != found.words[0]);
        }
        prose
    }

    fn field(&mut self, item: &str, here: &[&Word]) {
        let is = |is: Is| {
            here.iter()
                .find(|word| word.is == is)
                .map(|word| word.text.clone())
        };
        let marked = |mark: &str| {
            here.iter()
                .any(|word| word.is == Is::Mark && word.text == mark)
        };
        self.fact(item, Aspect::Presence, json!(true));
        let kind = is(Is::Type).unwrap_or_default();
        if let Some(bound) = is(Is::Bound) {
            self.fact(item, Aspect::Bound, bounds(&bound, &kind));
        }
        self.fact(item, Aspect::Type, json!(kind));
        self.fact(item, Aspect::Format, json!(is(Is::Format)));
        self.fact(item, Aspect::Required, json!(marked("required")));
        self.fact(item, Aspect::Deprecated, json!(marked("deprecated")));
    }

    /// Behind the end of a page stand links of the site; sentences are the page's.
    fn without_surroundings(&self, prose: &mut Vec<usize>) {
        let last = self
            .aligned
            .matched
            .iter()
            .rposition(Option::is_some)
            .unwrap_or_default();
        let last = match self.aligned.met.last() {
            Some(None) => last + 1,
            _ => last,
        };
        let behind = self.words.get(last + 1..).unwrap_or_default();
        let kept = sentences(behind);
        if kept.is_empty() {
            prose.retain(|at| *at <= last);
        }
    }

    fn prose(&mut self, block: &Block, prose: &[usize]) {
        let mut gone = vec![];
        let is_method = |label: &String| METHODS.contains(&label.as_str());
        let tells = !matches!(
            block.part,
            Part::Content | Part::Top | Part::Field | Part::Element | Part::Status
        );
        let is_used = block.prefix.as_ref().is_none_or(|prefix| {
            let below = format!("{prefix}.");
            prefix.is_empty()
                || self.page_has_field(&below)
                || !matches!(block.part, Part::Text | Part::Schema)
        });
        // An endpoint or an address that does not stand here, though it stands elsewhere.
        let needs = match block.part {
            Part::Endpoints | Part::Endpoint => Some(Is::Path),
            Part::BaseUrl => Some(Is::Url),
            _ => None,
        };
        let found = self
            .aligned
            .found
            .iter()
            .find(|found| found.block.anchor == block.anchor && found.block.part == block.part);
        if let Some(needs) = needs
            && !found.is_some_and(|found| found.words.iter().any(|at| self.words[*at].is == needs))
        {
            gone.push(if needs == Is::Path {
                self.yaml.path.clone()
            } else {
                "URL".to_owned()
            });
        }
        // A schema that is called otherwise now, which the body says.
        let said = &self.page.operation.said;
        let renamed = |label: &String| {
            let is_schema = self.yaml.get(&format!("schema.{label}")).is_some();
            is_schema
                && !said
                    .iter()
                    .any(|said| said.facts.get(&Aspect::Schema) == Some(&json!(label)))
        };
        if tells && is_used {
            let index = self
                .expected
                .blocks
                .iter()
                .position(|other| other.anchor == block.anchor && other.item == block.item);
            for (at, want) in self.expected.wants.iter().enumerate() {
                let is_here = Some(self.expected.of[at]) == index && self.aligned.met[at].is_none();
                if let Want::Label(label) = want
                    && is_label(want)
                    && is_here
                    && !is_method(label)
                    && !renamed(label)
                {
                    gone.push(label.clone());
                }
            }
        }
        let words: Vec<Word> = prose.iter().map(|at| self.words[*at].clone()).collect();
        let (item, key) = (block.item.clone(), block.key.clone());
        self.page.prose.push(Prose {
            item,
            key,
            words,
            gone,
        });
    }

    fn page_has_field(&self, below: &str) -> bool {
        self.aligned
            .found
            .iter()
            .any(|found| found.block.part == Part::Field && found.block.item.starts_with(below))
    }

    /// Wording that is not there, with all that it is of.
    fn gone(&mut self, block: &Block) {
        self.page.prose.push(Prose {
            item: block.item.clone(),
            key: block.key.clone(),
            words: vec![],
            gone: vec![],
        });
    }

    /// Parts that are expected and not there, of which no fact tells.
    fn missing(&mut self) {
        for block in &self.expected.blocks {
            let same = |found: &&Found| {
                let other = &found.block;
                other.item == block.item && other.part == block.part && other.status == block.status
            };
            let count = self
                .expected
                .blocks
                .iter()
                .filter(|other| {
                    other.item == block.item
                        && other.part == block.part
                        && other.status == block.status
                })
                .count();
            if self.aligned.found.iter().filter(same).count() >= count {
                continue;
            }
            match block.part {
                Part::Section => self.gone(block),
                Part::Element
                    if self.page.operation.fact(&block.item, Aspect::Type)
                        == self.yaml.fact(&block.item, Aspect::Type) =>
                {
                    self.gone(block);
                }
                // The error stands under each status; where one lacks a field of it, the page contradicts itself.
                Part::Field => {
                    let status = block.status.as_ref().filter(|status| {
                        self.aligned.has(&format!("status.{status}"), Part::Status)
                            && self.keeps_schema(status)
                    });
                    if status.is_some() && self.page.operation.get(&block.item).is_some() {
                        self.page
                            .operation
                            .entry(&block.item)
                            .facts
                            .insert(Aspect::Presence, json!(false));
                    }
                }
                _ => {}
            }
        }
    }

    /// The scheme, as the table has it; where something else contradicts it, with that.
    fn auth(&mut self) {
        let yaml = self.yaml.text("auth", Aspect::Presence).to_owned();
        let table = self
            .aligned
            .found
            .iter()
            .find(|found| found.block.part == Part::Auth);
        let row = table.map(|found| {
            let is_label = |at: &usize| {
                self.aligned.matched[*at].is_some_and(|want| is_label(&self.expected.wants[want]))
            };
            let from = found
                .words
                .iter()
                .rposition(is_label)
                .map_or(0, |at| at + 1);
            let words = found.words[from..].iter();
            shown(&words.map(|at| &self.words[*at]).collect::<Vec<_>>()).replace(['|', '`'], ",")
        });
        let same = row
            .as_ref()
            .is_some_and(|row| fingerprint([row.as_str()]) == fingerprint([yaml.as_str()]));
        let unmet = self.expected.wants.iter().enumerate().any(|(at, want)| {
            let block = &self.expected.blocks[self.expected.of[at]];
            block.part == Part::AuthUse
                && !is_label(want)
                && !matches!(want, Want::Letter(_))
                && self.aligned.met[at].is_none()
        });
        let said = match (row, same, unmet) {
            (_, true, false) => yaml,
            (Some(row), _, _) if !row.is_empty() => row,
            _ => return,
        };
        self.fact("auth", Aspect::Presence, json!(said));
        if unmet && same {
            self.fact(
                "auth",
                Aspect::Presence,
                json!("another scheme elsewhere on the page"),
            );
        }
    }
}

/// Content type and schema of a body.
fn content(words: &[&Word]) -> (Option<String>, Option<String>) {
    let text = |at: usize| words.get(at).map(|word| word.text.clone());
    let content = words
        .windows(2)
        .position(|two| two[0].text == "Content" && two[1].text == "Type");
    let schema = words
        .iter()
        .position(|word| word.text == "Schema" && word.colon);
    let schema = schema.and_then(|at| match text(at + 1).as_deref() {
        Some("array") => Some(format!("array of {}", text(at + 3)?)),
        other => other.map(str::to_owned),
    });
    (content.and_then(|at| text(at + 2)), schema)
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
    let letters = words.iter().map(|word| char::from(word.letter)).collect();
    (!words.is_empty()).then(|| Entry {
        fingerprint: fingerprint(words.iter().map(|word| word.text.as_str())),
        letters,
    })
}
