//! Successes as they come in the wild: what breaks the page's promises is still a success.

use std::time::Duration;

use serde_json::{Value, json};
use whatsapp_multi_partner_solutions::WhatsAppBusinessSolutionPartnerStatus as PartnerStatus;

use crate::{client::*, server::Step};

#[tokio::test]
async fn success_alone_is_an_acceptance() {
    let once = Once::start().await;
    for body in [
        json!({ "success": true }),
        json!({ "success": true, "solution_id": null }),
        json!({ "success": true, "solution_id": 42, "message": ["a"], "partner_status": {} }),
    ] {
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        assert!(reply.success);
        assert_eq!(reply.solution_id, SOLUTION, "the one that was asked for");
        assert_eq!(reply.message, None);
        assert_eq!(reply.partner_status, None);
        assert_eq!(
            serde_json::from_slice::<Value>(reply.response().body()).expect("JSON"),
            body,
            "what was sent is kept"
        );
    }
}

#[tokio::test]
async fn a_field_that_fits_is_kept_beside_one_that_does_not() {
    let once = Once::start().await;
    let body = json!({
        "success": true, "solution_id": "77", "partner_status": 7, "message": "Done", "update_time": null, "new": {},
    });
    let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
    assert_eq!(reply.solution_id, "77", "as sent, not as asked for");
    assert_eq!(reply.message.as_deref(), Some("Done"));
    assert_eq!(reply.partner_status, None);
}

#[tokio::test]
async fn a_partner_status_is_kept_as_sent() {
    let once = Once::start().await;
    for (sent, expected) in [
        ("ACCEPTED", PartnerStatus::Accepted),
        ("NOTIFICATION_SENT", PartnerStatus::NotificationSent),
        ("PAUSED", PartnerStatus::Other("PAUSED".to_owned())),
        ("accepted", PartnerStatus::Other("accepted".to_owned())),
        ("", PartnerStatus::Other(String::new())),
    ] {
        let body = json!({ "success": true, "solution_id": SOLUTION, "partner_status": sent });
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        assert_eq!(reply.partner_status, Some(expected));
        assert_eq!(
            serde_json::to_value(&reply.partner_status).expect("JSON"),
            sent
        );
    }
}

#[tokio::test]
async fn an_update_time_is_kept_as_sent() {
    let once = Once::start().await;
    for sent in [
        json!("2024-01-15T10:30:00Z"),
        json!("2024-01-15T10:30:00+0000"),
        json!("yesterday"),
        json!(1_705_314_600),
        json!(1705314600.5),
    ] {
        let body = json!({ "success": true, "solution_id": SOLUTION, "update_time": sent });
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        let kept = reply.update_time.as_ref().expect("a time");
        assert_eq!(*kept.as_json(), sent);
        assert_eq!(kept.as_str(), sent.as_str());
    }
}

#[tokio::test]
async fn any_2xx_that_can_be_read_is_a_success() {
    let once = Once::start().await;
    for status in [200, 201, 202, 203, 206, 299] {
        let body = json!({ "solution_id": SOLUTION, "success": true });
        let reply = once
            .create(Step::json(status, &body))
            .await
            .expect("a solution");
        assert_eq!(reply.response().status().as_u16(), status);
        assert_eq!(reply.attempts(), 1);
        let reply = once
            .accept(Step::json(status, &body))
            .await
            .expect("accepted");
        assert_eq!(reply.response().status().as_u16(), status);
    }
}

#[tokio::test]
async fn a_success_beside_an_error_is_not_lost() {
    let once = Once::start().await;
    let error = json!({ "message": "odd", "type": "OAuthException", "code": 4 });
    let body = json!({ "solution_id": SOLUTION, "success": true, "error": error });
    let reply = once
        .create(Step::json(200, &body))
        .await
        .expect("a solution");
    assert_eq!(reply.solution_id.to_string(), SOLUTION);
    once.accept(Step::json(200, &body)).await.expect("accepted");
}

#[tokio::test]
async fn form_and_type_of_the_body_do_not_matter() {
    let once = Once::start().await;
    let body = "\u{feff} \r\n{\"solution_id\" : \"5555\\u003666677778888\",\t\"success\":true, \"extra\": [1]}\n ";
    for content_type in [
        "text/javascript; charset=UTF-8",
        "text/html",
        "",
        "application/octet-stream",
    ] {
        let step = Step::answer(200, &[("Content-Type", content_type)], body);
        let reply = once.create(step.clone()).await.expect("a solution");
        assert_eq!(reply.solution_id.to_string(), SOLUTION);
        once.accept(step).await.expect("accepted");
    }
}

