//! The headings that a page must have, from the YAML, and where they stand on a page.

use serde::Deserialize;

use super::model::{Form, Operation, name, named};
use super::words::{Is, Word};

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// What stands above the first heading, with the versions.
    Top,
    BaseUrl,
    /// Method and path: the list of endpoints, the heading of the operation, a code sample.
    Endpoint,
    /// A section of the description.
    Section,
    /// The statuses of the code samples, and the sample of a response.
    Codes,
    /// Parameters.
    Fields,
    Request,
    /// A status and what it means.
    Status,
    /// Content type and schema of a body.
    Content,
    /// A parameter or a field.
    Field,
    /// The elements of a field that is an array.
    Element,
    /// All schemas, one schema, or the values of an enum.
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

/// A heading that a page must have.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) part: Part,
    /// Under which name the lock has the wording below it: an item, and `#` and a place where the item has more than one.
    pub(super) key: String,
    /// The words of the heading; without any, it is method and path.
    pub(super) words: Vec<String>,
}

impl Heading {
    /// What the names of fields below it begin with.
    pub(super) fn prefix(&self) -> Option<&str> {
        let has_fields = matches!(self.part, Part::Fields | Part::Request);
        has_fields.then_some(self.key.as_str())
    }

    /// How many words of the heading stand here, and how much this looks like a heading.
    fn score(&self, here: &[Word]) -> Option<(usize, usize)> {
        if self.words.is_empty() {
            return is_endpoint(here).then_some((2, 4));
        }
        let length = self.words.len();
        let title = here.get(..length)?;
        let is_same = |(word, text): (&Word, &String)| word.is == Is::Plain && word.text == *text;
        let (first, last) = (title.first()?, title.last()?);
        let is_title = title.iter().zip(&self.words).all(is_same);
        (is_title && last.colon == (self.part == Part::Section)).then(|| {
            let looks = usize::from(first.starts_line) + usize::from(last.ends_line);
            (length, 2 * length + looks)
        })
    }
}

pub(super) const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE",
];

/// Whether a method and a path stand here.
pub(super) fn is_endpoint(here: &[Word]) -> bool {
    here.len() > 1 && METHODS.contains(&here[0].text.as_str()) && here[1].is == Is::Path
}

/// The parts of a page: the form that has it (a page as a browser shows it, or the Markdown that Meta serves), the part,
/// the name of its wording in the lock, and its heading.
const OUTLINE: &str = "
    both     | base_url | base_url                       | Base URL
    page     | endpoint | operation#endpoints            | Endpoints
    Markdown | endpoint | operation#endpoints            | APIs
    both     | endpoint | description.Introduction       |
    both     | section  |                                |
    page     | endpoint | operation#syntax               | Request Syntax
    page     | endpoint | auth#sample                    | curl request
    page     | text     | request#sample                 | Content-Type application/json
    page     | codes    | status.200#sample              | Select status code
    both     | fields   | header                         | Header Parameters
    both     | fields   | path                           | Path Parameters
    both     | request  | request                        | Request Body
    Markdown | text     | status                         | Responses
    page     | text     | description.Introduction#again | Responses
    page     | section  | #again                         |
    page     | endpoint | auth#sample again              | curl request
    page     | text     | request#sample again           | Content-Type application/json
    page     | codes    | status.200#sample again        | Select status code
    Markdown | schemas  | schema#all                     | Components
    Markdown | text     | schema#inline                  | Inline Object Definitions
    both     | text     | auth#authentication            | Authentication
    both     | auth     | auth#table                     | Scheme Type Location
    both     | text     | auth#usage                     | Usage Examples
    both     | end      | auth#all                       | Global Authentication Requirements";

/// The headings of an operation's page in one of the two forms that pages have, in their order.
pub(super) fn outline(operation: &Operation, form: Form) -> Vec<Heading> {
    let has_body = operation.get("request").is_some();
    let items = operation.said.iter().map(|said| said.item.as_str());
    let sections: Vec<&str> = items
        .filter_map(|item| item.strip_prefix("description."))
        .collect();
    let mut headings = vec![];
    for row in OUTLINE.lines().skip(1) {
        let mut columns = row.split('|').map(str::trim);
        let mut column = || columns.next().unwrap_or_default();
        if !["both", &name(form)].contains(&column()) {
            continue;
        }
        let (part, key, words) = (named(column()), column(), column());
        let heading = |part: Part, key: String, words: &str| Heading {
            part,
            key,
            words: words.split_whitespace().map(str::to_owned).collect(),
        };
        match part {
            Some(part @ Part::Section) => headings.extend(
                sections
                    .iter()
                    .filter(|name| **name != "Introduction")
                    .map(|name| heading(part, format!("description.{name}{key}"), name)),
            ),
            Some(part) if has_body || part != Part::Request => {
                headings.push(heading(part, key.to_owned(), words));
            }
            _ => {}
        }
    }
    headings
}

/// Where each heading stands: the placement in their order that looks most like headings.
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
