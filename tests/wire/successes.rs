//! Successes as Meta sends them: what breaks the pages' promises is still a success. And what every response tells.

use std::time::Duration;

use serde_json::json;
use whatsapp_multi_partner_solutions::{
    Usage, WhatsAppBusinessSolutionPartnerStatus as PartnerStatus,
};

use crate::{
    client::*,
    server::{Step, response},
};

#[tokio::test]
async fn success_true_is_an_acceptance_whatever_else_is_missing_or_wrong() {
    let once = Once::start().await;
    for body in [
        json!({ "success": true }),
        json!({ "success": true, "solution_id": null, "update_time": 1_705_314_600 }),
        json!({ "success": true, "solution_id": 42, "message": ["a"], "partner_status": {} }),
    ] {
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        assert!(reply.success);
        assert_eq!(reply.solution_id, SOLUTION, "the one that was passed");
        assert_eq!((&reply.message, &reply.update_time), (&None, &None));
        assert_eq!(reply.partner_status, None);
        assert_eq!(reply.response().json(), Some(&body), "it is kept as sent");
    }
    let body = json!({
        "success": true, "solution_id": "77", "partner_status": 7, "message": "Done", "new": {},
        "update_time": "2024-01-15T10:30:00+0000",
    });
    let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
    assert_eq!(reply.solution_id, "77", "as sent");
    assert_eq!(reply.message.as_deref(), Some("Done"));
    let update_time = reply.update_time.as_deref();
    assert_eq!(update_time, Some("2024-01-15T10:30:00+0000"));
    assert_eq!(reply.into_inner().partner_status, None);
}

#[tokio::test]
async fn a_partner_status_that_is_new_is_kept_as_sent() {
    let once = Once::start().await;
    for (sent, expected) in [
        ("ACCEPTED", PartnerStatus::Accepted),
        ("NOTIFICATION_SENT", PartnerStatus::NotificationSent),
        ("PAUSED", PartnerStatus::Other("PAUSED".to_owned())),
        ("accepted", PartnerStatus::Other("accepted".to_owned())),
    ] {
        let body = json!({ "success": true, "solution_id": SOLUTION, "partner_status": sent });
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        assert_eq!(reply.partner_status, Some(expected));
    }
}

#[tokio::test]
async fn status_form_and_other_fields_do_not_matter() {
    let once = Once::start().await;
    let id = format!("\"solution_id\":\"{SOLUTION}\",\"success\":true");
    let odd = format!("\u{feff} \r\n{{\t{id}, \"extra\": [1],\"error\":{{\"code\":4}}}}\n ");
    let plain = format!("{{{id}}}");
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let length = plain.len();
    let chunks = format!("{length:x};ext=1\r\n{plain}\r\n0\r\ntrailer: x\r\n\r\n");
    let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    let whole = response(200, &[], plain.as_bytes());
    for step in [
        Step::response(200, &[("Content-Type", "text/html")], odd),
        Step::response(201, &[], &plain),
        Step::response(299, &[], &plain),
        Step::raw([chunked, &chunks].concat()),
        Step::raw([early.as_bytes(), &whole].concat()),
        Step::raw(format!("HTTP/1.0 200 OK\r\n\r\n{plain}")).then_close(),
    ] {
        let reply = once.create(step.clone()).await.expect("a solution");
        assert_eq!(reply.solution_id, SOLUTION);
        assert_eq!(reply.attempts(), 1);
        once.accept(step).await.expect("accepted");
    }
    // Responses are not checked against bounds.
    let body = json!({ "solution_id": "sol 7" });
    let reply = once.create(Step::json(200, &body)).await;
    assert_eq!(reply.expect("a solution").solution_id, "sol 7");
}

#[tokio::test]
async fn headers_tell_usage_version_and_trace_id() {
    let once = Once::start().await;
    let business = json!({ "7": [
        { "type": "messaging", "call_count": 95, "estimated_time_to_regain_access": 19 }, {},
    ] });
    let app = r#"{"call_count":28,"total_time":25.5,"total_cputime":26}"#;
    let headers = [
        ("X-App-Usage", app),
        ("X-Business-Use-Case-Usage", &business.to_string()),
        ("facebook-api-version", "v23.0"),
        ("x-fb-trace-id", "Gxyz"),
    ];
    let body = r#"{"solution_id":"1"}"#;
    let reply = once.create(Step::response(200, &headers, body)).await;
    let reply = reply.expect("a solution");
    let told = reply.response();
    let id = told.trace_id();
    assert_eq!((told.graph_version(), id), (Some("v23.0"), Some("Gxyz")));
    assert_eq!(told.headers()["x-fb-trace-id"], "Gxyz");
    let app = told.usage().app.as_ref().expect("the app's usage");
    let figures = [app.call_count, app.total_time, app.total_cputime];
    assert_eq!(figures, [28.0, 25.5, 26.0]);
    let first = &told.usage().business[0];
    assert_eq!(
        (&first.business_id[..], &first.use_case[..]),
        ("7", "messaging")
    );
    assert_eq!(first.share.call_count, 95.0);
    let wait = first.estimated_time_to_regain_access;
    assert_eq!(wait, Duration::from_secs(19 * 60));
    let second = &told.usage().business[1];
    assert!(second.estimated_time_to_regain_access.is_zero());

    let unreadable = [
        ("X-App-Usage", "no JSON"),
        ("X-Business-Use-Case-Usage", "[1]"),
        ("facebook-api-version", "\u{e9}"),
    ];
    let reply = once.create(Step::response(200, &unreadable, body)).await;
    let reply = reply.expect("a solution");
    let told = reply.response();
    assert_eq!(told.usage(), &Usage::default());
    assert_eq!((told.graph_version(), told.trace_id()), (None, None));
}

#[tokio::test]
async fn an_error_tells_every_field_that_meta_sent() {
    let once = Once::start().await;
    let fields = json!({
        "message": "Permission lacking", "type": "OAuthException", "code": 200, "error_subcode": 1_349_175,
        "fbtrace_id": "AbC", "is_transient": false, "error_user_title": "Not allowed",
        "error_user_msg": "Ask your admin.", "error_data": { "blame": "app" },
    });
    let error = once.accept(graph_error(403, &fields)).await;
    let error = error.expect_err("refused");
    let graph = error.graph_error().expect("an error object");
    let texts = [graph.message(), graph.type_(), graph.fbtrace_id()];
    let expected = ["Permission lacking", "OAuthException", "AbC"];
    assert_eq!(texts, expected.map(Some));
    let for_users = [graph.error_user_title(), graph.error_user_msg()];
    assert_eq!(for_users, [Some("Not allowed"), Some("Ask your admin.")]);
    let codes = (graph.code(), graph.error_subcode(), graph.is_transient());
    assert_eq!(codes, (Some(200), Some(1_349_175), Some(false)));
    assert_eq!(graph.as_json()["error_data"]["blame"], "app");
    assert_eq!(error.response().and_then(|it| it.trace_id()), Some("AbC"));
    assert_eq!(error.operation(), Some("accept_solution"));
    assert_eq!(
        error.to_string(),
        "accept_solution was refused and did not take effect (status 403, code 200, subcode 1349175, trace id AbC, \
         1 attempt): Permission lacking / Not allowed / Ask your admin."
    );
}
