//! What a server may respond to a call, and what that leaves true: an independent reading of the retry table, for the
//! property.

use proptest::prelude::*;
use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::Resend;

use crate::{
    client::{Call, SOLUTION},
    server::Step,
};

#[derive(Clone, Debug)]
enum Body {
    Html,
    Success,
    /// `success: false`, and nothing that create could read.
    Denied,
    /// Code and `is_transient`.
    Error(Option<i64>, Option<bool>),
}

/// What the server does to one request.
#[derive(Clone, Debug)]
pub struct Act {
    status: u16,
    retry_after: bool,
    body: Body,
    /// The connection ends before the last byte.
    is_cut: bool,
}

/// What an act leaves true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    pub is_success: bool,
    pub may_have_taken_effect: bool,
    pub may_be_sent_again: bool,
}

impl Act {
    pub fn step(&self) -> Step {
        let body = match &self.body {
            Body::Html => Value::from("<html>Sorry</html>"),
            Body::Success => json!({ "solution_id": SOLUTION, "success": true }),
            Body::Denied => json!({ "success": false }),
            // Where there is none, `null` is sent, which is the same.
            Body::Error(code, transient) => {
                json!({ "error": { "code": code, "is_transient": transient } })
            }
        };
        let header = [("Retry-After", "0")];
        let headers = &header[..usize::from(self.retry_after)];
        let step = Step::response(self.status, headers, body.to_string());
        if self.is_cut { step.cut(1) } else { step }
    }

    pub fn truth(&self, call: Call) -> Truth {
        let documented = call != Call::Create(Resend::OnlyIfSafe);
        let repeatable = matches!(call, Call::Accept | Call::Create(Resend::Always));
        let failure = |may_have_taken_effect, may_be_sent_again| Truth {
            is_success: false,
            may_have_taken_effect,
            may_be_sent_again,
        };
        if self.is_cut {
            return failure(true, repeatable);
        }
        let (code, is_transient) = match (self.status, &self.body) {
            (_, Body::Error(code, is_transient)) => (*code, *is_transient),
            (200..=299, body) => {
                return Truth {
                    is_success: matches!(body, Body::Success),
                    may_have_taken_effect: call != Call::Accept || !matches!(body, Body::Denied),
                    may_be_sent_again: false,
                };
            }
            _ => (None, None),
        };
        let inside_meta = self.status >= 500 || matches!(code, Some(1 | 2));
        // May have taken effect, and may be sent again.
        match (self.status, code, is_transient) {
            (_, _, Some(false)) | (_, Some(368), _) => failure(inside_meta, false),
            (429, ..)
            | (_, Some(4 | 17 | 32 | 341 | 613 | 80_000..=80_009 | 80_014 | 130_429), _) => {
                failure(false, true)
            }
            (_, _, Some(true)) if inside_meta => failure(true, documented),
            (_, _, Some(true)) => failure(false, true),
            (500, ..) | (_, Some(1 | 2), _) => failure(true, documented),
            (503, ..) if self.retry_after => failure(true, documented),
            _ if inside_meta => failure(true, repeatable),
            _ => failure(false, false),
        }
    }
}

fn body() -> impl Strategy<Value = Body> {
    let known = vec![4, 17, 32, 341, 613, 80_009, 80_014, 130_429, 1, 2, 100, 368];
    let code = prop_oneof![
        4 => prop::sample::select(known),
        1 => any::<i64>(),
        1 => 79_990..80_020_i64,
    ];
    let code = prop::option::weighted(0.9, code);
    let error = (code, prop::option::of(any::<bool>()));
    prop_oneof![
        1 => Just(Body::Html),
        1 => Just(Body::Success),
        1 => Just(Body::Denied),
        6 => error.prop_map(|(code, is_transient)| Body::Error(code, is_transient)),
    ]
}

pub fn act() -> impl Strategy<Value = Act> {
    let usual = vec![200, 400, 403, 422, 429, 500, 502, 503, 504];
    let status = prop_oneof![5 => prop::sample::select(usual), 1 => 206..600_u16];
    let status = status.prop_filter("no body", |status| *status != 304);
    let cut = prop::bool::weighted(0.1);
    (status, any::<bool>(), body(), cut).prop_map(|(status, retry_after, body, is_cut)| Act {
        status,
        retry_after,
        body,
        is_cut,
    })
}
