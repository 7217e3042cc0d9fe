//! Create and accept as operations that are safe to call again: look, act, and look again if the outcome is unknown.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::time::{Instant, sleep_until};

use crate::{
    client::Client,
    error::Error,
    generated::types::{
        WhatsAppBusinessSolution, WhatsAppBusinessSolutionAcceptRequest,
        WhatsAppBusinessSolutionAcceptResponse, WhatsAppBusinessSolutionCreateRequest,
        WhatsAppBusinessSolutionPartner, WhatsAppBusinessSolutionRole as Role,
    },
    partner_status::WhatsAppBusinessSolutionPartnerStatus as PartnerStatus,
    permissions::{self, MessagingHolder},
    retry::{Resend, full_jitter},
};

const ENSURE_SOLUTION: &str = "ensure_solution";
const ENSURE_ACCEPTED: &str = "ensure_accepted";

/// What [`Client::ensure_solution`] returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnsuredSolution {
    /// The ID of the solution.
    pub solution_id: String,
    /// Whether this call created it. `false` if it existed before.
    pub created: bool,
    /// How often create was sent; 0 if the solution existed before.
    pub attempts: u32,
}

/// What [`Client::ensure_accepted`] returns: the documented fields (through `Deref`), and how they are known.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EnsuredAcceptance {
    /// The documented fields. If [`known_from`](Self::known_from) is a lookup, they are made of what it found.
    pub response: WhatsAppBusinessSolutionAcceptResponse,
    /// How it is known that the partner has accepted.
    pub known_from: KnownFrom,
    /// How often accept was sent; 0 if the partner had accepted before.
    pub attempts: u32,
}

impl Deref for EnsuredAcceptance {
    type Target = WhatsAppBusinessSolutionAcceptResponse;

    fn deref(&self) -> &Self::Target {
        &self.response
    }
}

/// How it is known that a partner has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KnownFrom {
    /// The lookup before accepting showed it, so nothing was sent.
    FirstLookup,
    /// Meta's response to accept.
    Response,
    /// The response to accept was lost, and the lookup after it showed it.
    LastLookup,
}

/// What a solution has to be before [`Client::ensure_accepted`] accepts it. What is `None` is not checked.
///
/// Acceptance is final, so Meta's guide asks the partner to look first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcceptTerms {
    /// ID of the app that owns the solution.
    pub owner_app_id: Option<String>,
    /// Name of the solution.
    pub solution_name: Option<String>,
    /// Which side holds MESSAGING.
    pub messaging: Option<MessagingHolder>,
}

/// What identifies a solution to `ensure_solution`: owner app, partner app, name, and who holds MESSAGING.
type Key = (String, String, String, Option<MessagingHolder>);

/// One lock per key, so that calls on clones of one client create once.
#[derive(Debug, Default)]
pub(crate) struct EnsureLocks(Mutex<HashMap<Key, Arc<tokio::sync::Mutex<()>>>>);

impl EnsureLocks {
    fn of(&self, key: Key) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that only the map holds are not used.
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        locks.entry(key).or_default().clone()
    }
}

impl Client {
    /// Creates a solution unless it exists: safe to call again after any failure, which [`create_solution`] is not.
    ///
    /// A solution is the same if its owner app, partner app, name and the holder of MESSAGING are the same, and it is
    /// neither REJECTED nor DEACTIVATED. This first looks for it among the solutions that the app owns. If there is
    /// none, it creates one, and sends create again only if the attempt surely did not take effect. If the outcome is
    /// unknown, it looks again for up to [`RetryPolicy::settle_for`](crate::RetryPolicy::settle_for), because the list may lag behind.
    ///
    /// Two calls for the same solution on clones of one client create it once; the second waits for the first. Two
    /// processes can still create it twice. A name that contains an ID of your own makes that visible, and lets every
    /// process look for its own solution.
    ///
    /// # Errors
    ///
    /// - [`is_conflict`](Error::is_conflict): several solutions match (the text has their IDs), or the token cannot see
    ///   enough of one with this name to tell. Nothing was sent.
    /// - [`may_have_taken_effect`](Error::may_have_taken_effect): create was sent, and the solution did not show up in
    ///   time. Calling this again later is safe.
    /// - Otherwise no solution was created; see [`Error`].
    ///
    /// [`create_solution`]: Self::create_solution
    pub async fn ensure_solution(
        &self,
        application_id: impl AsRef<str>,
        request: &WhatsAppBusinessSolutionCreateRequest,
    ) -> Result<EnsuredSolution, Error> {
        let app = application_id.as_ref();
        permissions::check(request, self.settings.check_messaging)?;
        let lock = self.shared.ensure_locks.of((
            app.to_owned(),
            request.partner_app_id.to_string(),
            request.solution_name.to_string(),
            permissions::holder(request),
        ));
        let _guard = lock.lock().await;
        let begun = Instant::now();
        let within = |error: Error| error.within(ENSURE_SOLUTION);

        if let Some(solution_id) = self.find(app, request).await.map_err(within)? {
            return Ok(EnsuredSolution {
                solution_id,
                created: false,
                attempts: 0,
            });
        }
        let policy = self
            .settings
            .retry_policy
            .remaining(begun)
            .resend(Resend::OnlyIfSafe);
        let create = self.with_retry_policy(policy)?;
        match create.create_solution(app, request).await {
            Ok(created) => Ok(EnsuredSolution {
                solution_id: created.solution_id.clone(),
                created: true,
                attempts: created.attempts(),
            }),
            Err(error) if error.may_have_taken_effect() => {
                self.settle(app, request, begun, within(error)).await
            }
            Err(error) => Err(within(error)),
        }
    }

