//! What the store is told of people's names: another one, whose act a name stands under, and one
//! that an account keeps (sync.md 4.7, E-62, E-64).

use muster_domain::mention::Act;
use muster_domain::{AccountId, Address, LoginId, Row, Timestamp};

/// Another name or address for a person.
#[derive(Debug, Clone, Copy)]
pub struct Renaming<'a> {
    /// The person.
    pub login: LoginId,
    /// What they were called.
    pub was: &'a str,
    /// What they are called now.
    pub name: &'a str,
    /// The address in place of the one that they signed in with, where that is another (E-62).
    pub address: Option<&'a Address>,
    /// Addresses that are to be said nowhere any more, with the name (E-64).
    pub forgets: &'a [Address],
}

/// Which row an act was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActOf {
    /// The workspace, or the account for what is in none.
    pub place: [u8; 16],
    /// The row; of a review's line the membership, whose giver it names.
    pub id: [u8; 16],
}

impl ActOf {
    /// What acts of this row are kept under.
    pub fn of(row: &Row) -> Self {
        let (place, id) = match row {
            Row::Account(it) => (it.id.to_bytes(), it.id.to_bytes()),
            Row::AccountAdmin(it) => (it.account.to_bytes(), it.login.to_bytes()),
            Row::Group(it) => (it.account.to_bytes(), it.id.to_bytes()),
            Row::Workspace(it) => (it.id.to_bytes(), it.id.to_bytes()),
            Row::Membership(it) => (it.workspace.to_bytes(), it.id.to_bytes()),
            Row::Invitation(it) => (it.workspace.to_bytes(), it.id.to_bytes()),
            Row::Role(it) => (it.workspace.to_bytes(), it.id.to_bytes()),
            Row::Content(it) => (it.workspace.to_bytes(), it.id.to_bytes()),
            Row::Review(it) => (it.workspace.to_bytes(), it.id.to_bytes()),
            Row::ReviewLine(it) => (it.workspace.to_bytes(), it.membership.to_bytes()),
        };
        Self { place, id }
    }
}

/// An act as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActKey {
    /// Which deed.
    pub deed: i64,
    /// When; 0 for rows that say no moment, which have one act of its sort, the last.
    pub at: i64,
}

impl From<Act> for ActKey {
    fn from(act: Act) -> Self {
        Self { deed: act.deed as i64, at: act.at.map_or(0, |at| at.0) }
    }
}

/// The name of somebody who deleted their sign-in, where an account keeps it (E-64).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptName {
    /// Which account.
    pub account: AccountId,
    /// Whose sign-in it was.
    pub login: LoginId,
    /// What they were called.
    pub name: String,
    /// When the sign-in was deleted.
    pub since: Timestamp,
}
