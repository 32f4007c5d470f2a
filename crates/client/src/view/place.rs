//! Around workspaces: the bin, offers, groups, the way to hand one over, the inbox.

use muster_domain::{
    AccountId, Covers, GroupId, InvitationId, LoginId, Permission, RoleSet, SchemeId, Timestamp,
    WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MemberRow, Verdict};

/// Which workspaces to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct WorkspaceFilter {
    /// Words in name, label or account, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// Only of this account.
    #[ts(type = "string | null")]
    pub account: Option<AccountId>,
    /// Only with this label.
    pub label: Option<String>,
    /// Only with this plan.
    #[ts(type = "Plan | null")]
    pub plan: Option<muster_domain::Plan>,
    /// Only those with one owner.
    #[serde(default)]
    pub one_owner: bool,
    /// While no text is looked for: pinned ones first, then those opened last, then by name.
    #[serde(default)]
    pub switcher: bool,
    /// Hidden ones too; the switcher leaves them out (E-19).
    #[serde(default)]
    pub hidden: bool,
}

/// A workspace in the bin (E-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BinRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The account's name.
    pub account_name: String,
    /// Who deleted it.
    pub by: String,
    /// When.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Until when it can be restored.
    #[ts(type = "number")]
    pub until: Timestamp,
    /// Restoring it.
    pub restore: Verdict,
}

/// A workspace offered to one of my accounts (E-59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfferRow {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The account that offers it.
    pub from: String,
    /// Who offered it.
    pub by: String,
    /// When.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// How many people come with it.
    pub people: u32,
    /// My account that may take it.
    #[ts(type = "string")]
    pub to: AccountId,
    /// Its name.
    pub to_name: String,
}

/// A group of workspaces (E-37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GroupView {
    /// Its id.
    #[ts(type = "string")]
    pub id: GroupId,
    /// The account.
    #[ts(type = "string")]
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Which workspaces it covers.
    #[ts(type = "Covers")]
    pub covers: Covers,
    /// How many workspaces those are now.
    pub workspaces: u32,
    /// The roles that its people hold there.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Its people.
    pub people: Vec<GroupPersonView>,
}

/// One person of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GroupPersonView {
    /// The sign-in, for removal.
    #[ts(type = "string")]
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

/// Handing a workspace over, as a checklist (R11, U-68 to U-70).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TransferView {
    /// Whether it can be handed over at all; `r8.transfer` for a personal one.
    pub verdict: Verdict,
    /// The other confirmed owners; step three needs one.
    pub owners: Vec<MemberRow>,
    /// Owners whom an unanswered change makes.
    pub waiting: Vec<MemberRow>,
    /// My own row, if I am a member.
    pub me: Option<MemberRow>,
    /// Stepping down, by each role below.
    pub step_down: Vec<StepDown>,
    /// Whether the workspace goes to the new owner's account with the step down (E-65).
    pub moves: bool,
}

/// A role to step down to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StepDown {
    /// The roles.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// What I lose.
    #[ts(type = "Permission[]")]
    pub loses: Vec<Permission>,
    /// What the rules expect.
    pub verdict: Verdict,
}

/// An invitation to me, in the app's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InboxRow {
    /// The invitation.
    #[ts(type = "string")]
    pub id: InvitationId,
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
    pub inviter: String,
    /// A word from the inviter.
    pub message: Option<String>,
    /// From when on it cannot be accepted.
    #[ts(type = "number")]
    pub expires: Timestamp,
}
