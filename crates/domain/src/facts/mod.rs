//! Facts: everything a decision reads, loaded beforehand through [`crate::Lookup`].

mod load;
mod places;
mod review;

use crate::content::Content;
use crate::ids::LoginId;
use crate::object::{
    Account, AccountAdmin, Group, Invitation, Login, MemberState, Membership, OwnRole, Workspace,
    WorkspaceStatus,
};
use crate::permission::PermissionSet;
use crate::review::{Review, ReviewLine};
use crate::role_set::OwnRoles;
use crate::scheme::AdminReach;
use crate::time::Timestamp;

pub use crate::lookup::{Known, Lookup};

/// What the rules know about one person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub login: Login,
    /// Their present membership, if any.
    pub membership: Option<Membership>,
    /// Whether they are Account Admin of the workspace's account.
    pub is_account_admin: bool,
    /// What the workspace's own roles give.
    pub own: OwnRoles,
}

impl Standing {
    /// R1: the union of the active membership's roles, and everything by reach.
    pub fn effective(&self, reach: AdminReach) -> PermissionSet {
        self.by_reach(reach).union(self.by_roles())
    }

    /// What being Account Admin gives here.
    pub const fn by_reach(&self, reach: AdminReach) -> PermissionSet {
        match reach {
            AdminReach::All if self.is_account_admin => PermissionSet::ALL,
            AdminReach::All | AdminReach::None => PermissionSet::NONE,
        }
    }

    /// What the membership gives here.
    pub fn by_roles(&self) -> PermissionSet {
        match &self.membership {
            Some(it) if it.state == MemberState::Active => it.roles.permissions(&self.own),
            _ => PermissionSet::NONE,
        }
    }
}

/// One workspace among those that an account-wide command touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The workspace.
    pub workspace: Workspace,
    /// Its own roles.
    pub roles: Vec<OwnRole>,
    /// The present memberships that the command is about.
    pub members: Vec<Membership>,
    /// Its open invitations.
    pub invitations: Vec<Invitation>,
    /// How many memberships other than the actor's count for R6.
    pub other_owners: u32,
    /// How many present members there are besides the actor.
    pub other_people: u32,
    /// The account of the longest-standing other owner who has one (E-15).
    pub heir: Option<Account>,
    /// Seats taken (E-28).
    pub seats_taken: u32,
    /// The members whose sign-in is known to be out of use; they do not count for R6.
    pub idle: Vec<LoginId>,
    /// How often these people have joined in this very moment already; a new membership of
    /// theirs needs another id than those.
    pub rejoining: Vec<(LoginId, u8)>,
}

impl Place {
    /// What the workspace's own roles give.
    pub fn own(&self) -> OwnRoles {
        own_of(&self.roles)
    }
}

