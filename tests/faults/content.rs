//! What a whole answer says: status, headers and body, drawn so that they fall under a row.

use std::time::{Duration, SystemTime};

use fastrand::Rng;

use crate::{
    bodies::{Variant, denial, error, stop, success, usage},
    bomb::gzip_bomb,
    rows::{Operation, Row},
};

/// Much of an answer's body is kept; this much at the most.
pub const BODY_LIMIT: usize = 64 * 1024;

const THROTTLING: [i64; 17] = [
    4, 17, 32, 341, 613, 80_000, 80_001, 80_002, 80_003, 80_004, 80_005, 80_006, 80_007, 80_008,
    80_009, 80_014, 130_429,
];

#[derive(Clone)]
pub enum Body {
    Bytes(Vec<u8>),
    /// A success, which names what came of this very request.
    Success(Variant),
}

/// How long the answer asks to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    None,
    /// Fits into any deadline.
    Short(Duration),
    /// Fits into none.
    Long,
}

#[derive(Clone)]
pub struct Content {
    pub row: Row,
    pub status: u16,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Body,
    pub wish: Wish,
    /// What is odd about it, for the tally.
    pub oddity: &'static str,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = match &self.body {
            Body::Success(variant) => format!("{variant:?} success"),
            Body::Bytes(bytes) if bytes.len() > 120 => format!("{} bytes", bytes.len()),
            Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        };
        let Self {
            row,
            status,
            wish,
            oddity,
            ..
        } = self;
        write!(f, "{row:?} {status} ({oddity}, wish {wish:?}): {body}")
    }
}

impl Content {
    fn new(row: Row, status: u16, body: Body) -> Self {
        Self {
            row,
            status,
            headers: vec![("content-type", b"application/json; charset=UTF-8".to_vec())],
            body,
            wish: Wish::None,
            oddity: "plain",
        }
    }

    fn of_bytes(row: Row, status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(row, status, Body::Bytes(body.into()))
    }

    /// What is answered where the schedule says nothing.
    pub fn success() -> Self {
        Self::new(Row::Success, 200, Body::Success(Variant::Documented))
    }

    /// An answer under this row. Of [`Row::NoAnswer`] there is none.
    pub fn draw(row: Row, operation: Operation, rng: &mut Rng) -> Self {
        let mut content = match row {
            Row::Success => {
                let variants = [
                    Variant::Documented,
                    Variant::Terse,
                    Variant::WithMore,
                    Variant::ByteOrderMark,
                    Variant::Long,
                ];
                let body = Body::Success(pick(rng, &variants));
                Self::new(row, pick(rng, &[200, 200, 200, 201, 202]), body)
            }
            Row::Throttled if rng.bool() => Self::of_bytes(
                row,
                429,
                pick(rng, &["", "<html>slow down</html>", "{\"error\":7}"]),
            ),
            Row::Throttled => {
                let status = pick(rng, &[200, 400, 403, 404, 429, 500, 503]);
                let transient = pick(rng, &[None, Some(true)]);
                Self::of_bytes(row, status, error(Some(pick(rng, &THROTTLING)), transient))
            }
            Row::Transient => {
                let (status, code) = pick(
                    rng,
                    &[(400, 3), (403, 0), (409, 100), (422, -1), (200, 100)],
                );
                Self::of_bytes(row, status, error(Some(code), Some(true)))
            }
            Row::TransientInside => {
                let (status, code) = pick(
                    rng,
                    &[
                        (500, 2),
                        (502, 1),
                        (503, 100),
                        (504, 2),
                        (599, 2),
                        (200, 1),
                        (200, 2),
                    ],
                );
                Self::of_bytes(row, status, error(Some(code), Some(true)))
            }
            Row::Status500 if rng.bool() => {
                Self::of_bytes(row, 500, pick(rng, &["", "<h1>Oops</h1>"]))
            }
            Row::Status500 if rng.bool() => {
                let status = pick(rng, &[200, 400, 403, 404, 422, 500, 502, 503]);
                Self::of_bytes(row, status, error(Some(pick(rng, &[1, 2])), None))
            }
            Row::Status500 => Self::of_bytes(row, 500, error(Some(100), None)),
            Row::Busy => Self::of_bytes(row, 503, pick(rng, &["", "<html>busy</html>"])),
            Row::Inside => {
                let status = pick(rng, &[501, 502, 503, 504, 599, 600, 999]);
                Self::of_bytes(row, status, pick(rng, &["", "<html>Bad gateway</html>"]))
            }
            Row::Stop => {
                let status = pick(rng, &[200, 400, 403, 429]);
                let (code, transient) = stop(rng, &[4, 100, 190, 80_007]);
                Self::of_bytes(row, status, error(Some(code), transient))
            }
            Row::StopInside if rng.bool() => {
                Self::of_bytes(row, 200, error(Some(pick(rng, &[1, 2])), Some(false)))
            }
            Row::StopInside => {
                let (code, transient) = stop(rng, &[1, 2, 4, 100]);
                Self::of_bytes(
                    row,
                    pick(rng, &[500, 502, 503, 504]),
                    error(Some(code), transient),
                )
            }
            Row::Refused => {
                let status = pick(rng, &[400, 401, 403, 404, 408, 410, 422, 451, 499]);
                let codes = [
                    None,
                    Some(100),
                    Some(190),
                    Some(200),
                    Some(803),
                    Some(79_999),
                    Some(80_010),
                ];
                Self::of_bytes(row, status, error(pick(rng, &codes), None))
            }
            Row::Redirect => {
                let mut content =
                    Self::of_bytes(row, pick(rng, &[300, 301, 302, 303, 304, 307, 308]), "");
                content
                    .headers
                    .push(("location", b"http://127.0.0.1:9/elsewhere".to_vec()));
                content
            }
            Row::Unreadable => {
                let status = pick(rng, &[200, 200, 201, 204, 205, 299]);
                let bodies = [
                    "",
                    "null",
                    "[]",
                    "{}",
                    "{\"solution_id\":",
                    "<html>fine</html>",
                    "\u{0}",
                ];
                let body = if status == 204 {
                    ""
                } else {
                    pick(rng, &bodies)
                };
                Self::of_bytes(row, status, body)
            }
            Row::Denied => Self::of_bytes(row, 200, denial(operation, rng)),
            Row::NoAnswer => unreachable!("no answer has no content"),
        };
        content.draw_wish(rng);
        content.draw_oddity(rng);
        content
    }

