//! The roster and the person panel.

use muster_domain::{
    End, Labels, MemberState, MembershipId, Permission, RoleSet, Timestamp, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PendingItem, Verdict};

/// Which members to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct MemberQuery {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Words in name or address, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// Only these roles; empty is all.
    #[serde(default)]
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Only with this label.
    #[serde(default)]
    pub label: Option<String>,
    /// Only by when they last changed anything here.
    #[serde(default)]
    pub changed: Option<LastChange>,
    /// Which states.
    pub status: MemberStatus,
    /// Sorted by this.
    pub sort: MemberSort,
    /// The other way round.
    #[serde(default)]
    pub descending: bool,
    /// The first row asked for.
    #[serde(default)]
    pub offset: u32,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// Which states of membership to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    /// Active and suspended; what the list shows unless asked otherwise.
    Present,
    /// Active only.
    Active,
    /// Suspended only.
    Suspended,
    /// Those whose membership has an end date (E-39).
    Ending,
    /// Those who left, were removed or whose time was over.
    Former,
}

/// Members by when they last changed anything in the workspace, where its whole history is here
/// and may be read; elsewhere nothing is narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LastChange {
    /// In the last 30 days.
    Lately,
    /// Nothing for 30 days, though they were members for as long.
    NotForThirty,
    /// Nothing for 90 days, though they were members for as long.
    NotForNinety,
    /// Nothing so far.
    Never,
}

/// What members are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberSort {
    /// By name.
    Name,
    /// By address.
    Address,
    /// By roles.
    Role,
    /// By state.
    Status,
    /// By day of joining.
    Joined,
    /// By when they last changed anything here; those who never did stand before the oldest
    /// change. Where that is not known, by name.
    Changed,
}

/// A page of members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberPage {
    /// Present members, confirmed.
    pub people: u32,
    /// Owner-class members, confirmed.
    pub owners: u32,
    /// Present members that an unsent change removes.
    pub leaving: u32,
    /// How many match.
    pub matched: u32,
    /// Counts for the status chips.
    pub counts: MemberCounts,
    /// Account Admins with reach (R9); empty where the scheme gives none.
    pub account_admins: Vec<AdminView>,
    /// Whether all of the history is here and may be read, so that the lack of a change says
    /// something.
    pub changes_known: bool,
    /// The asked rows.
    pub rows: Vec<MemberRow>,
}

/// Counts by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct MemberCounts {
    /// Active.
    pub active: u32,
    /// Suspended.
    pub suspended: u32,
    /// With an end date.
    pub ending: u32,
    /// Left, removed or over.
    pub former: u32,
}

/// An Account Admin under the member list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdminView {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Since when.
    #[ts(type = "number")]
    pub since: Timestamp,
}

/// The mark in a row's margin (ui.md 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nothing to tell.
    None,
    /// Changed by somebody else since the list was opened.
    New,
    /// Yours, waiting for the server.
    NotSent,
    /// On its way.
    Sending,
    /// The server said no.
    Refused,
    /// The server said no because somebody else changed the same thing (E-42).
    NeedsYou,
}

/// One member in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: MembershipId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// The roles, with unsent changes.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The confirmed roles, where an unsent change differs.
    #[ts(type = "Role[] | null")]
    pub roles_were: Option<RoleSet>,
    /// The state, with unsent changes.
    #[ts(type = "MemberState")]
    pub state: MemberState,
    /// The confirmed state, where an unsent change differs.
    #[ts(type = "MemberState | null")]
    pub state_was: Option<MemberState>,
    /// When the person joined.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// Who last gave the roles.
    pub given_by: Option<String>,
    /// When the membership ended.
    #[ts(type = "number | null")]
    pub ended: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// When it ends by itself, and what is left then.
    #[ts(type = "End | null")]
    pub until: Option<End>,
    /// What the team sorts its people by.
    #[ts(type = "string[]")]
    pub labels: Labels,
    /// The beginning of what the team notes about the person.
    pub note: String,
    /// When they last changed anything here; nothing where that is not known.
    #[ts(type = "number | null")]
    pub last_change: Option<Timestamp>,
    /// Whether the roles come from a group and are changed there (E-37).
    pub grouped: bool,
    /// Whether it is I.
    pub me: bool,
    /// The mark in the margin.
    pub mark: Mark,
}

/// One member in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberView {
    /// The row.
    pub row: MemberRow,
    /// Who last gave the roles.
    pub given_by: Option<String>,
    /// When they were last given.
    #[ts(type = "number | null")]
    pub given_at: Option<Timestamp>,
    /// Whether all of the history is here, so that the lack of a change says something.
    pub changes_known: bool,
    /// The group that they come from, by name where I may see it, else empty.
    pub group: Option<String>,
    /// What the team notes about the person.
    pub note: String,
    /// Earlier memberships of the person here, newest first (E-29).
    pub earlier: Vec<EarlierStay>,
    /// Setting an end date at all.
    pub set_end: Verdict,
    /// Labels and note.
    pub annotate: Verdict,
    /// Also Account Admin of the account, so access stays after removal (E-32).
    pub account_admin: bool,
    /// What the person can do here, permission by permission.
    pub can: Vec<Ability>,
    /// Changing the role at all.
    pub change_role: Verdict,
    /// Suspending; `Hidden` for somebody suspended.
    pub suspend: Verdict,
    /// Letting back in; `Hidden` for somebody active.
    pub resume: Verdict,
    /// Removing.
    pub remove: Verdict,
    /// The refused change that stands on this row.
    pub refused: Option<PendingItem>,
    /// The unsent changes that stand on this row.
    pub not_sent: Vec<PendingItem>,
}

/// An earlier membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EarlierStay {
    /// The roles held last.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// From.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// To.
    #[ts(type = "number | null")]
    pub ended: Option<Timestamp>,
    /// Who ended it; empty where it ended by itself.
    pub ended_by: String,
    /// How it ended.
    #[ts(type = "MemberState")]
    pub state: MemberState,
}

/// A permission that a person has or lacks, and where from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ability {
    /// The permission.
    #[ts(type = "Permission")]
    pub permission: Permission,
    /// Whether they have it.
    pub has: bool,
    /// The roles that give it.
    #[ts(type = "Role[]")]
    pub by_roles: RoleSet,
    /// Whether being Account Admin gives it.
    pub by_account: bool,
}
