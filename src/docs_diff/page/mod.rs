//! Pages that a person saved from Meta's documentation, in each form that they can be saved in.
//!
//! | form | read by |
//! |---|---|
//! | Markdown, as the page offers it | `markdown`, on blocks of a Markdown parser |
//! | text from a browser, line by line or run together; text in Markdown decoration from a clipper | `text`, on words |
//!
//! Both come to one `content`, and from there to facts and prose, so that all forms of a page say the same.
//!
//! Text is read without regard to its lines: they differ between copies, and some have none. What is left is a row of
//! words with landmarks (`Request Syntax`, `Content Type: …`), with headings of fields (`Versionstring·required`), and
//! with prose between them. A line of its own is only a hint that a word is what it looks like.

mod agree;
mod assemble;
mod clean;
mod content;
mod heading;
mod landmark;
mod markdown;
mod markdown_blocks;
mod markdown_labels;
mod markdown_page;
mod markdown_schemas;
mod sections;
mod text;
mod text_fields;
mod text_known;
mod text_operation;
mod text_paths;
mod text_statuses;
mod words;

use super::model::{ReadError, Source};

/// Reads a page in whatever form it is.
///
/// # Errors
/// [`ReadError::Empty`], [`ReadError::NoEndpoint`], [`ReadError::UnknownWording`] or [`ReadError::CutShort`], each with
/// what was looked for and what was found.
pub fn read_page(text: &str) -> Result<Source, ReadError> {
    let text = clean::decode_entities(text);
    if !text.contains(char::is_alphanumeric) {
        return Err(ReadError::Empty);
    }
    let page = if markdown_labels::recognised(&text) {
        markdown::read(&text)?
    } else {
        text::read(&text)?
    };
    Ok(assemble::assemble(page))
}

#[cfg(test)]
#[path = "../../../tests/inside/page_fixture.rs"]
mod fixture;
#[cfg(test)]
#[path = "../../../tests/inside/page_forms.rs"]
mod forms;
#[cfg(test)]
#[path = "../../../tests/inside/page_trouble.rs"]
mod trouble;
