//! What an OpenAPI document says of its operations: the YAML and Meta's published file are read by the same code, so
//! that neither can be misread in a way of its own.

mod operation;
mod reader;
mod references;
mod schema;

use crate::yaml::cursor::{Cursor, resolve};

use super::model;
use super::place::Places;

pub(crate) use references::dangling;

/// An operation, where it stands, and the name of what it takes.
pub(crate) struct Found<'a> {
    pub(crate) method: String,
    pub(crate) path: String,
    path_item: Cursor<'a>,
    operation: Cursor<'a>,
}

/// An operation that was read.
pub(crate) struct Read {
    pub(crate) operation: model::Operation,
    pub(crate) places: Places,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The operations of a document, in its order.
pub(crate) fn operations<'a>(root: &Cursor<'a>) -> Vec<Found<'a>> {
    let mut found = vec![];
    let Some(paths) = root.get("paths") else {
        return found;
    };
    for (path, item) in paths.entries() {
        let Some(path_item) = resolve(root, &item) else {
            continue;
        };
        for (method, operation) in path_item.entries() {
            if METHODS.contains(&method) {
                found.push(Found {
                    method: method.to_uppercase(),
                    path: path.to_owned(),
                    path_item: path_item.clone(),
                    operation,
                });
            }
        }
    }
    found
}

impl Found<'_> {
    /// `POST /…`
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The name of the schema of its body.
    pub(crate) fn request_schema(&self, root: &Cursor<'_>) -> Option<String> {
        let body = resolve(root, &self.operation.get("requestBody")?)?;
        schema::name(&content_schema(&body)?)
    }

    /// What the document says of it.
    pub(crate) fn read(&self, root: &Cursor<'_>) -> Read {
        operation::read(root, self)
    }
}

/// The schema of a body or an answer: of its JSON if it has that, else of what comes first.
fn content_schema<'a>(holder: &Cursor<'a>) -> Option<Cursor<'a>> {
    let content = holder.get("content")?;
    let media = content
        .get("application/json")
        .or_else(|| content.entries().next().map(|(_, media)| media))?;
    media.get("schema")
}
