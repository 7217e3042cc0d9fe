//! The bounds on arrays in request bodies, which generated types do not hold.

use serde_json::Value;

/// Operation, property, least and most items: what `build.rs` found in the YAML.
const ARRAY_BOUNDS: &[(&str, &str, usize, usize)] =
    include!(concat!(env!("OUT_DIR"), "/array_bounds.rs"));

/// Holds the JSON body of a request to the bounds on its arrays.
pub(crate) fn check(operation_id: &str, body: &[u8]) -> Result<(), String> {
    let mut bounds = ARRAY_BOUNDS
        .iter()
        .filter(|(operation, ..)| *operation == operation_id)
        .peekable();
    if bounds.peek().is_none() {
        return Ok(());
    }
    let body: Value = serde_json::from_slice(body)
        .map_err(|why| format!("the request's own body cannot be read: {why}"))?;
    for (_, property, least, most) in bounds {
        let Some(items) = body.get(property).and_then(Value::as_array) else {
            continue;
        };
        let count = items.len();
        if count < *least || count > *most {
            return Err(format!(
                "{property} has {count} items; allowed are {least} to {most}"
            ));
        }
    }
    Ok(())
}
