//! People across workspaces, joined on the device from rows that may be read anyway (E-63).

use muster_domain::{
    Account, AccountAdmin, AccountId, LoginId, Membership, Timestamp, Workspace, WorkspaceId,
};

use super::{Mark, MemberEntry};

/// A page of people by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeoplePage {
    /// How many match.
    pub matched: u32,
    /// The asked rows.
    pub rows: Vec<PersonSummary>,
    /// Workspaces whose members this copy does not have: people in them may be missing.
    pub unknown: u32,
}

/// Somebody with what they hold in all workspaces that may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSummary {
    /// The person.
    pub login: LoginId,
    /// Their name.
    pub name: String,
    /// Their addresses, as memberships and adminships have them.
    pub addresses: Vec<String>,
    /// In how many workspaces they are present.
    pub workspaces: u32,
    /// In how many of them they are of the owner class.
    pub owner_of: u32,
    /// In how many of those they are the only one, by the knowledge of this copy.
    pub only_owner_of: u32,
    /// Of how many accounts they are Account Admin.
    pub admin_of: u32,
    /// The most pressing mark of their memberships.
    pub mark: Mark,
    /// Where they are present, with when they last changed anything there, as far as the history
    /// that is here knows.
    pub acts: Vec<(WorkspaceId, Option<Timestamp>)>,
}

/// Somebody with every place in which they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPlaces {
    /// The person.
    pub login: LoginId,
    /// Their name.
    pub name: String,
    /// Their addresses.
    pub addresses: Vec<String>,
    /// Where they are a member, or were until an unsent change; by the workspace's name.
    pub places: Vec<PersonPlace>,
    /// The accounts of which they are Account Admin.
    pub admin_of: Vec<(Account, AccountAdmin)>,
    /// Workspaces whose members this copy does not have.
    pub unknown: u32,
}

/// One membership with where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPlace {
    /// The membership with its mark.
    pub entry: MemberEntry,
    /// The workspace.
    pub workspace: Workspace,
    /// Its account.
    pub account: Account,
    /// How many others count for the owner floor; `None` if this copy cannot know.
    pub other_owners: Option<u32>,
}

/// What hangs on one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Continuity {
    /// Workspaces with one owner-class member, by name.
    pub owners: Vec<SingleOwner>,
    /// Accounts with one Account Admin, by name.
    pub admins: Vec<SingleAdmin>,
    /// Workspaces whose members this copy does not have, so that it cannot say.
    pub unknown: Vec<WorkspaceId>,
    /// Accounts whose admins this copy may not see.
    pub unknown_accounts: Vec<AccountId>,
}

/// A workspace with one owner-class member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleOwner {
    /// The workspace.
    pub workspace: Workspace,
    /// Its account's name.
    pub account_name: String,
    /// Who holds it.
    pub holder: Membership,
    /// How many other single places the same person holds.
    pub also: u32,
}

/// An account with one Account Admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleAdmin {
    /// The account.
    pub account: Account,
    /// Who holds it.
    pub holder: AccountAdmin,
    /// How many other single places the same person holds.
    pub also: u32,
}