    fn draw_wish(&mut self, rng: &mut Rng) {
        let wanted = matches!(
            self.row,
            Row::Throttled | Row::Busy | Row::Status500 | Row::Transient
        );
        if !wanted || (self.row != Row::Busy && rng.u8(..4) > 0) {
            return;
        }
        let past =
            httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
        let (name, value, wish) = match rng.u8(..16) {
            0..9 => ("retry-after", "0".to_owned(), Wish::None),
            9 => ("retry-after", past, Wish::None),
            10 => (
                "retry-after",
                "1".to_owned(),
                Wish::Short(Duration::from_secs(1)),
            ),
            11 | 12 => ("retry-after", "3600".to_owned(), Wish::Long),
            13 => (
                "retry-after",
                "99999999999999999999999".to_owned(),
                Wish::Long,
            ),
            14 if self.row != Row::Busy => usage(60.0, Wish::Long),
            _ if self.row != Row::Busy => usage(0.0005, Wish::Short(Duration::from_millis(30))),
            _ => ("Retry-After", " 0 ".to_owned(), Wish::None),
        };
        self.headers.push((name, value.into_bytes()));
        self.wish = wish;
    }

    /// What makes an answer odd and leaves its row as it is, or moves it to that of its status.
    fn draw_oddity(&mut self, rng: &mut Rng) {
        let has_body = !self.is_bodiless();
        self.oddity = match rng.u8(..32) {
            0 => {
                self.headers.push(("x-odd", b"caf\xe9 \xff\xfe".to_vec()));
                "header outside ASCII"
            }
            1 => {
                self.headers
                    .extend((0..80).map(|_| ("x-many", vec![b'y'; 40])));
                "80 headers"
            }
            2 => {
                self.headers.push(("x-long", vec![b'y'; 200_000]));
                "header of 200 kB"
            }
            3 if has_body => {
                self.replace_body(gzip_bomb().to_vec());
                self.headers.push(("content-encoding", b"gzip".to_vec()));
                "gzip bomb"
            }
            4 if has_body => {
                self.replace_body(vec![b'x'; BODY_LIMIT + rng.usize(..3)]);
                "body about the bound"
            }
            5 if has_body => {
                self.replace_body("[".repeat(20_000));
                "deep JSON"
            }
            6 if has_body => {
                self.replace_body(crate::run::TOKEN.repeat(3000));
                "body full of tokens"
            }
            _ => "plain",
        };
    }

    fn replace_body(&mut self, body: impl Into<Vec<u8>>) {
        self.body = Body::Bytes(body.into());
        self.row = self.row_of_status();
    }

    /// The row that is left if the body cannot be read.
    pub fn row_of_status(&self) -> Row {
        let retry_after = self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
        Row::of_status(self.status, retry_after)
    }

    /// Statuses whose answer ends with its head, whatever a server sends after it.
    pub fn is_bodiless(&self) -> bool {
        matches!(self.status, 204 | 304)
    }

    /// The body, for the request of which this came.
    pub fn bytes(&self, operation: Operation, id: u64) -> Vec<u8> {
        match &self.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Success(variant) => success(operation, *variant, id),
        }
    }
}

pub fn pick<T: Clone>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())].clone()
}
