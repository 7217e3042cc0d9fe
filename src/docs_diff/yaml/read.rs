//! YAML text to a tree with places.

use std::collections::HashMap;

use saphyr::{Marker, Scalar, ScalarStyle};
use saphyr_parser::{Event, Parser, Tag};

use super::failure::{Failure, Place};
use super::node::{Data, Entry, Node};

/// An alias repeats what its anchor holds, and aliases of aliases multiply: no document here needs more nodes.
const MOST_NODES: usize = 100_000;

/// No document is nested this deep, and what walks the tree must not run out of stack.
const DEEPEST: usize = 128;

/// The one document that `text` holds.
///
/// # Errors
///
/// The first thing that makes the text unreadable as one YAML document that JSON could express.
pub(crate) fn read(text: &str) -> Result<Node, Failure> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            Failure::new(
                place(error.marker()),
                "",
                &format!("not readable as YAML: {}", error.info()),
            )
        })?;
        reader.take(event, place(&span.start))?;
    }
    match reader.document {
        Some(document) if !matches!(document.data, Data::Null) => Ok(document),
        _ => Err(Failure::new(
            Place { line: 1, column: 1 },
            "",
            "the file holds no document; an OpenAPI document begins with `openapi: 3.0.3`",
        )),
    }
}

/// The parser counts lines from 1 and columns from 0.
fn place(marker: &Marker) -> Place {
    Place {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// Builds the tree from the parser's events.
#[derive(Default)]
struct Reader {
    document: Option<Node>,
    documents: usize,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    from_aliases: usize,
}

/// A list or map whose end has not come yet.
struct Open {
    node: Node,
    anchor: usize,
    /// The key that waits for its value.
    key: Option<(String, Place)>,
    /// The keys so far and their lines.
    keys: HashMap<String, usize>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: Place) -> Result<(), Failure> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let text = "a second YAML document begins here; the file must hold exactly one";
                    return Err(Failure::new(at, "", text));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_deref();
                refuse_tag(tag, at)?;
                let is_key = self.awaits_key();
                // `200:` is a number in YAML and `null:` nothing at all, but as a key each is meant as its letters; that
                // is how common OpenAPI tools read an unquoted status.
                let data = if is_key && tag.is_none() {
                    Data::Text(text.into_owned())
                } else {
                    scalar(&text, style, tag, at)?
                };
                self.put(Node { place: at, data }, anchor)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Data::List(vec![]), anchor, tag.as_deref(), at)?
            }
            Event::MappingStart(anchor, tag) => {
                self.open(Data::Map(vec![]), anchor, tag.as_deref(), at)?
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = self.open.pop() {
                    self.put(done.node, done.anchor)?;
                }
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    let text = "this alias stands inside its own anchor; write the value out";
                    return Err(Failure::new(at, "", text));
                };
                self.from_aliases += count(node);
                if self.from_aliases > MOST_NODES {
                    let text =
                        "the aliases up to here multiply into too many nodes; write the values out";
                    return Err(Failure::new(at, "", text));
                }
                let node = Node {
                    place: at,
                    data: node.data.clone(),
                };
                self.put(node, 0)?;
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// Whether what comes next is the key of a map.
    fn awaits_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| matches!(open.node.data, Data::Map(_)) && open.key.is_none())
    }

    fn open(
        &mut self,
        data: Data,
        anchor: usize,
        tag: Option<&Tag>,
        at: Place,
    ) -> Result<(), Failure> {
        refuse_tag(tag, at)?;
        if self.open.len() == DEEPEST {
            let text =
                format!("this is nested deeper than {DEEPEST} lists and maps; write it flatter");
            return Err(Failure::new(at, "", &text));
        }
        self.open.push(Open {
            node: Node { place: at, data },
            anchor,
            key: None,
            keys: HashMap::new(),
        });
        Ok(())
    }

    /// Puts a complete value where it belongs: as the document, an item, a key or the value of the waiting key.
    fn put(&mut self, node: Node, anchor: usize) -> Result<(), Failure> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(parent) = self.open.last_mut() else {
            self.document = Some(node);
            return Ok(());
        };
        match &mut parent.node.data {
            Data::List(items) => items.push(node),
            Data::Map(entries) => match parent.key.take() {
                Some((key, place)) => entries.push(Entry {
                    key,
                    place,
                    value: node,
                }),
                None => {
                    let Data::Text(key) = node.data else {
                        let text = format!("a key must be text, and this is {}", node.found());
                        return Err(Failure::new(node.place, "", &text));
                    };
                    if let Some(first) = parent.keys.insert(key.clone(), node.place.line) {
                        let text = format!(
                            "the key `{key}` stands here a second time; the first is in line {first}. Keep one of them"
                        );
                        return Err(Failure::new(node.place, "", &text));
                    }
                    parent.key = Some((key, node.place));
                }
            },
            _ => unreachable!("only lists and maps are opened"),
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    let items: usize = node.items().iter().map(count).sum();
    let values: usize = node.entries().iter().map(|e| count(&e.value)).sum();
    1 + items + values
}

/// JSON has no tags: beyond YAML's own (`!!str` and the like) none can be carried over.
fn refuse_tag(tag: Option<&Tag>, at: Place) -> Result<(), Failure> {
    match tag {
        Some(tag) if !tag.is_yaml_core_schema() => {
            let text = format!("the YAML tag `{tag}` means nothing in OpenAPI; remove it");
            Err(Failure::new(at, "", &text))
        }
        _ => Ok(()),
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>, at: Place) -> Result<Data, Failure> {
    let tag = tag.map(|tag| std::borrow::Cow::Owned(tag.clone()));
    match Scalar::parse_from_cow_and_metadata(text.into(), style, tag.as_ref()) {
        Some(Scalar::Null) => Ok(Data::Null),
        Some(Scalar::Boolean(value)) => Ok(Data::Bool(value)),
        Some(Scalar::Integer(value)) => Ok(Data::Whole(value)),
        Some(Scalar::FloatingPoint(value)) if value.is_finite() => {
            Ok(Data::Real(value.into_inner()))
        }
        Some(Scalar::FloatingPoint(_)) => {
            let text =
                format!("`{text}` is a number that JSON cannot express; quote it if text is meant");
            Err(Failure::new(at, "", &text))
        }
        Some(Scalar::String(value)) => Ok(Data::Text(value.into_owned())),
        None => {
            let text = format!("`{text}` is not what its YAML tag says; correct one of the two");
            Err(Failure::new(at, "", &text))
        }
    }
}
