//! Every single edit that Meta could make to a page, at every place where it can be made, and what has to be reported
//! of it. The expectations stand beside the edits and are not computed: they are what the project promises.

mod fields;
mod parts;
mod wording;

use serde_json::{Map, Value};

use crate::page::Page;
use crate::render::Form;

/// One difference that has to be reported.
#[derive(Clone, Debug)]
pub struct Expected {
    item: String,
    /// Item, aspect and kind; no kind where the repetitions of a fact disagree: then it is neither here nor there.
    pub what: String,
    /// The forms in which it can be seen.
    pub shown: fn(Form) -> bool,
}

fn expect(item: impl Into<String>, aspect_and_kind: &str) -> Expected {
    let item = item.into();
    let what = format!("{item} {aspect_and_kind}");
    let shown = |_| true;
    Expected { item, what, shown }
}

fn prose(item: impl Into<String>) -> Expected {
    expect(item, "prose changed").shown(Form::is_page)
}

impl Expected {
    fn shown(self, shown: fn(Form) -> bool) -> Self {
        Self { shown, ..self }
    }
}

/// One edit.
pub struct Edit {
    pub name: String,
    /// The page with it.
    pub page: Page,
    pub expected: Vec<Expected>,
    /// Beginnings of items that may be reported besides: what an exchanged schema is made of.
    pub allowed: Vec<String>,
    /// What it is about: two edits of one thing are not two edits.
    touches: Vec<String>,
}

impl Edit {
    /// Whether both can be made to one page, each with its own effect.
    pub fn goes_with(&self, other: &Self) -> bool {
        let within = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
        let is_theirs = |a: &String| {
            let mut theirs = other.touches.iter();
            theirs.any(|b| within(a, b) || within(b, a))
        };
        !self.touches.iter().any(is_theirs)
    }

    /// Whether a form can show it: the OpenAPI file has no header beside its security scheme.
    pub fn is_for(&self, form: Form) -> bool {
        let is_header = |one: &Expected| one.item.starts_with("header.Authorization");
        form != Form::OpenApi || !self.expected.iter().any(is_header)
    }

    /// Whether it only changes sentences.
    pub fn is_wording(&self) -> bool {
        let is_wording = |one: &Expected| one.what.ends_with(" prose changed");
        self.expected.iter().all(is_wording)
    }

    fn touching(&mut self, things: &[&str]) -> &mut Self {
        let things = things.iter().map(|thing| (*thing).to_owned());
        self.touches.extend(things);
        self
    }
}

/// The edits so far.
struct Edits<'a> {
    /// The page that they are made to.
    target: &'a Page,
    /// The number of the only one that is made.
    only: Option<usize>,
    all: Vec<Edit>,
}

impl Edits<'_> {
    fn add(
        &mut self,
        name: impl Into<String>,
        expected: Vec<Expected>,
        change: impl FnOnce(&mut Value),
    ) -> &mut Edit {
        let mut page = Page(Value::Null);
        if self.only.is_none_or(|only| only == self.all.len()) {
            page = self.target.clone();
            change(&mut page.0);
        }
        self.all.push(Edit {
            name: name.into(),
            page,
            touches: expected.iter().map(|one| one.item.clone()).collect(),
            expected,
            allowed: vec![],
        });
        self.all.last_mut().unwrap()
    }

    /// Another value at a place.
    fn set(&mut self, expected: Expected, place: &str, value: impl Into<Value>) -> &mut Edit {
        let (value, (parent, key)) = (value.into(), place.rsplit_once('/').unwrap());
        self.add(format!("{place} = {value}"), vec![expected], |page| {
            page.pointer_mut(parent).unwrap()[key] = value;
        })
    }

    /// Another name for the same thing, wherever the page has it.
    fn rename(&mut self, expected: Vec<Expected>, old: &str, new: &str) -> &mut Edit {
        self.add(format!("{old} is {new}"), expected, |page| {
            *page = serde_json::from_str(&page.to_string().replace(old, new)).unwrap();
        })
    }

    /// Other words in the text at a place.
    fn replace(&mut self, expected: Vec<Expected>, place: &str, old: &str, new: &str) -> &mut Edit {
        self.add(format!("{place}: {old} is {new}"), expected, |page| {
            let text = page.pointer_mut(place).unwrap();
            *text = text.as_str().unwrap().replacen(old, new, 1).into();
        })
    }
}

fn map(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// Everything that can happen to this page.
pub fn all(page: &Page) -> Vec<Edit> {
    made_to(page, page, None)
}

/// Another page with one of the edits of this one.
pub fn made(number: usize, page: &Page, other: &Page) -> Page {
    made_to(other, page, Some(number)).swap_remove(number).page
}

fn made_to(target: &Page, page: &Page, only: Option<usize>) -> Vec<Edit> {
    let all = vec![];
    let mut edits = Edits { target, only, all };
    parts::all(&mut edits, page);
    wording::all(&mut edits, page);
    fields::all(&mut edits, page);
    edits.all
}
