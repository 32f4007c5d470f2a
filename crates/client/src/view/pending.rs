//! The Pending page.

use muster_domain::{End, Labels, RoleSet, Timestamp, WorkspaceId};
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
    /// The three sides, where it was refused because somebody changed the same thing (E-42).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub conflict: Option<ConflictView>,
}

/// Two changes of one thing: mine, and the one that came before it (E-42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConflictView {
    /// Who made the other one, where the history here tells.
    pub who: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub at: Option<Timestamp>,
    /// What I looked at when I made mine; of records it is not known.
    pub was: Option<ConflictValue>,
    /// What it is now.
    pub now: ConflictValue,
    /// What I made of it.
    pub yours: ConflictValue,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum ConflictValue {
    /// Roles of a person.
    Roles {
        /// Which.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// An end date of a person, or none.
    End {
        /// When, and what is left then.
        #[ts(type = "End | null")]
        end: Option<End>,
    },
    /// Labels of a person or a workspace.
    Labels {
        /// Which.
        #[ts(type = "string[]")]
        labels: Labels,
    },
    /// A name or a note.
    Text {
        /// What it says.
        text: String,
    },
    /// A record.
    Record {
        /// Its name.
        name: String,
        /// What it says.
        text: String,
    },
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
    /// Whether its workspace can no longer be opened; nothing of it is here, nor was it sent.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub is_gone: bool,
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