    /// Looks for a solution whose create has an unknown outcome, until it shows up or the time is over.
    async fn settle(
        &self,
        app: &str,
        request: &WhatsAppBusinessSolutionCreateRequest,
        begun: Instant,
        error: Error,
    ) -> Result<EnsuredSolution, Error> {
        let policy = &self.settings.retry_policy;
        let time_left = policy.deadline.saturating_sub(begun.elapsed());
        let until = Instant::now() + policy.settle_for.min(time_left);
        for looks in 1.. {
            let next = Instant::now() + full_jitter(policy.longest_backoff(looks));
            sleep_until(next.min(until)).await;
            let last = Instant::now() >= until;
            let client = self.with_retry_policy(self.settings.retry_policy.remaining(begun))?;
            // A lookup that fails says nothing; the next may succeed.
            match client.find(app, request).await {
                Ok(Some(solution_id)) => {
                    return Ok(EnsuredSolution {
                        solution_id,
                        created: true,
                        attempts: error.attempts(),
                    });
                }
                Ok(None) | Err(_) if last => break,
                Ok(None) | Err(_) => {}
            }
        }
        Err(error)
    }

    /// The ID of the solution that a request asks for, if the app owns it already.
    async fn find(
        &self,
        app: &str,
        request: &WhatsAppBusinessSolutionCreateRequest,
    ) -> Result<Option<String>, Error> {
        let mut found = Vec::new();
        for solution in self.solutions(app, Some(Role::Owner)).await?.solutions {
            let mut is_same = is_same(&solution, request);
            if is_same.is_none() {
                // By itself it may show more.
                let solution = self.look_up(&solution.id, Some(app)).await?;
                is_same = self::is_same(&solution, request);
            }
            match is_same {
                Some(true) => found.push(solution.id),
                Some(false) => {}
                None => {
                    let why = format!(
                        "the token cannot see enough of solution {} to tell whether it is the one; use a token that \
                         can, or another name",
                        solution.id
                    );
                    return Err(Error::conflict(ENSURE_SOLUTION, why));
                }
            }
        }
        if found.len() > 1 {
            let ids = found.join(", ");
            let why = format!(
                "the solutions {ids} are all the one that was asked for; deactivate all but one"
            );
            return Err(Error::conflict(ENSURE_SOLUTION, why));
        }
        Ok(found.pop())
    }

    /// Looks a solution up, and accepts it as the partner app in `request` if it is what was agreed: safe to call again
    /// after any failure.
    ///
    /// If the partner has accepted already, nothing is sent. If the response to accept is lost, this looks whether the
    /// partner has accepted now.
    ///
    /// # Errors
    ///
    /// - [`is_conflict`](Error::is_conflict): the partner app is not among the solution's partners, or a term differs or
    ///   cannot be seen by the token. The text names each difference. Nothing was sent.
    /// - Otherwise see [`accept_solution`](Self::accept_solution).
    pub async fn ensure_accepted(
        &self,
        solution_id: impl AsRef<str>,
        request: &WhatsAppBusinessSolutionAcceptRequest,
        terms: &AcceptTerms,
    ) -> Result<EnsuredAcceptance, Error> {
        let id = solution_id.as_ref();
        let app = request.partner_app_id.as_str();
        let begun = Instant::now();
        let within = |error: Error| error.within(ENSURE_ACCEPTED);

        let solution = self.look_up(id, Some(app)).await.map_err(within)?;
        let differences = differences(&solution, app, terms);
        if !differences.is_empty() {
            return Err(Error::conflict(ENSURE_ACCEPTED, differences.join("; ")));
        }
        if has_accepted(&solution, app) {
            return Ok(EnsuredAcceptance {
                response: accepted_response(&solution),
                known_from: KnownFrom::FirstLookup,
                attempts: 0,
            });
        }
        let client = self.with_retry_policy(self.settings.retry_policy.remaining(begun))?;
        let error = match client.accept_solution(id, request).await {
            Ok(reply) => {
                return Ok(EnsuredAcceptance {
                    attempts: reply.attempts(),
                    known_from: KnownFrom::Response,
                    response: reply.into_inner(),
                });
            }
            Err(error) => error,
        };
        if error.may_have_taken_effect() {
            let client = self.with_retry_policy(self.settings.retry_policy.remaining(begun))?;
            // If the lookup fails too, the first error says what is true.
            if let Ok(solution) = client.look_up(id, Some(app)).await
                && has_accepted(&solution, app)
            {
                return Ok(EnsuredAcceptance {
                    response: accepted_response(&solution),
                    known_from: KnownFrom::LastLookup,
                    attempts: error.attempts(),
                });
            }
        }
        Err(within(error))
    }
}

