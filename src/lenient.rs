//! Reading a success that does not keep to its schema.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads what can be read of an object: `known` makes up for fields that are missing or of another type, and a field
/// that would make the whole unreadable is left out.
///
/// `None` if `known` alone cannot be read.
pub(crate) fn read<T: DeserializeOwned>(
    known: Map<String, Value>,
    sent: Map<String, Value>,
) -> Option<T> {
    let mut taken = known.clone();
    for (name, field) in sent {
        // Each field is tried by itself, so that the work stays in proportion to the body.
        let mut with_field = known.clone();
        with_field.insert(name.clone(), field.clone());
        if typed::<T>(with_field).is_some() {
            taken.insert(name, field);
        }
    }
    typed(taken)
}

fn typed<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}
