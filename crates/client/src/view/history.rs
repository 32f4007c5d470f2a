//! History, a roster as of a moment, and two moments compared (ui.md 5.9, 5.10).

use muster_domain::{
    AccountId, LoginId, MemberState, MembershipId, Permission, RoleSet, Timestamp, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OwnRoleName, Reason};

/// The kind of an event that this build does not know.
pub const OTHER_KIND: &str = "other";

/// Which part of the history to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct HistoryQuery {
    /// One workspace's; with `account` unset too, everything this copy holds.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// One account's own.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub account: Option<AccountId>,
    /// Words in names, addresses and reasons, in any order.
    #[serde(default)]
    pub text: String,
    /// Only acts of this person.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub who: Option<LoginId>,
    /// Only what concerns this person.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub about: Option<LoginId>,
    /// Only these kinds; empty is all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// From this moment on.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub from: Option<Timestamp>,
    /// Before this moment.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub to: Option<Timestamp>,
    /// Older than this row: the `next` of the page before.
    #[serde(default)]
    pub before: Option<String>,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// A page of the history, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryPage {
    /// The rows; on the first page, changes that are not sent yet come first.
    pub rows: Vec<HistoryRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether only my own acts and what concerns me is here (`history.own_only`).
    pub own_only: bool,
    /// Until when the history is complete: the last contact.
    #[ts(type = "number | null")]
    pub until: Option<Timestamp>,
    /// What following the chain says.
    pub chain: ChainView,
}

/// What following a chain of events says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ChainView {
    /// The state.
    pub state: ChainState,
    /// Since when it is followed.
    #[ts(type = "number | null")]
    pub since: Option<Timestamp>,
    /// The time of the event at which it breaks.
    #[ts(type = "number | null")]
    pub broken_at: Option<Timestamp>,
}

/// The state of a chain of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChainState {
    /// Every event is what was chained, and none is missing.
    Sound,
    /// Something was changed or left out.
    Broken,
    /// Not all of it is here yet.
    Loading,
    /// This copy holds single events of it, so nothing can be said.
    Unknown,
}

/// One row of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryRow {
    /// What names it when details are asked for.
    pub id: String,
    /// When.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// Whether it was I.
    pub actor_is_me: bool,
    /// Whether they could do it only as Account Admin (R9).
    pub as_admin: bool,
    /// What happened; the catalogue has a sentence for each kind.
    #[ts(type = "EventKindKey")]
    pub kind: String,
    /// Whom or what it is about, by name.
    pub subject: String,
    /// The workspace, unless it concerns an account alone.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// Its name, or the account's.
    pub workspace_name: String,
    /// The membership, where it is about one.
    #[ts(type = "string | null")]
    pub membership: Option<MembershipId>,
    /// The roles before.
    #[ts(type = "Role[]")]
    pub from_roles: RoleSet,
    /// The roles after.
    #[ts(type = "Role[]")]
    pub to_roles: RoleSet,
    /// A name before, where that is what changed.
    pub was: Option<String>,
    /// The name after.
    pub now: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// How many further events of the same act are folded into this row.
    pub more: u32,
    /// Whether it is a change that is not sent yet.
    pub not_sent: bool,
    /// Why it was refused, where it was.
    pub refused: Option<Reason>,
}

/// One event in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryDetail {
    /// Its row.
    pub row: HistoryRow,
    /// The events that are folded into it, at most 500.
    pub folded: Vec<HistoryRow>,
    /// What changed, field by field.
    pub changes: Vec<FieldChange>,
    /// By which right: a permission's key, `account_admin`, or empty where none is needed.
    pub right: String,
    /// The command's name and number, for support.
    pub command: Option<String>,
    /// The event's hash.
    pub hash: String,
    /// The hash of the event before it.
    pub prev: String,
    /// Whether it is what was chained.
    pub sound: bool,
}

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldChange {
    /// The field's name in the log.
    pub field: String,
    /// Before.
    pub was: Option<String>,
    /// After.
    pub now: Option<String>,
}

