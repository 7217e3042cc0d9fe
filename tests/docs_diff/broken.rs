//! What is no page, or not all of one, or another: refused for the right reason, and never taken for a page on which
//! much has changed.

use crate::adapter::{self, Lock, ReadError};
use crate::campaign::lock_from;
use crate::page::{self, Page, both_pages};
use crate::render::{ALL_FORMS, Form, decorated, forms, render, rendered};

/// Nothing is told of a copy that ends early, wherever it does.
#[test]
fn a_page_that_ends_in_the_middle_is_never_compared() {
    let lock = lock_from(Form::Lines);
    for (page, form, text) in rendered(ALL_FORMS) {
        let path = text.find(page.text("/path")).unwrap_or(0);
        // Behind the table of schemes, only what says nothing of the API is left of a page.
        let end = match text.rfind("Usage Examples") {
            None => text.len() - 1,
            Some(examples) => text[..examples].rfind("Authorization").unwrap() + 13,
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
            let what = format!("{} {form:?} cut at {at} of {end}", page.operation());
            assert!(is_right, "{what}: {found:?}");
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
    let pairs = TRANSLATED.lines().map(|line| line.split_once(" ~ "));
    let pairs: Vec<(&str, &str)> = pairs.map(Option::unwrap).collect();
    for (_, form, text) in rendered(forms()) {
        let translate = |text: String, (old, new): &(&str, &str)| text.replace(old, new);
        let all = pairs.iter().fold(text.clone(), translate);
        let found = adapter::compare(&all, &lock);
        let Err(ReadError::UnknownWording(_) | ReadError::NoEndpoint(_)) = found else {
            panic!("{form:?}: {found:?}");
        };
        for (english, portuguese) in pairs.iter().filter(|(english, _)| text.contains(english)) {
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
        let texts = pages.iter().map(|(page, form)| render(page, *form));
        let texts: Vec<String> = texts.collect();
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
    assert_eq!(Lock::read(&more).unwrap().text(), more);
    // Of two that differ, neither is taken over.
    let mut edited = create.clone();
    edited.0["introduction"] = "Quite another one.".into();
    let why = lock(&[(&create, Form::Lines), (&edited, Form::Lines)]).unwrap_err();
    let says = "`introduction` is not as a page has it";
    assert!(why.contains(says), "{why}");
}

#[test]
fn an_acknowledged_page_counts_again_when_its_wording_changes() {
    let text = |introduction: &str| {
        let mut page = page::accept();
        page.0["introduction"] = introduction.into();
        render(&page, Form::Lines)
    };
    let (old, new) = (render(&page::accept(), Form::Lines), text("Another one."));
    // The lock may have no wording yet. Else that of the page must not replace it.
    for (mut lock, has_wording) in [(lock_from(Form::Lines), true), (Lock::default(), false)] {
        adapter::update(&mut lock, &[&new], true).unwrap();
        assert_eq!(adapter::compare(&new, &lock), Ok(vec![]));
        for changed in [&old, &text("Yet another one.")] {
            assert_eq!(adapter::compare(changed, &lock).unwrap().len(), 1);
        }
        let accepted = adapter::update(&mut lock, &[&new], false);
        assert_eq!(accepted.is_err(), has_wording);
    }
}

/// Read as one page, two would contradict each other.
#[test]
fn two_pages_in_one_file_are_refused() {
    let lock = lock_from(Form::Lines);
    for (_, form, text) in rendered(forms()) {
        let found = adapter::compare(&format!("{text}\n\n{text}"), &lock);
        let is_refused = matches!(found, Err(ReadError::Malformed(_)));
        assert!(is_refused, "{form:?}: {found:?}");
    }
}
