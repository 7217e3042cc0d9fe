//! Looking solutions up, which changes nothing.

use std::collections::HashSet;

use serde::de::Error as _;
use tokio::time::Instant;

use crate::{
    Role, Solution,
    call::{Effect, Operation, Reply},
    client::Client,
    error::Error,
    generated::{parse, types},
    response::Response,
};

/// Everything that is documented of a solution.
const FIELDS: &str = "id,name,status,status_for_pending_request,owner_app,owner_permissions,\
                      partners{id,partner_app,partner_permissions,status}";

/// A longer list is treated as endless. A page has 25 solutions unless more are asked for, and a page of 100 would be longer
/// than the part of a body that is kept.
const MAX_PAGES: usize = 400;

/// The solutions of an app.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SolutionList {
    /// The solutions of all pages, in the order in which Meta sent them.
    pub solutions: Vec<Solution>,
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
    /// See [`Error`]. A lookup changes nothing, so [`Error::may_have_taken_effect`] is always `false`.
    pub async fn solution(&self, solution_id: impl AsRef<str>) -> Result<Reply<Solution>, Error> {
        self.look_up(solution_id.as_ref(), None).await
    }

    /// `solution`, with the app whose rate limit it uses.
    pub(crate) async fn look_up(
        &self,
        solution_id: &str,
        app: Option<&str>,
    ) -> Result<Reply<Solution>, Error> {
        let solution: types::SolutionSolutionId = parse("Solution-ID", solution_id)?;
        let (api, version) = (self.generated(), &self.settings.versions.solution);
        let fields = Some(FIELDS);
        let _ = api.solution(version, &solution, fields, None).await;
        let operation = Operation::new("solution", Effect::None, app);
        self.call(operation, api, Response::parse).await
    }

    /// Lists the solutions of an app, with all documented fields: those that it owns, those in which it is a partner,
    /// or both if `role` is `None`. A field that the token may not see is `None`. The deadline is for all pages together,
    /// but each page gets at least a tenth of it, or 1 s if that is less.
    ///
    /// Source: Meta's published OpenAPI file and the guide 'Multi-Partner Solutions'.
    ///
    /// # Errors
    ///
    /// See [`Error`]; also if the list has more than 400 pages of 25 solutions, or does not say where the next page
    /// begins. A lookup changes nothing, so [`Error::may_have_taken_effect`] is always `false`.
    pub async fn solutions(
        &self,
        application_id: impl AsRef<str>,
        role: Option<Role>,
    ) -> Result<SolutionList, Error> {
        let app: types::SolutionsPageApplicationId = parse("Application-ID", application_id)?;
        let operation = Operation::new("solutions", Effect::None, Some(&app));
        let mut list = SolutionList::default();
        let mut cursors = HashSet::new();
        let mut after = None;
        let begun = Instant::now();
        loop {
            let client = self.with_time_left(begun)?;
            let (api, version) = (self.generated(), &self.settings.versions.solutions_page);
            let _ = api
                .solutions_page(
                    version,
                    &app,
                    after.as_deref(),
                    None,
                    Some(FIELDS),
                    None,
                    role,
                    None,
                )
                .await;
            let read = |response: &Response| {
                let page: types::WhatsAppBusinessSolutionsResponse = response.parse()?;
                let Some(paging) = page.paging.filter(|paging| paging.next.is_some()) else {
                    return Ok((page.data, None));
                };
                let after = paging.cursors.and_then(|cursors| cursors.after);
                let is_new = after.as_ref().is_some_and(|it| !cursors.contains(it));
                if !is_new || cursors.len() + 1 >= MAX_PAGES {
                    return Err(serde_json::Error::custom("the list does not end"));
                }
                Ok((page.data, after))
            };
            let reply = client.call(operation, api, read).await?;
            list.responses.push(reply.response);
            list.solutions.extend(reply.value.0);
            after = reply.value.1;
            match &after {
                Some(cursor) => cursors.insert(cursor.clone()),
                None => return Ok(list),
            };
        }
    }
}
