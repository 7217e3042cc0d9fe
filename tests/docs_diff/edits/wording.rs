//! Sentences in other words, more of them and fewer.

use super::{Edits, Expected, expect, prose};
use crate::page::{ERROR_FIELDS, Page, content, fields, sections};
use crate::render::Form;

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
        let middle = |at: &usize| *at >= text.len() / 2;
        let at = text.char_indices().map(|(at, _)| at).find(middle);
        let (before, behind) = text.split_at(at.unwrap_or(0));
        format!("{before}qu{behind}")
    },
];

impl Edits {
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

pub(super) fn all(edits: &mut Edits, page: &Page) {
    edits.reword(
        page,
        "/introduction",
        &prose("introduction").shown(Form::is_copied),
    );
    edits.reword(
        page,
        "/summary",
        &prose("description.Introduction").shown(Form::is_markdown),
    );
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
    description(edits, page);
}

fn description(edits: &mut Edits, page: &Page) {
    const PLACE: &str = "/description";
    let sections = sections(page.text(PLACE));
    let item = |at: usize| match sections[at].0 {
        "" => "description.Introduction".to_owned(),
        name => format!("description.{name}"),
    };
    for (at, (name, lines)) in sections.iter().enumerate() {
        let heading = format!("\n## {name}\n");
        if at > 0 {
            // New text belongs to what stands above it.
            let above = prose(item(at - 1));
            let removed = expect(item(at), "prose removed").shown(Form::is_page);
            let sign = if at % 2 == 0 { "- " } else { "" };
            let new = format!(
                "\n## Sunset Plan\n{sign}Old calls end in 2 years\n{sign}New ones stay{heading}"
            );
            edits
                .replace(vec![above.clone()], PLACE, &heading, &new)
                .touching(&["description"]);
            let renamed = vec![removed.clone(), above];
            let edit = edits.replace(renamed, PLACE, &heading, "\n## Other Rules\n");
            edit.touching(&["description"]);
            let whole = format!("{heading}{}", lines.join("\n"));
            edits.replace(vec![removed], PLACE, &whole, "");
        }
        if at + 1 == sections.len() {
            let (last, plan) = (
                lines[lines.len() - 1],
                "## Sunset Plan\nOld calls end in 2 years",
            );
            let new = format!("{last}\n{plan}");
            edits
                .replace(vec![prose(item(at))], PLACE, last, &new)
                .touching(&["description"]);
        }
        for line in lines {
            let expected = || vec![prose(item(at))];
            let (sign, bare) = match line.strip_prefix("- ") {
                Some(bare) => ("- ", bare),
                None => ("", *line),
            };
            for reword in REWORDINGS {
                edits.replace(expected(), PLACE, bare, &reword(bare));
            }
            let more = format!("{sign}Nobody needs 3 apps for this\n{line}");
            edits.replace(expected(), PLACE, line, &more);
            if lines.len() > 1 {
                let whole = if at == 0 {
                    format!("{line}\n")
                } else {
                    format!("\n{line}")
                };
                edits.replace(expected(), PLACE, &whole, "");
            }
        }
        // What the second printing alone says contradicts the first.
        let second = page
            .text(PLACE)
            .replacen(lines[0], "Something that is new here", 1);
        let expected = expect(item(at), "prose").shown(Form::is_copied);
        let edit = edits.add(
            format!("below 'Responses' alone: {name}"),
            vec![expected],
            move |page| {
                page["x-second-description"] = second.clone().into();
            },
        );
        edit.touching(&["description"]);
    }
}
