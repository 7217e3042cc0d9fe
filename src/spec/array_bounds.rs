//! Bounds on the number of items, which generated types do not check: written out for the client to check.

use super::cursor::{Cursor, resolve};
use super::failure::Failure;
use super::node::Data;
use super::operations::{Operation, content, is_json, operations};
use super::reach::{children, reach};

/// How many items one array of a request body takes.
pub(crate) struct Bound {
    operation: String,
    property: String,
    least: usize,
    most: usize,
}

/// The bounds that the client can check, and a failure for each that it cannot.
pub(crate) fn collect(root: &Cursor<'_>) -> (Vec<Bound>, Vec<Failure>) {
    let mut bounds = vec![];
    let mut failures = vec![];
    for operation in operations(root) {
        // From here on downwards the client looks at nothing.
        let parameters = operation.parameters(root);
        let mut deeper: Vec<_> = parameters.iter().filter_map(|p| p.get("schema")).collect();
        let body = operation.body(root);
        for (media_type, media) in body.iter().flat_map(content) {
            let Some(schema) = media.get("schema").and_then(|s| resolve(root, &s)) else {
                continue;
            };
            if is_json(media_type) && schema.get("properties").is_some() {
                top_level(root, &operation, &schema, &mut bounds, &mut deeper);
            } else {
                deeper.push(schema);
            }
        }
        for schema in reach(root, deeper) {
            for at in ["minItems", "maxItems"]
                .iter()
                .filter_map(|key| schema.get(key))
            {
                let text = "this bound is held only in an array that is itself a property of a JSON request body; deeper ones are not supported yet";
                failures.push(Failure::new(at.key, at.words, text));
            }
        }
    }
    (bounds, failures)
}

fn top_level<'a>(
    root: &Cursor<'a>,
    operation: &Operation<'_>,
    body: &Cursor<'a>,
    bounds: &mut Vec<Bound>,
    deeper: &mut Vec<Cursor<'a>>,
) {
    let properties = body.get("properties");
    let own = properties
        .as_ref()
        .map(|p| p.words.clone())
        .unwrap_or_default();
    deeper.extend(
        children(body)
            .into_iter()
            .filter(|child| !child.words.starts_with(&own)),
    );
    for (name, property) in properties.iter().flat_map(Cursor::entries) {
        let Some(schema) = resolve(root, &property) else {
            continue;
        };
        deeper.extend(children(&schema));
        let bound = |key: &str| match schema.get(key)?.node.data {
            Data::Whole(count) => usize::try_from(count).ok(),
            _ => None,
        };
        let (least, most) = (bound("minItems"), bound("maxItems"));
        if least.is_some() || most.is_some() {
            bounds.push(Bound {
                operation: operation.method(),
                property: name.to_owned(),
                least: least.unwrap_or(0),
                most: most.unwrap_or(usize::MAX),
            });
        }
    }
}

/// One expression of type `&[(&str, &str, usize, usize)]`: operation, property, fewest items, most items.
pub(crate) fn expression(bounds: &[Bound]) -> String {
    let mut text = String::from("&[\n");
    for bound in bounds {
        let most = match bound.most {
            usize::MAX => "usize::MAX".to_owned(),
            most => most.to_string(),
        };
        let (operation, property) = (&bound.operation, &bound.property);
        text += &format!(
            "    ({operation:?}, {property:?}, {}, {most}),\n",
            bound.least
        );
    }
    text + "]\n"
}
