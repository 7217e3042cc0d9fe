//! Create and accept as operations that are safe to call again: look, act, and look again if the outcome is unknown.

use std::{collections::BTreeSet, ops::Deref, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::{Instant, sleep, timeout};

use crate::{
    AcceptRequest, AcceptResponse, CreateRequest, PartnerStatus, Role,
    call::ErrorKind,
    client::Client,
    error::Error,
    retry::Resend,
    terms::{AcceptTerms, differences, has_accepted, is_same},
};

/// The shortest pause between two lookups.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// What [`Client::ensure_solution`] returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EnsuredSolution {
    /// The ID of the solution.
    pub solution_id: String,
    /// Whether create was sent; `false` if the solution existed before.
    pub created: bool,
    /// How often create was sent; 0 if the solution existed before.
    pub attempts: u32,
}

/// What [`Client::ensure_accepted`] returns: the documented fields (through `Deref`), and how they are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EnsuredAcceptance {
    /// The documented fields. If [`known_from`](Self::known_from) is a lookup, they are made of what it found.
    pub response: AcceptResponse,
    /// How it is known that the partner has accepted.
    pub known_from: KnownFrom,
    /// How often accept was sent; 0 if the partner had accepted before.
    pub attempts: u32,
}

impl Deref for EnsuredAcceptance {
    type Target = AcceptResponse;

    fn deref(&self) -> &Self::Target {
        &self.response
    }
}

/// How it is known that a partner has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum KnownFrom {
    /// The lookup before accepting showed it, so nothing was sent.
    FirstLookup,
    /// Meta's response to accept.
    Response,
    /// The response to accept was lost, and the lookup after it showed it.
    LastLookup,
}

impl Client {
    /// Creates a solution unless it exists: safe to call again after any failure, which [`create_solution`] is not.
    ///
    /// A solution is the same if its owner app, partner app, name and the holder of MESSAGING are the same, and it is
    /// neither REJECTED nor DEACTIVATED. This first looks for it among the solutions that the app owns. If there is
    /// none, it creates one, and sends create again only if the attempt certainly did not take effect. If the outcome is
    /// unknown, it looks again for up to [`settle_for`](crate::RetryPolicy::settle_for), because the list may lag behind.
    ///
    /// If the list lags for longer than that, or the process ends right after create was sent and the next one calls
    /// this at once, a second solution can be created. So let a process that starts again wait for as long as the list
    /// may lag.
    ///
    /// Two calls for the same solution on clones of one client create it once; the second waits for the first. Two
    /// processes can still create it twice. Put an ID of your own into the name: then every process finds its own
    /// solution, and duplicates are easy to find.
    ///
    /// # Errors
    ///
    /// - [`is_invalid_request`](Error::is_invalid_request): as for [`create_solution`]. Nothing was sent.
    /// - [`is_conflict`](Error::is_conflict): several solutions match (the text has their IDs), or the token cannot see
    ///   enough of one with this name to tell. Nothing was sent.
    /// - [`may_have_taken_effect`](Error::may_have_taken_effect): create was sent, and the solution did not show up in
    ///   time. Calling this again later is safe.
    /// - Otherwise no solution was created; see [`Error`]. [`is_unreachable`](Error::is_unreachable) with 0 attempts means
    ///   that another call for the same solution was still running at the deadline.
    ///
    /// [`create_solution`]: Self::create_solution
    pub async fn ensure_solution(
        &self,
        application_id: impl AsRef<str>,
        request: &CreateRequest,
    ) -> Result<EnsuredSolution, Error> {
        let result = self.find_or_create(application_id.as_ref(), request).await;
        result.map_err(|error| error.within("ensure_solution"))
    }

    async fn find_or_create(
        &self,
        app: &str,
        request: &CreateRequest,
    ) -> Result<EnsuredSolution, Error> {
        let ensured = |solution_id, created, attempts| EnsuredSolution {
            solution_id,
            created,
            attempts,
        };
        let policy = &self.settings.retry_policy;
        let begun = Instant::now();
        request.messaging_holder()?;
        let lock = self.shared.ensure_lock(json!([app, request]).to_string());
        let Ok(_guard) = timeout(policy.deadline, lock.lock()).await else {
            let why = "another call for the same solution was still running at the deadline; call this again once that one \
                       has ended, or with a longer deadline";
            return Err(Error::unsent(ErrorKind::Unreachable, why));
        };
        if let Some(id) = self.with_time_left(begun)?.find(app, request).await? {
            return Ok(ensured(id, false, 0));
        }
        let careful = policy.remaining(begun).resend(Resend::OnlyIfSafe);
        let client = self.with_retry_policy(careful)?;
        let error = match client.create_solution(app, request).await {
            Ok(reply) => return Ok(ensured(reply.solution_id.clone(), true, reply.attempts())),
            Err(error) if error.may_have_taken_effect() => error,
            Err(error) => return Err(error),
        };
        let time_left = policy.deadline.saturating_sub(begun.elapsed());
        let settle_for = policy.settle_for.min(time_left);
        let settling = Instant::now();
        for looks in 1.. {
            let left = settle_for.saturating_sub(settling.elapsed());
            let wait = policy.back_off(looks).max(SHORTEST_WAIT).min(left);
            sleep(wait).await;
            // A failed lookup proves nothing; the next may succeed.
            if let Ok(Some(id)) = self.with_time_left(begun)?.find(app, request).await {
                return Ok(ensured(id, true, error.attempts()));
            }
            if wait == left {
                break;
            }
        }
        Err(error)
    }

