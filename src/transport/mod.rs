//! The hook through which every generated operation goes: headers, retries and what a call ended in.

mod attempt;
mod body;

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::AUTHORIZATION};
use progenitor_client::{ClientHooks, OperationInfo};
use tracing::Instrument;

use crate::{
    array_bounds, generated,
    operations::{app, repetition},
    retry::{self, Attempted, Ended, Outcome, RetryPolicy, SharedBrakes, Terms},
    token::AccessToken,
};
use attempt::Sender;

/// progenitor adds it; neither page knows it.
const NOT_DOCUMENTED: HeaderName = HeaderName::from_static("api-version");

/// What every call of a client shares.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) policy: RetryPolicy,
    pub(crate) token: AccessToken,
    pub(crate) authorization: HeaderValue,
    pub(crate) brakes: SharedBrakes,
}

/// One call of an operation. The generated client carries it to the hook, which leaves in it what the call ended in:
/// the generated code's own result has no room for attempts, headers and unreadable answers.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    shared: Arc<Shared>,
    ended: Arc<Mutex<Option<CallEnded>>>,
}

/// What a call ended in, and which operation it was.
#[derive(Debug)]
pub(crate) struct CallEnded {
    pub(crate) operation: &'static str,
    pub(crate) ended: Ended,
}

impl Call {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            ended: Arc::default(),
        }
    }

    /// What the call ended in; `None` if it never came to sending.
    pub(crate) fn take_ended(&self) -> Option<CallEnded> {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn leave(&self, ended: CallEnded) {
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
    }
}

impl ClientHooks<Call> for generated::Client {
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        info: &OperationInfo,
    ) -> Result<(), generated::Error<E>> {
        let body = request.body().and_then(reqwest::Body::as_bytes);
        array_bounds::check(info.operation_id, body.unwrap_or_default())
            .map_err(generated::Error::Custom)
    }

    async fn exec(
        &self,
        mut request: reqwest::Request,
        info: &OperationInfo,
    ) -> reqwest::Result<reqwest::Response> {
        let shared = &*self.inner.shared;
        prepare(request.headers_mut(), shared);
        let url = request.url().clone();
        let mut sender = Sender::new(&self.client, &shared.token, request);
        let terms = Terms {
            policy: &shared.policy,
            repetition: repetition(info.operation_id),
            jitter: retry::backoff::full_jitter,
            brakes: &shared.brakes,
            app: app(info.operation_id, url.path()),
        };
        let ended = retry::run(&terms, &mut sender)
            .instrument(tracing::info_span!(
                "graph_call",
                operation = info.operation_id
            ))
            .await;
        let response = for_generated_code(&ended);
        self.inner.leave(CallEnded {
            operation: info.operation_id,
            ended,
        });
        Ok(response)
    }
}

fn prepare(headers: &mut HeaderMap, shared: &Shared) {
    headers.remove(NOT_DOCUMENTED);
    headers.insert(AUTHORIZATION, shared.authorization.clone());
}

/// What generated code gets to read. Every 2xx is the documented success to it; what it makes of a failure is never
/// looked at, so a failure is an empty answer.
fn for_generated_code(ended: &Ended) -> reqwest::Response {
    let mut response = http::Response::new(reqwest::Body::default());
    match &ended.last {
        Attempted::Answered(answer) if ended.verdict.outcome == Outcome::Answered => {
            *response.body_mut() = answer.body.clone().into();
        }
        _ => *response.status_mut() = StatusCode::NO_CONTENT,
    }
    response.into()
}
