//! The headings that a page must have, from the YAML, and where they stand on a page.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::model::{Form, Operation};
use super::source::MOST_BYTES;
use super::text::{PATH, ends_line, pattern, positions, starts_line};

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The name that the lock has for the wording below it: an item, and for code samples `#example`.
    pub(super) key: String,
    /// Its words; without any, it is method and path.
    words: String,
}

impl Heading {
    /// What the names of fields below it begin with.
    pub(super) fn prefix(&self) -> Option<&str> {
        let has_fields = matches!(self.part, Part::Fields | Part::Request);
        has_fields.then_some(self.key.as_str())
    }

    /// Where it may stand, and how much this looks like a heading.
    fn candidates(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        if self.words.is_empty() {
            // It is not taken off: it states a fact.
            let all = ENDPOINT.find_iter(text).map(|endpoint| endpoint.start());
            return all.map(|start| (start..start, 4)).collect();
        }
        let has_colon = |end: usize| {
            let behind = text[end..].trim_start_matches(['*', '`', ' ']);
            behind.starts_with(':') == (self.part == Part::Section)
        };
        let all = positions(text, &self.words).into_iter();
        let all = all.filter(|place| has_colon(place.end));
        all.map(|place| {
            let looks = usize::from(starts_line(text, place.start))
                + usize::from(ends_line(text, place.end));
            (place, 2 * self.words.split(' ').count() + looks)
        })
        .collect()
    }
}

pub(super) const METHODS: &str = "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE";

/// A method and a path.
pub(super) static ENDPOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?P<method>{METHODS})\b\W*?(?P<path>{PATH})")));

const BOTH: Option<Form> = None;
const PAGE: Option<Form> = Some(Form::Page);
const MARKDOWN: Option<Form> = Some(Form::Markdown);

/// The headings of a page in their order: the form that has it (a page as a browser shows it, or the Markdown that Meta
/// serves), the part that it begins, the item that the wording below it is of, and its words.
const OUTLINE: [(Option<Form>, Part, &str, &str); 24] = [
    (BOTH, Part::BaseUrl, "base_url", "Base URL"),
    (PAGE, Part::Endpoint, "operation", "Endpoints"),
    (MARKDOWN, Part::Endpoint, "operation", "APIs"),
    (BOTH, Part::Endpoint, "description.Introduction", ""),
    (BOTH, Part::Section, "", ""),
    (PAGE, Part::Endpoint, "operation", "Request Syntax"),
    (PAGE, Part::Endpoint, "auth", "curl request"),
    (
        PAGE,
        Part::Text,
        "request#example",
        "Content-Type application/json",
    ),
    (
        PAGE,
        Part::Codes,
        "status.200#example",
        "Select status code",
    ),
    (BOTH, Part::Fields, "header", "Header Parameters"),
    (BOTH, Part::Fields, "path", "Path Parameters"),
    (BOTH, Part::Request, "request", "Request Body"),
    (MARKDOWN, Part::Text, "status", "Responses"),
    // What stands above is repeated here.
    (PAGE, Part::Text, "description.Introduction", "Responses"),
    (PAGE, Part::Section, "", ""),
    (PAGE, Part::Endpoint, "auth", "curl request"),
    (
        PAGE,
        Part::Text,
        "request#example",
        "Content-Type application/json",
    ),
    (
        PAGE,
        Part::Codes,
        "status.200#example",
        "Select status code",
    ),
    (MARKDOWN, Part::Schemas, "schema", "Components"),
    (
        MARKDOWN,
        Part::Schemas,
        "schema",
        "Inline Object Definitions",
    ),
    (BOTH, Part::Text, "auth", "Authentication"),
    (BOTH, Part::Auth, "auth", "Scheme Type Location"),
    (BOTH, Part::Text, "auth", "Usage Examples"),
    (
        BOTH,
        Part::End,
        "auth",
        "Global Authentication Requirements",
    ),
];

/// The headings of an operation's page in one of the two forms that pages have, in their order.
pub(super) fn outline(operation: &Operation, form: Form) -> Vec<Heading> {
    let has_body = operation.get("request").is_some();
    let mut headings = vec![];
    let mut push = |part: Part, key: &str, words: &str| {
        headings.push(Heading {
            part,
            key: key.to_owned(),
            words: words.to_owned(),
        });
    };
    for (shown_by, part, key, words) in OUTLINE {
        match part {
            _ if shown_by.is_some_and(|one| one != form) => {}
            Part::Request if !has_body => {}
            Part::Section => {
                for said in &operation.said {
                    match said.item.strip_prefix("description.") {
                        Some("Introduction") | None => {}
                        Some(name) => push(part, &said.item, name),
                    }
                }
            }
            _ => push(part, key, words),
        }
    }
    headings
}

/// Where each heading stands: the placement in their order that looks most like headings.
pub(super) fn locate(headings: &[Heading], text: &str) -> Vec<Option<Range<usize>>> {
    struct Place {
        heading: usize,
        range: Range<usize>,
        total: usize,
        before: Option<usize>,
    }
    let mut places: Vec<Place> = vec![];
    for (heading, wanted) in headings.iter().enumerate() {
        let earlier = places.len();
        for (range, score) in wanted.candidates(text) {
            let before = (0..earlier).filter(|place| places[*place].range.end <= range.start);
            let before = before.max_by_key(|place| places[*place].total);
            // Of equals the first; but the heading of the operation comes behind the list of endpoints.
            let rank = match wanted.words.is_empty() {
                true => range.start,
                false => text.len() - range.start,
            };
            let above = before.map_or(0, |place| places[place].total);
            places.push(Place {
                heading,
                range,
                total: above + score * 100 * MOST_BYTES + rank,
                before,
            });
        }
    }
    let mut found = vec![None; headings.len()];
    let mut here = (0..places.len()).max_by_key(|place| places[*place].total);
    while let Some(place) = here {
        found[places[place].heading] = Some(places[place].range.clone());
        here = places[place].before;
    }
    found
}
