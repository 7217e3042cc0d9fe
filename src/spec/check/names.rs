//! Names: operation ids, paths and components.

use heck::ToSnakeCase;

use super::super::cursor::Cursor;
use super::super::failure::Failure;
use super::super::operations::operations;

/// What operations, paths and components are called.
pub(super) fn check(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = ids(root);
    failures.extend(paths(root));
    failures.extend(components(root));
    failures
}

fn ids(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    let mut seen: Vec<(&str, usize)> = vec![];
    for operation in operations(root) {
        let Some(at) = operation.here.get("operationId") else {
            let text = "this operation has no `operationId`; give it one, from which its method gets the name";
            failures.push(operation.here.failure(text));
            continue;
        };
        let id = operation.id();
        // The id becomes the name of a method and of a file.
        let plain = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if !plain {
            let text = format!(
                "`{id}` cannot name a method; use letters and digits, such as `createThing`"
            );
            failures.push(at.failure(&text));
        }
        let method = operation.method();
        match seen
            .iter()
            .find(|(other, _)| other.to_snake_case() == method)
        {
            Some((first, line)) if *first == id => {
                let text = format!(
                    "`{id}` is already the `operationId` in line {line}; every operation needs its own"
                );
                failures.push(at.failure(&text));
            }
            Some((first, line)) => {
                let text = format!(
                    "`{id}` and `{first}` (line {line}) would be the same method `{method}`; rename one"
                );
                failures.push(at.failure(&text));
            }
            None => seen.push((id, at.node.place.line)),
        }
    }
    failures
}

fn paths(root: &Cursor<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    let mut seen: Vec<(String, usize)> = vec![];
    for (path, item) in root.get("paths").iter().flat_map(Cursor::entries) {
        if let Some(reference) = item.get("$ref") {
            let text = "the generator takes no path item by `$ref`; write its operations out here";
            failures.push(Failure::new(reference.key, reference.words, text));
        }
        let Some(parts) = template(path) else {
            let text = "the braces of this path do not match; a parameter is written `{name}`";
            failures.push(Failure::new(item.key, item.words, text));
            continue;
        };
        let nameless = parts.iter().fold(path.to_owned(), |path, name| {
            path.replacen(&format!("{{{name}}}"), "{}", 1)
        });
        match seen.iter().find(|(other, _)| *other == nameless) {
            Some((_, line)) => {
                let text = format!(
                    "this is the same path as in line {line}, with other names in the braces; join the two"
                );
                failures.push(Failure::new(item.key, item.words, &text));
            }
            None => seen.push((nameless, item.key.line)),
        }
    }
    failures
}

/// The names in the braces of a path, in order; `None` if the braces do not match.
pub(super) fn template(path: &str) -> Option<Vec<&str>> {
    let mut names = vec![];
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let (name, after) = rest[open..].strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}

fn components(root: &Cursor<'_>) -> Vec<Failure> {
    let sections = root.get("components");
    let sections = sections
        .iter()
        .flat_map(Cursor::entries)
        .filter(|(section, _)| !section.starts_with("x-"));
    let named = sections.flat_map(|(_, section)| section.entries().collect::<Vec<_>>());
    let allowed = |name: &str| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    named
        .filter(|(name, _)| name.is_empty() || !allowed(name))
        .map(|(name, at)| {
            let text = format!(
                "`{name}` cannot name a component; OpenAPI takes letters, digits, `.`, `_` and `-`"
            );
            Failure::new(at.key, at.words, &text)
        })
        .collect()
}
