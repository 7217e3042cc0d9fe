//! A page's own Markdown ('View as Markdown'): headings, tables with links, and labels in bold.

use super::content::{Body, Page, PageOperation, Parameters, Response, Schema};
use super::markdown_blocks::{Block, Cell, blocks};
use super::markdown_labels::{define, is_word, label};
use super::markdown_schemas::{Definition, rows};
use super::sections;
use super::text::shortened;
use super::words::METHODS;
use crate::docs_diff::model::ReadError;

/// What the blocks below a heading are about.
enum Place {
    Elsewhere,
    BaseUrl,
    Apis,
    Description,
    Parameters(String),
    Request { required: bool },
    Responses,
    Schemas { inline: bool },
    Authentication,
}

/// Reads a page's Markdown.
pub(super) fn read(text: &str) -> Result<Page, ReadError> {
    let blocks = blocks(&tidied(text));
    let mut reader = Reader::default();
    for block in &blocks {
        reader.block(block);
    }
    reader.finish(&blocks, text.trim_end().ends_with('|'))
}

/// Plain line ends, and the fences of examples on lines of their own: the pages have a backslash and an n before them.
fn tidied(text: &str) -> String {
    super::clean::plain_space(text)
        .replace("\\n```", "\n\n```\n")
        .replace("```\njson\\n", "```json\n")
}

#[derive(Default)]
pub(super) struct Reader {
    place: Option<Place>,
    pub(super) base_urls: Vec<String>,
    pub(super) base_headings: usize,
    pub(super) apis: Vec<String>,
    pub(super) auth: Vec<String>,
    /// Something stands below the table of schemes.
    pub(super) goes_on: bool,
    pub(super) operations: Vec<PageOperation>,
    /// The description of the operation that is read, word by word, and its paragraphs so far.
    description: Vec<String>,
    paragraphs: usize,
    pub(super) definitions: Vec<Definition>,
    anchor: Option<String>,
    in_example: bool,
    pub(super) headings: Vec<String>,
    /// `Content Type` was there, and `Schema`.
    pub(super) labels: [bool; 2],
    /// The first table or label that stands where no known heading lets it stand: what was looked for.
    pub(super) stray: Option<String>,
}