#[tokio::test]
async fn an_id_that_breaks_its_bound_is_an_answer_all_the_same() {
    let once = Once::start().await;
    for id in ["", "sol_7", "7 7", "\u{661}"] {
        let reply = once
            .create(Step::json(200, &json!({ "solution_id": id })))
            .await;
        assert_eq!(reply.expect("a solution").solution_id.to_string(), id);
        let body = json!({ "solution_id": id, "success": true });
        let reply = once.accept(Step::json(200, &body)).await.expect("accepted");
        assert_eq!(reply.solution_id, id);
    }
}

#[tokio::test]
async fn headers_tell_usage_version_and_trace() {
    let once = Once::start().await;
    let business = json!({ "1029384756": [
        { "type": "whatsapp_business_management", "call_count": 95, "total_cputime": 20, "total_time": 20.5,
          "estimated_time_to_regain_access": 19 },
        { "type": "messaging" },
    ] })
    .to_string();
    let headers = [
        (
            "X-App-Usage",
            r#"{"call_count":28,"total_time":25,"total_cputime":26}"#,
        ),
        ("X-Business-Use-Case-Usage", &business),
        ("facebook-api-version", "v23.0"),
        ("x-fb-trace-id", "Gxyz"),
    ];
    let reply = once
        .create(Step::answer(200, &headers, "{\"solution_id\":\"1\"}"))
        .await
        .expect("a solution");
    assert_eq!(reply.graph_version(), Some("v23.0"));
    assert_eq!(reply.trace_id(), Some("Gxyz"));
    let usage = reply.usage();
    let app = usage.app.expect("the app's usage");
    assert_eq!(
        (app.call_count, app.total_time, app.total_cputime),
        (28.0, 25.0, 26.0)
    );
    let [first, second] = &usage.business[..] else {
        panic!("two entries, not {:?}", usage.business);
    };
    assert_eq!(first.business_id, "1029384756");
    assert_eq!(first.use_case, "whatsapp_business_management");
    assert_eq!(first.share.call_count, 95.0);
    assert_eq!(
        first.estimated_time_to_regain_access,
        Duration::from_secs(19 * 60)
    );
    assert_eq!(second.use_case, "messaging");
    assert_eq!(second.estimated_time_to_regain_access, Duration::ZERO);
}

#[tokio::test]
async fn without_those_headers_there_is_nothing_to_tell() {
    let once = Once::start().await;
    for headers in [
        &[][..],
        &[
            ("X-App-Usage", "no JSON"),
            ("X-Business-Use-Case-Usage", "[1]"),
            ("facebook-api-version", "\u{e9}"),
        ],
    ] {
        let reply = once
            .create(Step::answer(200, headers, "{\"solution_id\":\"1\"}"))
            .await
            .expect("a solution");
        assert_eq!(reply.usage(), Default::default());
        assert_eq!((reply.graph_version(), reply.trace_id()), (None, None));
    }
}

#[tokio::test]
async fn every_field_of_an_error_is_told() {
    let once = Once::start().await;
    let fields = json!({
        "message": "Permission lacking", "type": "OAuthException", "code": 200, "error_subcode": 1_349_175,
        "fbtrace_id": "AbC", "is_transient": false, "error_user_title": "Not allowed",
        "error_user_msg": "Ask your admin.", "error_data": { "blame": "app" },
    });
    let error = once
        .accept(graph_error(403, &fields))
        .await
        .expect_err("is refused");
    let graph = error.graph_error().expect("an error object");
    assert_eq!(graph.message(), Some("Permission lacking"));
    assert_eq!(graph.type_(), Some("OAuthException"));
    assert_eq!(
        (graph.code(), graph.error_subcode()),
        (Some(200), Some(1_349_175))
    );
    assert_eq!(
        (graph.fbtrace_id(), error.trace_id()),
        (Some("AbC"), Some("AbC"))
    );
    assert_eq!(graph.is_transient(), Some(false));
    assert_eq!(graph.error_user_title(), Some("Not allowed"));
    assert_eq!(graph.error_user_msg(), Some("Ask your admin."));
    assert_eq!(graph.as_json()["error_data"]["blame"], "app");
    let text = error.to_string();
    for part in [
        "403",
        "200",
        "1349175",
        "AbC",
        "Permission lacking",
        "Not allowed",
        "Ask your admin.",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
}
