//! Bodies of answers: errors of the Graph API, successes of both operations, and what is made of either.

use std::{
    fmt::Debug,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use serde_json::{Map, Value};

use super::message::Message;
use crate::{
    AccessToken, GraphError, Replay, accepted,
    answer::{Answer, Reading as AnswerReading},
    call::{Read, Reading, denial, documented},
    credentials::Credentials,
    error::Error,
    generated::types::{
        AcceptSolutionSolutionId, WhatsAppBusinessSolutionAcceptResponse,
        WhatsAppBusinessSolutionCreateResponse,
    },
    operations::repetition,
    reply::Reply,
    retry::{Attempted, Ended, Happened, Heard, Stopped, Success, Verdict, judge, retry_after},
};

/// It needs escapes in JSON and in a URL.
const TOKEN: &str = "EAAGm0PX4ZCps/7+\"Kx";

const SOLUTION_ID: &str = "1122334455667788";

/// Four texts of the answer are shown, each cut at 300 characters, and the words of the error around them.
const LONGEST_DISPLAY: usize = 2500;

/// An answer, its status and its headers, read as a call reads it.
pub(super) fn answers(data: &[u8]) {
    let message = Message::read(data);
    let answer = read(message);
    holds_no_token(&answer.body);
    for value in answer.headers.values() {
        holds_no_token(value.as_bytes());
    }
    if let Some(error) = &answer.graph_error {
        is_what_was_sent(error, &answer.body);
    }
    ends("create_solution", &answer, |read| {
        Reading::<WhatsAppBusinessSolutionCreateResponse>::documented(read)
    });
    ends("accept_solution", &answer, accept);
}

fn read(message: Message<'_>) -> Answer {
    let mut response = http::Response::new(message.body.to_vec());
    *response.status_mut() = message.status;
    *response.headers_mut() = message.headers;
    let mut reading = AnswerReading::default();
    {
        let mut read = pin!(reading.read(response.into()));
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(())) = read.as_mut().poll(&mut context) else {
            panic!("a body in memory is there at once");
        };
    }
    reading.finish(&credentials()).expect("the head is there")
}

fn credentials() -> Credentials {
    Credentials::new(AccessToken::new(TOKEN), None).expect("a token that fits a header")
}

/// In none of the spellings in which a body or a header may have it.
fn holds_no_token(text: &[u8]) {
    let found = |text: &[u8]| {
        text.windows(TOKEN.len())
            .any(|part| part == TOKEN.as_bytes())
    };
    assert!(!found(text), "the token as it is");
    assert!(!found(&without_per_cent(text)), "the token in a URL");
    if let Ok(json) = serde_json::from_slice::<Value>(text) {
        no_text_holds_token(&json);
    }
    assert_eq!(
        credentials().redact(text),
        None,
        "redacting twice is redacting once"
    );
}

fn no_text_holds_token(json: &Value) {
    match json {
        Value::String(text) => assert!(!text.contains(TOKEN), "the token in JSON"),
        Value::Array(items) => items.iter().for_each(no_text_holds_token),
        Value::Object(fields) => {
            for (name, value) in fields {
                assert!(!name.contains(TOKEN), "the token as a name in JSON");
                no_text_holds_token(value);
            }
        }
        _ => {}
    }
}

fn without_per_cent(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        let digits = after.first_chunk::<2>().filter(|_| *byte == b'%');
        let decoded = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(decoded) => {
                out.push(decoded);
                rest = &after[2..];
            }
            None => out.push(*byte),
        }
    }
    out
}

/// Whatever is told of an error is in the body, and the generated type says the same.
fn is_what_was_sent(error: &GraphError, body: &[u8]) {
    assert_eq!(GraphError::from_body(body).as_ref(), Some(error));
    if let Some(typed) = error.typed() {
        let typed = typed.error;
        assert_eq!(error.message(), Some(typed.message.as_str()));
        assert_eq!(error.type_(), Some(typed.type_.as_str()));
        assert_eq!(error.code(), Some(typed.code));
        assert_eq!(error.error_subcode(), typed.error_subcode);
        assert_eq!(error.fbtrace_id(), typed.fbtrace_id.as_deref());
        assert_eq!(error.is_transient(), typed.is_transient);
        assert_eq!(error.error_user_title(), typed.error_user_title.as_deref());
        assert_eq!(error.error_user_msg(), typed.error_user_msg.as_deref());
    }
}

