//! References that lead nowhere: what stands behind them would be taken for removed.

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
            && !leads_somewhere(root, reference)
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

fn leads_somewhere(root: &Node, reference: &str) -> bool {
    let mut parts = reference.trim_start_matches("#/").split('/');
    parts
        .try_fold(root, |here, part| {
            let key = part.replace("~1", "/").replace("~0", "~");
            here.entries()
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| &entry.value)
        })
        .is_some()
}