/// Everything one decision reads.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Whether what is missing here is not there, see [`Lookup::is_complete`].
    pub is_complete: bool,
    /// Who acts.
    pub actor: Standing,
    /// The account concerned.
    pub account: Option<Account>,
    /// The workspace concerned.
    pub workspace: Option<Workspace>,
    /// Its own roles.
    pub roles: Vec<OwnRole>,
    /// The membership that the command names.
    pub target: Option<Membership>,
    /// Whether the target is Account Admin of the account.
    pub target_is_account_admin: Known<bool>,
    /// The other memberships that count for R6.
    pub other_owners: Known<u32>,
    /// The account that would hold the workspace if the target stopped being an owner, where
    /// the target's own account holds it now (E-65).
    pub heir: Known<Option<Account>>,
    /// The other active workspaces of the account (R7).
    pub other_workspaces: Known<u32>,
    /// When a workspace of the wanted name went into the bin (E-17).
    pub name_in_bin: Known<Option<Timestamp>>,
    /// Seats taken in the workspace (E-28).
    pub seats_taken: Known<u32>,
    /// The invitation that the command names.
    pub invitation: Option<Invitation>,
    /// What the inviter may do in the workspace now (R12).
    pub inviter_permissions: PermissionSet,
    /// The present membership of the invited address.
    pub invited_member: Known<Option<Membership>>,
    /// The open invitation of the invited address.
    pub invited_already: Known<Option<Invitation>>,
    /// Whether the id that the command gives to something new is taken.
    pub id_used: bool,
    /// The membership that names a person of the account, and that person's login where it
    /// can be seen.
    pub person: Option<(Membership, Option<Login>)>,
    /// The account's active Account Admins.
    pub admins: Known<Vec<AccountAdmin>>,
    /// Those of them whose sign-in is known to be out of use; they do not count for R7.
    pub idle_admins: Vec<LoginId>,
    /// The role that the command names.
    pub role: Option<OwnRole>,
    /// The present members of the workspace.
    pub members: Known<Vec<Membership>>,
    /// The open invitations of the workspace.
    pub invitations: Known<Vec<Invitation>>,
    /// The record that the command names.
    pub content: Option<Content>,
    /// Whether every record that the new one names is a piece of knowledge of the workspace.
    pub references_hold: bool,
    /// How many records of that kind there are.
    pub content_count: Known<u32>,
    /// The group that the command names.
    pub group: Option<Group>,
    /// The groups of the account.
    pub groups: Known<Vec<Group>>,
    /// The workspaces of the account, for account-wide commands.
    pub places: Known<Vec<Place>>,
    /// The account on the other side of a move (E-59).
    pub other_account: Option<Account>,
    /// Whether the actor is an Account Admin there.
    pub is_admin_there: bool,
    /// The access review that the command names.
    pub review: Option<Review>,
    /// The lines of it that the command names.
    pub review_lines: Vec<ReviewLine>,
    /// Every line of it.
    pub frozen_lines: Known<Vec<ReviewLine>>,
    /// The lines of the workspace's last closed review; none before the first.
    pub last_review: Known<Vec<ReviewLine>>,
    /// What the named reviewers may do in the workspace; those who are nobody here are left out.
    pub reviewers: Known<Vec<Standing>>,
}

impl Facts {
    /// What the actor may do in the workspace (R1); nothing where there is none, or in the bin.
    pub fn permissions(&self) -> PermissionSet {
        match (&self.account, &self.workspace) {
            (Some(account), Some(workspace)) if workspace.status == WorkspaceStatus::Active => {
                self.actor.effective(account.rules().account_admin_reach)
            }
            _ => PermissionSet::NONE,
        }
    }

    /// What the workspace's own roles give.
    pub const fn own(&self) -> &OwnRoles {
        &self.actor.own
    }

    fn nothing(actor: &Login) -> Self {
        Self {
            is_complete: true,
            actor: Standing {
                login: actor.clone(),
                membership: None,
                is_account_admin: false,
                own: OwnRoles::NONE,
            },
            account: None,
            workspace: None,
            roles: Vec::new(),
            target: None,
            target_is_account_admin: Known::Unknown,
            other_owners: Known::Unknown,
            heir: Known::Unknown,
            other_workspaces: Known::Unknown,
            name_in_bin: Known::Unknown,
            seats_taken: Known::Unknown,
            invitation: None,
            inviter_permissions: PermissionSet::NONE,
            invited_member: Known::Unknown,
            invited_already: Known::Unknown,
            id_used: false,
            person: None,
            admins: Known::Unknown,
            idle_admins: Vec::new(),
            role: None,
            members: Known::Unknown,
            invitations: Known::Unknown,
            content: None,
            references_hold: true,
            content_count: Known::Unknown,
            group: None,
            groups: Known::Unknown,
            places: Known::Unknown,
            other_account: None,
            is_admin_there: false,
            review: None,
            review_lines: Vec::new(),
            frozen_lines: Known::Unknown,
            last_review: Known::Unknown,
            reviewers: Known::Unknown,
        }
    }
}

/// What these roles give, by slot.
pub fn own_of(roles: &[OwnRole]) -> OwnRoles {
    roles
        .iter()
        .filter(|role| !role.deleted)
        .fold(OwnRoles::NONE, |own, role| own.with(role.slot, role.permissions))
}
