//! Roles: the page, a workspace's own roles, and proofs (ui.md 5.3, 5.7).

use muster_domain::{AccountId, Permission, RoleId, RoleSet, SchemeId, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use super::{Ability, Verdict};

/// A role of a workspace's own, as names are looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnRoleView {
    /// Its id.
    #[ts(type = "string")]
    pub id: RoleId,
    /// Its key among roles: `own:3`.
    #[ts(type = "Role")]
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it gives.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
}

/// The Roles page of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RolesPage {
    /// The scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// Built-in roles, then the workspace's own.
    pub columns: Vec<RoleColumn>,
    /// The roles of the other scheme, to compare by permission.
    pub other: Vec<RoleColumn>,
    /// Defining a role; `Hidden` where the scheme knows none.
    pub define: Verdict,
    /// What a new role could give: those I lack have their reason (R5).
    pub choices: Vec<PermissionChoice>,
}

/// One role in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleColumn {
    /// Its key: `write`, `own:3`.
    #[ts(type = "Role")]
    pub key: String,
    /// For a workspace's own role, its id.
    #[ts(type = "string | null")]
    pub id: Option<RoleId>,
    /// For a workspace's own role, its name.
    pub name: Option<String>,
    /// What it gives.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
    /// How many present members hold it, where I may see that.
    pub people: Option<u32>,
    /// Whether I may give it.
    pub give: Verdict,
    /// Who may give it besides me, at most three names.
    pub givers: Vec<String>,
    /// Changing an own role; `Hidden` for built-in ones.
    pub change: Verdict,
    /// Deleting an own role; `Hidden` for built-in ones.
    pub delete: Verdict,
}

/// One permission of a role that is being defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PermissionChoice {
    /// The permission.
    #[ts(type = "Permission")]
    pub permission: Permission,
    /// Whether I could put it into a role.
    pub verdict: Verdict,
}

/// Why somebody can or cannot do something here (*Why?*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Proof {
    /// The permission.
    #[ts(type = "Permission")]
    pub permission: Permission,
    /// Whether they have it.
    pub has: bool,
    /// Where it comes from, each source on its own line (E-32); for a no, what they hold.
    pub sources: Vec<ProofSource>,
    /// For a no: the roles that would give it.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// For a no: who could give one of them. For a yes: who could take it away.
    pub names: Vec<String>,
    /// Whether the membership is suspended, so that its roles give nothing.
    pub suspended: bool,
}

/// Why I have a workspace, and what I may do there (*Why do I have this?*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MyAccess {
    /// Where it comes from, each source on its own line (E-32).
    pub sources: Vec<ProofSource>,
    /// Permission by permission.
    pub can: Vec<Ability>,
    /// Who could change it or take it away.
    pub names: Vec<String>,
}

/// One source of rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum ProofSource {
    /// A role of the membership.
    Role {
        /// The role.
        #[ts(type = "Role[]")]
        role: RoleSet,
        /// Who gave it; `None` for the founder.
        given_by: Option<String>,
        /// When.
        #[ts(type = "number | null")]
        given_at: Option<Timestamp>,
        /// The group that it comes from (E-37), by name where it can be seen, else empty.
        group: Option<String>,
        /// When it ends.
        #[ts(type = "number | null")]
        until: Option<Timestamp>,
        /// Whether it gives the permission.
        gives: bool,
    },
    /// Being Account Admin (R9).
    AccountAdmin {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// Its name.
        account_name: String,
        /// Since when.
        #[ts(type = "number")]
        since: Timestamp,
        /// Who made them one.
        by: Option<String>,
    },
}
