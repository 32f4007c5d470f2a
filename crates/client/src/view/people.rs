//! People across workspaces, joined on this device (E-63), and who alone holds something
//! (ui.md 5.15).

use muster_domain::{
    AccountId, LoginId, MemberState, MembershipId, RoleSet, Timestamp, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Mark, Verdict};

/// Which people to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct PeopleQuery {
    /// Words in name or address, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// The first row asked for.
    #[serde(default)]
    pub offset: u32,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// A page of people, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeoplePage {
    /// How many match.
    pub matched: u32,
    /// In how many workspaces this copy does not have the members, so that people are missing.
    pub unknown: u32,
    /// The asked rows.
    pub rows: Vec<PersonRow>,
}

/// One person in all workspaces that I can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonRow {
    /// The person.
    #[ts(type = "string")]
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The addresses that they are known by.
    pub addresses: Vec<String>,
    /// Two letters for the avatar.
    pub letters: String,
    /// Whether it is I.
    pub is_me: bool,
    /// In how many workspaces.
    pub workspaces: u32,
    /// Of how many they are an owner.
    pub owner_of: u32,
    /// Of how many the only one.
    pub only_owner_of: u32,
    /// Of how many accounts they are Account Admin.
    pub admin_of: u32,
    /// When they last changed anything in a workspace whose whole history is here and may be
    /// read.
    #[ts(type = "number | null")]
    pub last_change: Option<Timestamp>,
    /// Whether that is so of every workspace in which I see them, so that the lack of a change
    /// says something.
    pub changes_known: bool,
    /// The mark in the margin.
    pub mark: Mark,
}

/// One person with every place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonOverview {
    /// The person.
    #[ts(type = "string")]
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The addresses that they are known by.
    pub addresses: Vec<String>,
    /// Two letters for the avatar.
    pub letters: String,
    /// Whether it is I.
    pub is_me: bool,
    /// Where they are present, by account and workspace.
    pub places: Vec<PersonPlace>,
    /// The accounts that they administer.
    pub admin_of: Vec<PersonAdmin>,
    /// In how many workspaces this copy does not have the members, so that places are missing.
    pub unknown: u32,
}

/// One person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonPlace {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Its name.
    pub workspace_name: String,
    /// The account's name.
    pub account_name: String,
    /// The membership.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The roles, with unsent changes.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The state, with unsent changes.
    #[ts(type = "MemberState")]
    pub state: MemberState,
    /// When it ends by itself.
    #[ts(type = "number | null")]
    pub until: Option<Timestamp>,
    /// Whether the roles come from a group and are changed there (E-37).
    pub grouped: bool,
    /// Whether they are the only owner there.
    pub only_owner: bool,
    /// The mark in the margin.
    pub mark: Mark,
    /// Changing the role at all.
    pub change: Verdict,
    /// Removing.
    pub remove: Verdict,
}

/// One account that a person administers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonAdmin {
    /// The account.
    #[ts(type = "string")]
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Taking the adminship away.
    pub remove: Verdict,
}

/// What hangs on one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContinuityKind {
    /// A workspace with one owner.
    Owner,
    /// An account with one Account Admin.
    Admin,
}

/// A workspace or an account that one person alone holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContinuityRow {
    /// Which of both.
    pub kind: ContinuityKind,
    /// The workspace's id, or the account's.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The account's name.
    pub account_name: String,
    /// Who holds it.
    #[ts(type = "string")]
    pub holder_login: LoginId,
    /// Their name.
    pub holder: String,
    /// How many others of this list the same person holds.
    pub also: u32,
}

/// Invitations that were made without a connection and wait to be looked at and sent (E-44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftRow {
    /// Its number.
    pub n: u32,
    /// The workspace.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// Its name.
    pub workspace_name: String,
    /// The address.
    pub address: String,
    /// The name, if known.
    pub name: Option<String>,
    /// The roles that it gives.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// A word to them.
    pub message: Option<String>,
    /// When it was made.
    #[ts(type = "number")]
    pub made: Timestamp,
    /// What the rules expect of sending it now.
    pub verdict: Verdict,
}