/// What a call makes of the answer, as `Pending::finish` does, and what has to hold of it.
fn ends<T: Debug + serde::de::DeserializeOwned>(
    operation: &'static str,
    answer: &Answer,
    reading: impl FnOnce(Read<T>) -> Reading<T>,
) {
    let verdict = verdict(operation, answer);
    let ended = Ended {
        attempts: 1,
        server_wish: Heard::in_answer(answer).wish,
        last: Attempted::Answered(answer.clone()),
        verdict,
        earlier_may_have_taken_effect: false,
        earlier_sent: None,
        stopped: Stopped::Verdict,
    };
    let success = match ended.into_success() {
        Ok(success) => success,
        Err(ended) => {
            let error = Error::failed(operation, *ended);
            // What may be sent again without care is known not to have happened.
            assert!(!(error.is_refused() && answer.status.is_server_error()));
            assert_eq!(error.may_have_taken_effect(), verdict.may_have_taken_effect);
            return is_fit_to_be_shown(&error);
        }
    };
    assert!(answer.status.is_success(), "a success without a 2xx");
    assert!(!verdict.again, "a success is not sent again");
    if let Some(what) = denial(&success.answer.body) {
        return is_fit_to_be_shown(&Error::denied(operation, success, what));
    }
    let body = &success.answer.body;
    let mut why = None;
    let read = documented(body).map_err(|error| {
        why = Some(error);
        body.clone()
    });
    match reading(read) {
        Reading::Success(value) => reply(value, success),
        Reading::Unreadable => {
            let error = Error::unreadable(operation, success, why);
            assert!(error.may_have_taken_effect());
            is_fit_to_be_shown(&error);
        }
    }
}

/// How eagerly a call is sent again changes nothing of what its answer is.
fn verdict(operation: &str, answer: &Answer) -> Verdict {
    let verdict = |replay| {
        let happened = Happened::Answered {
            status: answer.status,
            graph_error: answer.graph_error.as_ref(),
            has_retry_after: retry_after(&answer.headers, answer.read_at).is_some(),
        };
        judge(repetition(operation), replay, happened)
    };
    let documented = verdict(Replay::Documented);
    for (replay, again) in [(Replay::Rejected, documented.again), (Replay::Always, true)] {
        let other = verdict(replay);
        assert_eq!(other.outcome, documented.outcome);
        assert_eq!(
            other.may_have_taken_effect,
            documented.may_have_taken_effect
        );
        assert!(again || !other.again, "{replay:?} sends less often");
    }
    documented
}

/// `success: true` is an acceptance, whatever stands beside it, and nothing else is.
fn accept(
    read: Read<WhatsAppBusinessSolutionAcceptResponse>,
) -> Reading<WhatsAppBusinessSolutionAcceptResponse> {
    let stated = match &read {
        Ok(read) => Some(read.success),
        Err(body) => serde_json::from_slice::<Map<String, Value>>(body)
            .ok()
            .and_then(|body| body.get("success")?.as_bool()),
    };
    let asked_for: AcceptSolutionSolutionId = SOLUTION_ID.parse().expect("digits");
    let reading = accepted::read(&asked_for, read);
    match &reading {
        Reading::Success(accepted) => assert_eq!(Some(accepted.success), stated),
        Reading::Unreadable => assert_eq!(stated, None),
    }
    reading
}

fn reply<T: Debug>(value: T, success: Success) {
    let reply = Reply::new(value, success);
    let _ = format!("{reply:?}");
    let _ = (reply.usage(), reply.trace_id(), reply.graph_version());
    assert!(reply.status().is_success());
    assert_eq!(reply.attempts(), 1);
    holds_no_token(reply.body());
}

/// One line of bounded length, without what steers a terminal, and without the token.
fn is_fit_to_be_shown(error: &Error) {
    let text = error.to_string();
    assert!(
        text.chars().count() < LONGEST_DISPLAY,
        "{} bytes",
        text.len()
    );
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(!text.contains(TOKEN));
    assert!(!format!("{error:?}").contains(TOKEN));
    let _ = (error.usage(), error.trace_id(), error.retry_after());
}
