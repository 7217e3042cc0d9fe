//! The table of what happened, by operation and eagerness, whole.

use serde_json::json;

use super::*;
use Outcome::{Answered, Refused, Throttled, Unknown, Unreachable};

const CREATE: Repetition = Repetition::MayDuplicate;
const ACCEPT: Repetition = Repetition::Safe;
const REPLAYS: [Replay; 3] = [Replay::Rejected, Replay::Documented, Replay::Always];

fn graph_error(fields: serde_json::Value) -> GraphError {
    let body = json!({ "error": fields }).to_string();
    GraphError::from_body(body.as_bytes()).expect("an error object")
}

fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}

/// Judges an answer.
fn answer(
    repetition: Repetition,
    replay: Replay,
    of: u16,
    error: Option<serde_json::Value>,
    has_retry_after: bool,
) -> Verdict {
    let error = error.map(graph_error);
    judge(
        repetition,
        replay,
        Happened::Answered {
            status: status(of),
            graph_error: error.as_ref(),
            has_retry_after,
        },
    )
}

/// What is expected: outcome, may have taken effect, and whether create is sent again under each eagerness
/// (rejected, documented, always), and accept.
type Expected = (Outcome, bool, [bool; 3], bool);

#[track_caller]
fn expect(expected: Expected, judged: impl Fn(Repetition, Replay) -> Verdict, what: &str) {
    let (outcome, may_have_taken_effect, create, accept) = expected;
    for (replay, again) in REPLAYS.into_iter().zip(create) {
        let expected = Verdict {
            outcome,
            may_have_taken_effect,
            again,
        };
        assert_eq!(
            judged(CREATE, replay),
            expected,
            "create, {replay:?}: {what}"
        );
        // What is safe to repeat does not ask how eager the caller is.
        let expected = Verdict {
            again: accept,
            ..expected
        };
        assert_eq!(
            judged(ACCEPT, replay),
            expected,
            "accept, {replay:?}: {what}"
        );
    }
}

#[track_caller]
fn expect_answer(
    expected: Expected,
    of: u16,
    error: Option<serde_json::Value>,
    has_retry_after: bool,
) {
    let what = format!("status {of}, {error:?}, Retry-After: {has_retry_after}");
    expect(
        expected,
        |repetition, replay| answer(repetition, replay, of, error.clone(), has_retry_after),
        &what,
    );
}

const YES: [bool; 3] = [true, true, true];
const NO: [bool; 3] = [false, false, false];
/// As the pages document, and always; not where a caller wants to be sure.
const DOCUMENTED: [bool; 3] = [false, true, true];
const ONLY_ALWAYS: [bool; 3] = [false, false, true];

const THROTTLING: [i64; 17] = [
    4, 17, 32, 341, 613, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80007, 80008, 80009,
    80014, 130_429,
];

#[test]
fn never_sent() {
    expect(
        (Unreachable, false, YES, true),
        |repetition, replay| judge(repetition, replay, Happened::NeverSent),
        "never sent",
    );
}

#[test]
fn sent_and_no_whole_answer() {
    expect(
        (Unknown, true, ONLY_ALWAYS, true),
        |repetition, replay| judge(repetition, replay, Happened::NoWholeAnswer),
        "no whole answer",
    );
}

#[test]
fn a_redirect_that_the_callers_client_followed() {
    expect(
        (Refused, false, NO, false),
        |repetition, replay| judge(repetition, replay, Happened::Redirected),
        "redirected",
    );
}

#[test]
fn throttled_by_status() {
    for has_retry_after in [false, true] {
        expect_answer((Throttled, false, YES, true), 429, None, has_retry_after);
        expect_answer(
            (Throttled, false, YES, true),
            429,
            Some(json!({"code": 100})),
            has_retry_after,
        );
    }
}

