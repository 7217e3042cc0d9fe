//! The bounds on arrays in request bodies, which generated types do not hold.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

/// Operation, property, least and most items.
const ARRAY_BOUNDS: &[(&str, &str, usize, usize)] = &[
    ("create_solution", "owner_permissions", 0, 1),
    ("create_solution", "partner_permissions", 0, 1),
];

/// Holds the JSON body of a request to the bounds on its arrays.
pub(crate) fn check(operation_id: &str, body: &[u8]) -> Result<(), String> {
    if !ARRAY_BOUNDS.iter().any(|bound| bound.0 == operation_id) {
        return Ok(());
    }
    serde_json::Deserializer::from_slice(body)
        .deserialize_map(Body { operation_id })
        .map_err(|why| format!("the request's own body cannot be read: {why}"))?
}

/// Counts items while it reads, because every call comes through here: nothing of the body is kept.
struct Body<'a> {
    operation_id: &'a str,
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for Body<'_> {
    type Value = Result<(), String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut held = Ok(());
        while let Some(Name(name)) = fields.next_key()? {
            let bound = ARRAY_BOUNDS
                .iter()
                .find(|bound| bound.0 == self.operation_id && bound.1 == name);
            let Some((_, property, least, most)) = bound else {
                fields.next_value::<IgnoredAny>()?;
                continue;
            };
            let Some(items) = fields.next_value::<Option<Vec<IgnoredAny>>>()? else {
                continue;
            };
            let count = items.len();
            if count < *least || count > *most {
                held = held.and(Err(format!(
                    "{property} has {count} items; allowed are {least} to {most}"
                )));
            }
        }
        Ok(held)
    }
}
