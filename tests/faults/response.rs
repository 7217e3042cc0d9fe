//! What a whole response says.

use std::time::Duration;

use fastrand::Rng;
use serde_json::json;

#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub wish: Option<Wish>,
    pub meaning: Meaning,
    /// `ID` stands for the solution's.
    text: String,
}

/// What the body says to a reader of Meta's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Success,
    /// Code and `is_transient` of a Graph error.
    Error(Option<i64>, Option<bool>),
    Nothing,
}

/// A header that asks to wait, and for how many milliseconds, if it can be read.
pub type Wish = (&'static str, &'static str, Option<u64>);

pub const RETRY_AFTER: &str = "Retry-After";
const USAGE: &str = "x-business-use-case-usage";
const HOUR: u64 = 3_600_000;

const WISHES: [Wish; 5] = [
    (RETRY_AFTER, "0", Some(0)),
    (RETRY_AFTER, " 1 ", Some(1000)),
    (RETRY_AFTER, "3600", Some(HOUR)),
    (RETRY_AFTER, "soon", None),
    // In minutes.
    (USAGE, WAIT_30_MS, Some(30)),
];
const WAIT_30_MS: &str = r#"{"1":[{"estimated_time_to_regain_access":0.0005}]}"#;

const STATUSES: [u16; 32] = [
    200, 200, 200, 201, 204, 299, 300, 301, 304, 307, 400, 400, 401, 403, 404, 408, 409, 422, 429,
    429, 499, 500, 500, 501, 502, 503, 503, 503, 504, 599, 600, 999,
];

const CODES: [i64; 32] = [
    1, 1, 2, 2, 368, 368, 4, 17, 32, 341, 613, 80_000, 80_001, 80_002, 80_003, 80_004, 80_005,
    80_006, 80_007, 80_008, 80_009, 80_014, 130_429, -1, 0, 3, 100, 190, 200, 803, 79_999, 80_010,
];

/// For both operations.
const SUCCESSES: [&str; 3] = [
    r#"{"success":true,"solution_id":"ID"}"#,
    r#"{"success":true,"solution_id":"ID","partner_status":"NEW","__debug__":{"error":7}}"#,
    "\u{feff}{\"success\":true,\"solution_id\":\"ID\"}",
];

const NOTHING: [&str; 6] = ["", "null", "[]", "{}", "<html>", "\0"];

impl Response {
    pub fn draw(rng: &mut Rng) -> Self {
        let mut status = pick(rng, &STATUSES);
        let (meaning, text) = match rng.u8(..16) {
            // These end with their head.
            _ if matches!(status, 204 | 304) => (Meaning::Nothing, String::new()),
            0..3 => (Meaning::Nothing, pick(rng, &NOTHING).to_owned()),
            3..9 => {
                let code = (rng.u8(..8) > 0).then(|| pick(rng, &CODES));
                let is_transient = pick(rng, &[None, None, Some(true), Some(false)]);
                let error =
                    json!({ "message": "Drawn", "code": code, "is_transient": is_transient });
                let body = json!({ "error": error }).to_string();
                (Meaning::Error(code, is_transient), body)
            }
            drawn => {
                status = if drawn < 15 { 200 } else { status };
                (Meaning::Success, pick(rng, &SUCCESSES).to_owned())
            }
        };
        let one_in = if status == 503 { 2 } else { 8 };
        let wishes = (meaning != Meaning::Success || status >= 300) && rng.u8(..one_in) == 0;
        Self {
            status,
            wish: wishes.then(|| pick(rng, &WISHES)),
            meaning,
            text,
        }
    }

    /// How long it asks to wait.
    pub fn wait(&self) -> Duration {
        let millis = self.wish.and_then(|(_, _, millis)| millis);
        Duration::from_millis(millis.unwrap_or_default())
    }

    pub fn body(&self, id: usize) -> Vec<u8> {
        self.text.replace("ID", &id.to_string()).into_bytes()
    }

    /// One of which a part is to be lost.
    pub fn to_be_cut() -> Self {
        Self {
            status: 200,
            wish: None,
            meaning: Meaning::Nothing,
            text: "It is cut.".to_owned(),
        }
    }
}

pub fn pick<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}
