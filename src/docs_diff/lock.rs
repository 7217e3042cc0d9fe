//! The lock: what the pages' prose was when it was transcribed, one fingerprint an item and no sentence.

use std::io::Write;
use std::path::Path;

use super::fingerprint::fingerprint;
use super::items::prose_group;
use super::model::{Item, Operation};

/// The lock as it was when this program was compiled.
pub const COMPILED_IN: &str = include_str!("../../openapi/multi-partner-solutions.lock");

/// What a new lock begins with.
const PREAMBLE: &str = "\
# What the wording of Meta's pages was when openapi/multi-partner-solutions.yaml was written after it: of each statement the
# beginning of the SHA-256 of its letters and digits. `mps docs-diff` compares pages with it, and with --update-lock it
# writes it anew; it is not to be edited by hand.
";

/// The statements of each operation, and their fingerprints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// All lines before the first section.
    preamble: String,
    sections: Vec<Section>,
}

/// The statements of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    operation: String,
    entries: Vec<Entry>,
    /// The lines as they stand in the file, so that a section that is not touched stays as it is.
    text: String,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the statement is about.
    pub item: Item,
    /// See [`fingerprint`].
    pub fingerprint: String,
}

impl Default for Lock {
    fn default() -> Self {
        Self {
            preamble: PREAMBLE.to_owned(),
            sections: vec![],
        }
    }
}

impl Lock {
    /// Reads a lock; an empty one is one with no operations.
    ///
    /// # Errors
    ///
    /// The line that cannot be read, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lock = Self::default();
        let mut preamble = String::new();
        // With their ends, so that a file of another system stays as it is.
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let failure = |why: &str| Err(format!("line {}: {why}", number + 1));
            let words = line.trim();
            if let Some(operation) = words.strip_prefix('[') {
                let Some(operation) = operation.strip_suffix(']').filter(|name| !name.is_empty())
                else {
                    return failure("a section begins with `[METHOD /path]`");
                };
                if lock.operation(operation).is_some() {
                    return failure(&format!("`[{operation}]` stands here a second time"));
                }
                lock.sections.push(Section {
                    operation: operation.to_owned(),
                    entries: vec![],
                    text: String::new(),
                });
            } else if !words.is_empty() && !words.starts_with('#') {
                let entry = match entry(words) {
                    Ok(entry) => entry,
                    Err(why) => return failure(why),
                };
                let Some(section) = lock.sections.last_mut() else {
                    return failure("an item has to stand in a section, and none has begun");
                };
                if section.entries.iter().any(|known| known.item == entry.item) {
                    return failure(&format!("`{}` stands here a second time", entry.item));
                }
                section.entries.push(entry);
            }
            let into = match lock.sections.last_mut() {
                Some(section) => &mut section.text,
                None => &mut preamble,
            };
            into.push_str(line);
            if !line.ends_with('\n') {
                into.push('\n');
            }
        }
        if !preamble.trim().is_empty() {
            lock.preamble = preamble;
        }
        Ok(lock)
    }

    /// The statements of an operation, named `POST /…`.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&[Entry]> {
        let section = self
            .sections
            .iter()
            .find(|section| section.operation == name);
        section.map(|section| section.entries.as_slice())
    }

    /// Takes over the wording of one operation of a page. Statements of a kind that this page does not show stay, and
    /// so does every other operation, to the byte.
    ///
    /// `order` is the order in which operations are to stand; one that it does not name stays where it is.
    pub fn update(&mut self, name: &str, page: &Operation, order: &[String]) {
        let old = self.operation(name).map(<[Entry]>::to_vec);
        let entries = merged(old.as_deref().unwrap_or_default(), page);
        if old.as_ref() == Some(&entries) || (old.is_none() && entries.is_empty()) {
            return;
        }
        let mut text = format!("[{name}]\n");
        for entry in &entries {
            text.push_str(&format!("{}  {}\n", entry.item, entry.fingerprint));
        }
        let section = Section {
            operation: name.to_owned(),
            entries,
            text,
        };
        match self
            .sections
            .iter_mut()
            .find(|section| section.operation == name)
        {
            Some(known) => {
                // An empty line that parts it from the next section belongs to neither.
                let parted = is_parted(&known.text);
                *known = section;
                if parted {
                    known.text.push('\n');
                }
            }
            None => {
                let rank = |name: &str| order.iter().position(|known| known == name);
                let at = self
                    .sections
                    .iter()
                    .position(|known| rank(&known.operation) > rank(name))
                    .unwrap_or(self.sections.len());
                self.sections.insert(at, section);
            }
        }
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.preamble.clone();
        for section in &self.sections {
            if !is_parted(&text) {
                text.push('\n');
            }
            text.push_str(&section.text);
        }
        text
    }

    /// Writes the file whole, or leaves the one that is there.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        // A link is followed, so that what it leads to is replaced and not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(self.text().as_bytes())?;
        // A temporary file is its owner's alone; the lock is as readable as it was.
        if let Ok(known) = std::fs::metadata(&path) {
            file.as_file().set_permissions(known.permissions())?;
        } else {
            readable(file.as_file())?;
        }
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Whether an empty line comes last.
fn is_parted(text: &str) -> bool {
    text.ends_with("\n\n") || text.ends_with("\n\r\n")
}

#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// An item, white space, a fingerprint; the item may hold spaces.
fn entry(words: &str) -> Result<Entry, &'static str> {
    const FORM: &str =
        "an item stands here as `item  fingerprint`, the latter in 16 hexadecimal digits";
    let (item, fingerprint) = words.rsplit_once(char::is_whitespace).ok_or(FORM)?;
    let digits = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
    if fingerprint.len() != 16 || !fingerprint.bytes().all(digits) {
        return Err(FORM);
    }
    Ok(Entry {
        item: item.trim_end().to_owned(),
        fingerprint: fingerprint.to_owned(),
    })
}

/// The page's statements, and of the old ones those of which this page does not speak, each behind the one that it stood
/// behind.
fn merged(old: &[Entry], page: &Operation) -> Vec<Entry> {
    let stated = |item: &str| page.stated.contains(&prose_group(item));
    let mut entries: Vec<Entry> = page
        .prose
        .iter()
        .filter(|prose| stated(&prose.item))
        .map(|prose| Entry {
            item: prose.item.clone(),
            fingerprint: fingerprint(&prose.text),
        })
        .collect();
    entries.sort_by_key(|entry| rank(&entry.item));
    for (index, kept) in old.iter().enumerate() {
        if stated(&kept.item) {
            continue;
        }
        let before = old[..index].iter().rev().find_map(|before| {
            let same = rank(&before.item) == rank(&kept.item);
            entries
                .iter()
                .position(|entry| same && entry.item == before.item)
        });
        let at = before.map_or_else(
            || entries.partition_point(|entry| rank(&entry.item) < rank(&kept.item)),
            |before| before + 1,
        );
        entries.insert(at, kept.clone());
    }
    entries
}

/// The order of a page, which is the same for all its forms: what it is for, parameters, bodies, answers, schemas.
fn rank(item: &str) -> usize {
    const ORDER: [&str; 11] = [
        "introduction",
        "summary",
        "description",
        "header",
        "path",
        "request",
        "status",
        "response",
        "error",
        "enum",
        "schema",
    ];
    let head = item.split('.').next().unwrap_or_default();
    ORDER
        .iter()
        .position(|name| *name == head)
        .unwrap_or(ORDER.len())
}

#[cfg(test)]
#[path = "../../tests/inside/docs_diff/lock.rs"]
mod tests;
