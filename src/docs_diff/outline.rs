//! The headings that a page must have, from the YAML, and where they stand on a page.

use serde::Deserialize;

use super::model::{Aspect, Form, Item, Operation, named};
use super::words::{Is, Word};

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// What stands above the first heading, with the versions.
    Top,
    BaseUrl,
    /// The list of endpoints.
    Endpoints,
    /// Method and path once more.
    Endpoint,
    /// A section of the description.
    Section,
    /// A code sample.
    Sample,
    /// The statuses of the code samples, and the sample of a response.
    Codes,
    /// Parameters.
    Fields,
    Request,
    Responses,
    /// A status and what it means.
    Status,
    /// Content type and schema of a body.
    Content,
    /// A parameter or a field.
    Field,
    /// The elements of a field that is an array.
    Element,
    /// The heading of all schemas, of one, or of the values of an enum.
    Schemas,
    Schema,
    Values,
    /// The table of security schemes.
    Auth,
    /// A heading with nothing but wording.
    Text,
    /// The last words of a page.
    End,
}

/// A heading.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) part: Part,
    pub(super) item: Item,
    /// Under which name the lock has the wording below it.
    pub(super) key: Option<String>,
    /// The words of the heading; without any, it is method and path.
    pub(super) words: Vec<String>,
    /// Words that stand below it on all pages alike.
    pub(super) labels: Vec<String>,
    /// What the names of fields below it begin with.
    pub(super) prefix: Option<String>,
}

impl Heading {
    pub(super) fn new(part: Part, item: &str, key: Option<&str>, words: &str) -> Self {
        Self {
            part,
            item: item.to_owned(),
            key: key.map(str::to_owned),
            words: words.split_whitespace().map(str::to_owned).collect(),
            labels: vec![],
            prefix: None,
        }
    }

