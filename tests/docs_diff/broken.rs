//! What is no page, or not all of one, or another: refused for the right reason, and never taken for a page on which
//! much has changed.

use crate::adapter::{self, ReadError};
use crate::campaign::{both_pages, lock_from};
use crate::page::{self, Page};
use crate::render::{ALL_FORMS, Form, decorated, forms, render};

/// Nothing is told of a copy that ends early, wherever it does.
#[test]
fn a_page_that_ends_in_the_middle_is_never_compared() {
    let lock = lock_from(Form::Lines);
    for page in both_pages() {
        for form in ALL_FORMS {
            let text = render(&page, form);
            let path = text.find(page.text("/path")).unwrap_or(0);
            // Behind the table of schemes, only what says nothing of the API is left of a page.
            let end = match form {
                Form::OpenApi => text.len() - 1,
                _ => {
                    text[..text.rfind("Usage Examples").unwrap()]
                        .rfind("Authorization")
                        .unwrap()
                        + 13
                }
            };
            // The last characters before the end are the hardest.
            let places = (1..text.len() - 1).step_by(97).chain(end - 40..end);
            for at in places.filter(|at| text.is_char_boundary(*at)) {
                let found = adapter::compare(&text[..at], &lock);
                let is_right = match &found {
                    Err(ReadError::Malformed(_)) => form == Form::OpenApi,
                    Err(ReadError::CutShort(_)) => true,
                    Err(
                        ReadError::NotText("empty")
                        | ReadError::NoEndpoint(_)
                        | ReadError::UnknownWording(_),
                    ) => at <= path + 400,
                    Ok(differences) => at >= end && differences.is_empty(),
                    Err(_) => false,
                };
                let operation = page.operation();
                assert!(
                    is_right,
                    "{operation} {form:?} cut at {at} of {end}: {found:?}"
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
        let sister = page::sister(last);
        for form in forms() {
            for (with, text) in decorated(&render(&sister, form), form) {
                let found = adapter::compare(&text, &lock);
                let Err(ReadError::OtherApi(operations)) = found else {
                    panic!("{last} {form:?} {with}: {found:?}");
                };
                assert!(operations[0].ends_with(last), "{form:?}: {operations:?}");
            }
        }
    }
}

/// The page's own words, and the same as a browser's translation has them.
const TRANSLATED: &str = "\
Base URL ~ URL base
Endpoints ~ Pontos de extremidade
Request Syntax ~ Sintaxe da solicitação
Select language ~ Selecionar idioma
Select status code ~ Selecionar código do status
Header Parameters ~ Parâmetros de cabeçalho
Path Parameters ~ Parâmetros de caminho
Request Body (Required) ~ Corpo da solicitação (Obrigatório)
Request BodyRequired ~ Corpo da solicitaçãoObrigatório
·required ~ ·obrigatório
Content Type ~ Tipo de conteúdo
Schema: ~ Esquema:
**Schema** ~ **Esquema**
Show child attributes ~ Mostrar atributos secundários
Responses ~ Respostas
Authentication ~ Autenticação
Usage Examples ~ Exemplos de uso
| Name | Type | Required | Description | ~ | Nome | Tipo | Obrigatório | Descrição |
| Property | Type | Required | Description | ~ | Propriedade | Tipo | Obrigatório | Descrição |";

/// All of them make a page in another language. One alone is new text like any other: it is reported, and nothing is taken
/// for removed.
#[test]
fn a_translated_page_is_refused_and_one_translated_heading_is_reported() {
    let lock = lock_from(Form::Lines);
    let translated = || {
        TRANSLATED
            .lines()
            .map(|line| line.split_once(" ~ ").unwrap())
    };
    for (page, form) in both_pages()
        .iter()
        .flat_map(|page| forms().map(move |form| (page, form)))
    {
        let text = render(page, form);
        let all = translated().fold(text.clone(), |text, (old, new)| text.replace(old, new));
        let found = adapter::compare(&all, &lock);
        let refused = matches!(
            found,
            Err(ReadError::UnknownWording(_) | ReadError::NoEndpoint(_))
        );
        assert!(refused, "{form:?}: {found:?}");
        for (english, portuguese) in translated().filter(|(english, _)| text.contains(english)) {
            let Ok(found) = adapter::compare(&text.replace(english, portuguese), &lock) else {
                continue;
            };
            assert!(!found.is_empty(), "{form:?} with {portuguese:?}");
            let has_facts = ["| ", "Select status", "Request Body"];
            let has_facts = has_facts.iter().any(|start| english.starts_with(start));
            let is_wording = |one: &String| one.contains(" prose ") || one.contains(" example ");
            let is_right = has_facts || found.iter().all(is_wording);
            assert!(is_right, "{form:?} with {portuguese:?}: {found:?}");
        }
    }
}

/// The order in which pages are given does not matter, nor that one is given twice.
#[test]
fn several_pages_make_one_lock() {
    let [create, accept] = both_pages();
    let lock = |pages: &[(&Page, Form)]| {
        let texts: Vec<String> = pages
            .iter()
            .map(|(page, form)| render(page, *form))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        adapter::lock_of(&texts).map(|lock| lock.text())
    };
    let usual = [(&create, Form::Lines), (&accept, Form::Lines)];
    let other = [
        (&accept, Form::RunTogether),
        (&create, Form::ClippedPlain),
        (&create, Form::Lines),
    ];
    assert_eq!(lock(&other), lock(&usual));
    // Markdown has its own wording beside that of the text.
    let markdown = [(&create, Form::Markdown), (&accept, Form::MarkdownEntities)];
    let more = lock(&[usual, markdown].concat()).unwrap();
    assert_ne!(lock(&usual), Ok(more.clone()));
    assert_eq!(adapter::Lock::read(&more).unwrap().text(), more);
    // Of two that differ, neither is taken over.
    let mut edited = create.clone();
    edited.0["introduction"] = "Quite another one.".into();
    let why = lock(&[(&create, Form::Lines), (&edited, Form::Lines)]).unwrap_err();
    assert!(
        why.contains("`introduction` is not as a page has it"),
        "{why}"
    );
}

/// Read as one page, two would contradict each other.
#[test]
fn two_pages_in_one_file_are_refused() {
    let lock = lock_from(Form::Lines);
    for page in both_pages() {
        for form in forms() {
            let text = render(&page, form);
            let twice = format!("{text}\n\n{text}");
            let found = adapter::compare(&twice, &lock);
            assert!(
                matches!(found, Err(ReadError::Malformed(_))),
                "{form:?}: {found:?}"
            );
        }
    }
}
