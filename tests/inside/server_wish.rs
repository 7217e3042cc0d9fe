//! The server's wish as a pure function of headers and the time.

use http::HeaderValue;

use super::*;

/// Sun, 06 Nov 1994 08:49:37 GMT.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

fn headers(of: &[(&'static str, &str)]) -> HeaderMap {
    of.iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value).expect("a header value");
            (http::HeaderName::from_static(name), value)
        })
        .collect()
}

fn retry_after_of(value: &str) -> Option<u64> {
    retry_after(&headers(&[("retry-after", value)]), now()).map(|wait| wait.as_secs())
}

#[test]
fn retry_after_in_seconds() {
    assert_eq!(retry_after_of("0"), Some(0));
    assert_eq!(retry_after_of("120"), Some(120));
    assert_eq!(retry_after_of(" 7 "), Some(7));
    assert_eq!(retry_after_of("18446744073709551615"), Some(u64::MAX));
    assert_eq!(retry_after_of("99999999999999999999999"), Some(u64::MAX));
}

#[test]
fn retry_after_as_a_date() {
    assert_eq!(retry_after_of("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
    assert_eq!(retry_after_of("Sunday, 06-Nov-94 08:50:37 GMT"), Some(60));
    assert_eq!(retry_after_of("Sun Nov  6 08:50:37 1994"), Some(60));
    assert_eq!(
        retry_after_of("Sun, 06 Nov 1994 08:00:00 GMT"),
        Some(0),
        "a past date"
    );
}

#[test]
fn what_is_neither_counts_as_not_sent() {
    for garbage in [
        "",
        "soon",
        "-1",
        "1.5",
        "1e9",
        "12 s",
        "Sun, 31 Feb 1994 08:49:37 GMT",
    ] {
        assert_eq!(retry_after_of(garbage), None, "{garbage:?}");
    }
    assert_eq!(retry_after(&HeaderMap::new(), now()), None);
    let mut binary = HeaderMap::new();
    binary.insert(
        RETRY_AFTER,
        HeaderValue::from_bytes(b"\xff").expect("a header value"),
    );
    assert_eq!(retry_after(&binary, now()), None);
}

#[test]
fn of_several_the_longest_holds() {
    let mut several = headers(&[("retry-after", "3")]);
    several.append(RETRY_AFTER, HeaderValue::from_static("50"));
    several.append(RETRY_AFTER, HeaderValue::from_static("soon"));
    assert_eq!(retry_after(&several, now()), Some(Duration::from_secs(50)));
}

fn wish(of: &[(&'static str, &str)]) -> Option<u64> {
    let heard = Heard::in_headers(&headers(of), now());
    heard.wish.map(|wait| wait.as_secs())
}

fn business(minutes: &str) -> String {
    format!(
        r#"{{"1":[{{"type":"a","call_count":1,"estimated_time_to_regain_access":0}}],
            "2":[{{"type":"b","estimated_time_to_regain_access":{minutes}}}]}}"#
    )
    .replace('\n', "")
}

#[test]
fn minutes_of_the_usage_header() {
    let name = "x-business-use-case-usage";
    assert_eq!(wish(&[(name, &business("19"))]), Some(19 * 60));
    assert_eq!(wish(&[(name, &business("0"))]), None);
    assert_eq!(wish(&[(name, &business("-5"))]), None);
    assert_eq!(wish(&[(name, &business("\"19\""))]), None);
    assert_eq!(wish(&[(name, &business("1e300"))]), Some(u64::MAX));
    for garbage in ["", "{", "[]", "{\"1\":3}", "{\"1\":[3]}", "null"] {
        assert_eq!(wish(&[(name, garbage)]), None, "{garbage:?}");
    }
}

#[test]
fn of_several_usage_headers_the_longest_wish_holds() {
    let name = "x-business-use-case-usage";
    let mut several = headers(&[(name, &business("7"))]);
    for minutes in ["0", "8"] {
        let value = HeaderValue::from_str(&business(minutes)).expect("a header value");
        several.append(name, value);
    }
    assert_eq!(
        Heard::in_headers(&several, now()).wish,
        Some(Duration::from_secs(480))
    );
}

#[test]
fn the_longer_wish_holds() {
    let minutes = business("2");
    let usage = ("x-business-use-case-usage", minutes.as_str());
    assert_eq!(wish(&[usage, ("retry-after", "7")]), Some(120));
    assert_eq!(wish(&[usage, ("retry-after", "700")]), Some(700));
    assert_eq!(wish(&[("x-app-usage", r#"{"call_count":100}"#)]), None);
}
