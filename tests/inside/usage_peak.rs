//! The quick reader finds what the patient one does, in whatever is sent.

use http::{HeaderName, HeaderValue};
use proptest::prelude::*;

use super::*;

fn headers(of: &[(&'static str, String)]) -> HeaderMap {
    of.iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value).expect("a header value");
            (HeaderName::from_static(name), value)
        })
        .collect()
}

/// What [`Usage`] says, which keeps everything.
fn patiently(headers: &HeaderMap) -> UsagePeak {
    let usage = Usage::from_headers(headers);
    UsagePeak {
        share: usage.highest(),
        wait: usage.longest_wait(),
    }
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0_u32..200).prop_map(|number| number.to_string()),
        1 => (-100.0..100.0).prop_map(|number: f64| number.to_string()),
        1 => prop::sample::select(vec!["null", "\"7\"", "true", "[]", "{}"]).prop_map(str::to_owned),
    ]
}

fn limit() -> impl Strategy<Value = String> {
    let names = vec![
        "call_count",
        "total_time",
        "total_cputime",
        "estimated_time_to_regain_access",
        "type",
    ];
    let field = (prop::sample::select(names), figure());
    prop::collection::btree_map(field.0, field.1, 0..5).prop_map(|fields| {
        let fields = fields
            .iter()
            .map(|(name, value)| format!("{name:?}:{value}"));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    })
}

fn business() -> impl Strategy<Value = String> {
    let limits = prop_oneof![
        8 => prop::collection::vec(limit(), 0..3).prop_map(|limits| format!("[{}]", limits.join(","))),
        1 => figure(),
    ];
    prop::collection::btree_map("[0-9]{1,3}", limits, 0..3).prop_map(|businesses| {
        let businesses = businesses
            .iter()
            .map(|(id, limits)| format!("{id:?}:{limits}"));
        format!("{{{}}}", businesses.collect::<Vec<_>>().join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_readers_find_the_same_peak(
        app in prop::option::of(prop_oneof![limit(), figure()]),
        businesses in prop::collection::vec(prop_oneof![8 => business(), 1 => figure()], 0..3),
    ) {
        let app = app.map(|app| (APP_USAGE, app));
        let businesses = businesses.into_iter().map(|one| (BUSINESS_USE_CASE_USAGE, one));
        let headers = headers(&app.into_iter().chain(businesses).collect::<Vec<_>>());
        prop_assert_eq!(UsagePeak::in_headers(&headers), patiently(&headers));
    }
}

#[test]
fn the_documented_form_is_read_without_the_patient_reader() {
    let headers = headers(&[
        (APP_USAGE, r#"{"call_count":28,"total_time":25,"total_cputime":25}"#.to_owned()),
        (
            BUSINESS_USE_CASE_USAGE,
            r#"{"1":[{"type":"whatsapp","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":19}]}"#
                .to_owned(),
        ),
    ]);
    let peak = UsagePeak::in_documented_form(&headers).expect("the documented form");
    assert_eq!(peak.share, Some(100.0));
    assert_eq!(peak.wait, Some(Duration::from_secs(19 * 60)));
}