impl Reader {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Anchor(anchor) => self.anchor = Some(anchor.clone()),
            Block::Heading(text) => self.heading(text),
            Block::Table(table) => self.table(table),
            Block::Text(lines) => self.text(lines),
        }
    }

    fn heading(&mut self, text: &str) {
        self.headings.push(text.to_owned());
        self.in_example = false;
        let anchor = self.anchor.take();
        let call = text
            .split_once(' ')
            .filter(|(method, path)| METHODS.contains(method) && path.starts_with('/'));
        if let Some((method, path)) = call {
            self.end_description();
            self.operations.push(PageOperation {
                method: method.to_owned(),
                paths: vec![path.replace(' ', "")],
                ..PageOperation::default()
            });
            self.place = Some(Place::Description);
            return;
        }
        let request = text.strip_prefix("Request Body");
        let place = match text {
            "Base URL" => {
                self.base_headings += 1;
                Place::BaseUrl
            }
            "APIs" | "Endpoints" => Place::Apis,
            "Responses" => Place::Responses,
            "Components" => Place::Elsewhere,
            "Schemas" => Place::Schemas { inline: false },
            "Inline Object Definitions" => Place::Schemas { inline: true },
            "Authentication" => Place::Authentication,
            "Usage Examples" | "Global Authentication Requirements" => Place::Elsewhere,
            _ if request.is_some() => Place::Request {
                required: request.is_some_and(|flag| flag.contains("Required")),
            },
            _ => match (text.strip_suffix(" Parameters"), &self.place) {
                (Some(place), _) => Place::Parameters(place.to_ascii_lowercase()),
                (None, Some(Place::Schemas { inline })) => {
                    let inline = *inline;
                    let schema = Schema {
                        name: text.to_owned(),
                        ..Schema::default()
                    };
                    self.definitions.push(Definition {
                        anchor,
                        schema,
                        inline,
                        ..Definition::default()
                    });
                    Place::Schemas { inline }
                }
                // A status may be a heading, and so may a section of the description.
                (None, Some(Place::Responses)) => {
                    self.text(&[text.to_owned()]);
                    return;
                }
                (None, Some(Place::Description)) => {
                    self.text(&[format!("{}:", text.trim_end_matches(':'))]);
                    return;
                }
                _ => Place::Elsewhere,
            },
        };
        self.goes_on |= !self.auth.is_empty();
        self.end_description();
        self.place = Some(place);
    }

    /// What belongs to a label that is not there, because the page is in another language or Meta renamed it. Taken for
    /// part of what stands above, it would make many differences that are none.
    pub(super) fn is_stray(&mut self, label: &str) {
        let heading = self.headings.last().map_or("its start", String::as_str);
        let found = format!("`{label}` was looked for below `{}`", shortened(heading));
        self.stray.get_or_insert(found);
    }

    fn table(&mut self, table: &[Vec<Cell>]) {
        let body = table.get(1..).unwrap_or_default();
        let has_fields = rows(table).is_some();
        match &self.place {
            Some(Place::Parameters(_) | Place::Schemas { .. }) if !has_fields => {
                self.is_stray("| Name | Type | Required | Description |");
            }
            Some(Place::Elsewhere | Place::Description | Place::Request { .. })
                if has_fields && !self.operations.is_empty() =>
            {
                self.is_stray("… Parameters");
            }
            _ => {}
        }
        match &self.place {
            Some(Place::BaseUrl) => {
                let urls = body.iter().filter_map(|row| row.first());
                self.base_urls.extend(urls.map(|cell| cell.text.clone()));
            }
            Some(Place::Apis) => {
                let calls = body
                    .iter()
                    .filter(|row| row.len() > 1)
                    .map(|row| format!("{} {}", row[0].text, row[1].text));
                self.apis.extend(calls);
            }
            Some(Place::Parameters(place)) => {
                if let (Some(rows), Some(operation)) = (rows(table), self.operations.last_mut()) {
                    let fields = rows.iter().map(|row| row.field()).collect();
                    operation.parameters.push(Parameters {
                        place: place.clone(),
                        fields,
                    });
                }
            }
            Some(Place::Schemas { .. }) => {
                if let (Some(rows), Some(definition)) = (rows(table), self.definitions.last_mut()) {
                    definition.rows.extend(rows);
                    definition.has_table = true;
                }
            }
            Some(Place::Authentication) => {
                let whole = body.iter().filter(|row| {
                    row.len() > 2 && row[..3].iter().all(|cell| !cell.text.is_empty())
                });
                self.auth.extend(
                    whole.map(|row| format!("{}, {}, {}", row[0].text, row[1].text, row[2].text)),
                );
            }
            _ => {}
        }
    }

    fn text(&mut self, lines: &[String]) {
        if lines
            .first()
            .is_some_and(|line| line.starts_with("<jumplink"))
        {
            return;
        }
        if !self.operations.is_empty() && !self.in_example {
            let mut here = [false; 2];
            for line in lines {
                here[0] |= label(line, "Content Type").is_some();
                here[1] |= label(line, "Schema").is_some();
            }
            if matches!(&self.place, Some(Place::Elsewhere)) && here.contains(&true) {
                self.is_stray("Request Body");
            }
            self.labels = [self.labels[0] | here[0], self.labels[1] | here[1]];
        }
        match &self.place {
            Some(Place::Description) => {
                self.paragraphs += 1;
                // One line without a full stop above the description is the summary.
                if let ([line], 1, Some(operation)) =
                    (lines, self.paragraphs, self.operations.last_mut())
                    && !line.ends_with(['.', '!', '?', ':'])
                {
                    operation.summary = Some(line.clone());
                    return;
                }
                self.description.extend(
                    lines
                        .iter()
                        .flat_map(|line| line.split(' '))
                        .map(str::to_owned),
                );
            }
            Some(Place::Request { required }) => {
                let required = *required;
                if let Some(operation) = self.operations.last_mut() {
                    let body = operation.request.get_or_insert_with(|| Body {
                        required,
                        ..Body::default()
                    });
                    for line in lines {
                        if let Some(schema) = label(line, "Schema") {
                            body.schema = Some(schema.to_owned());
                        }
                    }
                }
            }
            Some(Place::Responses) => self.response(lines),
            Some(Place::Schemas { .. }) => {
                if let Some(definition) = self.definitions.last_mut() {
                    define(&mut definition.schema, lines);
                }
            }
            Some(Place::Authentication) => self.goes_on |= !self.auth.is_empty(),
            _ => {}
        }
    }

    fn response(&mut self, lines: &[String]) {
        let Some(operation) = self.operations.last_mut() else {
            return;
        };
        for line in lines {
            let status = line.len() == 3 && line.bytes().all(|byte| byte.is_ascii_digit());
            if status {
                self.in_example = false;
                operation.responses.push(Response {
                    status: line.clone(),
                    about: String::new(),
                    body: None,
                });
                continue;
            }
            let Some(response) = operation.responses.last_mut() else {
                continue;
            };
            if label(line, "Content Type").is_some() {
                response.body.get_or_insert_with(Body::default);
            } else if let Some(schema) = label(line, "Schema") {
                response.body.get_or_insert_with(Body::default).schema = Some(schema.to_owned());
            } else if label(line, "Example").is_some() || label(line, "Examples").is_some() {
                self.in_example = true;
            } else if !self.in_example {
                if !response.about.is_empty() {
                    response.about.push(' ');
                }
                response.about.push_str(line);
            }
        }
    }

    pub(super) fn end_description(&mut self) {
        let words = std::mem::take(&mut self.description);
        self.paragraphs = 0;
        if let (Some(operation), false) = (self.operations.last_mut(), words.is_empty()) {
            let words: Vec<&str> = words
                .iter()
                .map(String::as_str)
                .filter(|word| is_word(word))
                .collect();
            operation.descriptions.push(sections::split(&words));
        }
    }
}