    /// The ID of the solution that a request asks for, if the app owns it already.
    async fn find(&self, app: &str, request: &CreateRequest) -> Result<Option<String>, Error> {
        let begun = Instant::now();
        // A list that changes while its pages are read may show a solution twice.
        let mut found = BTreeSet::new();
        for solution in self.solutions(app, Some(Role::Owner)).await?.solutions {
            let mut same = is_same(&solution, request);
            if same.is_none() {
                // A lookup may show fields that the list hides.
                let client = self.with_time_left(begun)?;
                same = is_same(&*client.look_up(&solution.id, Some(app)).await?, request);
            }
            let same = same.ok_or_else(|| {
                Error::conflict(format!(
                    "the token cannot see enough of solution {} to tell whether it is the requested one; use a \
                     token that can see it, or another solution name",
                    solution.id
                ))
            })?;
            if same {
                found.insert(solution.id);
            }
        }
        if found.len() > 1 {
            let ids = Vec::from_iter(found).join(", ");
            return Err(Error::conflict(format!(
                "the solutions {ids} all match the request; deactivate all but one"
            )));
        }
        Ok(found.pop_first())
    }

    /// Looks a solution up, and accepts it as the partner app in `request` if it is what was agreed: safe to call again
    /// after any failure.
    ///
    /// If the partner has accepted already, nothing is sent. If the response to accept is lost, this looks whether the
    /// partner has accepted meanwhile.
    ///
    /// # Errors
    ///
    /// - [`is_conflict`](Error::is_conflict): the solution is REJECTED or DEACTIVATED, the partner app is not among its
    ///   partners, or a term differs or cannot be seen by the token. The text names each difference. Nothing was sent.
    /// - Otherwise see [`accept_solution`](Self::accept_solution).
    pub async fn ensure_accepted(
        &self,
        solution_id: impl AsRef<str>,
        request: &AcceptRequest,
        terms: &AcceptTerms,
    ) -> Result<EnsuredAcceptance, Error> {
        let result = self
            .look_and_accept(solution_id.as_ref(), request, terms)
            .await;
        result.map_err(|error| error.within("ensure_accepted"))
    }

    async fn look_and_accept(
        &self,
        id: &str,
        request: &AcceptRequest,
        terms: &AcceptTerms,
    ) -> Result<EnsuredAcceptance, Error> {
        let begun = Instant::now();
        let app = request.partner_app_id.as_str();
        let ensured = |response, known_from, attempts| EnsuredAcceptance {
            response,
            known_from,
            attempts,
        };
        let seen = AcceptResponse {
            solution_id: id.to_owned(),
            success: true,
            partner_status: Some(PartnerStatus::Accepted),
            message: None,
            update_time: None,
        };
        let solution = self.look_up(id, Some(app)).await?;
        let differences = differences(&solution, app, terms).into_iter();
        let texts: Vec<String> = differences.map(|difference| difference.text).collect();
        if !texts.is_empty() {
            return Err(Error::conflict(texts.join("; ")));
        }
        if has_accepted(&solution, app) {
            return Ok(ensured(seen, KnownFrom::FirstLookup, 0));
        }
        let client = self.with_time_left(begun)?;
        let error = match client.accept_solution(id, request).await {
            Ok(reply) => {
                let attempts = reply.attempts();
                return Ok(ensured(reply.into_inner(), KnownFrom::Response, attempts));
            }
            Err(error) => error,
        };
        if error.may_have_taken_effect() {
            let client = self.with_time_left(begun)?;
            // If the lookup fails too, the first error says what is true.
            let solution = client.look_up(id, Some(app)).await;
            if solution.is_ok_and(|solution| has_accepted(&solution, app)) {
                return Ok(ensured(seen, KnownFrom::LastLookup, error.attempts()));
            }
        }
        Err(error)
    }
}
