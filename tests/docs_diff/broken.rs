//! What is no page, or not all of one, or another: refused for the right reason, and never taken for a page on which
//! much has changed.

use crate::adapter::{self, Failure};
use crate::campaign::{both_pages, lock_from, shown};
use crate::pages;
use crate::render::{Decoration, FORMS, Form, decorate, decorations, render};
use crate::spec::PageSpec;

/// Behind this, only what says nothing of the API is left of a page.
fn end_of_content(text: &str, page: &PageSpec) -> usize {
    let examples = text.rfind("Usage Examples").unwrap();
    let place = format!("Header: {}", page.auth.header);
    let quoted = format!("Header: `{}", page.auth.header);
    let table = &text[..examples];
    let plain = table.rfind(&place).map(|at| at + place.len());
    plain
        .or_else(|| table.rfind(&quoted).map(|at| at + quoted.len()))
        .unwrap()
}

/// Nothing is told of a copy that ends early, wherever it does.
#[test]
fn a_page_that_ends_in_the_middle_is_never_compared() {
    let all = std::env::var_os("DOCS_DIFF_ALL").is_some();
    let lock = lock_from(Form::Lines);
    let (mut cuts, mut wrong) = (0, Vec::new());
    for (page, other) in both_pages() {
        for form in FORMS.into_iter().filter(|form| !form.is_openapi()) {
            let text = shown(&page, &other, form, &[]);
            let end = end_of_content(&text, &page);
            let path = text.find(&page.path).unwrap_or(0);
            // Each tenth line's end, and places within words; the step has no divisor in common with any line.
            let step = if all { 1 } else { 61 };
            let ends = text.match_indices('\n').map(|(at, _)| at).enumerate();
            let mut places: Vec<usize> = ends
                .filter(|(n, _)| all || n % 3 == 0)
                .map(|(_, at)| at)
                .collect();
            places.extend(
                (1..text.len())
                    .step_by(step)
                    .filter(|at| text.is_char_boundary(*at)),
            );
            // The last characters before the end are the hardest.
            places.extend((end - 40..end).filter(|at| text.is_char_boundary(*at)));
            places.sort_unstable();
            places.dedup();
            for at in places {
                cuts += 1;
                let found = adapter::compare(&text[..at], &lock);
                let right = match &found {
                    Err(Failure::CutShort) => true,
                    Err(Failure::Empty | Failure::NoEndpoint | Failure::UnknownWording) => {
                        at <= path + 400
                    }
                    // What stands between the last fact and the heading of the examples may be missing.
                    Ok(differences) => at >= end && differences.is_empty(),
                    Err(_) => false,
                };
                if !right {
                    let before: String = text[..at].chars().rev().take(60).collect();
                    let before: String = before.chars().rev().collect();
                    let found = match found {
                        Ok(differences) => format!("{} differences", differences.len()),
                        Err(failure) => failure.to_string(),
                    };
                    wrong.push(format!(
                        "{} {form:?} cut at {at} of {end}, behind {before:?}: {found}",
                        page.path
                    ));
                }
            }
        }
    }
    println!("{cuts} cuts, {} wrong", wrong.len());
    let count = wrong.len();
    wrong.truncate(20);
    assert!(cuts > 500);
    assert_eq!(count, 0, "of {cuts}\n{}", wrong.join("\n"));
}

#[test]
fn json_that_ends_in_the_middle_is_malformed() {
    let lock = lock_from(Form::Lines);
    let text = render(&pages::create(), &[pages::accept()], Form::OpenApiJson);
    for at in (1..text.len() - 2)
        .step_by(997)
        .filter(|at| text.is_char_boundary(*at))
    {
        assert_eq!(
            adapter::compare(&text[..at], &lock),
            Err(Failure::Malformed),
            "cut at {at}"
        );
    }
}

#[test]
fn a_sister_page_is_another_api() {
    let lock = lock_from(Form::Lines);
    for last in [
        "reject",
        "send_deactivation_request",
        "accept_deactivation_request",
    ] {
        let sister = pages::sister(last);
        for form in FORMS {
            for with in decorations(form) {
                let text = decorate(&render(&sister, &[], form), &with);
                let found = adapter::compare(&text, &lock);
                assert_eq!(found, Err(Failure::OtherApi), "{last} {form:?} {with:?}");
            }
            let message = adapter::message(&render(&sister, &[], form)).unwrap();
            assert!(
                message.contains(last) || form.is_openapi(),
                "{form:?}: {message}"
            );
        }
    }
}