/// Whether a solution is the one that a request asks for; `None` if too little of it can be seen.
fn is_same(
    solution: &WhatsAppBusinessSolution,
    request: &WhatsAppBusinessSolutionCreateRequest,
) -> Option<bool> {
    let ended = matches!(
        solution.status.as_ref()?.as_str(),
        "REJECTED" | "DEACTIVATED"
    );
    if ended || solution.name.as_ref()? != request.solution_name.as_str() {
        return Some(false);
    }
    let Some(partner) = partner(solution, &request.partner_app_id)? else {
        return Some(false);
    };
    Some(messaging(solution, partner)? == permissions::holder(request))
}

/// The partner with this app. Outer `None`: the partners cannot be seen. Inner: they can, and it is not among them.
fn partner<'s>(
    solution: &'s WhatsAppBusinessSolution,
    app: &str,
) -> Option<Option<&'s WhatsAppBusinessSolutionPartner>> {
    let partners = &solution.partners.as_ref()?.data;
    let has_app = |partner: &&WhatsAppBusinessSolutionPartner| {
        partner
            .partner_app
            .as_ref()
            .is_some_and(|partner| partner.id == app)
    };
    match partners.iter().find(has_app) {
        Some(partner) => Some(Some(partner)),
        None if partners.iter().all(|partner| partner.partner_app.is_some()) => Some(None),
        None => None,
    }
}

/// Who holds MESSAGING. Outer `None`: it cannot be seen. Inner: both sides or neither.
fn messaging(
    solution: &WhatsAppBusinessSolution,
    partner: &WhatsAppBusinessSolutionPartner,
) -> Option<Option<MessagingHolder>> {
    let owner = solution.owner_permissions.as_ref()?;
    let partner = partner.partner_permissions.as_ref()?;
    let owner = owner
        .iter()
        .any(|permission| permission.as_str() == "MESSAGING");
    let partner = partner
        .iter()
        .any(|permission| permission.as_str() == "MESSAGING");
    Some(MessagingHolder::of(owner, partner))
}

fn has_accepted(solution: &WhatsAppBusinessSolution, app: &str) -> bool {
    let partner = partner(solution, app).flatten();
    partner.is_some_and(|partner| partner.status == Some(PartnerStatus::Accepted))
}

/// Where a solution is not what the partner app expects.
fn differences(solution: &WhatsAppBusinessSolution, app: &str, terms: &AcceptTerms) -> Vec<String> {
    let partner = match partner(solution, app) {
        Some(Some(partner)) => partner,
        Some(None) => return vec![format!("app {app} is not among the solution's partners")],
        None => return vec!["the token cannot see the solution's partners".to_owned()],
    };
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: Option<String>, is: Option<String>| {
        let Some(expected) = expected.filter(|expected| is.as_ref() != Some(expected)) else {
            return;
        };
        differences.push(match is {
            Some(is) => format!("the {what} is {is:?}, not {expected:?}"),
            None => format!("the token cannot see the {what}, which should be {expected:?}"),
        });
    };
    let owner = solution.owner_app.as_ref().map(|owner| owner.id.clone());
    compare("owner app", terms.owner_app_id.clone(), owner);
    compare("name", terms.solution_name.clone(), solution.name.clone());
    let holder = messaging(solution, partner);
    let text = |holder: Option<MessagingHolder>| match holder {
        Some(MessagingHolder::Owner) => "owner".to_owned(),
        Some(MessagingHolder::Partner) => "partner".to_owned(),
        None => "both or neither".to_owned(),
    };
    let expected = terms.messaging.map(|holder| text(Some(holder)));
    compare("holder of MESSAGING", expected, holder.map(text));
    differences
}

fn accepted_response(
    solution: &WhatsAppBusinessSolution,
) -> WhatsAppBusinessSolutionAcceptResponse {
    WhatsAppBusinessSolutionAcceptResponse {
        solution_id: solution.id.clone(),
        success: true,
        partner_status: Some(PartnerStatus::Accepted),
        message: None,
        update_time: None,
    }
}
