//! How a row of the retry table is checked.

use std::time::Duration;

use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::{Client, ErrorKind, RetryPolicy};

use crate::{
    client::{CALLS, Call, builder, status},
    server::{Server, Step},
};

/// Whether a call is sent again: create under `OnlyIfSafe`, `AsDocumented` and `Always`, and accept; in the order of
/// [`CALLS`].
pub type Again = [bool; 4];

pub const AGAIN: Again = [true; 4];
pub const NEVER: Again = [false; 4];
/// Where both pages ask for it although a second solution may be created.
pub const AS_DOCUMENTED: Again = [false, true, true, true];
/// Where create is repeated only on an explicit wish.
pub const IF_REPEATABLE: Again = [false, false, true, true];

/// What one response, or the lack of it, leads to.
#[derive(Clone, Debug)]
pub struct Row {
    what: String,
    step: Step,
    status: Option<u16>,
    kind: ErrorKind,
    again: Again,
    retry_after: Option<Duration>,
}

/// A complete response.
pub fn row(status: u16, body: &str, kind: ErrorKind, again: Again) -> Row {
    Row {
        what: format!("status {status}, body {body:.80}"),
        step: Step::response(status, &[], body),
        status: Some(status),
        kind,
        again,
        retry_after: None,
    }
}

/// A complete response with this header. If its value is a number, it is that of `Retry-After`.
pub fn row_with(header: (&str, &str), status: u16, kind: ErrorKind, again: Again) -> Row {
    let seconds = header.1.parse().ok();
    Row {
        step: Step::response(status, &[header], ""),
        retry_after: seconds.map(Duration::from_secs),
        ..row(status, "", kind, again)
    }
}

/// The request was sent, and no complete response arrived.
pub fn lost(what: &str, step: Step, status: Option<u16>) -> Row {
    Row {
        what: what.to_owned(),
        step,
        status,
        ..row(0, "", ErrorKind::OutcomeUnknown, IF_REPEATABLE)
    }
}

impl Row {
    /// Makes a call whose attempts all succeed but the first: once with up to three attempts, and once with a single
    /// one, whose error then says what came of it.
    async fn observe(&self, call: Call, again: bool, server: &Server, clients: &[Client; 2]) {
        let what = format!("{call:?}: {}", self.what);
        let unknown = self.kind == ErrorKind::OutcomeUnknown;
        for (client, is_sent_again) in clients.iter().zip([again, false]) {
            server.script([self.step.clone(), call.success(), call.success()]);
            let result = call.make(client).await;
            assert_eq!(server.count(), 1 + usize::from(is_sent_again), "{what}");
            if is_sent_again {
                assert_eq!(result.expect(&what), (2, unknown), "{what}");
                continue;
            }
            let error = result.expect_err(&what);
            assert_eq!(error.kind(), self.kind, "{what}: {error}");
            assert_eq!(error.may_have_taken_effect(), unknown, "{what}");
            assert!(!error.earlier_attempt_may_have_taken_effect(), "{what}");
            let throttled = self.kind == ErrorKind::Throttled;
            assert_eq!(error.is_throttled(), throttled, "{what}");
            assert_eq!(status(&error), self.status, "{what}");
            assert_eq!(error.retry_after(), self.retry_after, "{what}");
            assert_eq!(error.attempts(), 1, "{what}");
        }
    }
}

/// Observes every row with every call; the calls at the same time, the rows one after the other.
pub async fn observe(policy: RetryPolicy, rows: Vec<Row>) {
    let mut observing = JoinSet::new();
    for (index, call) in CALLS.into_iter().enumerate() {
        let server = Server::start([]).await;
        let policy = call.policy(policy.clone());
        let clients = [3, 1].map(|attempts| {
            let policy = policy.clone().max_attempts(attempts);
            let builder = builder(&server).retry_policy(policy);
            let client = builder.retry_budget(u32::MAX).build();
            client.expect("a client")
        });
        let rows = rows.clone();
        observing.spawn(async move {
            for row in rows {
                row.observe(call, row.again[index], &server, &clients).await;
            }
        });
    }
    // Panics if one of them did.
    observing.join_all().await;
}
