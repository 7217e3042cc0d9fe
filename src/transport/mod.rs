//! The hook through which every generated operation goes: headers, retries and what a call ended in.

mod attempt;
mod body;

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderName, HeaderValue, header::USER_AGENT};
use progenitor_client::{ClientHooks, OperationInfo};
use tracing::Instrument;

use crate::{
    array_bounds,
    credentials::Credentials,
    generated,
    operations::{app, repetition},
    retry::{self, Ended, RetryPolicy, SharedBrakes, Terms},
};
use attempt::Sender;

/// progenitor adds it; neither page knows it.
const NOT_DOCUMENTED: HeaderName = HeaderName::from_static("api-version");

/// What every call of a client shares.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) policy: RetryPolicy,
    pub(crate) brakes: SharedBrakes,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
}

/// One call of an operation. The generated client carries it to the hook, which leaves in it what the call ended in:
/// the generated code's own result has no room for attempts, headers and unreadable answers.
#[derive(Debug)]
pub(crate) struct Call {
    shared: Arc<Shared>,
    ended: Mutex<Option<CallEnded>>,
}

/// Generated code asks for it. A copy is another call, which has not ended in anything.
impl Clone for Call {
    fn clone(&self) -> Self {
        Self::new(self.shared.clone())
    }
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
            ended: Mutex::default(),
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
    /// Makes the whole call with the request that generated code put together, and leaves what it ended in.
    ///
    /// Generated code gets an error in any case and goes no further: it would send the request a second time, and
    /// answers are read where their headers and their unreadable bodies are known too.
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        info: &OperationInfo,
    ) -> Result<(), generated::Error<E>> {
        let operation = info.operation_id;
        let body = request.body().and_then(reqwest::Body::as_bytes);
        let shared = &*self.inner.shared;
        array_bounds::check(operation, body.unwrap_or_default())
            .and_then(|()| shared.credentials.attach(request))
            .map_err(generated::Error::Custom)?;
        let headers = request.headers_mut();
        headers.remove(NOT_DOCUMENTED);
        headers.insert(USER_AGENT, shared.user_agent.clone());
        let body = body::held(request.body_mut().take()).await;
        let mut sender = Sender::new(&self.client, &shared.credentials, request, body);
        let terms = Terms {
            policy: &shared.policy,
            repetition: repetition(operation),
            jitter: retry::backoff::full_jitter,
            brakes: &shared.brakes,
            app: app(operation, request.url().path()),
        };
        let ended = retry::run(&terms, &mut sender)
            .instrument(tracing::info_span!("graph_call", operation))
            .await;
        self.inner.leave(CallEnded { operation, ended });
        Err(generated::Error::Custom(String::new()))
    }
}
