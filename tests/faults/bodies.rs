//! Bodies as Meta writes them.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::{
    content::{Wish, pick},
    rows::Operation,
};

/// The forms in which a success comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    Documented,
    /// As little as can be read.
    Terse,
    /// With fields that nobody documented.
    WithMore,
    ByteOrderMark,
    /// As long as still fits.
    Long,
}

pub fn success(operation: Operation, variant: Variant, id: u64) -> Vec<u8> {
    let mut body = match (operation, variant) {
        (Operation::Create, _) => json!({ "solution_id": id.to_string() }),
        (Operation::Accept, Variant::Terse) => json!({ "success": true }),
        (Operation::Accept, Variant::WithMore) => json!({
            "success": true, "solution_id": id.to_string(), "partner_status": "SOMETHING_NEW", "update_time": "soon",
        }),
        (Operation::Accept, _) => {
            json!({ "success": true, "solution_id": id.to_string(), "partner_status": "ACCEPTED" })
        }
    };
    match variant {
        Variant::WithMore => body["__debug"] = json!({ "error": "none" }),
        Variant::Long => body["padding"] = "p".repeat(60_000).into(),
        Variant::ByteOrderMark => {
            return [&b"\xEF\xBB\xBF"[..], body.to_string().as_bytes()].concat();
        }
        Variant::Documented | Variant::Terse => {}
    }
    body.to_string().into_bytes()
}

pub fn error(code: Option<i64>, is_transient: Option<bool>) -> String {
    let mut fields = Map::new();
    fields.insert("message".to_owned(), "Drawn".into());
    fields.extend(code.map(|code| ("code".to_owned(), code.into())));
    fields.extend(is_transient.map(|is| ("is_transient".to_owned(), is.into())));
    json!({ "error": Value::Object(fields) }).to_string()
}

pub fn stop(rng: &mut Rng, codes: &[i64]) -> (i64, Option<bool>) {
    if rng.bool() {
        (368, pick(rng, &[None, Some(true), Some(false)]))
    } else {
        (pick(rng, codes), Some(false))
    }
}

pub fn denial(operation: Operation, rng: &mut Rng) -> &'static str {
    match operation {
        // With an ID beside it nobody could say which of the two holds.
        Operation::Create => "{\"success\":false}",
        Operation::Accept => pick(
            rng,
            &[
                "{\"success\":false}",
                "{\"success\":false,\"message\":\"no\",\"solution_id\":\"1\"}",
            ],
        ),
    }
}

const USAGE: &str = "x-business-use-case-usage";

pub fn usage(minutes: f64, wish: Wish) -> (&'static str, String, Wish) {
    let entry = json!({ "1": [{ "type": "messaging", "call_count": 100, "estimated_time_to_regain_access": minutes }] });
    (USAGE, entry.to_string(), wish)
}
