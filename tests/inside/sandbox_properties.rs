//! Properties of the pure half: whatever arrives, the answer is one that the documentation knows.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::answer::Marks;
use super::handle::handle;
use super::request::ReceivedRequest;
use super::state::State;

const FIRST_ID: &str = "1000000000000001";

fn methods() -> impl Strategy<Value = Method> {
    prop_oneof![
        8 => Just(Method::POST),
        1 => Just(Method::GET),
        1 => "[A-Z!#$%&'*+.^_`|~-]{1,300}".prop_map(|name| Method::from_bytes(name.as_bytes()).unwrap_or(Method::PUT)),
    ]
}

fn paths() -> impl Strategy<Value = String> {
    let version =
        prop_oneof![8 => Just("v25.0".to_owned()), 1 => "v[0-9]{1,3}\\.[0-9]{1,3}", 1 => ".{0,5}"];
    let id = prop_oneof![8 => Just(FIRST_ID.to_owned()), 1 => "[0-9]{0,20}", 1 => ".{0,300}", 1 => Just("..".to_owned())];
    let action = prop_oneof![
        6 => Just("accept".to_owned()),
        6 => Just("whatsapp_business_solution".to_owned()),
        1 => ".{0,12}",
    ];
    prop_oneof![
        12 => (version, id, action, prop_oneof![3 => Just(String::new()), 1 => "\\?.{0,10}"])
            .prop_map(|(version, id, action, query)| format!("/{version}/{id}/{action}{query}")),
        1 => any::<String>(),
    ]
}

/// Any JSON, with a liking for what the operations take.
fn fields() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("9876543210987654")),
        Just(json!([])),
        Just(json!(["MESSAGING"])),
        Just(json!(["MESSAGING", "MESSAGING"])),
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        ".{0,80}".prop_map(Value::from),
    ]
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let good = json!({
        "owner_permissions": ["MESSAGING"], "partner_permissions": [],
        "partner_app_id": "9876543210987654", "solution_name": "A name",
    });
    let names = prop::sample::select(vec![
        "owner_permissions",
        "partner_permissions",
        "partner_app_id",
        "solution_name",
        "log_session_id",
    ]);
    prop_oneof![
        6 => Just(good.to_string().into_bytes()),
        6 => (names, fields()).prop_map(move |(name, value)| {
            let mut body = good.clone();
            body[name] = value;
            body.to_string().into_bytes()
        }),
        1 => fields().prop_map(|value| value.to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => (1usize..5000).prop_map(|depth| "[".repeat(depth).into_bytes()),
    ]
}

fn header_value(usual: &'static str) -> impl Strategy<Value = Option<HeaderValue>> {
    prop_oneof![
        9 => Just(Some(HeaderValue::from_static(usual))),
        1 => Just(None),
        1 => prop::collection::vec(any::<u8>(), 0..300).prop_map(|value| HeaderValue::from_bytes(&value).ok()),
    ]
}

prop_compose! {
    fn requests()(
        method in methods(),
        path_and_query in paths(),
        token in header_value("Bearer token"),
        content_type in header_value("application/json"),
        body in bodies(),
        body_too_long in prop::bool::weighted(0.05),
    ) -> ReceivedRequest {
        let mut headers = HeaderMap::new();
        headers.extend(token.map(|value| (header::AUTHORIZATION, value)));
        headers.extend(content_type.map(|value| (header::CONTENT_TYPE, value)));
        ReceivedRequest { method, path_and_query, headers, body: Bytes::from(body), body_too_long }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_a_documented_one(requests in prop::collection::vec(requests(), 1..20)) {
        let mut state = State::default();
        for (number, request) in (1..).zip(&requests) {
            let before = state.solutions().to_vec();
            let marks = Marks::new(request.path(), number);
            let answer = handle(&mut state, request, &marks, jiff::Timestamp::UNIX_EPOCH);
            let changed = state.solutions() != before;

            for name in ["facebook-api-version", "x-fb-trace-id", "x-fb-request-id"] {
                prop_assert!(answer.headers.contains_key(name), "{name} is missing");
            }
            prop_assert_eq!(&answer.headers[header::CONTENT_TYPE], "application/json; charset=UTF-8");
            let body: Value = serde_json::from_slice(&answer.body)
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            match answer.status.as_u16() {
                200 => prop_assert!(changed && body["solution_id"].is_string(), "{body}"),
                400 | 401 | 403 | 404 | 405 | 422 => {
                    prop_assert!(!changed, "a refusal changed the state");
                    let error = body["error"].as_object().map_or(0, serde_json::Map::len);
                    prop_assert_eq!(error, 8, "{}", body);
                    prop_assert!(answer.body.len() < 4096, "the answer grows with the request");
                }
                other => prop_assert!(false, "status {other}"),
            }
        }
    }
}

#[test]
fn times_have_the_form_that_graph_sends() {
    let mut state = State::default();
    let mut ask = |path: &str, body: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::AUTHORIZATION,
            HeaderValue::from_static("Bearer token"),
        );
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        let request = ReceivedRequest {
            method: Method::POST,
            path_and_query: path.to_owned(),
            headers,
            body: Bytes::from_static(body.as_bytes()),
            body_too_long: false,
        };
        let marks = Marks::new(path, 1);
        let answer = handle(&mut state, &request, &marks, jiff::Timestamp::UNIX_EPOCH);
        serde_json::from_slice::<Value>(&answer.body).expect("answers are JSON")
    };
    ask(
        "/v25.0/1/whatsapp_business_solution",
        r#"{"owner_permissions":[],"partner_permissions":["MESSAGING"],"partner_app_id":"2","solution_name":"Name"}"#,
    );
    let accepted = ask(
        &format!("/v25.0/{FIRST_ID}/accept"),
        r#"{"partner_app_id":"2"}"#,
    );
    assert_eq!(accepted["update_time"], "1970-01-01T00:00:00+0000");
}
