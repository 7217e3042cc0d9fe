//! Every edit in every form: what is reported has to be exactly what was edited.

use crate::adapter::{self, Lock};
use crate::edits::{self, Edit};
use crate::page::{self, Page, both_pages};
use crate::render::{ALL_FORMS, Form, decorated, forms, render, rendered};

/// So many failures are listed.
const LISTED: usize = 20;

/// A lock of both pages as they are, from one form of the text, or of Markdown, and the usual form of the other.
pub fn lock_from(form: Form) -> Lock {
    let other = [Form::Markdown, Form::Lines][usize::from(form.is_markdown())];
    let pages = rendered([form, other]).into_iter();
    let texts: Vec<String> = pages.map(|(.., text)| text).collect();
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
    fn check(&mut self, what: &str, edits: &[&Edit], form: Form, text: &str, lock: &Lock) {
        self.pairs += 1;
        let mut left = match adapter::compare(text, lock) {
            Ok(found) => found,
            Err(error) => return self.wrong.push(format!("{what}: not read: {error}")),
        };
        let expected = edits.iter().flat_map(|edit| &edit.expected);
        for one in expected.filter(|one| (one.shown)(form)) {
            match left.iter().position(|found| found.starts_with(&one.what)) {
                Some(at) => drop(left.remove(at)),
                None => self.wrong.push(format!("{what}: missed: {one:?}")),
            }
        }
        let allowed: Vec<&String> = edits.iter().flat_map(|edit| &edit.allowed).collect();
        left.retain(|found| !allowed.iter().any(|start| found.starts_with(*start)));
        let alarm = |found: &String| format!("{what}: false alarm: {found}");
        self.wrong.extend(left.iter().map(alarm));
    }

    fn finish(self, name: &str) {
        println!("{name}: {} pairs", self.pairs);
        let count = self.wrong.len();
        let listed = self.wrong[..count.min(LISTED)].join("\n");
        assert_eq!(count, 0, "{name}: of {} pairs\n{listed}", self.pairs);
    }
}

#[test]
fn an_unchanged_page_is_no_difference_in_any_form() {
    let mut tally = Tally::default();
    for from in [Form::Lines, Form::RunTogether, Form::Markdown] {
        let lock = lock_from(from);
        for (page, form, text) in rendered(ALL_FORMS) {
            for (with, text) in decorated(&text, form) {
                let what = format!("{} {form:?} {with}, lock from {from:?}", page.operation());
                tally.check(&what, &[], form, &text, &lock);
            }
        }
    }
    tally.finish("unchanged");
}

/// Every edit of a page in every form.
fn campaign(page: &Page) -> Tally {
    let lock = lock_from(Form::Lines);
    let mut tally = Tally::default();
    for (number, edit) in edits::all(page).iter().enumerate() {
        assert!(edit.page != *page, "{} changes nothing", edit.name);
        for form in ALL_FORMS.into_iter().filter(|form| edit.is_for(*form)) {
            // Sentences are many and alike, so that each rewording is made in every third form; an edit that a form does
            // not show, seldom.
            let turns = match edit.expected.iter().any(|one| (one.shown)(form)) {
                false => 12,
                true if edit.is_wording() => 3,
                true => 1,
            };
            if !(number + form as usize).is_multiple_of(turns) {
                continue;
            }
            let text = render(&edit.page, form);
            let what = format!("{}: {form:?}", edit.name);
            tally.check(&what, &[edit], form, &text, &lock);
            // Now and then with one of the decorations, in turn.
            if number.is_multiple_of(4) {
                let possible = decorated(&text, form);
                let (with, text) = &possible[1 + (number / 4) % (possible.len() - 1)];
                tally.check(&format!("{what} {with}"), &[edit], form, text, &lock);
            }
        }
    }
    tally
}

#[test]
fn every_edit_is_found_and_nothing_else() {
    // Both pages at once.
    std::thread::scope(|scope| {
        for page in both_pages() {
            scope.spawn(move || campaign(&page).finish(&page.operation()));
        }
    });
}

#[test]
fn two_edits_are_two_differences() {
    let lock = lock_from(Form::Lines);
    let mut tally = Tally::default();
    let mut random = fastrand::Rng::with_seed(3);
    for page in both_pages() {
        let edits = edits::all(&page);
        let pairs = tally.pairs + 200;
        while tally.pairs < pairs {
            let form = random.choice(ALL_FORMS).unwrap();
            let [one, number] = [0; 2].map(|_| random.usize(..edits.len()));
            let (first, second) = (&edits[one], &edits[number]);
            if first.goes_with(second) && first.is_for(form) && second.is_for(form) {
                let both = edits::made(number, &page, &first.page);
                let possible = decorated(&render(&both, form), form);
                let (with, text) = random.choice(&possible).unwrap();
                let what = format!("{} and {}, {form:?} {with}", first.name, second.name);
                tally.check(&what, &[first, second], form, text, &lock);
            }
        }
    }
    tally.finish("two edits");
}

/// A notice at each end of a line, one at a time, is one difference; a line that is gone is one too, or more.
#[test]
fn new_text_is_found_wherever_it_stands() {
    const NOTICE: &str = "This endpoint is deprecated, and will be removed in March 2027.";
    let pages = both_pages();
    for form in forms() {
        let texts = pages.each_ref().map(|page| render(page, form));
        let lock = adapter::lock_of(&texts).unwrap();
        for text in &texts {
            let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
            let first = text.find("Base URL").unwrap();
            for end in ends.into_iter().filter(|end| *end > first).step_by(17) {
                // Between the rows of a table stand no notices.
                let (before, behind) = text.split_at(end);
                let above = before.lines().last().unwrap();
                if above.starts_with('|') && form.is_markdown() {
                    continue;
                }
                let noted = format!("{before}\n\n{NOTICE}\n{behind}");
                let found = adapter::compare(&noted, &lock).unwrap();
                assert_eq!(found.len(), 1, "{form:?} behind {above:?}: {found:?}");
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
    let whole = render(&page::create(), Form::Lines);
    let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..150 {
        let noise: String = (0..random.u8(..40)).map(|_| random.char(..)).collect();
        let [one, other] = [0; 2].map(|_| places[random.usize(..places.len())]);
        let (above, below) = (&whole[..one.min(other)], &whole[one.max(other)..]);
        let _ = adapter::compare(&noise, &lock);
        let _ = adapter::compare(&format!("{above}{noise}{below}"), &lock);
    }
}
