//! Every form in which a page can be saved, and what copying may do to each.

mod markdown;
pub mod openapi;
mod text;

use crate::page::Page;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Text from a browser, line by line.
    Lines,
    /// Text from a browser, run together into paragraphs.
    RunTogether,
    /// The page's own Markdown.
    Markdown,
    /// The same with HTML entities.
    MarkdownEntities,
    /// The web page clipped to Markdown, with `* ` bullets and escapes.
    ClippedBullets,
    /// The web page clipped to Markdown by another tool, which drops the bullets.
    ClippedPlain,
    /// The page's own OpenAPI file.
    OpenApi,
}

/// All forms.
pub const ALL_FORMS: [Form; 7] = [
    Form::Lines,
    Form::RunTogether,
    Form::Markdown,
    Form::MarkdownEntities,
    Form::ClippedBullets,
    Form::ClippedPlain,
    Form::OpenApi,
];

/// The forms of a page with its wording.
pub fn forms() -> impl Iterator<Item = Form> {
    ALL_FORMS.into_iter().filter(|form| form.is_page())
}

impl Form {
    /// The page's own Markdown: no versions, no introduction, each schema once.
    pub fn is_markdown(self) -> bool {
        matches!(self, Self::Markdown | Self::MarkdownEntities)
    }

    pub fn is_page(self) -> bool {
        self != Self::OpenApi
    }
}

use Form::{Lines, RunTogether};

/// A page in a form.
pub fn render(page: &Page, form: Form) -> String {
    match form {
        Form::Lines => text::lines(page),
        Form::RunTogether => text::join(&text::lines(page)),
        Form::Markdown => markdown::render(page),
        Form::MarkdownEntities => markdown::entities(&markdown::render(page)),
        Form::ClippedBullets => text::clip(&text::lines(page), true),
        Form::ClippedPlain => text::clip(&text::lines(page), false),
        Form::OpenApi => format!("{:#}", openapi::document(page)),
    }
}

/// What happens to a text on its way from the page into a file, and changes nothing of what it says: a name for messages,
/// the text afterwards, and which forms it can happen to.
type Decoration = (&'static str, fn(&str) -> String, fn(Form) -> bool);

const DECORATIONS: [Decoration; 14] = [
    ("curly quotes", curly, Form::is_page),
    (
        "trailing spaces",
        |text| text.lines().map(|line| format!("{line} \n")).collect(),
        Form::is_page,
    ),
    (
        "no-break spaces",
        |text| text.replace(' ', "\u{a0}"),
        |form| matches!(form, Lines | RunTogether),
    ),
    ("some no-break spaces", some_no_break_spaces, |form| {
        form.is_markdown() || matches!(form, Lines | RunTogether)
    }),
    (
        "blank lines",
        |text| text.replace('\n', "\n\n"),
        |form| matches!(form, Lines | RunTogether),
    ),
    (
        "no blank lines",
        |text| text.replace("\n\n", "\n"),
        |form| form == RunTogether,
    ),
    (
        "dots",
        |text| text.replace("\n- ", "\n• "),
        |form| form == Lines,
    ),
    (
        "no bullets",
        |text| text.replace("\n- ", "\n"),
        |form| form == Lines,
    ),
    (
        "a title and a link of the reader's",
        |text| format!("{TITLE_AND_LINK}{text}"),
        Form::is_markdown,
    ),
    (
        "front matter",
        |text| format!("{FRONT_MATTER}{text}"),
        |form| form.is_page() && !matches!(form, Lines | RunTogether),
    ),
    (
        "a clipper's comment",
        |text| format!("<!-- Saved: 2026-03-10T22:03:39.075Z -->\n\n{text}"),
        |form| form.is_page() && !matches!(form, Lines | RunTogether),
    ),
    (
        "ends of lines as on an old Mac",
        |text| text.replace('\n', "\r"),
        Form::is_page,
    ),
    ("CRLF", |text| text.replace('\n', "\r\n"), |_| true),
    (
        "a byte order mark",
        |text| format!("\u{feff}{text}"),
        |_| true,
    ),
];

const TITLE_AND_LINK: &str = "\
# My notes on partners

Source: [Meta's page](https://developers.facebook.com/documentation/business-messaging/whatsapp)

";

const FRONT_MATTER: &str = "\
---
title: \"Partners, saved: 2026\"
source_url: https://developers.facebook.com/documentation/business-messaging/whatsapp
tags: [meta, partners]
---

";

/// A text in every way in which it may have come into a file: as it is, with each decoration, and with several.
pub fn decorated(text: &str, form: Form) -> Vec<(&'static str, String)> {
    let possible = DECORATIONS.iter().filter(|(.., is_for)| is_for(form));
    let mut all = vec![("as it is", text.to_owned())];
    all.extend(
        possible
            .clone()
            .map(|(name, change, _)| (*name, change(text))),
    );
    let apart = [
        "no-break spaces",
        "no bullets",
        "front matter",
        "ends of lines as on an old Mac",
    ];
    let several = possible.filter(|(name, ..)| !apart.contains(name));
    all.push((
        "several",
        several.fold(text.to_owned(), |text, (_, change, _)| change(&text)),
    ));
    all
}

/// Inside of lines alone: table rows and headings keep the spaces that belong to their form, as they do in any editor.
fn some_no_break_spaces(text: &str) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let is_plain = number % 3 == 0 && !line.starts_with([' ', '|', '#', '*', '-']);
        format!(
            "{}\n",
            if is_plain {
                line.replace(' ', "\u{a0}")
            } else {
                line.to_owned()
            }
        )
    });
    lines.collect()
}

/// Apostrophes within words, and quotes around words of prose; code keeps its own.
fn curly(text: &str) -> String {
    let mut open = false;
    text.split_inclusive('\n')
        .map(|line| {
            let code = line.trim_start().starts_with(['"', '{', '}', '-', 'c'])
                && (line.contains("\": ") || line.contains("--"));
            if code || line.starts_with("**Example") || line.starts_with("title:") {
                return line.to_owned();
            }
            let characters: Vec<char> = line.chars().collect();
            let letter = |at: Option<usize>| {
                at.and_then(|at| characters.get(at))
                    .is_some_and(|c| c.is_alphabetic())
            };
            characters
                .iter()
                .enumerate()
                .map(|(at, &c)| match c {
                    '\'' if letter(at.checked_sub(1)) && letter(Some(at + 1)) => '’',
                    '"' if line.contains(' ') && !line.contains("<jumplink") => {
                        open = !open;
                        if open { '“' } else { '”' }
                    }
                    other => other,
                })
                .collect()
        })
        .collect()
}
