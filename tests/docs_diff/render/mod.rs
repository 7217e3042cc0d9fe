//! Every form in which a page can be saved, and what copying may do to each.

pub mod clipped;
pub mod lines;
pub mod markdown;
pub mod run_together;

use crate::spec::PageSpec;

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
}

pub const FORMS: [Form; 6] = [
    Form::Lines,
    Form::RunTogether,
    Form::Markdown,
    Form::MarkdownEntities,
    Form::ClippedBullets,
    Form::ClippedPlain,
];

impl Form {
    /// The page's own Markdown: no versions, no introduction, each schema once.
    pub fn is_markdown(self) -> bool {
        matches!(self, Self::Markdown | Self::MarkdownEntities)
    }
}

/// A page in a form.
pub fn render(page: &PageSpec, form: Form) -> String {
    match form {
        Form::Lines => lines::render(page),
        Form::RunTogether => run_together::join(&lines::render(page)),
        Form::Markdown => markdown::render(page),
        Form::MarkdownEntities => markdown::entities(&markdown::render(page)),
        Form::ClippedBullets => clipped::clip(&lines::render(page), true),
        Form::ClippedPlain => clipped::clip(&lines::render(page), false),
    }
}

/// What happens to a text on its way from the page into a file, and changes nothing of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decoration {
    /// Every space is a no-break space.
    NoBreakSpaces,
    /// The spaces in the code sample and some others are no-break spaces.
    SomeNoBreakSpaces,
    /// `don’t` and “quotes”
    Curly,
    Crlf,
    /// The ends of lines as on an old Mac.
    Cr,
    /// Every line is a paragraph.
    BlankLines,
    /// Every blank line is gone.
    NoBlankLines,
    /// `•` for `-`
    Dots,
    /// No sign before a bullet.
    NoBullets,
    TrailingSpaces,
    /// A byte order mark.
    Mark,
    /// A title and a link of the reader's own above the page.
    TitleAndLink,
    /// What note-taking tools put above a page.
    FrontMatter,
    /// A comment of the tool's, as some clippers leave one.
    Comment,
}

use Decoration::{
    BlankLines, Comment, Cr, Crlf, Curly, Dots, FrontMatter, Mark, NoBlankLines, NoBreakSpaces,
    NoBullets, SomeNoBreakSpaces, TitleAndLink, TrailingSpaces,
};

/// What can happen to each form: nothing, each by itself, and several at once.
pub fn decorations(form: Form) -> Vec<Vec<Decoration>> {
    let own: &[Decoration] = match form {
        Form::Lines => &[
            NoBreakSpaces,
            SomeNoBreakSpaces,
            BlankLines,
            Dots,
            NoBullets,
        ],
        Form::RunTogether => &[NoBreakSpaces, SomeNoBreakSpaces, BlankLines, NoBlankLines],
        Form::Markdown | Form::MarkdownEntities => {
            &[SomeNoBreakSpaces, TitleAndLink, FrontMatter, Comment]
        }
        Form::ClippedBullets | Form::ClippedPlain => &[FrontMatter, Comment],
    };
    let all = [&[Curly, Crlf, Cr, TrailingSpaces, Mark], own].concat();
    let mut chosen: Vec<Vec<Decoration>> = all.iter().map(|one| vec![*one]).collect();
    let several = all
        .iter()
        .filter(|one| !matches!(one, Crlf | Cr | NoBreakSpaces | Mark | NoBullets));
    chosen.push(several.copied().chain([Crlf, Mark]).collect());
    chosen.insert(0, vec![]);
    chosen
}

/// The text after all of that has happened to it.
pub fn decorate(text: &str, decorations: &[Decoration]) -> String {
    let mut text = text.to_owned();
    for &decoration in decorations {
        text = one(&text, decoration);
    }
    text
}

fn one(text: &str, decoration: Decoration) -> String {
    match decoration {
        NoBreakSpaces => text.replace(' ', "\u{a0}"),
        SomeNoBreakSpaces => text
            .lines()
            .enumerate()
            .map(|(number, line)| {
                // Inside of lines alone: what Markdown counts as indentation stays what it is.
                let inner = line.trim_start();
                let indent = &line[..line.len() - inner.len()];
                // Table rows and headings keep the spaces that belong to their form, as they do in any editor.
                if number % 3 == 0 && !inner.starts_with(['|', '#', '*', '-']) {
                    format!("{indent}{}\n", inner.replace(' ', "\u{a0}"))
                } else {
                    format!("{line}\n")
                }
            })
            .collect(),
        Curly => curly(text),
        Crlf => text.replace('\n', "\r\n"),
        Cr => text.replace('\n', "\r"),
        BlankLines => text.replace('\n', "\n\n"),
        NoBlankLines => {
            let mut text = text.to_owned();
            while text.contains("\n\n") {
                text = text.replace("\n\n", "\n");
            }
            text
        }
        Dots => text.replace("\n- ", "\n• "),
        NoBullets => text.replace("\n- ", "\n"),
        TrailingSpaces => text.lines().map(|line| format!("{line} \n")).collect(),
        Mark => format!("\u{feff}{text}"),
        TitleAndLink => format!(
            "# My notes on partners\n\nSource: [Meta's page](https://developers.facebook.com/documentation/business-messaging/whatsapp)\n\n{text}"
        ),
        FrontMatter => {
            // A page that was clipped with one has no second.
            if text.starts_with("---") {
                text.to_owned()
            } else {
                format!(
                    "---\ntitle: \"Partners, saved: 2026\"\nsource_url: https://developers.facebook.com/documentation/business-messaging/whatsapp\ntags: [meta, partners]\n---\n\n{text}"
                )
            }
        }
        Comment => {
            if text.starts_with("---") {
                text.to_owned()
            } else {
                format!("<!-- Saved: 2026-03-10T22:03:39.075Z -->\n\n{text}")
            }
        }
    }
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
