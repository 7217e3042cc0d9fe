//! Pages that are cut short, foreign, contradict themselves, or are no pages at all.

use proptest::prelude::*;
use serde_json::json;

use super::fixture::{lines, markdown, running};
use super::*;
use crate::docs_diff::model::{Aspect, Conflict};

/// The page up to each of many places.
fn assert_cuts_are_seen(page: &str, step: usize) {
    // Once the table of schemes is whole, so is the page; what follows it is boilerplate.
    let row = page.rfind("HTTP Bearer").expect("the last row");
    let place = row + page[row..].find("Authorization").expect("its last cell");
    let end = place + page[place..].find(" |").expect("its end") + 2;
    for at in (0..end)
        .step_by(step)
        .filter(|at| page.is_char_boundary(*at))
    {
        let cut = &page[..at];
        match read_page(cut) {
            Err(ReadError::CutShort(_)) => {}
            Err(ReadError::Empty | ReadError::NoEndpoint(_)) => {
                let endpoint = page.find("POST").expect("an endpoint");
                assert!(
                    at <= endpoint + 60,
                    "at {at}: {}",
                    &cut[at.saturating_sub(60)..]
                );
            }
            other => panic!("cut at {at}: {other:?}"),
        }
    }
}

#[test]
fn a_page_that_ends_in_the_middle_is_cut_short() {
    assert_cuts_are_seen(&lines(), 1);
    assert_cuts_are_seen(&running(), 1);
    assert_cuts_are_seen(&markdown(), 1);
}

#[test]
fn the_pages_themselves_are_cut_short() {
    for name in ["solution-creation-api.txt", "solution-accept-api.txt"] {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/pages")
            .join(name);
        if let Ok(page) = std::fs::read_to_string(file) {
            assert_cuts_are_seen(&page, 50);
        }
    }
}

#[test]
fn what_is_no_page_says_so() {
    assert_eq!(read_page(""), Err(ReadError::Empty));
    assert_eq!(read_page(" \n--- | \u{200b}"), Err(ReadError::Empty));
    let Err(ReadError::NoEndpoint(found)) = read_page("A recipe for soup, with leek.") else {
        panic!()
    };
    assert!(found.contains("A recipe for soup"), "{found}");
}

#[test]
fn a_page_in_another_language_says_what_stands_there() {
    let page = lines()
        .replace("Base URL", "URL base")
        .replace("Authentication", "Autenticação");
    let Err(ReadError::UnknownWording(found)) = read_page(&page) else {
        panic!()
    };
    assert!(
        found.contains("`URL base`") && found.contains("`Base URL`"),
        "{found}"
    );
    let page = lines().replace("Request Syntax", "Sintaxe");
    assert!(matches!(
        read_page(&page),
        Err(ReadError::UnknownWording(_))
    ));
    let page = lines().replace("Header Parameters", "Cabeçalhos");
    let Err(ReadError::UnknownWording(found)) = read_page(&page) else {
        panic!()
    };
    assert!(found.contains("Cabeçalhos"), "{found}");
    let page = markdown().replace("Base URL", "URL base");
    assert!(matches!(
        read_page(&page),
        Err(ReadError::UnknownWording(_))
    ));
}

fn conflicts(page: &str) -> Vec<Conflict> {
    read_page(page)
        .expect("a page")
        .operations
        .remove(0)
        .conflicts
}

fn conflict(item: &str, aspect: Aspect, says: serde_json::Value) -> Conflict {
    let says = says.as_array().cloned().unwrap_or_default();
    Conflict {
        item: item.to_owned(),
        aspect,
        says,
    }
}

#[test]
fn a_page_that_contradicts_itself_says_where() {
    for page in [lines(), running()] {
        let one = |from: &str, to: &str| {
            assert!(page.contains(from), "{from}");
            conflicts(&page.replacen(from, to, 1))
        };
        let prose = |item, says| vec![conflict(item, Aspect::Prose, says)];
        assert_eq!(
            one("Which kind it was", "A number"),
            prose("error.code", json!(["A number", "Which kind it was"]))
        );
        assert_eq!(
            one("codeinteger·required", "codeinteger"),
            [conflict(
                "error.code",
                Aspect::Required,
                json!([false, true])
            )]
        );
        assert_eq!(
            one("200400404500", "200400500"),
            [conflict(
                "status.404",
                Aspect::Presence,
                json!([true, null])
            )]
        );
        assert_eq!(
            conflicts(&page.replace("200400404500", "200400404429500")),
            [conflict(
                "status.429",
                Aspect::Presence,
                json!([null, true])
            )]
        );
        assert_eq!(
            one("Look at the code first", "Look twice"),
            prose(
                "description.Error Handling",
                json!(["Look twice", "Look at the code first"])
            )
        );
        assert_eq!(
            one("https://graph.facebook.com", "https://graph.example"),
            [conflict(
                "base_url",
                Aspect::Presence,
                json!(["https://graph.example", "https://graph.facebook.com"])
            )]
        );
    }
}

#[test]
fn reading_takes_linear_time() {
    let units = [
        "[](",
        "[a](b ",
        "Responses ",
        "Abc Def: ",
        "200 Content Type: a/b ",
        "aobject·required Show child attributes ",
        "Select status code 200 ",
        "| | ",
    ];
    let page = lines();
    let (head, tail) = page.split_once("Which version.").expect("a description");
    for unit in units {
        let started = std::time::Instant::now();
        let _ = read_page(&format!(
            "{head}{}{tail}",
            unit.repeat(500_000 / unit.len())
        ));
        // Anything that is not linear takes minutes here, even on a busy machine.
        assert!(started.elapsed().as_secs() < 20, "{unit}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = read_page(&text);
    }

    /// Pieces of pages in any order and number.
    #[test]
    fn no_mixture_makes_it_panic(
        pieces in prop::collection::vec((0usize..4000, 1usize..60), 1..60),
        form in 0usize..3,
        glue in prop::sample::select(vec!["", " ", "\n"]),
    ) {
        let page = vec![lines(), running(), markdown()].swap_remove(form);
        let letters: Vec<char> = page.chars().collect();
        let piece = |(start, length): &(usize, usize)| {
            letters.iter().skip(start % letters.len()).take(*length).collect::<String>()
        };
        let mixture: Vec<String> = pieces.iter().map(piece).collect();
        let _ = read_page(&mixture.join(glue));
        // The same inside a page that is whole otherwise.
        let at = letters.len() / 2;
        let front: String = letters[..at].iter().collect();
        let back: String = letters[at..].iter().collect();
        let _ = read_page(&format!("{front}{glue}{}{glue}{back}", mixture.join(glue)));
    }

    #[test]
    fn no_deletion_makes_it_panic(start in 0usize..5000, length in 1usize..400, form in 0usize..3) {
        let page = vec![lines(), running(), markdown()].swap_remove(form);
        let rest: String = page.chars().enumerate().filter(|(at, _)| *at < start || *at >= start + length).map(|(_, letter)| letter).collect();
        let _ = read_page(&rest);
    }
}
