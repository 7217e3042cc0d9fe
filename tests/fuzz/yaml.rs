//! The YAML: the reader that knows places, and the document made of what it read.

use crate::{
    docs_diff::{Document, read_source},
    yaml::{
        failure::{self, Place},
        node::Node,
        read,
    },
};

/// A file that may be YAML.
pub(super) fn yaml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match read::read(text) {
        Ok(tree) => {
            stands_in(text, &tree);
            reads_alike_as_json(&tree);
        }
        Err(failure) => {
            is_in(text, failure.place);
            let lines = failure::report("a.yaml", vec![failure]);
            assert!(matches!(&lines[..], [line] if line.starts_with("a.yaml:")));
        }
    }
    if let Ok(document) = Document::read("a.yaml", text) {
        assert_eq!(
            document.operations().len(),
            document.source.operations.len()
        );
        let _ = read_source(data, &document);
    }
}

fn stands_in(text: &str, node: &Node) {
    is_in(text, node.place);
    node.items().iter().for_each(|item| stands_in(text, item));
    for entry in node.entries() {
        is_in(text, entry.place);
        stands_in(text, &entry.value);
    }
}

/// A text without a line end is read as if it had one, and what is missing at its end stands behind that.
fn is_in(text: &str, place: Place) {
    let lines = text.split(['\n', '\r']).count() + 1;
    assert!((1..=lines).contains(&place.line), "{place:?} of {lines}");
    assert!(place.column >= 1);
}

/// JSON is YAML too: written as that, the tree is read as the same tree.
fn reads_alike_as_json(tree: &Node) {
    let json = serde_json::to_string(tree).expect("all of it is JSON");
    let again = read::read(&json).unwrap_or_else(|failure| panic!("{failure:?} in {json}"));
    assert_eq!(serde_json::to_string(&again).expect("JSON"), json);
}
