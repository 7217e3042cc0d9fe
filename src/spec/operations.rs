//! The operations of the document and what belongs to each, references followed.

use heck::ToSnakeCase;

use super::cursor::{Cursor, resolve};

/// The keys of a path item that are operations, in the order of OpenAPI.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// One operation.
pub(crate) struct Operation<'a> {
    /// The path template, such as `/{Version}/{Solution-ID}/accept`.
    pub(crate) path: &'a str,
    /// The path item that the operation stands in.
    pub(crate) item: Cursor<'a>,
    /// The operation itself.
    pub(crate) here: Cursor<'a>,
}

/// All operations in the order of the file.
pub(crate) fn operations<'a>(root: &Cursor<'a>) -> Vec<Operation<'a>> {
    let mut found = vec![];
    let paths = root.get("paths");
    for (path, item) in paths.iter().flat_map(Cursor::entries) {
        for (key, here) in item.entries().filter(|_| path.starts_with('/')) {
            if METHODS.contains(&key) {
                found.push(Operation {
                    path,
                    item: item.clone(),
                    here,
                });
            }
        }
    }
    found
}

impl<'a> Operation<'a> {
    /// The operation's id; empty if it has none, which the check reports.
    pub(crate) fn id(&self) -> &'a str {
        self.here.text("operationId").unwrap_or_default()
    }

    /// The operation as generated code names it, in its method and to its hook: the id in snake case, whatever the
    /// case in the document.
    pub(crate) fn method(&self) -> String {
        self.id().to_snake_case()
    }

    /// The parameters that hold for this operation: its own, and those of the path item that it does not override.
    pub(crate) fn parameters(&self, root: &Cursor<'a>) -> Vec<Cursor<'a>> {
        let of = |cursor: &Cursor<'a>| -> Vec<Cursor<'a>> {
            let list = cursor.get("parameters");
            let items = list.iter().flat_map(Cursor::items);
            items.filter_map(|item| resolve(root, &item)).collect()
        };
        let own = of(&self.here);
        let same = |a: &Cursor<'_>, b: &Cursor<'_>| {
            a.text("name") == b.text("name") && a.text("in") == b.text("in")
        };
        let inherited = of(&self.item);
        let inherited = inherited
            .into_iter()
            .filter(|i| !own.iter().any(|o| same(o, i)));
        let inherited: Vec<_> = inherited.collect();
        own.into_iter().chain(inherited).collect()
    }

    /// The request body.
    pub(crate) fn body(&self, root: &Cursor<'a>) -> Option<Cursor<'a>> {
        resolve(root, &self.here.get("requestBody")?)
    }

    /// The responses by status, each with the place where the operation names it.
    pub(crate) fn responses(&self, root: &Cursor<'a>) -> Vec<(&'a str, Cursor<'a>, Cursor<'a>)> {
        let responses = self.here.get("responses");
        let entries = responses.iter().flat_map(Cursor::entries);
        entries
            .filter(|(status, _)| !status.starts_with("x-"))
            .filter_map(|(status, named)| Some((status, named.clone(), resolve(root, &named)?)))
            .collect()
    }
}

/// Meta's name for the parameter of a path that names an app.
const APP: &str = "{Application-ID}";

/// One expression of type `&[(&str, Option<usize>)]`, in the order of the file: the name of each operation, as the hook
/// gets it, and where its path names an app, counted in segments from the end.
pub(crate) fn expression(root: &Cursor<'_>) -> String {
    let lines: Vec<_> = operations(root)
        .iter()
        .map(|o| {
            let app = o.path.rsplit('/').position(|segment| segment == APP);
            format!("    ({:?}, {app:?}),\n", o.method())
        })
        .collect();
    format!("&[\n{}]\n", lines.concat())
}

/// The media types of a request body or response.
pub(crate) fn content<'a>(of: &Cursor<'a>) -> Vec<(&'a str, Cursor<'a>)> {
    of.get("content").iter().flat_map(Cursor::entries).collect()
}

/// Whether this media type is what the generator reads and writes as JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}
