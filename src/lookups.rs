//! Looking solutions up, which changes nothing.

use std::collections::HashSet;

use serde::de::Error as _;

use crate::{
    client::Client,
    error::Error,
    generated::{
        parse,
        types::{
            SolutionSolutionId, SolutionsPageApplicationId, WhatsAppBusinessSolution,
            WhatsAppBusinessSolutionRole, WhatsAppBusinessSolutionsResponse,
        },
    },
    reply::Reply,
    response::Response,
    retry::{Effect, Operation},
};

/// Everything that is documented of a solution.
const FIELDS: &str = "id,name,status,status_for_pending_request,owner_app,owner_permissions,\
                      partners{id,partner_app,partner_permissions,status}";

/// The most solutions that Meta puts on a page.
const PAGE_SIZE: u64 = 100;

/// A list that is longer is taken for one that does not end.
const MOST_PAGES: usize = 100;

/// The solutions of an app.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SolutionList {
    /// The solutions of all pages, in the order in which Meta sent them.
    pub solutions: Vec<WhatsAppBusinessSolution>,
    /// The pages as they were received.
    pub responses: Vec<Response>,
}

impl Client {
    /// Looks a solution up, with all documented fields. A field that the token may not see is `None`.
    ///
    /// Source: Meta's published OpenAPI file and the guide 'Multi-Partner Solutions'.
    ///
    /// # Errors
    ///
    /// See [`Error`]. A lookup changes nothing, so it [may never have taken effect](Error::may_have_taken_effect).
    pub async fn solution(
        &self,
        solution_id: impl AsRef<str>,
    ) -> Result<Reply<WhatsAppBusinessSolution>, Error> {
        self.look_up(solution_id.as_ref(), None).await
    }

    /// The same, for the app whose rate limit it uses.
    pub(crate) async fn look_up(
        &self,
        solution_id: &str,
        app: Option<&str>,
    ) -> Result<Reply<WhatsAppBusinessSolution>, Error> {
        let solution: SolutionSolutionId = parse("Solution-ID", solution_id)?;
        let api = self.generated();
        let _ = api
            .solution(
                &self.settings.versions.solution,
                &solution,
                Some(FIELDS),
                None,
            )
            .await;
        let operation = Operation {
            name: "solution",
            effect: Effect::None,
            app,
        };
        self.call(operation, api.take_request()?, Response::parse)
            .await
    }

    /// Lists the solutions of an app, with all documented fields: those it owns, those it is a partner in, or with `None`
    /// both. A field that the token may not see is `None`. Each page is a call of its own, with its own deadline.
    ///
    /// Source: Meta's published OpenAPI file and the guide 'Multi-Partner Solutions'.
    ///
    /// # Errors
    ///
    /// See [`Error`]; also if the list has more than 100 pages of 100 solutions, or comes back to a page. A lookup changes
    /// nothing, so it [may never have taken effect](Error::may_have_taken_effect).
    pub async fn solutions(
        &self,
        application_id: impl AsRef<str>,
        role: Option<WhatsAppBusinessSolutionRole>,
    ) -> Result<SolutionList, Error> {
        let app: SolutionsPageApplicationId = parse("Application-ID", application_id)?;
        let operation = Operation {
            name: "solutions",
            effect: Effect::None,
            app: Some(&app),
        };
        let mut list = SolutionList::default();
        let mut cursors = HashSet::new();
        let mut after = None;
        loop {
            let api = self.generated();
            let _ = api
                .solutions_page(
                    &self.settings.versions.solutions_page,
                    &app,
                    after.as_deref(),
                    None,
                    Some(FIELDS),
                    PAGE_SIZE.try_into().ok(),
                    role,
                    None,
                )
                .await;
            let reply = self
                .call(operation, api.take_request()?, Response::parse)
                .await?;
            after = next_page(&reply);
            list.solutions.extend(reply.value.data);
            list.responses.push(reply.response.clone());
            let Some(cursor) = &after else {
                return Ok(list);
            };
            if !cursors.insert(cursor.clone()) || cursors.len() >= MOST_PAGES {
                let why = serde_json::Error::custom("the list does not end");
                return Err(Error::unreadable(
                    reply.record,
                    Effect::None,
                    reply.response,
                    Some(why),
                ));
            }
        }
    }
}

/// The cursor of the page that follows, if one does.
fn next_page(page: &WhatsAppBusinessSolutionsResponse) -> Option<String> {
    let paging = page.paging.as_ref()?;
    paging.next.as_ref()?;
    paging.cursors.as_ref()?.after.clone()
}
