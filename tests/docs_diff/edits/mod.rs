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
    pub item: String,
    /// Item, aspect and kind; no kind where the repetitions of a fact disagree: then it is neither here nor there.
    pub what: String,
    /// The forms in which it can be seen.
    pub shown: fn(Form) -> bool,
}

fn expect(item: impl Into<String>, aspect_and_kind: &str) -> Expected {
    let item = item.into();
    let what = format!("{item} {aspect_and_kind}");
    Expected {
        item,
        what,
        shown: |_| true,
    }
}

impl Expected {
    fn shown(self, shown: fn(Form) -> bool) -> Self {
        Self { shown, ..self }
    }
}

fn prose(item: impl Into<String>) -> Expected {
    expect(item, "prose changed").shown(Form::is_page)
}

type Change = Box<dyn Fn(&mut Value)>;

/// One edit.
pub struct Edit {
    pub name: String,
    change: Change,
    pub expected: Vec<Expected>,
    /// Beginnings of items that may be reported besides: what an exchanged schema is made of.
    pub allowed: Vec<String>,
    /// What it is about beyond the items that it expects: two edits of one thing are not two edits.
    touches: Vec<String>,
}

impl Edit {
    pub fn of(&self, page: &Page) -> Page {
        let mut page = page.clone();
        (self.change)(&mut page.0);
        page
    }

    /// Whether both can be made to one page, each with its own effect.
    pub fn goes_with(&self, other: &Self) -> bool {
        let things = |edit: &Self| -> Vec<String> {
            let items = edit.expected.iter().map(|expected| expected.item.clone());
            items.chain(edit.touches.iter().cloned()).collect()
        };
        let within = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
        let (ours, theirs) = (things(self), things(other));
        let same = |a: &String| theirs.iter().any(|b| within(a, b) || within(b, a));
        !ours.iter().any(same)
    }

    /// Whether a form can show it: the OpenAPI file has no header beside its security scheme.
    pub fn is_for(&self, form: Form) -> bool {
        let is_header = |one: &Expected| one.item.starts_with("header.Authorization");
        form != Form::OpenApi || !self.expected.iter().any(is_header)
    }

    /// Whether it only changes sentences.
    pub fn is_wording(&self) -> bool {
        self.expected
            .iter()
            .all(|one| one.what.ends_with(" prose changed"))
    }

    fn touching(&mut self, things: &[&str]) -> &mut Self {
        self.touches
            .extend(things.iter().map(|thing| (*thing).to_owned()));
        self
    }
}

/// All edits of one page.
#[derive(Default)]
struct Edits(Vec<Edit>);

impl Edits {
    fn add(
        &mut self,
        name: impl Into<String>,
        expected: Vec<Expected>,
        change: impl Fn(&mut Value) + 'static,
    ) -> &mut Edit {
        self.0.push(Edit {
            name: name.into(),
            change: Box::new(change),
            expected,
            allowed: vec![],
            touches: vec![],
        });
        self.0.last_mut().unwrap()
    }

    /// Another value at a place.
    fn set(&mut self, expected: Expected, place: &str, value: impl Into<Value>) -> &mut Edit {
        let (place, value) = (place.to_owned(), value.into());
        self.add(format!("{place} = {value}"), vec![expected], move |page| {
            *page.pointer_mut(&place).unwrap() = value.clone();
        })
    }

    /// Another name for the same thing, wherever the page has it.
    fn rename(&mut self, expected: Vec<Expected>, old: &str, new: &str) -> &mut Edit {
        let (name, old, new) = (format!("{old} is {new}"), old.to_owned(), new.to_owned());
        self.add(name, expected, move |page| {
            *page = serde_json::from_str(&page.to_string().replace(&old, &new)).unwrap();
        })
    }

    /// Other words in the text at a place.
    fn replace(&mut self, expected: Vec<Expected>, place: &str, old: &str, new: &str) -> &mut Edit {
        let [place, old, new] = [place, old, new].map(str::to_owned);
        self.add(
            format!("{place}: {old:?} is {new:?}"),
            expected,
            move |page| {
                let text = page.pointer_mut(&place).unwrap();
                *text = text.as_str().unwrap().replacen(&old, &new, 1).into();
            },
        )
    }
}

fn map(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// Everything that can happen to this page.
pub fn all(page: &Page) -> Vec<Edit> {
    let mut edits = Edits::default();
    parts::all(&mut edits, page);
    wording::all(&mut edits, page);
    fields::all(&mut edits, page);
    edits.0
}
