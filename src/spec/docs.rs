//! What the page says of an operation, as Markdown for the documentation of its method.

use super::cursor::Cursor;
use super::failure::fold;
use super::operations::{Operation, operations};

/// Each operation's method with its Markdown.
pub(crate) fn pages(root: &Cursor<'_>) -> Vec<(String, String)> {
    let operations = operations(root);
    operations
        .iter()
        .map(|o| (o.method(), page(root, o)))
        .collect()
}

fn page(root: &Cursor<'_>, operation: &Operation<'_>) -> String {
    let here = &operation.here;
    let mut text = here
        .text("description")
        .unwrap_or_default()
        .trim_end()
        .to_owned();
    text += "\n\n# Answers\n\n| status | meaning |\n|---|---|\n";
    for (status, _, response) in operation.responses(root) {
        let meaning = fold(response.text("description").unwrap_or_default()).replace('|', "\\|");
        text += &format!("| {status} | {meaning} |\n");
    }
    if let Some(page) = here.text("x-page") {
        text += &format!("\nSource: Meta's page '{page}'");
        let parameters = operation.parameters(root);
        let offered = parameters.iter().find_map(|p| p.get("x-offered-versions"));
        let versions: Vec<_> = offered
            .iter()
            .flat_map(Cursor::items)
            .filter_map(|v| v.node.text())
            .collect();
        if !versions.is_empty() {
            text += &format!(", which offers {}", versions.join(", "));
        }
        text += ".\n";
    }
    text
}
