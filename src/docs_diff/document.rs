//! The YAML: what it says of each operation, and where.

use crate::yaml::cursor::Cursor;
use crate::yaml::{failure, read};

use super::model::{Aspect, Item, ReadError, Source, SourceKind};
use super::openapi;
use super::place::{Place, Places};

/// The YAML as it was when this program was compiled.
pub const COMPILED_IN: &str = include_str!("../../openapi/multi-partner-solutions.yaml");

/// The YAML that pages are compared with.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name, as messages show it.
    pub name: String,
    /// What it says.
    pub source: Source,
    /// One for each operation of `source`.
    places: Vec<Places>,
    /// The lines at which the sections of the descriptions begin, as `(operation, item, place)`.
    sections: Vec<(usize, Item, Place)>,
}

impl Document {
    /// Reads the YAML. `name` is the file's, for messages.
    ///
    /// # Errors
    ///
    /// [`ReadError::Malformed`] with `name:line:column` where it is no YAML, [`ReadError::NoEndpoint`] where it has no
    /// operation.
    pub fn read(name: &str, text: &str) -> Result<Self, ReadError> {
        let tree = read::read(text).map_err(|failure| {
            ReadError::Malformed(failure::report(name, vec![failure]).join("; "))
        })?;
        if let Some(failure) = openapi::dangling(&tree) {
            let lines = failure::report(name, vec![failure]);
            return Err(ReadError::Malformed(lines.join("; ")));
        }
        let root = Cursor::root(&tree);
        let (mut operations, mut places) = (vec![], vec![]);
        for found in openapi::operations(&root) {
            let read = found.read(&root);
            operations.push(read.operation);
            places.push(read.places);
        }
        if operations.is_empty() {
            let found = format!("`{name}` has no operation under `paths`");
            return Err(ReadError::NoEndpoint(found));
        }
        let mut document = Self {
            name: name.to_owned(),
            source: Source {
                kind: SourceKind::Yaml,
                operations,
            },
            places,
            sections: vec![],
        };
        document.find_sections(text);
        Ok(document)
    }

    /// `POST /…` of every operation, in the order of the file.
    #[must_use]
    pub fn operations(&self) -> Vec<String> {
        let operations = self.source.operations.iter();
        operations
            .map(|operation| format!("{} {}", operation.method, operation.path))
            .collect()
    }

    /// Where the operation with this index says that of this item; for what it does not say, the place of what would
    /// hold it.
    #[must_use]
    pub fn place(&self, operation: usize, item: &str, aspect: Aspect) -> Option<Place> {
        let section = self
            .sections
            .iter()
            .find(|(index, section, _)| *index == operation && section == item);
        match section {
            Some((_, _, place)) => Some(*place),
            None => self.places.get(operation)?.of(item, aspect),
        }
    }

    /// The headings of sections stand within a text, where the reader of YAML sees no places: they are looked for in
    /// the lines below the beginning of the description.
    fn find_sections(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        for (index, operation) in self.source.operations.iter().enumerate() {
            let Some(from) = self.places[index].of("description", Aspect::Presence) else {
                continue;
            };
            let mut line = from.line;
            for prose in &operation.prose {
                let Some(section) = prose.item.strip_prefix("description.") else {
                    continue;
                };
                let heading = |text: &&str| text.trim().strip_prefix("## ") == Some(section);
                if let Some(offset) = lines[line.min(lines.len())..].iter().position(heading) {
                    line += offset + 1;
                    let width = lines[line - 1].len() - lines[line - 1].trim_start().len();
                    let place = Place {
                        line,
                        column: width + 1,
                    };
                    self.sections.push((index, prose.item.clone(), place));
                }
            }
        }
    }
}
