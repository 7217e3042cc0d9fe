//! A solution as the stand-in keeps it.

use std::fmt;

use crate::{WhatsAppBusinessSolutionPartnerStatus, types};

/// How far a solution of the [`Sandbox`](super::Sandbox) has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SolutionStatus {
    /// `INITIATED`: created; the partner has not accepted yet.
    Initiated,
    /// `ACTIVE`: the partner has accepted.
    Active,
}

impl fmt::Display for SolutionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Initiated => "INITIATED",
            Self::Active => "ACTIVE",
        })
    }
}

/// A solution that was created in the [`Sandbox`](super::Sandbox).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solution {
    /// Its id: 16 digits, counted up.
    pub id: String,
    /// The application that owns it: the one in the path of the request that created it.
    pub application_id: String,
    /// What it was created with.
    pub request: types::WhatsAppBusinessSolutionCreateRequest,
    /// How far it has come.
    pub status: SolutionStatus,
    /// How far the invited partner has come.
    pub partner_status: WhatsAppBusinessSolutionPartnerStatus,
}
