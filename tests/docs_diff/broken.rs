//! What is no page, or not all of one, or another: refused for the right reason, and never taken for a page on which
//! much has changed.

use crate::adapter::{self, Failure};
use crate::campaign::{both_pages, lock_from, shown};
use crate::pages;
use crate::render::{FORMS, Form, decorate, decorations, render};
use crate::spec::PageSpec;

/// Nothing is told of a copy that ends early, wherever it does.
#[test]
fn a_page_that_ends_in_the_middle_is_never_compared() {
    let lock = lock_from(Form::Lines);
    let step = if std::env::var_os("DOCS_DIFF_ALL").is_some() {
        1
    } else {
        61
    };
    for page in both_pages() {
        for form in FORMS {
            let text = shown(&page, form, &[]);
            // Behind the table of schemes, only what says nothing of the API is left of a page.
            let end = text.rfind("Usage Examples").unwrap();
            let end = text[..end].rfind("Authorization").unwrap() + "Authorization".len();
            let path = text.find(&page.path).unwrap_or(0);
            // The last characters before the end are the hardest.
            let places = (1..text.len()).step_by(step).chain(end - 40..end);
            for at in places.filter(|at| text.is_char_boundary(*at)) {
                let found = adapter::compare(&text[..at], &lock);
                let is_right = match &found {
                    Err(Failure::CutShort) => true,
                    Err(Failure::Empty | Failure::NoEndpoint | Failure::UnknownWording) => {
                        at <= path + 400
                    }
                    Ok(differences) => at >= end && differences.is_empty(),
                    Err(_) => false,
                };
                assert!(
                    is_right,
                    "{} {form:?} cut at {at} of {end}: {found:?}",
                    page.path
                );
            }
        }
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
                let text = decorate(&render(&sister, form), &with);
                let found = adapter::compare(&text, &lock);
                assert_eq!(found, Err(Failure::OtherApi), "{last} {form:?} {with:?}");
            }
            let message = adapter::message(&render(&sister, form)).unwrap();
            assert!(message.contains(last), "{form:?}: {message}");
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
    for page in both_pages() {
        for form in FORMS {
            let mut text = shown(&page, form, &[]);
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
    for page in both_pages() {
        for form in FORMS {
            let text = shown(&page, form, &[]);
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
        let texts = pages.iter().map(|(page, form)| render(page, *form));
        let texts: Vec<String> = texts.collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        adapter::lock_of(&texts).unwrap().text()
    };
    let usual = lock(&[(&create, Form::Lines), (&accept, Form::Lines)]);
    let other = [
        (&accept, Form::RunTogether),
        (&create, Form::ClippedPlain),
        (&create, Form::Lines),
    ];
    assert_eq!(lock(&other), usual);
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

/// Read as one page, two would contradict each other.
#[test]
fn two_pages_in_one_file_are_refused() {
    let lock = lock_from(Form::Lines);
    for page in both_pages() {
        for form in FORMS {
            let text = shown(&page, form, &[]);
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
    let [page, _] = both_pages();
    let text = shown(&page, Form::Lines, &[]);
    let heading = "partner_app_idstring·required";
    assert_eq!(text.matches(heading).count(), 1);

    for (new, item) in [
        ("extrasmap·required", "request.extrasmap"),
        ("request_kindOne of \"A\", \"B\"", "request.request_kind"),
        (
            "request_kindOne of \"A\", \"B\"·required",
            "request.request_kind",
        ),
    ] {
        let new = format!("{new}\nMore of it.\n{heading}");
        let found = adapter::compare(&text.replace(heading, &new), &lock).unwrap();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.item.as_str(), one.kind.as_str()))
            .collect();
        assert_eq!(found, [(item, "added")]);
    }
}

/// Its fields would otherwise be gone without a word.
#[test]
fn a_schema_that_markdown_refers_to_and_does_not_show_is_missed() {
    let lock = lock_from(Form::Lines);
    for page in both_pages() {
        let form = FORMS.into_iter().find(|form| form.is_markdown()).unwrap();
        let text = shown(&page, form, &[]);
        for schema in ["Request", "Response", "GraphAPIError"] {
            let heading = text
                .lines()
                .find(|line| line.starts_with("### ") && line.ends_with(schema))
                .unwrap();
            let renamed = text.replace(heading, "### SomethingElse");
            assert_ne!(adapter::compare(&renamed, &lock), Ok(vec![]), "{heading}");
        }
    }
}

/// A base URL that comes beside the one that is known.
#[test]
fn a_second_base_url_is_a_difference() {
    let lock = lock_from(Form::Lines);
    for page in both_pages() {
        for form in FORMS {
            let text = shown(&page, form, &[]);
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
