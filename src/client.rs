//! The client: one method an operation.

use std::sync::Arc;

use crate::{
    accepted,
    bounded::bounded,
    builder::ClientBuilder,
    call::{Pending, Reading},
    error::Error,
    generated::types::{
        AcceptSolutionSolutionId, AcceptSolutionVersion, CreateSolutionApplicationId,
        CreateSolutionVersion, WhatsAppBusinessSolutionAcceptRequest,
        WhatsAppBusinessSolutionAcceptResponse, WhatsAppBusinessSolutionCreateRequest,
        WhatsAppBusinessSolutionCreateResponse,
    },
    permissions,
    reply::Reply,
    retry::Brakes,
    transport::Shared,
};

/// A client of both operations.
///
/// Cheap to clone; all clones share one connection pool and the same [brakes](Self::brakes). Dropping the future of a call stops the call at once,
/// whether it is sending or waiting; what was sent by then may take effect.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Arc<Settings>,
    pub(crate) shared: Arc<Shared>,
}

/// What a client was built with and its hook does not need.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) base_url: String,
    pub(crate) create_version: CreateSolutionVersion,
    pub(crate) accept_version: AcceptSolutionVersion,
    pub(crate) check_permissions: bool,
}

impl Client {
    /// Begins to build a client. Only [`token`](ClientBuilder::token) has to be given.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Creates a Multi-Partner Solution.
    ///
    /// # Errors
    ///
    /// Before anything is sent: an ID that is not made of digits only, a permission array of more than one item, or
    /// MESSAGING held by both sides or by neither. Afterwards: see [`Error`]. A solution may exist although this
    /// returns an error; [`Error::may_have_taken_effect`] says so.
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
        request: &WhatsAppBusinessSolutionCreateRequest,
    ) -> Result<Reply<WhatsAppBusinessSolutionCreateResponse>, Error> {
        let application_id: CreateSolutionApplicationId =
            bounded("Application-ID", application_id)?;
        if self.settings.check_permissions {
            permissions::check(request)?;
        }
        let call = self.call();
        let result = call
            .generated
            .create_solution(
                &self.settings.create_version,
                &application_id,
                // The hook sets the User-Agent.
                None,
                request,
            )
            .await;
        call.finish(result, Reading::documented)
    }

    /// Accepts the invitation into a Multi-Partner Solution.
    ///
    /// An answer with `success: true` is a success even if it lacks other fields: `solution_id` is then the one that
    /// was asked for.
    ///
    /// # Errors
    ///
    /// Before anything is sent: an ID that is not made of digits only. Afterwards: see [`Error`]. An answer with
    /// `success: false` is a refusal. If accept is refused after an attempt whose outcome is unknown, that attempt
    /// may have been the one that took effect;
    /// [`Error::earlier_attempt_may_have_taken_effect`] says so.
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
        request: &WhatsAppBusinessSolutionAcceptRequest,
    ) -> Result<Reply<WhatsAppBusinessSolutionAcceptResponse>, Error> {
        let solution_id: AcceptSolutionSolutionId = bounded("Solution-ID", solution_id)?;
        let call = self.call();
        let result = call
            .generated
            .accept_solution(
                &self.settings.accept_version,
                &solution_id,
                // The hook sets the User-Agent.
                None,
                request,
            )
            .await;
        call.finish(result, |read| accepted::read(&solution_id, read))
    }

    /// The state of what this client and its clones share to spare a server that throttles or fails: the gates that
    /// hold calls after a throttled answer, and the retry budget.
    ///
    /// ```
    /// # let client = whatsapp_multi_partner_solutions::Client::builder().token("any").build()?;
    /// let brakes = client.brakes();
    /// assert!(brakes.limits.is_empty(), "no call is held");
    /// assert_eq!(brakes.retry_budget, Some(500));
    /// # Ok::<(), whatsapp_multi_partner_solutions::Error>(())
    /// ```
    #[must_use]
    pub fn brakes(&self) -> Brakes {
        self.shared.brakes.state()
    }

    /// Begins a call.
    fn call(&self) -> Pending {
        Pending::new(&self.settings.base_url, &self.http, &self.shared)
    }
}
