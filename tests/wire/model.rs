//! What a server may do to a call, and what that leaves true: an independent reading of the table 'when a call is
//! sent again', for the properties.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use whatsapp_multi_partner_solutions::Resend;

use crate::{
    client::{Call, SOLUTION},
    server::{Step, answer},
};

/// What is in a whole answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Empty,
    Html,
    Success,
    /// `success: false`, and nothing that create could read.
    Denied,
    Error {
        code: Option<i64>,
        is_transient: Option<bool>,
    },
}

/// What the server does to one request.
#[derive(Clone, Debug)]
pub enum Act {
    Answer {
        status: u16,
        retry_after: bool,
        body: Body,
    },
    CloseUnread,
    Close,
    Reset,
    /// The head and a part of the body.
    Cut(u16),
    Garbage,
    Hang,
}

/// What an act leaves true.
#[derive(Clone, Copy, Debug)]
pub struct Truth {
    pub is_success: bool,
    pub may_have_taken_effect: bool,
    pub may_be_sent_again: bool,
}

impl Body {
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Html => "<html>Sorry</html>".to_owned(),
            Self::Success => json!({ "solution_id": SOLUTION, "success": true }).to_string(),
            Self::Denied => json!({ "success": false }).to_string(),
            Self::Error { code, is_transient } => {
                let mut error = Map::new();
                error.insert("message".to_owned(), "Scripted".into());
                error.extend(code.map(|code| ("code".to_owned(), code.into())));
                error.extend(is_transient.map(|is| ("is_transient".to_owned(), is.into())));
                Value::from(Map::from_iter([("error".to_owned(), error.into())])).to_string()
            }
        }
    }
}

impl Act {
    pub fn step(&self) -> Step {
        match self {
            Self::Answer {
                status,
                retry_after,
                body,
            } => {
                let headers: &[_] = if *retry_after {
                    &[("Retry-After", "0")]
                } else {
                    &[]
                };
                Step::answer(*status, headers, body.text())
            }
            Self::CloseUnread => Step::close_unread(),
            Self::Close => Step::close(),
            Self::Reset => Step::reset_after(b""),
            Self::Cut(status) => {
                let mut bytes = answer(*status, &[], Body::Success.text().as_bytes());
                bytes.pop();
                Step::raw(bytes).then_close()
            }
            Self::Garbage => Step::raw("\u{7}\u{7}\u{7} is no HTTP\r\n\r\n"),
            Self::Hang => Step::hang(),
        }
    }

    pub fn truth(&self, call: Call) -> Truth {
        // Each row says: may have taken effect, and for whom it is allowed to be sent again.
        let documented = call != Call::Create(Resend::OnlyIfSafe);
        let eager = matches!(call, Call::Accept | Call::Create(Resend::Always));
        let (may_have_taken_effect, may_be_sent_again) = match self {
            Self::Answer {
                status: 200..=299,
                body: Body::Success,
                ..
            } => {
                return Truth {
                    is_success: true,
                    may_have_taken_effect: true,
                    may_be_sent_again: false,
                };
            }
            Self::Answer {
                status: 200..=299,
                body: Body::Denied,
                ..
            } if call == Call::Accept => (false, false),
            Self::Answer {
                status: 200..=299,
                body: Body::Denied | Body::Empty | Body::Html,
                ..
            } => (true, false),
            Self::Answer {
                status,
                retry_after,
                body,
            } => {
                let (code, is_transient) = match body {
                    Body::Error { code, is_transient } => (*code, *is_transient),
                    _ => (None, None),
                };
                let own_code = matches!(code, Some(1 | 2));
                let inside = *status >= 500 || own_code;
                match (status, code, is_transient) {
                    (_, _, Some(false)) | (_, Some(368), _) => (inside, false),
                    (429, ..)
                    | (_, Some(4 | 17 | 32 | 341 | 613 | 80_000..=80_009 | 80_014 | 130_429), _) => {
                        (false, true)
                    }
                    (_, _, Some(true)) if inside => (true, documented),
                    (_, _, Some(true)) => (false, true),
                    (500, ..) | (_, Some(1 | 2), _) => (true, documented),
                    (503, ..) if *retry_after => (true, documented),
                    _ if inside => (true, eager),
                    _ => (false, false),
                }
            }
            _ => (true, eager),
        };
        Truth {
            is_success: false,
            may_have_taken_effect,
            may_be_sent_again,
        }
    }
}

fn body() -> impl Strategy<Value = Body> {
    let code = prop_oneof![
        4 => prop::sample::select(vec![4, 17, 32, 341, 613, 80_000, 80_009, 80_014, 130_429, 1, 2, 100, 190, 368]),
        1 => any::<i64>(),
        1 => 79_990..80_020_i64,
    ];
    let error = (
        prop::option::weighted(0.9, code),
        prop::option::of(any::<bool>()),
    );
    prop_oneof![
        1 => Just(Body::Empty),
        1 => Just(Body::Html),
        1 => Just(Body::Success),
        1 => Just(Body::Denied),
        6 => error.prop_map(|(code, is_transient)| Body::Error { code, is_transient }),
    ]
}

/// Anything but a hang, which costs time.
pub fn act() -> impl Strategy<Value = Act> {
    let usual = vec![200, 400, 403, 422, 429, 500, 502, 503, 504];
    let status = prop_oneof![5 => prop::sample::select(usual), 1 => 200..600_u16];
    let bodiless = |status| matches!(status, 204 | 205 | 304);
    let whole =
        (status, any::<bool>(), body()).prop_map(move |(status, retry_after, body)| Act::Answer {
            status,
            retry_after,
            body: if bodiless(status) { Body::Empty } else { body },
        });
    prop_oneof![
        12 => whole,
        1 => Just(Act::CloseUnread),
        1 => Just(Act::Close),
        1 => Just(Act::Reset),
        1 => prop::sample::select(vec![200, 400, 429, 500]).prop_map(Act::Cut),
        1 => Just(Act::Garbage),
    ]
}
