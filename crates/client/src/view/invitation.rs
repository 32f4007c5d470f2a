//! Inviting and invitations.

use muster_domain::{InvitationId, InvitationTrouble, RoleSet, SchemeId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Reason, Verdict};

/// A page of invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationPage {
    /// How many are on the list.
    pub total: u32,
    /// How many of them are open or expired; they come first.
    pub open: u32,
    /// The asked rows.
    pub rows: Vec<InvitationRow>,
}

/// One invitation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: InvitationId,
    /// The address.
    pub address: String,
    /// The name that came with it.
    pub name: Option<String>,
    /// The roles.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Who sent it.
    pub inviter: String,
    /// When it was last sent.
    #[ts(type = "number")]
    pub sent: Timestamp,
    /// From when on it cannot be accepted.
    #[ts(type = "number")]
    pub expires: Timestamp,
    /// Whether it can be accepted now.
    pub state: InvitationStatus,
    /// A word to the person.
    pub message: Option<String>,
    /// What came into its way, while it can still be accepted.
    #[ts(type = "InvitationTrouble | null")]
    pub trouble: Option<InvitationTrouble>,
    /// Confirming it; `Hidden` unless it needs that.
    pub confirm: Verdict,
    /// Changing its roles.
    pub set_roles: Verdict,
    /// Sending it again.
    pub resend: Verdict,
    /// Cancelling or dismissing it.
    pub revoke: Verdict,
}

/// Whether an invitation can be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// It can.
    Waiting,
    /// The inviter can no longer give the roles; somebody who can has to confirm (E-27).
    NeedsConfirmation,
    /// Its time is over.
    Expired,
    /// It was accepted.
    Accepted,
    /// The invited person said no.
    Declined,
}

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct InviteRequest {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The people, at most 5,000.
    pub people: Vec<Invitee>,
    /// The roles that all of them get.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// A word to all of them.
    #[serde(default)]
    pub message: Option<String>,
}

/// One person to invite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct Invitee {
    /// The address.
    pub address: String,
    /// The name, if known.
    pub name: Option<String>,
}

/// What became of the invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InviteResult {
    /// How many were sent.
    pub sent: u32,
    /// How many were sent but not yet answered; Pending will tell.
    pub unanswered: u32,
    /// How many wait on this device as drafts, because there is no connection (E-44).
    pub drafted: u32,
    /// Which were refused, and why; the rest has gone.
    pub refused: Vec<RefusedAddress>,
}

/// An address that could not be invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedAddress {
    /// The address.
    pub address: String,
    /// Why.
    pub reason: Reason,
}

/// The link of an invitation.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct LinkView {
    /// The whole link.
    pub link: String,
    /// The code alone.
    pub code: String,
}

/// What an invitation is for, before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationLook {
    /// The server it belongs to, as a link names it.
    pub server: String,
    /// The invited address.
    pub address: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// The account's name.
    pub account_name: String,
    /// The scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// The roles it gives.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Names of those of them that are the workspace's own.
    pub own_names: Vec<String>,
    /// Who invited.
    pub inviter_name: String,
    /// A word from the inviter.
    pub message: Option<String>,
    /// From when on it cannot be accepted.
    #[ts(type = "number")]
    pub expires: Timestamp,
}
