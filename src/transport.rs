//! The hook through which every generated operation goes.

use progenitor_client::{ClientHooks, OperationInfo};

use crate::generated;

/// What one call of an operation carries with it.
#[derive(Clone, Debug)]
pub(crate) struct Call;

impl ClientHooks<Call> for generated::Client {
    async fn exec(
        &self,
        request: reqwest::Request,
        _info: &OperationInfo,
    ) -> reqwest::Result<reqwest::Response> {
        self.client.execute(request).await
    }
}
