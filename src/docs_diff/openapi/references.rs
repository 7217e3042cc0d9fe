//! References that lead nowhere: what stands behind them would be taken for removed.

use crate::yaml::cursor::{Cursor, find};
use crate::yaml::failure::Failure;
use crate::yaml::node::Node;

/// Under these a `$ref` is an example's own business.
const FREE: [&str; 4] = ["example", "examples", "default", "enum"];

/// The first reference within the document that leads nowhere.
pub(crate) fn dangling(root: &Node) -> Option<Failure> {
    below(root, root)
}

fn below(root: &Node, node: &Node) -> Option<Failure> {
    for entry in node.entries() {
        if FREE.contains(&entry.key.as_str()) || entry.key.starts_with("x-") {
            continue;
        }
        if let ("$ref", Some(reference)) = (entry.key.as_str(), entry.value.text())
            && reference.starts_with("#/")
            && find(&Cursor::root(root), reference).is_none()
        {
            let text = format!("`{reference}` leads nowhere; is the file whole?");
            return Some(Failure::new(entry.value.place, "", &text));
        }
        if let Some(failure) = below(root, &entry.value) {
            return Some(failure);
        }
    }
    node.items().iter().find_map(|item| below(root, item))
}
