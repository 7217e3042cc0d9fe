//! The lock: what the pages' wording was when the YAML was written after it, and which differences are known.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::model::{Aspect, Difference, Form, Item, Kind, Operation, named};
use super::words::{Word, fingerprint, hash, letter};

/// The lock as it was when this program was compiled.
pub const COMPILED_IN_LOCK: &str = include_str!("../../openapi/multi-partner-solutions.lock");

const PREAMBLE: &str = "\
# Written by `mps docs-diff`; not to be edited by hand.
#
# [OPERATION | wording FORMS]   what the wording of Meta's pages was when the YAML was written after it: of each item a
#                               fingerprint of its words, and of each word a character that stands for five bits of it
# [OPERATION | known SOURCE]    differences of a source that are acknowledged: item, aspect, kind, and a fingerprint of
#                               what the source says
";

/// Wording and known differences, by operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    wording: BTreeMap<String, Wording>,
    known: BTreeMap<(String, String), Vec<Known>>,
}

/// The wording of one operation's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The forms that it was taken from.
    pub(super) forms: Vec<Form>,
    pub(super) entries: BTreeMap<Item, Entry>,
}

/// The wording of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) fingerprint: u64,
    /// A character for each word.
    pub(super) letters: String,
}

/// Words that stand in one place of a page.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) item: Item,
    /// The name under which the lock has it; nothing where no wording is expected.
    pub(super) key: Option<String>,
    pub(super) words: Vec<Word>,
    /// Words that all pages have, and that are not there.
    pub(super) gone: Vec<String>,
}

/// What a source says of an operation.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) form: Form,
    pub(super) version: Option<String>,
    /// The index of the operation in the YAML.
    pub(super) index: usize,
    pub(super) operation: Operation,
    pub(super) prose: Vec<Prose>,
}

impl Page {
    /// What is said of an operation, without wording.
    pub(super) fn of(form: Form, index: usize, operation: Operation) -> Self {
        Self {
            form,
            version: None,
            index,
            operation,
            prose: vec![],
        }
    }

    /// What the lock is to hold of this page: for each item that its form shows, its wording or nothing.
    pub(super) fn wording(&self) -> BTreeMap<Item, Option<Entry>> {
        let mut wording = BTreeMap::new();
        for prose in &self.prose {
            let entry = || Entry {
                fingerprint: hash(&prose.words),
                letters: prose
                    .words
                    .iter()
                    .map(|word| char::from(letter(&word.text)))
                    .collect(),
            };
            if let Some(key) = &prose.key {
                let entry = (!prose.words.is_empty()).then(entry);
                wording.entry(key.clone()).or_insert(entry);
            }
        }
        wording
    }
}

/// A difference that is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) item: Item,
    pub(super) aspect: Aspect,
    kind: Kind,
    fingerprint: u64,
}

impl Known {
    pub(super) fn of(difference: &Difference) -> Self {
        Self {
            item: difference.item.clone(),
            aspect: difference.aspect,
            kind: difference.kind,
            fingerprint: fingerprint([difference.page.to_string().as_str()]),
        }
    }
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    ///
    /// The line that cannot be read, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lock = Self::default();
        let mut section = None;
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = match line.strip_prefix('[') {
                Some(head) => lock.section(head).map(|new| section = Some(new)),
                None => lock.entry(section.as_ref(), line),
            };
            read.ok_or_else(|| {
                format!("line {number}: it cannot be read; write the lock anew with --update-lock")
            })?;
        }
        Ok(lock)
    }

    /// The operation and, for known differences, the source.
    fn section(&mut self, head: &str) -> Option<(String, Option<String>)> {
        let (operation, what) = head.strip_suffix(']')?.split_once(" | ")?;
        if let Some(source) = what.strip_prefix("known ") {
            let key = (operation.to_owned(), source.to_owned());
            self.known.insert(key, vec![]);
            return Some((operation.to_owned(), Some(source.to_owned())));
        }
        let forms = what.strip_prefix("wording ")?.split(' ');
        let wording = Wording {
            forms: forms.map(named).collect::<Option<_>>()?,
            ..Wording::default()
        };
        self.wording.insert(operation.to_owned(), wording);
        Some((operation.to_owned(), None))
    }

    fn entry(&mut self, section: Option<&(String, Option<String>)>, line: &str) -> Option<()> {
        let (operation, source) = section?;
        let (rest, last) = line.rsplit_once(' ')?;
        if let Some(source) = source {
            let mut parts = rest.trim_end().rsplitn(3, ' ');
            let (kind, aspect, item) = (parts.next()?, parts.next()?, parts.next()?);
            let known = self.known.get_mut(&(operation.clone(), source.clone()))?;
            known.push(Known {
                item: item.to_owned(),
                aspect: named(aspect)?,
                kind: named(kind)?,
                fingerprint: u64::from_str_radix(last, 16).ok()?,
            });
            return Some(());
        }
        let (item, hash) = rest.trim_end().rsplit_once(' ')?;
        let entry = Entry {
            fingerprint: u64::from_str_radix(hash, 16).ok()?,
            letters: last.to_owned(),
        };
        let entries = &mut self.wording.get_mut(operation)?.entries;
        entries.insert(item.trim_end().to_owned(), entry);
        Some(())
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = PREAMBLE.to_owned();
        for (operation, wording) in &self.wording {
            let forms: Vec<String> = wording.forms.iter().map(Form::to_string).collect();
            let _ = writeln!(out, "\n[{operation} | wording {}]", forms.join(" "));
            for (item, entry) in &wording.entries {
                let _ = writeln!(out, "{item} {:016x} {}", entry.fingerprint, entry.letters);
            }
        }
        for ((operation, source), known) in &self.known {
            let _ = writeln!(out, "\n[{operation} | known {source}]");
            for Known {
                item,
                aspect,
                kind,
                fingerprint,
            } in known
            {
                let _ = writeln!(out, "{item} {aspect} {kind} {fingerprint:016x}");
            }
        }
        out
    }

    pub(super) fn wording(&self, operation: &str) -> Option<&Wording> {
        self.wording.get(operation)
    }

    /// Takes over the wording of one operation of a page. Of items that this form does not show, it stays.
    pub(super) fn update(
        &mut self,
        operation: &str,
        form: Form,
        shown: BTreeMap<Item, Option<Entry>>,
    ) {
        let wording = self.wording.entry(operation.to_owned()).or_default();
        wording.forms.push(form);
        wording.forms.sort_unstable();
        wording.forms.dedup();
        for (item, entry) in shown {
            match entry {
                Some(entry) => wording.entries.insert(item, entry),
                None => wording.entries.remove(&item),
            };
        }
    }

    pub(super) fn known(&self, operation: &str, source: &str) -> &[Known] {
        let key = (operation.to_owned(), source.to_owned());
        self.known.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Takes over what is known of a source; where nothing is, its section goes.
    pub(super) fn acknowledge_operation(
        &mut self,
        operation: &str,
        source: &str,
        known: Vec<Known>,
    ) {
        let key = (operation.to_owned(), source.to_owned());
        if known.is_empty() {
            self.known.remove(&key);
        } else {
            self.known.insert(key, known);
        }
    }
}
