//! Workspaces in lists, and the open one.

use muster_domain::{
    AccountId, Labels, Permission, Plan, RoleSet, SchemeId, Timestamp, WorkspaceId, WorkspaceKind,
};
use serde::Serialize;
use ts_rs::TS;

use super::{ContentCount, OwnRoleView, Verdict};

/// One workspace in the switcher and on the Workspaces page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspaceRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: WorkspaceId,
    /// Its name, with unsent changes.
    pub name: String,
    /// The confirmed name, where an unsent change differs.
    pub was: Option<String>,
    /// The account's id.
    pub account: String,
    /// The account's name.
    pub account_name: String,
    /// Whether another workspace has the same name, so that the account is shown too (E-56).
    pub same_name: bool,
    /// Its scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// Personal or standard.
    #[ts(type = "'personal' | 'standard'")]
    pub kind: WorkspaceKind,
    /// Its plan.
    #[ts(type = "Plan")]
    pub plan: Plan,
    /// My roles here; empty where access comes by being Account Admin.
    #[ts(type = "Role[]")]
    pub my_roles: RoleSet,
    /// Whether I am Account Admin with reach here.
    pub account_admin: bool,
    /// Members, where I may see them: with the suspended, as the roster counts them.
    pub people: Option<u32>,
    /// Owner-class members, where I may see them.
    pub owners: Option<u32>,
    /// Which of the twelve colours its tile and band have, 0 to 11: the chosen one, or its id's.
    pub colour: u8,
    /// The two letters of its tile.
    pub letters: String,
    /// Changes waiting in it.
    pub not_sent: u32,
    /// Refused changes in it.
    pub refused: u32,
    /// How many of those met a change of the same thing by somebody else (E-42).
    pub needs_you: u32,
    /// Whether its copy is whole.
    pub loaded: bool,
    /// Whether its copy is locked until the next contact (R15).
    pub locked: bool,
    /// What it is sorted and grouped by (V-12).
    #[ts(type = "string[]")]
    pub labels: Labels,
    /// Whether its plan has ended (E-60).
    pub plan_ended: bool,
    /// How many people are over the plan's seats, where I may see it (E-61).
    pub over: u32,
    /// Whether it is left out of the switcher on this device (E-19).
    pub hidden: bool,
    /// Its place among the pinned ones, from 1.
    pub pinned: Option<u32>,
    /// The account that it is offered to, while it is (E-59).
    #[ts(type = "string | null")]
    pub offered_to: Option<AccountId>,
    /// That account's name, where I have something in it.
    pub offered_to_name: Option<String>,
    /// When my own membership ends (E-39).
    #[ts(type = "number | null")]
    pub ends: Option<Timestamp>,
}

/// A page of workspaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspacePage {
    /// How many there are.
    pub total: u32,
    /// How many match the text.
    pub matched: u32,
    /// How many of the first ones are pinned, in the switcher's order.
    pub pinned: u32,
    /// How many after them were opened last, in the switcher's order.
    pub recent: u32,
    /// The asked rows, best match first, then by name.
    pub rows: Vec<WorkspaceRow>,
}

/// The open workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspaceView {
    /// Its row.
    pub row: WorkspaceRow,
    /// What I may do here.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
    /// What I may do here only as Account Admin, where the account wants a reason for it (E-36).
    #[ts(type = "Permission[]")]
    pub reasoned: Vec<Permission>,
    /// Whether I may see who is here.
    pub sees_members: bool,
    /// Whether I may see invitations.
    pub sees_invitations: bool,
    /// Renaming.
    pub rename: Verdict,
    /// Deleting.
    pub delete: Verdict,
    /// Leaving.
    pub leave: Verdict,
    /// Inviting.
    pub invite: Verdict,
    /// Open invitations, where I may see them.
    pub invitations: Option<u32>,
    /// Seats left, where the plan limits them and I may see it.
    pub seats_free: Option<u32>,
    /// Its own roles, to look names up by `own:N`.
    pub own_roles: Vec<OwnRoleView>,
    /// The kinds of records that I may see, in the order in which they are shown.
    pub contents: Vec<ContentCount>,
    /// Labelling it.
    pub label: Verdict,
    /// Choosing a plan, also ending it.
    pub billing: Verdict,
    /// Offering it to another account; `Hidden` for all but Account Admins.
    pub offer: Verdict,
    /// Who could do what I cannot: names of those with billing rights.
    pub billing_names: Vec<String>,
    /// Labels of its members that are in use.
    pub member_labels: Vec<String>,
}
