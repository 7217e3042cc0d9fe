//! The status of a partner, open to values that Meta adds.

use serde::{Deserialize, Serialize};

/// How far a partner's part in a solution has come (source: Solution Accept API; the values: Meta's published
/// OpenAPI file).
///
/// It replaces the type that the generator would make from the schema of the same name: that one is closed, and one
/// unknown value would make the whole response unreadable. A value that is not listed is kept as sent in
/// [`Other`](Self::Other).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PartnerStatus {
    /// `DRAFT`
    Draft,
    /// `INITIATED`
    Initiated,
    /// `NOTIFICATION_SENT`: the invitation is on its way, and can be accepted.
    NotificationSent,
    /// `ACCEPTED`: the partner accepted the invitation.
    Accepted,
    /// `REJECTED`
    Rejected,
    /// `DEACTIVATED`
    Deactivated,
    /// A value that this version of the crate does not list, as sent.
    #[serde(untagged)]
    Other(String),
}

impl std::fmt::Display for PartnerStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}