/// The page's own words, and the same as a browser's translation has them.
const TRANSLATED: [(&str, &str); 19] = [
    ("Base URL", "URL base"),
    ("Endpoints", "Pontos de extremidade"),
    ("Request Syntax", "Sintaxe da solicitação"),
    ("Select language", "Selecionar idioma"),
    ("Select status code", "Selecionar código do status"),
    ("Header Parameters", "Parâmetros de cabeçalho"),
    ("Path Parameters", "Parâmetros de caminho"),
    (
        "Request Body (Required)",
        "Corpo da solicitação (Obrigatório)",
    ),
    ("Request BodyRequired", "Corpo da solicitaçãoObrigatório"),
    ("·required", "·obrigatório"),
    ("Content Type", "Tipo de conteúdo"),
    ("Schema:", "Esquema:"),
    ("**Schema**", "**Esquema**"),
    ("Show child attributes", "Mostrar atributos secundários"),
    ("Responses", "Respostas"),
    ("Authentication", "Autenticação"),
    ("Usage Examples", "Exemplos de uso"),
    (
        "| Name | Type | Required | Description |",
        "| Nome | Tipo | Obrigatório | Descrição |",
    ),
    (
        "| Property | Type | Required | Description |",
        "| Propriedade | Tipo | Obrigatório | Descrição |",
    ),
];

#[test]
fn a_page_in_another_language_is_refused() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        for form in FORMS.into_iter().filter(|form| !form.is_openapi()) {
            let mut text = shown(&page, &other, form, &[]);
            for (english, portuguese) in TRANSLATED {
                text = text.replace(english, portuguese);
            }
            let found = adapter::compare(&text, &lock);
            let refused = matches!(found, Err(Failure::UnknownWording | Failure::NoEndpoint));
            assert!(refused, "{} {form:?}: {found:?}", page.path);
        }
    }
}

/// One heading that is not what it was is new text like any other: it is reported, and nothing is taken for removed.
#[test]
fn one_unknown_heading_is_reported_and_makes_nothing_up() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        for form in FORMS.into_iter().filter(|form| !form.is_openapi()) {
            let text = shown(&page, &other, form, &[]);
            for (english, portuguese) in TRANSLATED {
                if !text.contains(english) {
                    continue;
                }
                let Ok(found) = adapter::compare(&text.replace(english, portuguese), &lock) else {
                    continue;
                };
                assert!(!found.is_empty(), "{form:?} with {portuguese:?}");
                let is_wording =
                    |one: &adapter::Reported| ["prose", "example"].contains(&one.aspect.as_str());
                let table = english.starts_with("| ")
                    || english.starts_with("Select status")
                    || english.starts_with("Request Body");
                assert!(
                    table || found.iter().all(is_wording),
                    "{form:?} with {portuguese:?}: {found:?}"
                );
            }
        }
    }
}

/// The order in which pages are given does not matter, nor that one is given twice.
#[test]
fn several_pages_make_one_lock() {
    let (create, accept) = (pages::create(), pages::accept());
    let lock = |pages: &[(&PageSpec, Form)]| {
        let texts: Vec<String> = pages
            .iter()
            .map(|(page, form)| render(page, &[], *form))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        adapter::lock_of(&texts).unwrap().text()
    };
    let usual = lock(&[(&create, Form::Lines), (&accept, Form::Lines)]);
    assert_eq!(
        lock(&[(&accept, Form::Lines), (&create, Form::Lines)]),
        usual
    );
    assert_eq!(
        lock(&[
            (&create, Form::Lines),
            (&accept, Form::RunTogether),
            (&create, Form::Lines)
        ]),
        usual
    );
    assert_eq!(
        lock(&[
            (&create, Form::ClippedPlain),
            (&accept, Form::ClippedBullets)
        ]),
        usual
    );
    // Markdown knows more (schemas, the summary) and less (the introduction): nothing that was known is lost.
    let more = lock(&[
        (&create, Form::Lines),
        (&accept, Form::Lines),
        (&create, Form::Markdown),
        (&accept, Form::MarkdownEntities),
    ]);
    for line in usual.lines().filter(|line| !line.starts_with('[')) {
        assert!(more.contains(line), "{line}");
    }
    assert_eq!(
        Ok(more.clone()),
        adapter::Lock::read(&more).map(|lock| lock.text())
    );
}

