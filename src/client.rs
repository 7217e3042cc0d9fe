//! The client: one method per operation.

use std::sync::Arc;

use http::HeaderValue;
use secrecy::SecretString;
use serde_json::json;
use tokio::time::Instant;

use crate::{
    AcceptRequest, AcceptResponse, CreateRequest, CreateResponse,
    call::{Effect, Operation, Reply},
    error::Error,
    generated::{self, Versions, parse, types},
    response::{Response, lenient},
    retry::{RetryPolicy, RetryState, Shared},
    secret::Credentials,
};

/// A client for the operations on solutions. Calls need a Tokio runtime with time and I/O.
///
/// Cheap to clone. All clones share one connection pool, the throttle and the retry budget. Dropping the future of a call
/// stops the call at once, whether it is sending or waiting; a request that was sent may still take effect.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Arc<Settings>,
    pub(crate) shared: Arc<Shared>,
}

/// What a client was built with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) base_url: String,
    pub(crate) versions: Versions,
    pub(crate) user_agent: HeaderValue,
    pub(crate) credentials: Credentials,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) without_permission_check: bool,
}

impl Client {
    /// Creates a solution: the app `application_id` becomes its owner, and the partner app in `request` is invited.
    ///
    /// The new solution has the status INITIATED; it can become ACTIVE once the partner has accepted. Exactly one of the two
    /// apps holds MESSAGING. Both automatically get the default permissions of a solution partner.
    ///
    /// Source: Meta's page 'Solution Creation API'.
    ///
    /// # Errors
    ///
    /// Before anything is sent: an ID that does not consist of digits, or permission arrays that do not hold MESSAGING
    /// exactly once between them. After that: see [`Error`]. A solution may exist although this returns an error;
    /// [`Error::may_have_taken_effect`] says so.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: whatsapp_multi_partner_solutions::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use whatsapp_multi_partner_solutions::{CreateRequest, MessagingHolder};
    ///
    /// let request =
    ///     CreateRequest::with_messaging(MessagingHolder::Owner, "9876543210987654", "Our solution")?;
    /// let created = client.create_solution("1234567890123456", &request).await?;
    /// println!("created {}", created.solution_id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_solution(
        &self,
        application_id: impl AsRef<str>,
        request: &CreateRequest,
    ) -> Result<Reply<CreateResponse>, Error> {
        let app: types::CreateSolutionApplicationId = parse("Application-ID", application_id)?;
        if !self.settings.without_permission_check {
            request.messaging_holder()?;
        }
        let (api, version) = (self.generated(), &self.settings.versions.create_solution);
        let _ = api.create_solution(version, &app, None, request).await;
        let operation = Operation::new("create_solution", Effect::NotIdempotent, Some(&app));
        self.call(operation, api, Response::parse).await
    }

    /// Accepts the invitation into the solution `solution_id`, as the invited partner app in `request`.
    ///
    /// The partner's status becomes ACCEPTED; once every required partner has accepted, the solution can become ACTIVE.
    /// Acceptance is final. Accepting twice has the same effect as accepting once, so it is retried after every
    /// failure that may be temporary.
    ///
    /// A response with `success: true` is a success even if other fields are missing; `solution_id` is then the one
    /// that was passed.
    ///
    /// Source: Meta's page 'Solution Accept API'.
    ///
    /// # Errors
    ///
    /// Before anything is sent: an ID that does not consist of digits. After that: see [`Error`]. A response with
    /// `success: false` is a refusal. If accept is refused after an attempt whose outcome is unknown, that attempt may
    /// have taken effect; [`Error::earlier_attempt_may_have_taken_effect`] says so.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: whatsapp_multi_partner_solutions::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use whatsapp_multi_partner_solutions::AcceptRequest;
    ///
    /// let request = AcceptRequest::by_partner("9876543210987654")?;
    /// let accepted = client.accept_solution("1122334455667788", &request).await?;
    /// println!("partner status {:?}", accepted.partner_status);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn accept_solution(
        &self,
        solution_id: impl AsRef<str>,
        request: &AcceptRequest,
    ) -> Result<Reply<AcceptResponse>, Error> {
        let solution: types::AcceptSolutionSolutionId = parse("Solution-ID", solution_id)?;
        let (api, version) = (self.generated(), &self.settings.versions.accept_solution);
        let _ = api.accept_solution(version, &solution, None, request).await;
        let app = Some(request.partner_app_id.as_str());
        let operation = Operation::new("accept_solution", Effect::Idempotent, app);
        let read = |response: &Response| accepted(response, &solution);
        self.call(operation, api, read).await
    }

    /// The same client for another tenant: with another token, and with a throttle and a retry budget of its own. The
    /// connection pool is shared, so a back end with many tenants needs only one.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if the token cannot be sent in a header.
    pub fn with_token(&self, token: impl Into<SecretString>) -> Result<Self, Error> {
        let app_secret = self.settings.credentials.app_secret.clone();
        let mut client = self.clone();
        Arc::make_mut(&mut client.settings).credentials =
            Credentials::new(token.into(), app_secret)?;
        client.shared = Arc::new(Shared::new(self.shared.budget.retries));
        Ok(client)
    }

    /// The same client with another policy, for calls with a deadline of their own. Everything else, including the
    /// throttle and the retry budget, is shared.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if the policy allows no attempt or no time.
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Result<Self, Error> {
        policy.check()?;
        let mut client = self.clone();
        Arc::make_mut(&mut client.settings).retry_policy = policy;
        Ok(client)
    }

    /// The same client with the time left of a deadline that began at `begun`.
    pub(crate) fn with_time_left(&self, begun: Instant) -> Result<Self, Error> {
        self.with_retry_policy(self.settings.retry_policy.remaining(begun))
    }

    /// What the calls of this client and its clones share at this moment, to protect a server that throttles or fails:
    /// the apps that are throttled, and the retries that are left.
    ///
    /// ```
    /// # let client = whatsapp_multi_partner_solutions::Client::builder().token("any").build()?;
    /// let state = client.retry_state();
    /// assert!(state.throttled.is_empty());
    /// assert_eq!(state.retries_left, 100);
    /// # Ok::<(), whatsapp_multi_partner_solutions::Error>(())
    /// ```
    pub fn retry_state(&self) -> RetryState {
        RetryState {
            retries_left: self.shared.budget.left(),
            throttled: self.shared.throttle.waits(),
        }
    }

    pub(crate) fn generated(&self) -> generated::Client {
        let slot = generated::RequestSlot::default();
        generated::Client::new_with_client(&self.settings.base_url, self.http.clone(), slot)
    }
}

/// Reads a success of accept. `success: true` is enough, because Meta sometimes sends only that. A field of another type
/// than documented is left out; the response still has it.
fn accepted(
    response: &Response,
    solution: &types::AcceptSolutionSolutionId,
) -> serde_json::Result<AcceptResponse> {
    match (response.parse(), response.json()) {
        (Err(_), Some(body)) if response.success() == Some(true) => {
            lenient(json!({ "solution_id": solution, "success": true }), body)
        }
        (result, _) => result,
    }
}
