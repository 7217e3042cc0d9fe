//! The headings that a page must have, from the YAML, and where they stand on a page.

use std::ops::Range;

use serde::Deserialize;

use super::model::{Form, Operation, name};
use super::text::{PATH, Pattern, ends_line, pattern, positions, starts_line};

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
    /// All schemas, or objects in them.
    Schemas,
    /// An enum and its values.
    Values,
    /// The table of security schemes.
    Auth,
    /// A heading, or a schema, with nothing but wording.
    Text,
    /// The last words of a page.
    End,
}

/// A heading that a page must have.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) part: Part,
    /// The key of the wording below it in the lock: an item, and for code samples `#example`.
    pub(super) key: String,
    /// Its words; empty for the heading that is a method and a path.
    words: String,
}

impl Heading {
    /// What the names of fields below it begin with.
    pub(super) fn prefix(&self) -> Option<&str> {
        let has_fields = matches!(self.part, Part::Fields | Part::Request);
        has_fields.then_some(self.key.as_str())
    }

    /// Where it may stand, and how much each place looks like a heading.
    fn candidates(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        if self.words.is_empty() {
            // These words stay in the text of the part, because they state a fact.
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
pub(super) static ENDPOINT: Pattern =
    Pattern::new(|| pattern(&format!(r"\b(?P<method>{METHODS})\b\W*?(?P<path>{PATH})")));

/// The headings of a page in their order. The columns are the form that has it (a page as a browser shows it, or the Markdown
/// that Meta serves), the part that it begins, the key of the wording below it, and its words. A page as a browser shows it
/// repeats below the parameters what stands above them.
const OUTLINE: &str = "
    both     | base_url | base_url                 | Base URL
    page     | endpoint | operation                | Endpoints
    Markdown | endpoint | operation                | APIs
    both     | endpoint | description.Introduction |
    both     | section  | description              |
    page     | endpoint | operation                | Request Syntax
    page     | endpoint | auth                     | curl request
    page     | text     | request#example          | header Content-Type application/json
    page     | codes    | status.200#example       | Select status code
    both     | fields   | header                   | Header Parameters
    both     | fields   | path                     | Path Parameters
    both     | fields   | query                    | Query Parameters
    both     | request  | request                  | Request Body
    Markdown | text     | status                   | Responses
    page     | text     | description.Introduction | Responses
    page     | section  | description              |
    page     | endpoint | auth                     | curl request
    page     | text     | request#example          | header Content-Type application/json
    page     | codes    | status.200#example       | Select status code
    Markdown | schemas  | schema                   | Components
    Markdown | schemas  | schema                   | Inline Object Definitions
    both     | text     | auth                     | Authentication
    both     | auth     | auth                     | Scheme Type Location
    both     | text     | auth                     | Usage Examples
    both     | end      | auth                     | Global Authentication Requirements";

/// The headings of an operation's page in one of the two forms that pages have, in their order.
pub(super) fn outline(operation: &Operation, form: Form) -> Vec<Heading> {
    let mut headings = vec![];
    for row in OUTLINE.lines().skip(1) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [shown_by, part, key, words] = columns[..] else {
            unreachable!("{row}")
        };
        let part = serde_json::from_value(part.into());
        let part = part.unwrap_or_else(|why| unreachable!("{why}"));
        let mut push = |key: &str, words: &str| {
            headings.push(Heading {
                part,
                key: key.to_owned(),
                words: words.to_owned(),
            });
        };
        let has_item = part != Part::Request || operation.has(key);
        let is_shown = has_item && ["both", &name(form)].contains(&shown_by);
        match part {
            _ if !is_shown => {}
            Part::Section => {
                let items = operation.items.keys();
                let names = items.filter_map(|item| item.strip_prefix("description."));
                let names = names.filter(|section| *section != "Introduction");
                names.for_each(|section| push(&format!("{key}.{section}"), section));
            }
            _ => push(key, words),
        }
    }
    headings
}

/// Finds each heading: of all placements in this order, the one with the highest score.
pub(super) fn locate(headings: &[Heading], text: &str) -> Vec<Option<Range<usize>>> {
    struct Place {
        heading: usize,
        range: Range<usize>,
        /// The score up to here, and the rank that decides between equal scores.
        total: (usize, usize),
        before: Option<usize>,
    }
    let mut places: Vec<Place> = vec![];
    for (heading, wanted) in headings.iter().enumerate() {
        let earlier = places.len();
        for (range, score) in wanted.candidates(text) {
            let before = (0..earlier).filter(|place| places[*place].range.end <= range.start);
            let before = before.max_by_key(|place| places[*place].total);
            // On a tie, the first place counts; for the heading of the operation the last, as the list of endpoints is above.
            let rank = match wanted.words.is_empty() {
                true => range.start,
                false => text.len() - range.start,
            };
            let above = before.map_or((0, 0), |place| places[place].total);
            places.push(Place {
                heading,
                range,
                total: (above.0 + score, above.1 + rank),
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
