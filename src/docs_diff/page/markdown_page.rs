//! From all that was read of a page's Markdown to the page: is it whole, and which schema is meant where.

use std::collections::BTreeSet;

use super::content::Page;
use super::markdown::Reader;
use super::markdown_blocks::Block;
use super::markdown_schemas::Definitions;
use super::text::{more_than_one_page, shortened};
use super::text_operation::{MOST_OPERATIONS, too_many};
use crate::docs_diff::model::{ReadError, SourceKind};

impl Reader {
    /// The page, if it is whole.
    pub(super) fn finish(mut self, blocks: &[Block], bar_at_end: bool) -> Result<Page, ReadError> {
        self.end_description();
        if self.operations.is_empty() && self.apis.is_empty() {
            let start = self
                .headings
                .first()
                .map_or_else(|| first_words(blocks), Clone::clone);
            return Err(ReadError::NoEndpoint(format!(
                "it starts with `{}`",
                shortened(&start)
            )));
        }
        let headings = self
            .headings
            .iter()
            .map(|heading| format!("`{}`", shortened(heading)))
            .take(4)
            .collect::<Vec<_>>();
        if self.base_headings > 1 {
            return Err(more_than_one_page(self.base_headings));
        }
        if self.base_headings == 0 {
            return Err(ReadError::UnknownWording(format!(
                "`Base URL` was looked for, and the first headings are {}",
                headings.join(", ")
            )));
        }
        let last = shortened(self.headings.last().map_or("its start", String::as_str));
        let cut = |missing: &str| {
            Err(ReadError::CutShort(format!(
                "`{last}` is its last heading, and `{missing}` was still to come"
            )))
        };
        if self.auth.is_empty() || !(self.goes_on || bar_at_end) {
            return cut("Authentication");
        }
        if self.operations.is_empty() {
            return Err(ReadError::UnknownWording(format!(
                "no heading such as `{}` was found",
                shortened(&self.apis[0])
            )));
        }
        if self.operations.len() > MOST_OPERATIONS {
            return Err(too_many(self.operations.len()));
        }
        if self
            .operations
            .iter()
            .any(|operation| operation.responses.is_empty())
        {
            return Err(ReadError::UnknownWording(
                "`Responses` with a status below it was looked for, and not found".into(),
            ));
        }
        match self.labels {
            [true, false] => self.is_stray("Schema"),
            [false, true] => self.is_stray("Content Type"),
            _ => {}
        }
        if let Some(stray) = self.stray {
            return Err(ReadError::UnknownWording(stray));
        }
        let mut definitions = Definitions::new(self.definitions);
        let bodies = self.operations.iter().flat_map(|operation| {
            let responses = operation.responses.iter();
            let answers = responses.filter_map(|response| response.body.as_ref());
            operation.request.iter().chain(answers)
        });
        for schema in bodies.filter_map(|body| body.schema.as_deref()) {
            if !definitions.shows(schema) {
                return Err(ReadError::CutShort(format!(
                    "`{}` is referred to, and no section shows its properties",
                    shortened(schema)
                )));
            }
        }
        for operation in &mut self.operations {
            if let Some(body) = &mut operation.request {
                body.fields = body
                    .schema
                    .as_deref()
                    .and_then(|schema| definitions.fields_of(schema));
            }
            let mut errors = BTreeSet::new();
            for response in &mut operation.responses {
                let Some(body) = &mut response.body else {
                    continue;
                };
                let Some(schema) = body.schema.as_deref() else {
                    continue;
                };
                // A schema stands once on the page, however many statuses have it.
                if response.status.starts_with('2') || errors.insert(schema.to_owned()) {
                    body.fields = definitions.fields_of(schema);
                }
            }
        }
        if definitions.exhausted() {
            return Err(ReadError::Malformed(
                "its schemas refer to each other without end".into(),
            ));
        }
        Ok(Page {
            kind: SourceKind::Markdown,
            versions: None,
            base_urls: self
                .base_urls
                .into_iter()
                .map(|url| super::text::address(&url))
                .collect(),
            auth: self.auth.join("; "),
            introduction: None,
            operations: self.operations,
            schemas: definitions.into_schemas(),
        })
    }
}

fn first_words(blocks: &[Block]) -> String {
    let text = blocks.iter().find_map(|block| match block {
        Block::Text(lines) => lines.first().cloned(),
        _ => None,
    });
    text.unwrap_or_default()
}
