//! The role picker.

use muster_domain::{MembershipId, Permission, RoleSet, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Verdict;

/// The role picker's question: these members, and the roles ticked so far.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct RoleQuestion {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The members; empty asks for an invitation.
    #[ts(type = "string[]")]
    pub members: Vec<MembershipId>,
    /// The roles ticked.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
}

/// The role picker's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleAnswer {
    /// Whether several roles may be ticked.
    pub many: bool,
    /// Every role of the scheme.
    pub options: Vec<RoleOption>,
    /// What the first member gains by the ticked roles.
    #[ts(type = "Permission[]")]
    pub gains: Vec<Permission>,
    /// What they keep.
    #[ts(type = "Permission[]")]
    pub keeps: Vec<Permission>,
    /// What they lose.
    #[ts(type = "Permission[]")]
    pub loses: Vec<Permission>,
    /// The verdict for each member with the ticked roles, in the order asked.
    pub verdicts: Vec<MemberVerdict>,
}

/// One role in the picker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleOption {
    /// The role.
    #[ts(type = "Role")]
    pub role: String,
    /// For a role of the workspace's own, its name.
    pub name: Option<String>,
    /// Its permissions.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
    /// Whether the first member holds it now.
    pub now: bool,
    /// Whether it can be given to them.
    pub verdict: Verdict,
}

/// What the rules expect for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberVerdict {
    /// The member.
    #[ts(type = "string")]
    pub member: MembershipId,
    /// The name.
    pub name: String,
    /// The roles held now.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether anything is taken away, which then asks first (ui.md 7.1).
    pub loses: bool,
}
