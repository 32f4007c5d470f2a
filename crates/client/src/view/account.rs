//! Manage Account: the account, its admins, leaving and deleting (ui.md 5.16 to 5.18).

use muster_domain::{
    AccountId, LoginId, MembershipId, RoleMapping, RoleSet, RolesTo, SchemeId, Timestamp,
    WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Reason, Verdict};

/// One account that I have something in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// Whether I am Account Admin; Manage Account's account sections are for those only (V-33).
    pub admin: bool,
    /// How many of its workspaces I can open.
    pub workspaces: u32,
}

/// An account in Manage Account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountPage {
    /// Its row.
    pub row: AccountRow,
    /// How long an invitation can be accepted, in days.
    pub invitation_days: u16,
    /// How long a copy opens without contact, in days.
    pub lease_days: u16,
    /// How many days after the last access review the next one is due; 0 asks for none.
    pub review_days: u16,
    /// Whether acts by reach in a workspace need a reason.
    pub reason_required: bool,
    /// Whether deleting it takes a second Account Admin (E-14).
    pub second_admin: bool,
    /// For how many days names of people who deleted their sign-in stay (E-64).
    pub name_days: u16,
    /// Until when it still does after that was switched off.
    #[ts(type = "number | null")]
    pub second_admin_until: Option<Timestamp>,
    /// When it will be deleted, and who asked for it.
    pub deletion: Option<DeletionView>,
    /// Its active Account Admins, the longest-standing first; empty unless I am one.
    pub admins: Vec<AdminRow>,
    /// Whether there are more than needed: over three (V-48).
    pub many_admins: bool,
    /// Whether one of its workspaces is personal, so that it keeps its admin and scheme (E-20).
    pub personal: bool,
    /// Renaming.
    pub rename: Verdict,
    /// Changing the policies.
    pub policy: Verdict,
    /// Adding an Account Admin at all; `Hidden` where the scheme or rule R8 never allows it.
    pub add_admin: Verdict,
    /// Changing the scheme at all.
    pub scheme_change: Verdict,
    /// Withdrawing a deletion; `Hidden` where none is set.
    pub withdraw: Verdict,
    /// Being the second admin who says yes to a deletion; `Hidden` where none waits for that.
    pub confirm: Verdict,
    /// Deleting it at once, its name typed; what is in the way of every deletion is told by
    /// the exit.
    pub delete_now: Verdict,
}

/// A deletion that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeletionView {
    /// When it runs.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Who asked for it.
    pub by: String,
    /// Whether it waits for the yes of a second admin and is not done without.
    pub waits: bool,
}

/// One Account Admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdminRow {
    /// The sign-in, for removal.
    #[ts(type = "string")]
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// Since when.
    #[ts(type = "number")]
    pub since: Timestamp,
    /// Who made them one; `None` for the founder.
    pub by: Option<String>,
    /// Whether it is I.
    pub me: bool,
    /// Removing them.
    pub remove: Verdict,
}

/// Somebody who is a member in the account, to be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonPick {
    /// One of their memberships, which stands for the person.
    #[ts(type = "string")]
    pub person: MembershipId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
}

/// What somebody is about to leave or delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "exit", rename_all = "snake_case")]
pub enum ExitQuestion {
    /// Leave an account.
    LeaveAccount {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// Delete an account.
    DeleteAccount {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// Delete my sign-in.
    DeleteLogin,
}

/// What is in the way, and what ends (E-11 to E-16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExitPage {
    /// What is in the way, as far as this copy knows.
    pub blockers: Vec<Blocker>,
    /// The workspaces that I lose or that end, by name.
    pub places: Vec<ExitPlace>,
    /// How many people lose access, counted once each where this copy can tell.
    pub people: u32,
    /// Whether it can be done now.
    pub verdict: Verdict,
}

/// One thing in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Blocker {
    /// The workspace, if it is one.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// The account, if it is one.
    #[ts(type = "string | null")]
    pub account: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// Why it is in the way.
    pub reason: Reason,
}

/// What becomes of one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExitPlace {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// How many people have access, where I may see it.
    pub people: Option<u32>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a workspace when somebody goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// I lose access; it goes on.
    Left,
    /// It is deleted.
    Deleted,
    /// It moves to the account of another owner (E-15).
    Moves,
}

/// A change of scheme under consideration (E-58).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct SchemeQuestion {
    /// The account.
    #[ts(type = "string")]
    pub account: AccountId,
    /// The scheme to follow.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// What was chosen so far.
    #[ts(type = "RoleMapping[]")]
    pub mapping: Vec<RoleMapping>,
}

/// What the change of scheme would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SchemePreview {
    /// One line for each set of roles that somebody holds or is offered.
    pub lines: Vec<SchemeLine>,
    /// The verdict with what was chosen, widened members taken as ticked.
    pub verdict: Verdict,
    /// Those who would end up with more than they have (R16), at most 1,000.
    pub widened: Vec<WidenedMember>,
}

/// One set of roles and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SchemeLine {
    /// The workspace, for sets with roles of its own.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// The workspace's name.
    pub workspace_name: Option<String>,
    /// The roles so far.
    #[ts(type = "Role[]")]
    pub from: RoleSet,
    /// Names of those of them that are a workspace's own.
    pub own_names: Vec<String>,
    /// How many people hold them.
    pub people: u32,
    /// What is suggested; `None` where nothing safe is (E-58).
    #[ts(type = "RolesTo | null")]
    pub suggested: Option<RolesTo>,
    /// What was chosen.
    #[ts(type = "RolesTo | null")]
    pub chosen: Option<RolesTo>,
}

/// Somebody who would end up with more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WidenedMember {
    /// The member.
    #[ts(type = "string")]
    pub member: MembershipId,
    /// The name.
    pub name: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// The roles so far.
    #[ts(type = "Role[]")]
    pub from: RoleSet,
    /// The roles after the change.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
}