/// A roster as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AsOfPage {
    /// The moment.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// How many were present.
    pub people: u32,
    /// How many of them match.
    pub matched: u32,
    /// Whether this copy knows the whole roster of then.
    pub complete: bool,
    /// The workspace's own roles of then.
    pub own_roles: Vec<OwnRoleName>,
    /// The asked rows.
    pub rows: Vec<AsOfRow>,
}

/// One member as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AsOfRow {
    /// The membership.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// The roles.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The state.
    #[ts(type = "MemberState")]
    pub state: MemberState,
    /// Name of who had given the roles.
    pub given_by: Option<String>,
    /// When.
    #[ts(type = "number | null")]
    pub given_at: Option<Timestamp>,
    /// When they joined.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// When it was to end.
    #[ts(type = "number | null")]
    pub until: Option<Timestamp>,
}

/// Two moments to compare.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct CompareQuestion {
    /// One workspace; unset for every one whose history I may see.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// The earlier moment.
    #[ts(type = "number")]
    pub from: Timestamp,
    /// The later moment.
    #[ts(type = "number")]
    pub to: Timestamp,
    /// Whether changes that are not sent yet count, where the later moment is now.
    #[serde(default)]
    pub include_unsent: bool,
    /// Whether those who are as they were are told by name.
    #[serde(default)]
    pub include_unchanged: bool,
}

/// What differs between two moments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CompareView {
    /// The workspaces, those with differences first, then by name.
    pub workspaces: Vec<CompareWorkspace>,
    /// Whether this copy knows both moments whole.
    pub complete: bool,
    /// How many unsent changes of memberships there are in these workspaces.
    pub unsent: u32,
}

/// What differs in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CompareWorkspace {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The account's name.
    pub account_name: String,
    /// Who joined, at most 1,000.
    pub joined: Vec<CompareLine>,
    /// How many joined.
    pub joined_total: u32,
    /// Who left, at most 1,000.
    pub left: Vec<CompareLine>,
    /// How many left.
    pub left_total: u32,
    /// Whose roles or state changed, at most 1,000.
    pub changed: Vec<CompareLine>,
    /// How many changed.
    pub changed_total: u32,
    /// How many are as they were.
    pub unchanged: u32,
    /// Those, at most 1,000, where they were asked for.
    pub same: Vec<CompareLine>,
    /// Whether this copy knows both moments whole.
    pub complete: bool,
    /// The workspace's own roles at the earlier moment.
    pub own_from: Vec<OwnRoleName>,
    /// Those at the later one.
    pub own_to: Vec<OwnRoleName>,
}

/// One person who differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CompareLine {
    /// The membership; the later one of who left and came back.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// The roles at the earlier moment.
    #[ts(type = "Role[]")]
    pub from: RoleSet,
    /// The roles at the later moment.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
    /// The state at the earlier moment.
    #[ts(type = "MemberState | null")]
    pub from_state: Option<MemberState>,
    /// The state at the later moment.
    #[ts(type = "MemberState | null")]
    pub to_state: Option<MemberState>,
    /// What they gained, by what the roles gave at either moment.
    #[ts(type = "Permission[]")]
    pub gains: Vec<Permission>,
    /// What they lost.
    #[ts(type = "Permission[]")]
    pub loses: Vec<Permission>,
    /// When it last changed in between.
    #[ts(type = "number | null")]
    pub at: Option<Timestamp>,
    /// Who changed it.
    pub by: Option<String>,
    /// Whether they left and came back in between.
    pub came_back: bool,
    /// When they left before that.
    #[ts(type = "number | null")]
    pub left_at: Option<Timestamp>,
    /// Whose act that was.
    pub left_by: Option<String>,
    /// Whether it is a change that is not sent yet.
    pub not_sent: bool,
}
