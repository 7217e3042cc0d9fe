//! `docs_diff` against pages of our own wording in every form that a person can save: nothing is reported of a page that
//! did not change, and of one that did, exactly what did.
#![cfg(feature = "docs-diff")]
#![allow(clippy::unwrap_used, missing_docs)]

mod adapter;
mod broken;
mod campaign;
mod edits;
mod openapi;
mod pages;
mod render;
mod spec;

#[test]
#[ignore = "prints the pages, for a person to look at"]
fn show() {
    let folder = std::env::temp_dir().join("docs-diff-pages");
    std::fs::create_dir_all(&folder).unwrap();
    for page in [pages::create(), pages::accept()] {
        for form in render::FORMS {
            let name = format!("{}-{form:?}", page.path.rsplit('/').next().unwrap());
            std::fs::write(folder.join(name), render::render(&page, form)).unwrap();
        }
    }
}
