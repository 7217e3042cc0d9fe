//! Times: `update_time` as Graph sends it, and the three forms of a date in HTTP.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, header::RETRY_AFTER};
use serde_json::Value;

use crate::{Timestamp, retry};

/// The end of the year 9999, the last that HTTP can write, in seconds since 1970.
const LAST: u64 = 253_402_300_799;

const DAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The input as JSON, as text, and its first eight bytes as a point in time.
pub(super) fn times(data: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<Value>(data) {
        let time: Timestamp = serde_json::from_value(value.clone()).expect("any value is kept");
        is_kept(&time, &value);
    }
    if let Ok(text) = std::str::from_utf8(data) {
        is_kept(&Timestamp::from(text), &Value::from(text));
    }
    if let Some(bytes) = data.first_chunk() {
        is_read_in_each_form(u64::from_le_bytes(*bytes) % (LAST + 1));
    }
}

fn is_kept(time: &Timestamp, sent: &Value) {
    assert_eq!(time.as_json(), sent);
    assert_eq!(time.as_str(), sent.as_str());
    assert_eq!(serde_json::to_value(time).ok().as_ref(), Some(sent));
    match sent {
        Value::String(text) => assert_eq!(&time.to_string(), text),
        other => assert_eq!(time.to_string(), other.to_string()),
    }
}

fn is_read_in_each_form(seconds: u64) {
    let date = Date::of(seconds);
    let Date {
        year,
        month,
        day,
        weekday,
    } = date;
    let clock = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60
    );
    let short = &weekday[..3];
    let mut forms = vec![
        format!("{short}, {day:02} {month} {year:04} {clock} GMT"),
        format!("{short} {month} {day:2} {clock} {year:04}"),
    ];
    // Two digits are a year from 1970 to 2069.
    if year < 2070 {
        let year = year % 100;
        forms.push(format!("{weekday}, {day:02}-{month}-{year:02} {clock} GMT"));
    }
    for form in forms {
        let value = HeaderValue::from_str(&form).expect("a date in ASCII");
        let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
        let wait = |now: u64| {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
            retry::retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        assert_eq!(wait(0), Some(seconds), "{form}");
        assert_eq!(wait(seconds), Some(0), "{form}");
        assert_eq!(wait(LAST), Some(0), "{form} is over");
    }
}

/// A day, counted year by year and month by month from 1970.
struct Date {
    year: u64,
    month: &'static str,
    day: u64,
    weekday: &'static str,
}

impl Date {
    fn of(seconds: u64) -> Self {
        let mut days = seconds / 86_400;
        let weekday = DAYS[(days % 7) as usize];
        let mut year = 1970;
        while days >= length_of(year) {
            days -= length_of(year);
            year += 1;
        }
        let february = length_of(year) - 337;
        let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 0;
        while days >= lengths[month] {
            days -= lengths[month];
            month += 1;
        }
        Self {
            year,
            month: MONTHS[month],
            day: days + 1,
            weekday,
        }
    }
}

fn length_of(year: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    365 + u64::from(leap)
}
