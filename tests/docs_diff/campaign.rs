//! Every edit in every form: what is reported has to be exactly what was edited.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::adapter::{self, Lock, Reported};
use crate::edits::{self, Edit, Expected};
use crate::pages;
use crate::render::{Decoration, FORMS, Form, decorate, decorations, render};
use crate::spec::PageSpec;

/// Runs every edit with every decoration, which takes some minutes: by itself each form of an edit gets one decoration,
/// and each decoration some edits.
const ALL: &str = "DOCS_DIFF_ALL";

/// So many failures are listed.
const LISTED: usize = 20;

pub fn both_pages() -> [PageSpec; 2] {
    [pages::create(), pages::accept()]
}

/// A lock of both pages as they are, from one form of the text, or of Markdown, and the usual form of the other.
pub fn lock_from(form: Form) -> Lock {
    let other = if form.is_markdown() {
        Form::Lines
    } else {
        Form::Markdown
    };
    let texts: Vec<String> = both_pages()
        .iter()
        .flat_map(|page| [render(page, form), render(page, other)])
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    adapter::lock_of(&texts).unwrap()
}

/// What went wrong so far.
#[derive(Default)]
struct Tally {
    pairs: usize,
    wrong: Vec<String>,
}

impl Tally {
    /// Holds what is reported of a page against what the edits of it have to be reported as.
    fn check(
        &mut self,
        what: &str,
        page: &PageSpec,
        edits: &[&Edit],
        form: Form,
        text: &str,
        lock: &Lock,
    ) {
        self.pairs += 1;
        let mut left = match adapter::compare(text, lock) {
            Ok(found) => found,
            Err(error) => return self.wrong.push(format!("{what}: not read: {error}")),
        };
        let expected = edits.iter().flat_map(|edit| &edit.expected);
        for one in expected.filter(|one| one.shown.in_form(form)) {
            match left.iter().position(|found| is(found, page, one)) {
                Some(at) => drop(left.remove(at)),
                None => self.wrong.push(format!("{what}: missed: {one:?}")),
            }
        }
        let is_allowed = |found: &Reported| {
            let mut allowed = edits.iter().flat_map(|edit| &edit.allowed);
            allowed.any(|start| found.item.starts_with(start.as_str()))
        };
        let false_alarms = left.iter().filter(|found| !is_allowed(found));
        self.wrong
            .extend(false_alarms.map(|found| format!("{what}: false alarm: {found:?}")));
    }

    fn finish(self, name: &str) {
        println!("{name}: {} pairs", self.pairs);
        let count = self.wrong.len();
        let listed = self.wrong[..count.min(LISTED)].join("\n");
        assert_eq!(count, 0, "{name}: of {} pairs\n{listed}", self.pairs);
    }
}

fn is(found: &Reported, page: &PageSpec, expected: &Expected) -> bool {
    found.operation == page.operation()
        && found.item == expected.item
        && found.aspect == expected.aspect
        && (expected.kind == "*" || found.kind == expected.kind)
}

/// The page as it is in this form.
pub fn shown(page: &PageSpec, form: Form, decorations: &[Decoration]) -> String {
    decorate(&render(page, form), decorations)
}

#[test]
fn an_unchanged_page_is_no_difference_in_any_form() {
    let mut tally = Tally::default();
    for from in [Form::Lines, Form::RunTogether, Form::Markdown] {
        let lock = lock_from(from);
        for page in both_pages() {
            for form in FORMS {
                for with in decorations(form) {
                    let text = shown(&page, form, &with);
                    let what =
                        format!("{} {form:?} {with:?}, lock from {from:?}", page.operation());
                    tally.check(&what, &page, &[], form, &text, &lock);
                }
            }
        }
    }
    tally.finish("unchanged");
}

/// Every edit of a page in every form.
fn campaign(page: &PageSpec) -> Tally {
    let all = std::env::var_os(ALL).is_some();
    let lock = lock_from(Form::Lines);
    let mut tally = Tally::default();
    for (number, edit) in edits::all(page).iter().enumerate() {
        let edited = edit.of(page);
        assert_ne!(edited, *page, "{} changes nothing", edit.name);
        for form in FORMS {
            // Sentences are many and alike, so that each rewording is made in every third form.
            let is_wording = |one: &Expected| one.aspect == "prose" && one.kind == "changed";
            let is_wording = edit.expected.iter().all(is_wording);
            if is_wording && !(number + form as usize).is_multiple_of(3) && !all {
                continue;
            }
            let possible = decorations(form);
            // The plain form each time, and in turn one of its decorations.
            let mut chosen = vec![0];
            if all {
                chosen.extend(1..possible.len());
            } else if number % 4 == 0 {
                chosen.push(1 + (number / 4) % (possible.len() - 1));
            }
            for with in chosen.into_iter().map(|at| &possible[at]) {
                let text = shown(&edited, form, with);
                let what = format!("{}: {}, {form:?} {with:?}", page.operation(), edit.name);
                tally.check(&what, page, &[edit], form, &text, &lock);
            }
        }
    }
    tally
}

