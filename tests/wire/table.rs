//! A row of the table 'when a call is sent again', and how it is observed.

use std::time::Duration;

use tokio::task::JoinSet;
use whatsapp_multi_partner_solutions::{Client, Error, ErrorKind, RetryPolicy};

use crate::{
    client::{CALLS, Call, Done, Facts, client_with, policy},
    server::{Server, Step},
};

/// Whether a call is sent again: create under each eagerness (rejected, documented, always), and accept.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    create: [bool; 3],
    accept: bool,
}

pub const AGAIN: Again = Again {
    create: [true; 3],
    accept: true,
};
pub const NEVER: Again = Again {
    create: [false; 3],
    accept: false,
};
/// Where both pages ask for it although it may do the thing twice.
pub const AS_DOCUMENTED: Again = Again {
    create: [false, true, true],
    accept: true,
};
/// Where nothing but an explicit wish makes create be sent again.
pub const IF_SAFE_TO_REPEAT: Again = Again {
    create: [false, false, true],
    accept: true,
};

impl Again {
    pub fn of(self, call: Call) -> bool {
        use whatsapp_multi_partner_solutions::Resend::{Always, AsDocumented, OnlyIfSafe};
        match call {
            Call::Create(OnlyIfSafe) => self.create[0],
            Call::Create(AsDocumented) => self.create[1],
            Call::Create(Always) => self.create[2],
            Call::Create(other) => panic!("{other:?} is new; give it a place in the table"),
            Call::Accept => self.accept,
        }
    }
}

/// What one answer, or the lack of it, leads to.
#[derive(Clone, Debug)]
pub struct Row {
    pub what: String,
    pub step: Step,
    pub kind: ErrorKind,
    pub again: Again,
    pub status: Option<u16>,
    pub retry_after: Option<Duration>,
    pub calls: Vec<Call>,
}

impl Row {
    pub fn new(what: impl Into<String>, step: Step, kind: ErrorKind, again: Again) -> Self {
        Self {
            what: what.into(),
            step,
            kind,
            again,
            status: None,
            retry_after: None,
            calls: CALLS.to_vec(),
        }
    }

    /// A whole answer.
    pub fn answer(
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
        kind: ErrorKind,
        again: Again,
    ) -> Self {
        let what = format!("status {status}, {headers:?}, {body:.80}");
        Self {
            status: Some(status),
            ..Self::new(what, Step::answer(status, headers, body), kind, again)
        }
    }

    pub fn only(self, such: impl Fn(&Call) -> bool) -> Self {
        let calls = CALLS.into_iter().filter(such).collect();
        Self { calls, ..self }
    }

    fn check_error(&self, call: Call, error: &Error, attempts: u32) {
        let what = format!("{call:?}: {}: {error}", self.what);
        assert_eq!(error.kind(), self.kind, "{what}");
        assert_eq!(
            error.may_have_taken_effect(),
            self.kind == ErrorKind::OutcomeUnknown,
            "{what}"
        );
        assert_eq!(
            error.is_throttled(),
            self.kind == ErrorKind::Throttled,
            "{what}"
        );
        assert_eq!(
            error.is_refused(),
            self.kind == ErrorKind::Refused,
            "{what}"
        );
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            self.status,
            "{what}"
        );
        assert_eq!(error.retry_after(), self.retry_after, "{what}");
        assert_eq!(error.attempts(), attempts, "{what}");
        assert!(!error.earlier_attempt_may_have_taken_effect(), "{what}");
    }

    /// Three attempts at most, with successes after the first: whether one of them is asked for. What the error says
    /// is then seen with one attempt.
    async fn observe(&self, call: Call, server: &Server, three: &Client, one: &Client) {
        let script = || [self.step.clone(), call.success(), call.success()];
        let what = format!("{call:?}: {}", self.what);
        server.script(script());
        let result = call.make(three).await;
        if !self.again.of(call) {
            self.check_error(call, &result.expect_err(&what), 1);
            assert_eq!(server.count(), 1, "{what}");
            return;
        }
        let done = result.unwrap_or_else(|error| panic!("{what}: {error}"));
        let expected = Done {
            attempts: 2,
            earlier_may_have_taken_effect: self.kind == ErrorKind::OutcomeUnknown,
        };
        assert_eq!(done, expected, "{what}");
        assert_eq!(server.count(), 2, "{what}");

        server.script(script());
        let error = call.make(one).await.expect_err(&what);
        self.check_error(call, &error, 1);
        assert_eq!(server.count(), 1, "{what}");
    }
}

/// Observes every row with every call.
pub async fn observe(rows: impl IntoIterator<Item = Row>) {
    Observation::of(policy().max_attempts(3), rows)
        .await
        .make()
        .await;
}

/// Rows, and for each call a server and two clients that are ready for them: to make a client takes so long that it
/// must not be done while a time limit runs.
pub struct Observation {
    rows: Vec<Row>,
    ready: Vec<(Call, Server, Client, Client)>,
}

impl Observation {
    pub async fn of(policy: RetryPolicy, rows: impl IntoIterator<Item = Row>) -> Self {
        let mut ready = Vec::new();
        for call in CALLS {
            let policy = call.eager(policy.clone());
            let server = Server::start([]).await;
            let three = client_with(&server, policy.clone());
            let one = client_with(&server, policy.max_attempts(1));
            ready.push((call, server, three, one));
        }
        let rows: Vec<Row> = rows.into_iter().collect();
        assert!(!rows.is_empty());
        Self { rows, ready }
    }

    pub async fn make(self) {
        let mut observing = JoinSet::new();
        for (call, server, three, one) in self.ready {
            let rows = self.rows.clone();
            observing.spawn(async move {
                for row in rows.iter().filter(|row| row.calls.contains(&call)) {
                    row.observe(call, &server, &three, &one).await;
                }
            });
        }
        while let Some(observed) = observing.join_next().await {
            if let Err(failed) = observed {
                std::panic::resume_unwind(failed.into_panic());
            }
        }
    }
}