    /// How many words of the heading stand here, and how much this looks like a heading.
    fn score(&self, here: &[Word]) -> Option<(usize, usize)> {
        if self.words.is_empty() {
            return is_endpoint(here).then_some((2, 4));
        }
        let length = self.words.len();
        let title = here.get(..length)?;
        let same = title
            .iter()
            .zip(&self.words)
            .all(|(word, text)| word.is == Is::Plain && word.text == *text);
        let (first, last) = (title.first()?, title.last()?);
        let is_next = match self.labels.first() {
            Some(label) => here.get(length).is_some_and(|next| next.text == *label),
            None => last.colon == (self.part == Part::Section),
        };
        (same && (self.part != Part::Section || last.colon)).then(|| {
            let looks = usize::from(first.starts_line) + usize::from(last.ends_line);
            (length, 2 * length + looks + usize::from(is_next))
        })
    }
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// Whether a method and a path stand here.
pub(super) fn is_endpoint(here: &[Word]) -> bool {
    here.len() > 1 && METHODS.contains(&here[0].text.as_str()) && here[1].is == Is::Path
}

/// A page as a browser shows it: part, item, name of the wording in the lock, heading, words below it on all pages.
const PAGE: &str = "
    base_url  | base_url  |                          | Base URL                           |
    endpoints | operation |                          | Endpoints                          |
    endpoint  | operation | description.Introduction |                                    |
    section
    endpoint  | operation |                          | Request Syntax                     |
    sample    | auth      |                          | curl request                       | url header HEADER Bearer Token
    text      | request   | request.sample           | header Content-Type                |
    codes     | status    | status.200.sample        | Select status code                 |
    fields    | header    |                          | Header Parameters                  |
    fields    | path      |                          | Path Parameters                    |
    request   | request   | request                  | Request Body                       |
    responses | status    | description.Introduction | Responses                          |
    section
    sample    | auth      |                          | curl request                       | url header HEADER Bearer Token
    text      | request   | request.sample           | header Content-Type                |
    codes     | status    | status.200.sample        | Select status code                 |
    text      | auth      |                          | Authentication                     |
    auth      | auth      |                          | Scheme Type Location               |
    text      | auth      | auth                     | Usage Examples                     | SCHEME
    end       | auth      |                          | Global Authentication Requirements | All endpoints require SCHEME";

/// The Markdown that Meta serves for it.
const MARKDOWN: &str = "
    base_url  | base_url  | base_url                 | Base URL                           | URL Description
    endpoints | operation |                          | APIs                               | Method Endpoint
    endpoint  | operation | description.Introduction |                                    |
    section
    fields    | header    |                          | Header Parameters                  |
    fields    | path      |                          | Path Parameters                    |
    request   | request   | request                  | Request Body                       |
    responses | status    |                          | Responses                          |
    schemas   | schema    |                          | Components                         | Schemas
    text      | schema    |                          | Inline Object Definitions          |
    text      | auth      |                          | Authentication                     |
    auth      | auth      |                          | Scheme Type Location               |
    text      | auth      | auth                     | Usage Examples                     | SCHEME
    end       | auth      |                          | Global Authentication Requirements | All endpoints require SCHEME";

/// The headings of an operation's page, in the order of one of the two forms that pages have.
pub(super) fn outline(operation: &Operation, form: Form) -> Vec<Heading> {
    let auth = operation.text("auth", Aspect::Presence);
    let header = auth.rsplit(' ').next().unwrap_or_default();
    let all = if form == Form::Markdown {
        MARKDOWN
    } else {
        PAGE
    };
    let all = all
        .replace("SCHEME", operation.scheme())
        .replace("HEADER", header);
    let has_body = operation.get("request").is_some();
    let mut headings = vec![];
    for row in all.lines() {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [part, item, key, words, labels] = columns[..] else {
            let items = operation.said.iter().map(|said| said.item.as_str());
            let sections =
                items.filter_map(|item| Some((item, item.strip_prefix("description.")?)));
            let sections =
                sections.filter(|(_, name)| columns[0] == "section" && *name != "Introduction");
            headings.extend(
                sections.map(|(item, name)| Heading::new(Part::Section, item, Some(item), name)),
            );
            continue;
        };
        let Some(part) = named(part).filter(|part| has_body || *part != Part::Request) else {
            continue;
        };
        let has_fields = matches!(part, Part::Fields | Part::Request);
        headings.push(Heading {
            labels: labels.split_whitespace().map(str::to_owned).collect(),
            prefix: has_fields.then(|| item.to_owned()),
            ..Heading::new(part, item, Some(key).filter(|key| !key.is_empty()), words)
        });
    }
    headings
}

/// Where each heading stands: of all places in their order, those that look most like headings.
pub(super) fn locate(headings: &[Heading], words: &[Word]) -> Vec<Option<usize>> {
    struct Place {
        heading: usize,
        start: usize,
        end: usize,
        total: usize,
        before: Option<usize>,
    }
    let mut places: Vec<Place> = vec![];
    for (heading, wanted) in headings.iter().enumerate() {
        let earlier = places.len();
        for start in 0..words.len() {
            let Some((length, score)) = wanted.score(&words[start..]) else {
                continue;
            };
            let before = (0..earlier).filter(|place| places[*place].end <= start);
            let before = before.max_by_key(|place| places[*place].total);
            // Of equals the first; but the heading of the operation comes behind the list of endpoints.
            let rank = if wanted.words.is_empty() {
                start
            } else {
                words.len() - start
            };
            let above = before.map_or(0, |place| places[place].total);
            places.push(Place {
                heading,
                start,
                end: start + length,
                total: above + score * 1_000_000 + rank,
                before,
            });
        }
    }
    let mut found = vec![None; headings.len()];
    let mut here = (0..places.len()).max_by_key(|place| places[*place].total);
    while let Some(place) = here {
        found[places[place].heading] = Some(places[place].start);
        here = places[place].before;
    }
    found
}