#[test]
fn throttled_by_code_at_any_status() {
    for code in THROTTLING {
        for of in [
            200, 204, 302, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504,
        ] {
            for error in [
                json!({"code": code}),
                json!({"code": code, "is_transient": true}),
            ] {
                expect_answer((Throttled, false, YES, true), of, Some(error), false);
            }
        }
    }
}

#[test]
fn neighbours_of_the_throttling_codes_are_none() {
    for code in [
        3, 5, 16, 18, 31, 33, 340, 342, 612, 614, 79999, 80010, 80013, 80015, 130_428,
    ] {
        expect_answer(
            (Refused, false, NO, false),
            400,
            Some(json!({"code": code})),
            false,
        );
    }
}

#[test]
fn stated_to_be_transient_at_any_status() {
    let error = || Some(json!({"code": 100, "is_transient": true}));
    for of in [200, 302, 400, 401, 403, 404, 422] {
        expect_answer((Refused, false, YES, true), of, error(), false);
    }
    for of in [500, 502, 503, 504] {
        expect_answer((Unknown, true, DOCUMENTED, true), of, error(), false);
    }
}

#[test]
fn status_500_whatever_the_body() {
    for error in [
        None,
        Some(json!({})),
        Some(json!({"code": 1})),
        Some(json!({"code": 2})),
        Some(json!({"code": 100, "type": "OAuthException"})),
    ] {
        for has_retry_after in [false, true] {
            expect_answer(
                (Unknown, true, DOCUMENTED, true),
                500,
                error.clone(),
                has_retry_after,
            );
        }
    }
}

#[test]
fn stated_not_to_be_transient_wins() {
    for code in THROTTLING.into_iter().chain([1, 2, 100, 368]) {
        let error = || Some(json!({"code": code, "is_transient": false}));
        for of in [302, 400, 403, 422, 429] {
            expect_answer((Refused, false, NO, false), of, error(), true);
        }
        for of in [500, 502, 503, 504] {
            expect_answer((Unknown, true, NO, false), of, error(), true);
        }
    }
}

#[test]
fn a_policy_block_is_never_sent_again() {
    for error in [
        json!({"code": 368}),
        json!({"code": 368, "is_transient": true}),
    ] {
        for of in [200, 400, 403, 429] {
            expect_answer((Refused, false, NO, false), of, Some(error.clone()), true);
        }
        expect_answer((Unknown, true, NO, false), 500, Some(error), true);
    }
}

#[test]
fn gateways() {
    for of in [502, 503, 504, 501, 505, 520, 599] {
        expect_answer((Unknown, true, ONLY_ALWAYS, true), of, None, false);
    }
    for of in [502, 504] {
        expect_answer((Unknown, true, ONLY_ALWAYS, true), of, None, true);
    }
    expect_answer((Unknown, true, DOCUMENTED, true), 503, None, true);
}

#[test]
fn a_2xx_is_to_be_read() {
    for of in [200, 201, 202, 204, 299] {
        expect_answer((Answered, false, NO, false), of, None, false);
    }
}

#[test]
fn a_2xx_that_is_an_error_is_judged_as_that_error() {
    expect_answer(
        (Refused, false, NO, false),
        200,
        Some(json!({"code": 100})),
        false,
    );
    expect_answer(
        (Throttled, false, YES, true),
        200,
        Some(json!({"code": 4})),
        false,
    );
    expect_answer(
        (Refused, false, NO, false),
        200,
        Some(json!({"code": 4, "is_transient": false})),
        false,
    );
    // Failures inside Meta are known to have taken effect.
    for code in [1, 2] {
        expect_answer(
            (Unknown, true, ONLY_ALWAYS, true),
            200,
            Some(json!({"code": code})),
            false,
        );
    }
}

#[test]
fn any_other_4xx_and_any_3xx_is_refused() {
    for of in (300..500).filter(|of| *of != 429) {
        for error in [None, Some(json!({"code": 100})), Some(json!({"code": 190}))] {
            expect_answer((Refused, false, NO, false), of, error, true);
        }
    }
}