// A test for each page, so that both run at once.

#[test]
fn every_edit_of_the_creation_page_is_found_and_nothing_else() {
    campaign(&pages::create()).finish("edits of the creation page");
}

#[test]
fn every_edit_of_the_acceptance_page_is_found_and_nothing_else() {
    campaign(&pages::accept()).finish("edits of the acceptance page");
}

#[test]
fn two_edits_are_two_differences() {
    let cases = if std::env::var_os(ALL).is_some() {
        5000
    } else {
        400
    };
    let lock = lock_from(Form::Lines);
    let pages = both_pages();
    let edits: Vec<Vec<Edit>> = pages.iter().map(edits::all).collect();
    let strategy = (
        0..2usize,
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        prop::sample::select(&FORMS[..]),
        any::<prop::sample::Index>(),
    );
    let mut runner = TestRunner::new(Config {
        cases,
        max_global_rejects: 100_000,
        rng_seed: RngSeed::Fixed(3),
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&strategy, |(which, first, second, form, with)| {
        let page = &pages[which];
        let (first, second) = (first.get(&edits[which]), second.get(&edits[which]));
        prop_assume!(first.goes_with(second));
        let edited = second.of(&first.of(page));
        let possible = decorations(form);
        let with = with.get(&possible);
        let text = shown(&edited, form, with);
        let mut tally = Tally::default();
        let what = format!(
            "{}: {} and {}, {form:?} {with:?}",
            page.operation(),
            first.name,
            second.name
        );
        tally.check(&what, page, &[first, second], form, &text, &lock);
        prop_assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// A notice at each end of a line, one at a time, is one difference; a line that is gone is one too, or more.
#[test]
fn new_text_is_found_wherever_it_stands() {
    const NOTICE: &str = "This endpoint is deprecated, and will be removed in March 2027.";
    let pages = both_pages();
    for form in FORMS {
        let texts = pages.each_ref().map(|page| render(page, form));
        let lock = adapter::lock_of(&[&texts[0], &texts[1]]).unwrap();
        for text in &texts {
            let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
            let first = text.find("Base URL").unwrap();
            for end in ends.into_iter().filter(|end| *end > first).step_by(17) {
                // Between the rows of a table stand no notices.
                let (before, behind) = text.split_at(end);
                if before
                    .lines()
                    .last()
                    .is_some_and(|line| line.starts_with('|'))
                    && form.is_markdown()
                {
                    continue;
                }
                let found =
                    adapter::compare(&format!("{before}\n\n{NOTICE}\n{behind}"), &lock).unwrap();
                assert_eq!(
                    found.len(),
                    1,
                    "{form:?} behind {:?}: {found:?}",
                    before.lines().last()
                );
                let line = behind[1..].find('\n').map_or(behind.len(), |at| at + 1);
                let is_text = behind[..line].split(' ').count() > 4;
                if is_text && behind.len() > 400 {
                    let found = adapter::compare(&format!("{before}{}", &behind[line..]), &lock);
                    assert_ne!(found, Ok(vec![]), "{form:?} without {:?}", &behind[..line]);
                }
            }
        }
    }
}

#[test]
fn anything_is_read_or_refused_and_nothing_panics() {
    let lock = lock_from(Form::Lines);
    let whole = render(&pages::create(), Form::Lines);
    let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    let mut runner = TestRunner::new(Config {
        cases: 150,
        failure_persistence: None,
        ..Config::default()
    });
    let strategy = (
        ".{0,40}",
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
    );
    let result = runner.run(&strategy, |(noise, from, to)| {
        let (from, to) = (*from.get(&places), *to.get(&places));
        let (from, to) = (from.min(to), from.max(to));
        let _ = adapter::compare(&noise, &lock);
        let _ = adapter::compare(&format!("{}{noise}{}", &whole[..from], &whole[to..]), &lock);
        Ok(())
    });
    result.unwrap();
}

/// An expectation that nothing can break proves nothing: the tally sees what is missed and what is made up.
#[test]
fn the_tally_counts() {
    let (page, lock) = (pages::create(), lock_from(Form::Lines));
    let edits = edits::all(&page);
    let text = render(&edits[0].of(&page), Form::Lines);
    let wrong = |edit: &Edit| {
        let mut tally = Tally::default();
        tally.check("", &page, &[edit], Form::Lines, &text, &lock);
        tally.wrong.len()
    };
    assert_eq!((wrong(&edits[0]), wrong(edits.last().unwrap())), (0, 2));
}
