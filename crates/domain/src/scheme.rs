//! Role schemes (model.md 3.1): the two products' rules as data.

use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::role_set::{OwnRoles, RoleSet};

/// Which product's rules an account follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeId {
    /// Account Admins reach every workspace (the V requirements).
    Managed,
    /// Owners alone hold their workspace (the U requirements).
    OwnerLed,
}

/// Whether Account Admins have rights in the account's workspaces (C-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminReach {
    /// All permissions in every workspace of the account (V-13..16).
    All,
    /// None by being Account Admin.
    None,
}

/// How many roles one membership holds (C-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RolesPerMember {
    /// One or more.
    Many,
    /// Exactly one.
    One,
}

/// Who creates workspaces (C-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayCreate {
    /// Account Admins of the account only.
    AccountAdmin,
    /// Any login, in its own account.
    AnyLogin,
}

/// Whether a workspace is personal (C-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceKind {
    /// Bound to its person for ever (R8).
    Personal,
    /// Any other.
    Standard,
}

/// The parameters of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Which scheme this is.
    pub id: SchemeId,
    /// The roles its members can hold, in the order in which they are shown.
    pub roles: &'static [Role],
    /// The role that R4 and R6 guard.
    pub owner_class_role: Role,
    /// Reach of Account Admins.
    pub account_admin_reach: AdminReach,
    /// The least number of owner-class members that R6 keeps (C-8).
    pub owner_floor: u32,
    /// Roles per membership.
    pub roles_per_member: RolesPerMember,
    /// Whether a workspace can have roles of its own (V-30, R5).
    pub own_roles: bool,
    /// Who creates workspaces.
    pub may_create: MayCreate,
    /// The kind of the workspace that comes with the account (C-9).
    pub default_kind: WorkspaceKind,
}

const MANAGED: Scheme = Scheme {
    id: SchemeId::Managed,
    roles: &[
        Role::WorkspaceAdmin,
        Role::AgentManager,
        Role::ContentManager,
        Role::BillingAdmin,
        Role::ChatUser,
    ],
    owner_class_role: Role::WorkspaceAdmin,
    account_admin_reach: AdminReach::All,
    owner_floor: 0,
    roles_per_member: RolesPerMember::Many,
    own_roles: true,
    may_create: MayCreate::AccountAdmin,
    default_kind: WorkspaceKind::Standard,
};

const OWNER_LED: Scheme = Scheme {
    id: SchemeId::OwnerLed,
    roles: &[Role::Owner, Role::Admin, Role::Write, Role::Read],
    owner_class_role: Role::Owner,
    account_admin_reach: AdminReach::None,
    owner_floor: 1,
    roles_per_member: RolesPerMember::One,
    own_roles: false,
    may_create: MayCreate::AnyLogin,
    default_kind: WorkspaceKind::Personal,
};

impl SchemeId {
    /// Both schemes.
    pub const ALL: &[SchemeId] = &[SchemeId::Managed, SchemeId::OwnerLed];

    /// The parameters of this scheme.
    pub const fn scheme(self) -> &'static Scheme {
        match self {
            SchemeId::Managed => &MANAGED,
            SchemeId::OwnerLed => &OWNER_LED,
        }
    }

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            SchemeId::Managed => "managed",
            SchemeId::OwnerLed => "owner_led",
        }
    }
}

impl Scheme {
    /// Whether the roles can be held together by one member of this scheme (C-5, C-7).
    pub fn allows(&self, roles: RoleSet, own: &OwnRoles) -> bool {
        let known = roles.iter().all(|role| self.roles.contains(&role))
            && roles.iter_own().all(|slot| self.own_roles && own.has(slot));
        let number = match self.roles_per_member {
            RolesPerMember::Many => !roles.is_empty(),
            RolesPerMember::One => roles.len() == 1,
        };
        known && number
    }

    /// Whether the owner-class role is among the roles.
    pub fn is_owner_class(&self, roles: RoleSet) -> bool {
        roles.has(self.owner_class_role)
    }
}
