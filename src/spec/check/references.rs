//! Every `$ref` leads to an object of the right kind in this document, and none runs in a circle.

use std::collections::HashSet;

use super::super::cursor::{Cursor, find, resolve};
use super::super::failure::Failure;
use super::shape::Walk;
use super::suggest::question;

const CIRCLE: &str = "this runs in a circle and never comes to a schema that is written out";

/// Whether no further check could follow the references.
pub(super) fn is_circle(failure: &Failure) -> bool {
    failure.text.starts_with(CIRCLE)
}

/// References, and the security schemes that are referred to by name.
pub(super) fn check(root: &Cursor<'_>, walk: &Walk<'_>) -> Vec<Failure> {
    let mut failures = vec![];
    for (reference, section) in &walk.references {
        let Some(target) = reference.node.text() else {
            continue;
        };
        let prefix = format!("#/components/{section}/");
        // The generator looks at the last part of a reference alone, so any other form would reach the wrong thing.
        let Some(name) = target
            .strip_prefix(&prefix)
            .filter(|name| !name.contains('/'))
        else {
            let text = format!(
                "`{target}` cannot be followed; the generator takes `{prefix}NAME` in this file only"
            );
            failures.push(reference.failure(&text));
            continue;
        };
        if find(root, target).is_none() {
            let known = root.get("components").and_then(|c| c.get(section));
            let question = question(
                name,
                known.iter().flat_map(Cursor::entries).map(|(key, _)| key),
            );
            let text = format!(
                "`{target}` leads nowhere: there is no `components.{section}.{name}`{question}"
            );
            failures.push(reference.failure(&text));
        } else if let Some(failure) = circle(root, reference) {
            failures.push(failure);
        }
    }
    for schema in &walk.schemas {
        if contains_itself(root, schema) {
            failures.push(schema.failure(&format!(
                "{CIRCLE}: allOf, oneOf, anyOf and not lead back to where they began"
            )));
        }
    }
    failures.extend(security(root));
    failures
}

fn circle(root: &Cursor<'_>, reference: &Cursor<'_>) -> Option<Failure> {
    let target = find(root, reference.node.text()?)?;
    resolve(root, &target).is_none().then_some(())?;
    // A chain that ends in a dangling reference is reported where it dangles.
    let mut here = target;
    for _ in 0..64 {
        here = find(root, here.text("$ref")?)?;
    }
    Some(reference.failure(CIRCLE))
}

/// Whether a schema is composed of itself: the generator would never come to an end.
fn contains_itself(root: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    let parts = |of: &Cursor<'_>| -> Vec<String> {
        let lists = ["allOf", "oneOf", "anyOf"]
            .iter()
            .filter_map(|key| of.get(key));
        let listed = lists.flat_map(|list| list.items().collect::<Vec<_>>());
        listed
            .chain(of.get("not"))
            .filter_map(|c| resolve(root, &c))
            .map(|c| c.words)
            .collect()
    };
    let by_words = |words: &str| {
        let name = words.strip_prefix("components.schemas.")?;
        root.get("components")?.get("schemas")?.get(name)
    };
    let mut seen = HashSet::new();
    let mut open = parts(schema);
    while let Some(words) = open.pop() {
        if words == schema.words {
            return true;
        }
        if let Some(next) = by_words(&words).filter(|_| seen.insert(words)) {
            open.extend(parts(&next));
        }
    }
    false
}

fn security(root: &Cursor<'_>) -> Vec<Failure> {
    let schemes = root
        .get("components")
        .and_then(|c| c.get("securitySchemes"));
    let known: Vec<&str> = schemes
        .iter()
        .flat_map(Cursor::entries)
        .map(|(key, _)| key)
        .collect();
    let operations = super::super::operations::operations(root);
    let lists = operations
        .iter()
        .map(|o| &o.here)
        .chain([root])
        .filter_map(|c| c.get("security"));
    let mut failures = vec![];
    for list in lists {
        for requirement in list.items() {
            for (name, at) in requirement
                .entries()
                .filter(|(name, _)| !known.contains(name))
            {
                let question = question(name, known.iter().copied());
                let text = format!("there is no `components.securitySchemes.{name}`{question}");
                failures.push(Failure::new(at.key, at.words, &text));
            }
        }
    }
    failures
}
