//! Sentences in other words, more of them and fewer.

use super::{Edits, Expected, expect, prose};
use crate::page::{ERROR_FIELDS, Page, Section, content, fields, sections};
use crate::render::Form;

const DESCRIPTION: &str = "/description";

type Rewording = fn(&str) -> String;

/// Ways to change a sentence: a word in front, another last word, a number behind, two letters in the middle.
const REWORDINGS: [Rewording; 4] = [
    |text| format!("Usually {text}"),
    |text| {
        let at = text.trim_end().rfind(' ').map_or(0, |at| at + 1);
        format!("{}nonetheless", &text[..at])
    },
    |text| format!("{} 17", text.trim_end_matches('.')),
    |text| {
        let middle = text.char_indices().find(|(at, _)| *at >= text.len() / 2);
        let (before, behind) = text.split_at(middle.map_or(0, |(at, _)| at));
        format!("{before}qu{behind}")
    },
];

impl Edits<'_> {
    /// Each line of the text at a place in other words, in each way.
    fn reword(&mut self, page: &Page, place: &str, expected: &Expected) {
        for line in page.text(place).lines() {
            for reword in REWORDINGS {
                self.replace(vec![expected.clone()], place, line, &reword(line));
            }
        }
    }
}

/// The objects with fields: what the names of their items begin with, and where they are.
pub(super) fn objects(page: &Page) -> [(&'static str, String); 5] {
    let schema = |body| format!("/schemas/{}", content(page.get(body)).1);
    [
        ("header", "/header".to_owned()),
        ("path", "/parameters".to_owned()),
        ("request", schema("/request")),
        ("response.200", schema("/responses/200")),
        ("error", ERROR_FIELDS.to_owned()),
    ]
}

pub(super) fn all(edits: &mut Edits<'_>, page: &Page) {
    let introduction = prose("introduction").shown(Form::is_copied);
    edits.reword(page, "/introduction", &introduction);
    let summary = prose("description.Introduction").shown(Form::is_markdown);
    edits.reword(page, "/summary", &summary);
    for (code, _) in page.statuses() {
        let place = format!("/responses/{code}/description");
        edits.reword(page, &place, &prose(format!("status.{code}")));
    }
    for (name, schema) in page.get("/schemas").as_object().unwrap() {
        let expected = match schema.get("enum") {
            Some(_) => prose(format!("enum.{name}")),
            None => prose(format!("schema.{name}")).shown(Form::is_markdown),
        };
        edits.reword(page, &format!("/schemas/{name}/description"), &expected);
    }
    for (prefix, object) in objects(page) {
        for field in fields(page.get(&object)) {
            let item = format!("{prefix}.{}", field.name);
            let place = format!("{object}/properties/{}/description", field.name);
            edits.reword(page, &place, &prose(&item));
            if !field.description.is_empty() {
                let gone = expect(item, "prose removed").shown(Form::is_page);
                edits.set(gone, &place, "");
            }
        }
    }
    let sections = sections(page.text(DESCRIPTION));
    for (at, section) in sections.iter().enumerate() {
        if at > 0 {
            headings(edits, &sections[at - 1], section, at % 2 == 0);
        }
        if at + 1 == sections.len() {
            let last = section.lines[section.lines.len() - 1];
            let new = format!("{last}\n## Sunset Plan\nOld calls end in 2 years");
            let edit = edits.replace(vec![prose(section.item())], DESCRIPTION, last, &new);
            edit.touching(&["description"]);
        }
        lines(edits, page, section);
    }
}

/// Another section above this one, another heading, and none of the section.
fn headings(edits: &mut Edits<'_>, above: &Section<'_>, section: &Section<'_>, in_bullets: bool) {
    let heading = format!("\n## {}\n", section.name);
    // New text belongs to what stands above it.
    let above = prose(above.item());
    let removed = expect(section.item(), "prose removed").shown(Form::is_page);
    let sign = if in_bullets { "- " } else { "" };
    let new =
        format!("\n## Sunset Plan\n{sign}Old calls end in 2 years\n{sign}New ones stay{heading}");
    let edit = edits.replace(vec![above.clone()], DESCRIPTION, &heading, &new);
    edit.touching(&["description"]);
    let renamed = vec![removed.clone(), above];
    let edit = edits.replace(renamed, DESCRIPTION, &heading, "\n## Other Rules\n");
    edit.touching(&["description"]);
    let whole = format!("{heading}{}", section.lines.join("\n"));
    edits.replace(vec![removed], DESCRIPTION, &whole, "");
}

fn lines(edits: &mut Edits<'_>, page: &Page, section: &Section<'_>) {
    let item = section.item();
    let mut replace = |old: &str, new: &str| {
        edits.replace(vec![prose(&item)], DESCRIPTION, old, new);
    };
    for line in &section.lines {
        let (sign, bare) = match line.strip_prefix("- ") {
            Some(bare) => ("- ", bare),
            None => ("", *line),
        };
        for reword in REWORDINGS {
            replace(bare, &reword(bare));
        }
        let more = format!("{sign}Nobody needs 3 apps for this\n{line}");
        replace(line, &more);
        match section.lines.len() {
            1 => {}
            _ if section.name.is_empty() => replace(&format!("{line}\n"), ""),
            _ => replace(&format!("\n{line}"), ""),
        }
    }
    // What the second printing alone says contradicts the first.
    let text = page.text(DESCRIPTION);
    let second = text.replacen(section.lines[0], "Something that is new here", 1);
    let expected = expect(item, "prose").shown(Form::is_copied);
    let edit = edits.set(expected, "/x-second-description", second);
    edit.touching(&["description"]);
}
