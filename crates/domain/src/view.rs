//! What a login may see of a workspace, in whole units (sync.md 4.7).

use serde::{Deserialize, Serialize};

use crate::permission::{Permission, PermissionSet};

/// A projection of a workspace's rows. There is no visibility by single rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewClass {
    /// The account's name, the workspace and one's own membership.
    Own,
    /// And every member, with those of the past.
    Members,
    /// And the invitations.
    Manage,
}

impl ViewClass {
    /// What somebody with these permissions sees.
    pub const fn of(permissions: PermissionSet) -> Self {
        if permissions.has(Permission::MemberManage) {
            ViewClass::Manage
        } else if permissions.has(Permission::MemberView) {
            ViewClass::Members
        } else {
            ViewClass::Own
        }
    }

    /// The stable key, as stores keep it.
    pub const fn key(self) -> &'static str {
        match self {
            ViewClass::Own => "own",
            ViewClass::Members => "members",
            ViewClass::Manage => "manage",
        }
    }
}
