//! One attempt over HTTP: a fresh copy of the request, its answer, its time limit.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Request;
use tokio::time::timeout;

use super::body::{AskedFor, MarkingBody};
use crate::{
    answer::Reading,
    credentials::Credentials,
    retry::{Attempt, Attempted},
};

/// Sends the same request as often as it is asked to.
pub(super) struct Sender<'a> {
    http: &'a reqwest::Client,
    credentials: &'a Credentials,
    /// Without its body.
    request: &'a Request,
    body: Bytes,
}

impl<'a> Sender<'a> {
    pub(super) fn new(
        http: &'a reqwest::Client,
        credentials: &'a Credentials,
        request: &'a Request,
        body: Bytes,
    ) -> Self {
        Self {
            http,
            credentials,
            request,
            body,
        }
    }

    fn copy(&self, asked_for: &AskedFor) -> Request {
        let mut copy = Request::new(self.request.method().clone(), self.request.url().clone());
        *copy.headers_mut() = self.request.headers().clone();
        // A body that is always there, if empty, so that an operation without one is marked too.
        let body = MarkingBody::new(self.body.clone(), asked_for.clone());
        *copy.body_mut() = Some(reqwest::Body::wrap(body));
        copy
    }
}

impl Attempt for Sender<'_> {
    async fn attempt(&mut self, _: u32, limit: Duration) -> Attempted {
        let asked_for = AskedFor::default();
        let request = self.copy(&asked_for);
        let mut reading = Reading::default();
        let mut redirected = false;
        let ended = timeout(limit, async {
            let response = self.http.execute(request).await?;
            redirected = response.url() != self.request.url();
            reading.read(response).await
        })
        .await;

        // An error's text would otherwise hold the URL, and a URL may hold secrets of its own.
        let error = match ended {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(Some(error.without_url())),
            Err(_) => Some(None),
        };
        let answer = reading.finish(self.credentials);
        match (error, answer) {
            (None, Some(answer)) if redirected => Attempted::Redirected(answer),
            (None, Some(answer)) => Attempted::Answered(answer),
            (None, None) => Attempted::NoWholeAnswer(None, None),
            (Some(Some(error)), None) if !asked_for.get() => Attempted::NeverSent(error),
            (Some(None), None) if !asked_for.get() => Attempted::NeverSentInTime,
            (Some(error), answer) => Attempted::NoWholeAnswer(answer, error),
        }
    }
}
