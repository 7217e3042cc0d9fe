//! Markdown as a row of blocks: what the reader of a page needs of a Markdown parser's events.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A block.
#[derive(Debug)]
pub(super) enum Block {
    Heading(String),
    /// A paragraph or an item of a list, line by line.
    Text(Vec<String>),
    /// Rows of cells, the header's first.
    Table(Vec<Vec<Cell>>),
    /// The place that a link elsewhere leads to.
    Anchor(String),
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Where the first link in it leads to.
    pub(super) target: Option<String>,
}

/// The blocks of a Markdown text. Code is left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    // Text of the block, or of the cell, that is open.
    let mut cell = Cell::default();
    let mut table: Option<Vec<Vec<Cell>>> = None;
    let mut in_code = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::Item) => {
                flush(&mut out, &mut cell)
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = one_line(&cell.text);
                cell = Cell::default();
                out.push(Block::Heading(heading));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => flush(&mut out, &mut cell),
            Event::Start(Tag::Table(_)) => {
                flush(&mut out, &mut cell);
                table = Some(Vec::new());
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(rows) = &mut table {
                    rows.push(Vec::new());
                }
            }
            Event::Start(Tag::TableCell) => cell = Cell::default(),
            Event::End(TagEnd::TableCell) => {
                let mut done = std::mem::take(&mut cell);
                done.text = one_line(&done.text);
                if let Some(row) = table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(done);
                }
            }
            Event::End(TagEnd::Table) => out.extend(table.take().map(Block::Table)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                cell.target.get_or_insert_with(|| dest_url.into_string());
            }
            Event::Text(text) if !in_code => cell.text.push_str(&text),
            Event::Code(text) => cell.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => cell.text.push('\n'),
            Event::Html(html) | Event::InlineHtml(html) => match id(&html) {
                Some(anchor) => out.push(Block::Anchor(anchor)),
                None if html.starts_with("<br") => cell.text.push('\n'),
                None if html.starts_with("<!--") || html.starts_with("</") => {}
                // Not markup, but a name such as <Token>.
                None => cell.text.push_str(&html),
            },
            _ => {}
        }
    }
    flush(&mut out, &mut cell);
    out
}

fn flush(out: &mut Vec<Block>, cell: &mut Cell) {
    let lines: Vec<String> = std::mem::take(cell)
        .text
        .lines()
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        out.push(Block::Text(lines));
    }
}

/// White space folded.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of an opening tag, as in `<jumplink id="…">`.
fn id(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("id=\"")?;
    rest.split_once('"').map(|(id, _)| id.to_owned())
}
