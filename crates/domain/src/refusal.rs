//! Refusals: a closed list of codes, each with the rule it comes from.
//!
//! A code is also the id of its sentence in the interface's catalogue (ui.md 8.2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::permission::Permission;
use crate::role::RoleSet;
use crate::time::Timestamp;

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal by $rule:literal,)*) => {
        /// Why the rules say no.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RefusalCode {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &[RefusalCode] = &[$(RefusalCode::$name,)*];

            /// The stable key, as it stands on the wire and in the catalogue.
            pub const fn key(self) -> &'static str {
                match self {
                    $(RefusalCode::$name => $key,)*
                }
            }

            /// The rule, requirement or edge case of model.md that says no.
            pub const fn rule(self) -> &'static str {
                match self {
                    $(RefusalCode::$name => $rule,)*
                }
            }
        }
    };
}

refusal_codes! {
    /// The actor lacks `permission`.
    Missing = "r1.missing" by "R1",
    /// Only Account Admins of `account` create workspaces.
    MayNotCreate = "r1.create" by "R1",
    /// The role gives more than the actor has.
    GrantTooWide = "r2.grant" by "R2",
    /// The actor may not invite.
    MayNotInvite = "r2.invite" by "R2",
    /// The target has more than the actor.
    TargetTooStrong = "r3.target" by "R3",
    /// Only an owner makes or unmakes an owner.
    OwnerOnly = "r4.owner" by "R4",
    /// The last owner cannot be removed.
    LastOwnerRemove = "r6.remove" by "R6",
    /// The last owner cannot be demoted.
    LastOwnerDemote = "r6.demote" by "R6",
    /// The last owner cannot step down.
    LastOwnerStepDown = "r6.demote_self" by "R6",
    /// The last owner cannot be suspended.
    LastOwnerSuspend = "r6.suspend" by "R6",
    /// The last owner cannot leave.
    LastOwnerLeave = "r6.leave" by "R6",
    /// The last workspace of an account cannot be deleted.
    LastWorkspace = "r7.workspace" by "R7",
    /// A personal workspace cannot be deleted.
    PersonalDelete = "r8.delete" by "R8",
    /// A personal workspace cannot be left by its person.
    PersonalLeave = "r8.leave" by "R8",
    /// A personal workspace keeps its one owner.
    PersonalOwner = "r8.owner" by "R8",
    /// Nothing the actor may see has this id.
    NotVisible = "r10.not_visible" by "R10",
    /// No seat is left in the plan.
    NoSeat = "r12.no_seat" by "R12",
    /// The inviter can no longer grant the roles.
    InviterLostRight = "r12.confirm" by "R12",
    /// The person is a member already.
    MemberExists = "member.exists" by "E-22",
    /// The address is invited already.
    InvitationExists = "invite.exists" by "E-23",
    /// The invitation is for another address.
    WrongPerson = "invite.wrong_person" by "E-25",
    /// The invitation has expired.
    InvitationExpired = "invite.expired" by "E-26",
    /// The invitation was cancelled, accepted or sent again.
    InvitationGone = "invite.gone" by "E-23",
    /// Somebody changed the same thing meanwhile.
    Conflict = "conflict.card" by "E-42",
    /// The member is gone meanwhile.
    TargetGone = "conflict.gone" by "E-42",
    /// The actor's access to the workspace began or ended since the command was made.
    GrantChanged = "grant.changed" by "R10",
    /// The roles do not belong together in this scheme.
    RolesNotInScheme = "role.scheme" by "C-5",
    /// No plan was chosen.
    PlanMissing = "plan.choose" by "V-8",
    /// Whoever creates a workspace here becomes its owner.
    FounderMissing = "workspace.no_owner" by "U-14",
    /// A name is empty, too long or has control characters.
    BadName = "name.bad" by "U-40",
    /// The id belongs to something that exists or existed.
    IdUsed = "id.used" by "R13",
}

/// A value in a refusal's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Param {
    /// A name or an address, shown as it is.
    Text(String),
    /// Roles, named by the interface.
    Roles(RoleSet),
    /// A permission, named by the interface.
    Permission(Permission),
    /// A moment, written for the reader.
    Time(Timestamp),
    /// A count.
    Number(u32),
}

/// A no with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The values of its sentence by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
}

impl Refusal {
    /// A refusal without values.
    pub const fn new(code: RefusalCode) -> Self {
        Self { code, params: BTreeMap::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<RoleSet> for Param {
    fn from(roles: RoleSet) -> Self {
        Self::Roles(roles)
    }
}

impl From<Permission> for Param {
    fn from(permission: Permission) -> Self {
        Self::Permission(permission)
    }
}

impl From<Timestamp> for Param {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

impl From<u32> for Param {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}
