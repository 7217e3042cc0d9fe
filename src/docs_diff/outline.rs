//! The headings that a page must have, from the YAML, and where they stand on a page.

use super::model::{Aspect, Form, Item, Operation};
use super::words::{Is, Word};

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub(super) fn new(
        part: Part,
        item: &str,
        key: Option<&str>,
        words: &str,
        labels: &str,
    ) -> Self {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Self {
            part,
            item: item.to_owned(),
            key: key.map(str::to_owned),
            words: split(words),
            labels: split(labels),
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

/// The headings of an operation's page, in the order of one of the two forms that pages have.
pub(super) fn outline(operation: &Operation, form: Form) -> Vec<Heading> {
    let markdown = form == Form::Markdown;
    let introduction = Some("description.Introduction");
    let auth = operation.text("auth", Aspect::Presence);
    let scheme = auth.split(',').next().unwrap_or_default();
    let header = auth.rsplit(' ').next().unwrap_or_default();
    let heading = Heading::new;
    let sections = || {
        let names = operation.said.iter().filter_map(|said| {
            let name = said.item.strip_prefix("description.")?;
            (name != "Introduction")
                .then(|| heading(Part::Section, &said.item, Some(&said.item), name, ""))
        });
        names.collect::<Vec<_>>()
    };
    let sample = || {
        let sent = format!("url header {header} Bearer Token");
        [
            heading(Part::Sample, "auth", None, "curl request", &sent),
            heading(
                Part::Text,
                "request",
                Some("request.sample"),
                "header Content-Type",
                "",
            ),
            heading(
                Part::Codes,
                "status",
                Some("status.200.sample"),
                "Select status code",
                "",
            ),
        ]
    };
    let mut all = vec![match markdown {
        true => heading(
            Part::BaseUrl,
            "base_url",
            Some("base_url"),
            "Base URL",
            "URL Description",
        ),
        false => heading(Part::BaseUrl, "base_url", None, "Base URL", ""),
    }];
    all.push(match markdown {
        true => heading(
            Part::Endpoints,
            "operation",
            None,
            "APIs",
            "Method Endpoint",
        ),
        false => heading(Part::Endpoints, "operation", None, "Endpoints", ""),
    });
    all.push(heading(Part::Endpoint, "operation", introduction, "", ""));
    all.extend(sections());
    if !markdown {
        all.push(heading(
            Part::Endpoint,
            "operation",
            None,
            "Request Syntax",
            "",
        ));
        all.extend(sample());
    }
    for (prefix, words) in [("header", "Header Parameters"), ("path", "Path Parameters")] {
        let prefix_of = Some(prefix.to_owned());
        all.push(Heading {
            prefix: prefix_of,
            ..heading(Part::Fields, prefix, None, words, "")
        });
    }
    if operation.fact("request", Aspect::Presence).is_some() {
        let request = heading(
            Part::Request,
            "request",
            Some("request"),
            "Request Body",
            "",
        );
        all.push(Heading {
            prefix: Some("request".to_owned()),
            ..request
        });
    }
    let responses = introduction.filter(|_| !markdown);
    all.push(heading(
        Part::Responses,
        "status",
        responses,
        "Responses",
        "",
    ));
    if markdown {
        all.push(heading(
            Part::Schemas,
            "schema",
            None,
            "Components",
            "Schemas",
        ));
        all.push(heading(
            Part::Text,
            "schema",
            None,
            "Inline Object Definitions",
            "",
        ));
    } else {
        all.extend(sections());
        all.extend(sample());
    }
    all.push(heading(Part::Text, "auth", None, "Authentication", ""));
    all.push(heading(
        Part::Auth,
        "auth",
        None,
        "Scheme Type Location",
        "",
    ));
    all.push(heading(
        Part::Text,
        "auth",
        Some("auth"),
        "Usage Examples",
        scheme,
    ));
    let end = format!("All endpoints require {scheme}");
    all.push(heading(
        Part::End,
        "auth",
        None,
        "Global Authentication Requirements",
        &end,
    ));
    all
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