/// A page between other things of the same reader's: what stands around it is not the page's.
#[test]
fn notes_around_a_page_are_no_part_of_it() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        for form in [
            Form::Markdown,
            Form::MarkdownEntities,
            Form::ClippedBullets,
            Form::ClippedPlain,
        ] {
            for with in [
                Decoration::TitleAndLink,
                Decoration::FrontMatter,
                Decoration::Comment,
            ] {
                let text = shown(&page, &other, form, &[with]);
                assert_eq!(
                    adapter::compare(&text, &lock),
                    Ok(vec![]),
                    "{} {form:?} {with:?}",
                    page.path
                );
            }
        }
    }
}

#[test]
fn what_is_no_page_is_said_to_be_none() {
    let lock = lock_from(Form::Lines);
    for (text, failure) in [
        ("", Failure::Empty),
        (" \r\n\t\u{a0}\n", Failure::Empty),
        ("Dear all,\n\nsee you on Monday.\n", Failure::NoEndpoint),
        (
            "# Notes\n\n- POST offices are closed\n- GET well soon\n",
            Failure::NoEndpoint,
        ),
        (
            "{\"openapi\": \"3.1.0\", \"paths\": {}}",
            Failure::NoEndpoint,
        ),
    ] {
        assert_eq!(adapter::compare(text, &lock), Err(failure), "{text:?}");
        assert!(!adapter::message(text).unwrap().is_empty());
    }
}

/// Read as one page, two would contradict each other.
#[test]
fn two_pages_in_one_file_are_refused() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        for form in FORMS.into_iter().filter(|form| !form.is_openapi()) {
            let text = shown(&page, &other, form, &[]);
            let twice = format!("{text}\n\n{text}");
            let found = adapter::compare(&twice, &lock);
            assert_eq!(found, Err(Failure::Malformed), "{form:?}");
        }
    }
}

/// A field whose type is not known must not be taken for words of the field above it.
#[test]
fn a_type_that_is_not_known_makes_a_field_too() {
    let lock = lock_from(Form::Lines);
    let (page, other) = both_pages().into_iter().next().unwrap();
    let text = shown(&page, &other, Form::Lines, &[]);
    let heading = "partner_app_idstring·required";
    assert_eq!(text.matches(heading).count(), 1);

    let map = text.replace(
        heading,
        &format!("extrasmap·required\nMore of it.\n{heading}"),
    );
    let items: Vec<String> = adapter::compare(&map, &lock)
        .unwrap()
        .into_iter()
        .map(|one| one.item)
        .collect();
    assert_eq!(items, ["request.extrasmap"]);

    for mark in ["", "·required"] {
        let new = format!("request_kindOne of \"A\", \"B\"{mark}\nWhich kind it is.\n{heading}");
        let found = adapter::compare(&text.replace(heading, &new), &lock).unwrap();
        let items: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|one| (one.item.as_str(), one.aspect.as_str(), one.kind.as_str()))
            .collect();
        assert_eq!(items, [("request.request_kind", "presence", "added")]);
    }
}

/// Its fields would otherwise be gone without a word.
#[test]
fn a_schema_that_markdown_refers_to_and_does_not_show_is_missed() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        let form = FORMS.into_iter().find(|form| form.is_markdown()).unwrap();
        let text = shown(&page, &other, form, &[]);
        for schema in ["Request", "Response", "GraphAPIError"] {
            let heading = text
                .lines()
                .find(|line| line.starts_with("### ") && line.ends_with(schema))
                .unwrap();
            let renamed = text.replace(heading, "### SomethingElse");
            assert_eq!(
                adapter::compare(&renamed, &lock),
                Err(Failure::CutShort),
                "{heading}"
            );
        }
    }
}

/// A base URL that comes beside the one that is known.
#[test]
fn a_second_base_url_is_a_difference() {
    let lock = lock_from(Form::Lines);
    for (page, other) in both_pages() {
        for form in FORMS.into_iter().filter(|form| !form.is_openapi()) {
            let text = shown(&page, &other, form, &[]);
            let (url, beta) = (
                "https://graph.facebook.com |",
                "https://graph-beta.facebook.com |",
            );
            let found = adapter::compare(&text.replacen(url, &format!("{url} {beta}"), 1), &lock);
            let items: Vec<String> = found.unwrap().into_iter().map(|one| one.item).collect();
            assert_eq!(items, ["base_url"], "{form:?}");
        }
    }
}
