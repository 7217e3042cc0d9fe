//! Walking the tree with the way in words, and following references.

use super::failure::{Failure, Place};
use super::node::{Data, Entry, Node};

/// A node and the way to it.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    /// The node.
    pub(crate) node: &'a Node,
    /// The way to it, such as `paths./x.post.parameters[0]`; empty for the document itself.
    pub(crate) words: String,
    /// Where the key of the node stands; for the document and for items of lists, where the node itself does.
    pub(crate) key: Place,
}

/// One step of the way to a node.
pub(crate) enum Step<'s> {
    /// Into a map.
    Key(&'s str),
    /// Into a list.
    Index(usize),
}

impl<'a> Cursor<'a> {
    /// The whole document.
    pub(crate) fn root(node: &'a Node) -> Self {
        Self {
            node,
            words: String::new(),
            key: node.place,
        }
    }

    /// What stands under `key`, if this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let entry = self.node.entries().iter().find(|entry| entry.key == key)?;
        Some(self.below(entry))
    }

    /// The value of one of this map's entries.
    fn below(&self, entry: &'a Entry) -> Self {
        let dot = if self.words.is_empty() { "" } else { "." };
        Self {
            node: &entry.value,
            words: format!("{}{dot}{}", self.words, entry.key),
            key: entry.place,
        }
    }

    /// The text under `key`.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(|c| c.node.text())
    }

    /// Keys and values in the order of the file.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> {
        self.node
            .entries()
            .iter()
            .map(|entry| (entry.key.as_str(), self.below(entry)))
    }

    /// The items of a list in order.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> {
        self.node
            .items()
            .iter()
            .enumerate()
            .map(|(index, node)| Self {
                node,
                words: format!("{}[{index}]", self.words),
                key: node.place,
            })
    }

    /// As far along the steps as the document goes.
    pub(crate) fn follow<'s>(&self, steps: impl IntoIterator<Item = Step<'s>>) -> Self {
        let mut here = self.clone();
        for step in steps {
            let next = match step {
                Step::Key(key) => here.get(key),
                Step::Index(index) => here.items().nth(index),
            };
            match next {
                Some(next) => here = next,
                None => break,
            }
        }
        here
    }

    /// A failure of this node: at its key where it is a list or a map, at the value itself otherwise.
    pub(crate) fn failure(&self, text: &str) -> Failure {
        let place = match self.node.data {
            Data::List(_) | Data::Map(_) => self.key,
            _ => self.node.place,
        };
        Failure::new(place, self.words.clone(), text)
    }
}

/// A chain of references longer than this is a circle.
const LONGEST_CHAIN: usize = 32;

/// What stands at `$ref: reference` in the document with this root; `None` if nothing does.
pub(crate) fn find<'a>(root: &Cursor<'a>, reference: &str) -> Option<Cursor<'a>> {
    let pointer = reference.strip_prefix("#/")?;
    pointer.split('/').try_fold(root.clone(), |here, part| {
        here.get(&part.replace("~1", "/").replace("~0", "~"))
    })
}

/// The object itself, or what its `$ref` leads to; `None` if that dangles or runs in a circle.
pub(crate) fn resolve<'a>(root: &Cursor<'a>, cursor: &Cursor<'a>) -> Option<Cursor<'a>> {
    let mut here = cursor.clone();
    for _ in 0..LONGEST_CHAIN {
        match here.text("$ref") {
            Some(reference) => here = find(root, reference)?,
            None => return Some(here),
        }
    }
    None
}
