//! The objects of model.md 3.1, as rows: the present state of one entity each.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::{AccountId, InvitationId, LoginId, MembershipId, WorkspaceId};
use crate::role::RoleSet;
use crate::scheme::{Scheme, SchemeId};
use crate::time::Timestamp;

/// Whether a login may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginStatus {
    /// In use.
    Active,
    /// Kept from signing in by the operator.
    Suspended,
}

/// A person's sign-in. It belongs to no workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The id that memberships join on.
    pub id: LoginId,
    /// The address of the person.
    pub address: Address,
    /// The name the person gave, or the address's local part (E-57).
    pub name: String,
    /// Whether it may be used.
    pub status: LoginStatus,
}

/// The umbrella over workspaces (V-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The product rules it follows.
    pub scheme: SchemeId,
    /// How long an invitation can be accepted, in days (E-26).
    pub invitation_days: u16,
    /// How long a copy opens without contact, in days (R15).
    pub lease_days: u16,
}

impl Account {
    /// The parameters of the account's scheme.
    pub const fn rules(&self) -> &'static Scheme {
        self.scheme.scheme()
    }
}

/// One Account Admin of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAdmin {
    /// The account.
    pub account: AccountId,
    /// The admin's login.
    pub login: LoginId,
    /// The admin's name, as shown beside the account's members (R9).
    pub name: String,
    /// The admin's address.
    pub address: Address,
    /// Since when.
    pub since: Timestamp,
    /// Whether it holds now.
    pub active: bool,
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

/// The subscription plan of one workspace (V-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// The smaller plan.
    Basic,
    /// The larger plan.
    Pro,
}

impl Plan {
    /// Both plans.
    pub const ALL: &[Plan] = &[Plan::Basic, Plan::Pro];

    /// How many seats the plan has; `None` is no limit (E-28).
    pub const fn seats(self) -> Option<u32> {
        match self {
            Plan::Basic => Some(100),
            Plan::Pro => None,
        }
    }

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Plan::Basic => "basic",
            Plan::Pro => "pro",
        }
    }
}

/// Whether a workspace is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceStatus {
    /// In use.
    Active,
    /// In the bin; nobody has access (E-17).
    Trashed,
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// The account it belongs to (V-5).
    pub account: AccountId,
    /// Personal or standard.
    pub kind: WorkspaceKind,
    /// Its name.
    pub name: String,
    /// Its own plan (V-7, U-20).
    pub plan: Plan,
    /// In use or in the bin.
    pub status: WorkspaceStatus,
    /// When it was created.
    pub created: Timestamp,
}

/// Where a membership is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Has access.
    Active,
    /// Keeps the role without access.
    Suspended,
    /// Went by their own act.
    Left,
    /// Was removed.
    Removed,
}

impl MemberState {
    /// Every state.
    pub const ALL: &[MemberState] =
        &[MemberState::Active, MemberState::Suspended, MemberState::Left, MemberState::Removed];

    /// Whether the person is still on the list of members.
    pub const fn is_present(self) -> bool {
        match self {
            MemberState::Active | MemberState::Suspended => true,
            MemberState::Left | MemberState::Removed => false,
        }
    }

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            MemberState::Active => "active",
            MemberState::Suspended => "suspended",
            MemberState::Left => "left",
            MemberState::Removed => "removed",
        }
    }
}

/// One person in one workspace, with a profile of its own there (C-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Its id; a new one each time the person joins.
    pub id: MembershipId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The hidden join key to the person.
    pub login: LoginId,
    /// The name shown in this workspace.
    pub name: String,
    /// The address shown in this workspace.
    pub address: Address,
    /// The roles held here.
    pub roles: RoleSet,
    /// Where it is in its life.
    pub state: MemberState,
    /// When it ends by itself (E-39); never for the owner class (E-40).
    pub until: Option<Timestamp>,
    /// Name of who last gave the roles; `None` for the founder.
    pub given_by: Option<String>,
    /// When the person joined.
    pub joined: Timestamp,
    /// When the membership ended, and the name of who ended it.
    pub ended: Option<Ended>,
}

/// How a membership ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// The name of who did it.
    pub by: String,
}

/// Where an invitation is in its life. Expiry is not a state: it follows from the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Can be accepted until it expires.
    Open,
    /// Was accepted.
    Accepted,
    /// Was cancelled.
    Revoked,
}

/// An invitation of one address to one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The invited address.
    pub address: Address,
    /// The name that came with the address, if any.
    pub name: Option<String>,
    /// The roles it gives.
    pub roles: RoleSet,
    /// Who must still be able to grant the roles at acceptance (R12).
    pub inviter: LoginId,
    /// The inviter's name.
    pub inviter_name: String,
    /// When it was last sent.
    pub sent: Timestamp,
    /// From when on it cannot be accepted.
    pub expires: Timestamp,
    /// Which sending this is; links of earlier ones are dead (E-23).
    pub generation: u32,
    /// Where it is in its life.
    pub state: InvitationState,
}

impl Invitation {
    /// Whether it can be accepted at this time.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == InvitationState::Open && now < self.expires
    }
}

/// The present state of one entity.
///
/// The tag stands among the entity's own fields, so it has a name that none of them has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "object", rename_all = "snake_case")]
pub enum Row {
    /// An account.
    Account(Account),
    /// An Account Admin.
    AccountAdmin(AccountAdmin),
    /// A workspace.
    Workspace(Workspace),
    /// A membership.
    Membership(Membership),
    /// An invitation.
    Invitation(Invitation),
}
