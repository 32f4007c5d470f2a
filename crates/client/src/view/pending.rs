//! The Pending page.

use muster_domain::{RoleSet, Timestamp, WorkspaceId};
use serde::Serialize;
use ts_rs::TS;

use super::{Reason, Verdict};

/// The Pending page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PendingView {
    /// Waiting for the server, oldest first.
    pub not_sent: Vec<PendingItem>,
    /// Refused and not yet discarded, newest first.
    pub refused: Vec<PendingItem>,
    /// Settled in the last 30 days, newest first, at most 200.
    pub sent: Vec<PendingItem>,
}

/// One change on the Pending page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PendingItem {
    /// Its number.
    pub n: u32,
    /// What it does.
    pub what: PendingWhat,
    /// The workspace's id.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// The workspace's name, as it was when the change was made.
    pub workspace_name: String,
    /// When it was made.
    #[ts(type = "number")]
    pub made: Timestamp,
    /// What the rules of this copy expect.
    pub expected: Verdict,
    /// What the server said.
    pub outcome: Option<OutcomeView>,
    /// Whether it is on its way and cannot be taken back.
    pub sending: bool,
}

/// What a change does, in values for a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PendingWhat {
    /// Create a workspace.
    Create {
        /// Its name.
        name: String,
    },
    /// Rename a workspace.
    Rename {
        /// From.
        was: String,
        /// To.
        name: String,
    },
    /// Delete a workspace.
    Delete,
    /// Leave a workspace.
    Leave,
    /// Change roles.
    Roles {
        /// Whose.
        person: String,
        /// From.
        #[ts(type = "Role[]")]
        was: RoleSet,
        /// To.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Suspend.
    Suspend {
        /// Whom.
        person: String,
    },
    /// Let back in.
    Resume {
        /// Whom.
        person: String,
    },
    /// Remove.
    Remove {
        /// Whom.
        person: String,
    },
    /// Invite.
    Invite {
        /// Which address.
        address: String,
        /// As what.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Send an invitation again.
    Resend {
        /// Which address.
        address: String,
    },
    /// Cancel an invitation.
    Revoke {
        /// Which address.
        address: String,
    },
    /// Any other change: its command's name (`workspace.labels.set/1`), and what it is about:
    /// a person, a record, an account. The catalogue has a sentence for each name.
    Other {
        /// The command's name.
        command: String,
        /// What it is about.
        name: String,
    },
    /// A change made by a newer version of the app.
    Unreadable,
}

/// What the server said of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeView {
    /// The kind of outcome.
    pub status: OutcomeKind,
    /// Why not.
    pub reason: Option<Reason>,
    /// When the server decided.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Whether the rules here had expected something else (R13).
    pub differs: bool,
    /// What took the right that it needed, where that is known (E-43).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lost: Option<LostRight>,
}

/// How a right was lost between a change and the server's no (E-43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LostRight {
    /// The roles that I held before.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// When they changed.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Who changed them; empty where it happened by itself.
    pub who: String,
}

/// The kind of outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// It took effect.
    Applied,
    /// It was so already.
    NoOp,
    /// The rules said no.
    Refused,
    /// A change it builds on did not take effect.
    Skipped,
    /// The server does not know it.
    Unsupported,
    /// The server put it aside.
    Quarantined,
}
