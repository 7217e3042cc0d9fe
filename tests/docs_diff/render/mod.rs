//! Every form in which a page can be saved, and what copying may do to each.

mod markdown;
pub mod openapi;
mod text;

use crate::page::{Page, both_pages};

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

    /// What a browser shows, copied or clipped. Markdown has no versions, no introduction and no repetitions.
    pub fn is_copied(self) -> bool {
        self.is_page() && !self.is_markdown()
    }

    /// Whether the values of enums are told.
    pub fn has_values(self) -> bool {
        !self.is_copied()
    }

    /// Bounds are told here alone.
    pub fn is_openapi(self) -> bool {
        self == Self::OpenApi
    }

    /// Copied as plain text.
    fn is_text(self) -> bool {
        matches!(self, Self::Lines | Self::RunTogether)
    }

    fn is_joined(self) -> bool {
        self == Self::RunTogether
    }

    fn has_dashes(self) -> bool {
        self == Self::Lines
    }

    /// Meta's Markdown, or that of a clipper.
    fn is_clipped(self) -> bool {
        self.is_page() && !self.is_text()
    }
}

/// Both pages in each of the forms.
pub fn rendered(forms: impl IntoIterator<Item = Form>) -> Vec<(Page, Form, String)> {
    let both = |form| both_pages().map(|page| (render(&page, form), page, form));
    let all = forms.into_iter().flat_map(both);
    all.map(|(text, page, form)| (page, form, text)).collect()
}

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
/// which forms it can happen to, and what is written for what. What is written for nothing comes first in the file.
type Decoration = (
    &'static str,
    fn(Form) -> bool,
    &'static [(&'static str, &'static str)],
);

const DECORATIONS: [Decoration; 13] = [
    ("curly quotes", Form::is_page, CURLY),
    ("trailing spaces", Form::is_page, &[("\n", " \n")]),
    ("no-break spaces", Form::is_page, &[(" ", "\u{a0}")]),
    ("blank lines", Form::is_text, &[("\n", "\n\n")]),
    ("no blank lines", Form::is_joined, &[("\n\n", "\n")]),
    ("dots", Form::has_dashes, &[("\n- ", "\n• ")]),
    ("no bullets", Form::has_dashes, &[("\n- ", "\n")]),
    ("a title and a link", Form::is_markdown, TITLE_AND_LINK),
    ("front matter", Form::is_clipped, FRONT_MATTER),
    ("a clipper's comment", Form::is_clipped, COMMENT),
    (
        "ends of lines of an old Mac",
        Form::is_page,
        &[("\n", "\r")],
    ),
    ("CRLF", |_| true, &[("\n", "\r\n")]),
    ("a byte order mark", |_| true, &[("", "\u{feff}")]),
];

const CURLY: &[(&str, &str)] = &[(" \"", " “"), ("\"", "”"), ("'", "’")];

const COMMENT: &[(&str, &str)] = &[("", "<!-- Saved: 2026-03-10T22:03:39.075Z -->\n\n")];

const TITLE_AND_LINK: &[(&str, &str)] = &[(
    "",
    "\
# My notes on partners

Source: [Meta's page](https://developers.facebook.com/documentation/business-messaging/whatsapp)

",
)];

const FRONT_MATTER: &[(&str, &str)] = &[(
    "",
    "\
---
title: \"Partners, saved: 2026\"
source_url: https://developers.facebook.com/documentation/business-messaging/whatsapp
tags: [meta, partners]
---

",
)];

/// A text with what is written otherwise.
fn rewritten(text: &str, changes: &[(&str, &str)]) -> String {
    let change = |text: String, (old, new): &(&str, &str)| match *old {
        "" => format!("{new}{text}"),
        old => text.replace(old, new),
    };
    changes.iter().fold(text.to_owned(), change)
}

/// A text in every way in which it may have come into a file: as it is, with each decoration, and with several.
pub fn decorated(text: &str, form: Form) -> Vec<(&'static str, String)> {
    let possible = DECORATIONS.iter().filter(|(_, is_for, _)| is_for(form));
    let mut all = vec![("as it is", text.to_owned())];
    let mut several = text.to_owned();
    for (name, _, changes) in possible {
        all.push((name, rewritten(text, changes)));
        // These do not go with the others.
        if !["no-", "no bullets", "front", "ends"]
            .iter()
            .any(|apart| name.starts_with(apart))
        {
            several = rewritten(&several, changes);
        }
    }
    all.push(("several", several));
    all
}
