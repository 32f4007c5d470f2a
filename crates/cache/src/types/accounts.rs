//! What is shown of an account as a whole.

use muster_domain::{Ended, Known, Membership, RoleSet, Workspace};

/// A page of the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinWindow {
    /// How many workspaces can be taken out again.
    pub total: u32,
    /// The asked rows, the last that went in first.
    pub rows: Vec<Workspace>,
}

/// A workspace of an account that the person is a member of: what leaving the account means
/// there, and what deleting it meets (E-12, E-15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyPlace {
    /// The workspace.
    pub workspace: Workspace,
    /// My present membership, with unsent changes.
    pub membership: Membership,
    /// Members, confirmed, where I may see them; I am one of them.
    pub people: Option<u32>,
    /// Whether I am its only owner (R6).
    pub only_owner: Known<bool>,
}

/// A workspace of an account with how many people lose access when the account ends (E-14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPlace {
    /// The workspace.
    pub workspace: Workspace,
    /// Members, confirmed, where I may see them.
    pub people: Option<u32>,
}

/// A page of the workspaces that end with an account (E-14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossWindow {
    /// How many workspaces there are.
    pub workspaces: u32,
    /// Members of all of them together; somebody in two workspaces counts twice.
    pub memberships: u32,
    /// Whether that is everything: I see each workspace of the account with its members.
    pub complete: bool,
    /// The asked rows by name.
    pub rows: Vec<AccountPlace>,
}

/// What a former member held at last (E-29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerRoles {
    /// The roles.
    pub roles: RoleSet,
    /// How the membership ended.
    pub ended: Option<Ended>,
}
