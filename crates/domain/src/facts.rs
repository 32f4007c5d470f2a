//! Facts: everything a decision reads, loaded beforehand.
//!
//! Server, mirror and tests each implement [`Lookup`]; [`Facts::load`] asks the same
//! questions of all three. A mirror that does not hold a whole collection answers
//! [`Known::Unknown`], and the decision then says that it cannot know (sync.md 4.7).

use crate::address::Address;
use crate::command::Command;
use crate::ids::{AccountId, InvitationId, LoginId, MembershipId, WorkspaceId};
use crate::object::{
    Account, Invitation, Login, MemberState, Membership, Workspace, WorkspaceStatus,
};
use crate::permission::PermissionSet;
use crate::role::Role;
use crate::scheme::AdminReach;
use crate::time::Timestamp;

/// A fact, or the honest absence of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<T> {
    /// The whole truth.
    Known(T),
    /// The view does not hold what this needs.
    Unknown,
}

/// The questions that a decision asks of a store.
///
/// A single entity that is not there, or that the reader may not see, is `None`. Questions
/// about a whole collection answer [`Known::Unknown`] where the collection is not complete.
pub trait Lookup {
    /// What can go wrong in the store.
    type Error;

    /// The login.
    fn login(&self, id: LoginId) -> Result<Option<Login>, Self::Error>;
    /// The account.
    fn account(&self, id: AccountId) -> Result<Option<Account>, Self::Error>;
    /// Whether the login is an active Account Admin of the account.
    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, Self::Error>;
    /// The workspace, also from the bin.
    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Self::Error>;
    /// The membership, in whatever state.
    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Self::Error>;
    /// The present (active or suspended) membership of a login in a workspace.
    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Self::Error>;
    /// The present membership of an address in a workspace.
    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Self::Error>;
    /// How many memberships other than `except` count for R6: active, with this role, no end
    /// date, and an active login.
    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Self::Error>;
    /// How many active workspaces the account has besides this one (R7).
    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, Self::Error>;
    /// How many seats are taken: present memberships and open, unexpired invitations (E-28).
    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, Self::Error>;
    /// The invitation, in whatever state.
    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, Self::Error>;
    /// The open, unexpired invitation of an address to a workspace.
    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, Self::Error>;
}

/// What the rules know about one person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub login: Login,
    /// Their present membership, if any.
    pub membership: Option<Membership>,
    /// Whether they are Account Admin of the workspace's account.
    pub is_account_admin: bool,
}

impl Standing {
    /// R1: the union of the active membership's roles, and everything by reach.
    pub fn effective(&self, reach: AdminReach) -> PermissionSet {
        let by_reach = match reach {
            AdminReach::All if self.is_account_admin => PermissionSet::ALL,
            AdminReach::All | AdminReach::None => PermissionSet::NONE,
        };
        let by_roles = match &self.membership {
            Some(it) if it.state == MemberState::Active => it.roles.permissions(),
            _ => PermissionSet::NONE,
        };
        by_reach.union(by_roles)
    }
}

/// Everything one decision reads.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Who acts.
    pub actor: Standing,
    /// The account concerned.
    pub account: Option<Account>,
    /// The workspace concerned.
    pub workspace: Option<Workspace>,
    /// The membership that the command names.
    pub target: Option<Membership>,
    /// Whether the target is Account Admin of the account.
    pub target_is_account_admin: Known<bool>,
    /// The other memberships that count for R6.
    pub other_owners: Known<u32>,
    /// The other active workspaces of the account (R7).
    pub other_workspaces: Known<u32>,
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
}

impl Facts {
    /// Loads what `decide` reads for this command.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        command: &Command,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        let mut facts = match command {
            Command::CreateWorkspace { account, .. } => Self::of_account(store, actor, *account)?,
            Command::RenameWorkspace { workspace, .. }
            | Command::DeleteWorkspace { workspace }
            | Command::LeaveWorkspace { workspace }
            | Command::SetMemberRoles { workspace, .. }
            | Command::SuspendMember { workspace, .. }
            | Command::ResumeMember { workspace, .. }
            | Command::RemoveMember { workspace, .. }
            | Command::CreateInvitation { workspace, .. }
            | Command::ResendInvitation { workspace, .. }
            | Command::RevokeInvitation { workspace, .. } => {
                Self::of_workspace(store, actor, *workspace)?
            }
        };
        match command {
            Command::CreateWorkspace { workspace, membership, .. } => {
                facts.id_used = store.workspace(*workspace)?.is_some()
                    || match membership {
                        Some(id) => store.membership(*id)?.is_some(),
                        None => false,
                    };
            }
            Command::RenameWorkspace { .. } => {}
            Command::DeleteWorkspace { workspace } => {
                if let Some(account) = &facts.account {
                    facts.other_workspaces = store.other_workspaces(account.id, *workspace)?;
                }
            }
            Command::LeaveWorkspace { .. } => {
                facts.target = facts.actor.membership.clone();
                facts.load_owners(store)?;
            }
            Command::SetMemberRoles { membership, .. }
            | Command::SuspendMember { membership, .. }
            | Command::ResumeMember { membership, .. }
            | Command::RemoveMember { membership, .. } => {
                facts.load_target(store, *membership)?;
            }
            Command::CreateInvitation { workspace, invitation, address, .. } => {
                facts.id_used = store.invitation(*invitation)?.is_some();
                facts.invited_member = store.membership_by_address(*workspace, address)?;
                facts.invited_already = store.open_invitation(*workspace, address, now)?;
                facts.seats_taken = store.seats_taken(*workspace, now)?;
            }
            Command::ResendInvitation { workspace, invitation } => {
                facts.load_invitation(store, *workspace, *invitation)?;
                facts.seats_taken = store.seats_taken(*workspace, now)?;
            }
            Command::RevokeInvitation { workspace, invitation } => {
                facts.load_invitation(store, *workspace, *invitation)?;
            }
        }
        Ok(facts)
    }

    /// Loads what [`crate::decide_acceptance`] reads. The caller has proved that the actor
    /// holds the invitation's link.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load_acceptance<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        invitation: &Invitation,
        membership: MembershipId,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        let mut facts = Self::of_workspace(store, actor, invitation.workspace)?;
        facts.invitation = Some(invitation.clone());
        facts.seats_taken = store.seats_taken(invitation.workspace, now)?;
        facts.id_used = store.membership(membership)?.is_some();
        if let (Some(account), Some(inviter)) =
            (facts.account.as_ref(), store.login(invitation.inviter)?)
        {
            let standing = standing(store, &inviter, account.id, Some(invitation.workspace))?;
            facts.inviter_permissions = standing.effective(account.rules().account_admin_reach);
        }
        Ok(facts)
    }

    /// Loads what the actor may do in a workspace, and nothing of a command.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn of_workspace<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        workspace: WorkspaceId,
    ) -> Result<Self, L::Error> {
        let Some(workspace) = store.workspace(workspace)? else {
            return Ok(Self::nothing(actor));
        };
        let mut facts = Self::nothing(actor);
        facts.account = store.account(workspace.account)?;
        facts.actor = standing(store, actor, workspace.account, Some(workspace.id))?;
        facts.workspace = Some(workspace);
        Ok(facts)
    }

    fn of_account<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        account: AccountId,
    ) -> Result<Self, L::Error> {
        let mut facts = Self::nothing(actor);
        facts.account = store.account(account)?;
        facts.actor = standing(store, actor, account, None)?;
        Ok(facts)
    }

    fn nothing(actor: &Login) -> Self {
        Self {
            actor: Standing { login: actor.clone(), membership: None, is_account_admin: false },
            account: None,
            workspace: None,
            target: None,
            target_is_account_admin: Known::Unknown,
            other_owners: Known::Unknown,
            other_workspaces: Known::Unknown,
            seats_taken: Known::Unknown,
            invitation: None,
            inviter_permissions: PermissionSet::NONE,
            invited_member: Known::Unknown,
            invited_already: Known::Unknown,
            id_used: false,
        }
    }

    fn load_target<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        membership: MembershipId,
    ) -> Result<(), L::Error> {
        let Some(workspace) = &self.workspace else { return Ok(()) };
        let here = workspace.id;
        let account = workspace.account;
        self.target = store.membership(membership)?.filter(|it| it.workspace == here);
        if let Some(target) = &self.target {
            self.target_is_account_admin = store.is_account_admin(account, target.login)?;
        }
        self.load_owners(store)
    }

    fn load_owners<L: Lookup + ?Sized>(&mut self, store: &L) -> Result<(), L::Error> {
        if let (Some(account), Some(workspace), Some(target)) =
            (&self.account, &self.workspace, &self.target)
        {
            let role = account.rules().owner_class_role;
            self.other_owners = store.other_owners(workspace.id, role, target.id)?;
        }
        Ok(())
    }

    fn load_invitation<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        invitation: InvitationId,
    ) -> Result<(), L::Error> {
        self.invitation = store.invitation(invitation)?.filter(|it| it.workspace == workspace);
        Ok(())
    }

    /// What the actor may do in the workspace (R1); nothing where there is none, or in the bin.
    pub fn permissions(&self) -> PermissionSet {
        match (&self.account, &self.workspace) {
            (Some(account), Some(workspace)) if workspace.status == WorkspaceStatus::Active => {
                self.actor.effective(account.rules().account_admin_reach)
            }
            _ => PermissionSet::NONE,
        }
    }
}

fn standing<L: Lookup + ?Sized>(
    store: &L,
    login: &Login,
    account: AccountId,
    workspace: Option<WorkspaceId>,
) -> Result<Standing, L::Error> {
    let membership = match workspace {
        Some(workspace) => store.present_membership(workspace, login.id)?,
        None => None,
    };
    let is_account_admin = matches!(store.is_account_admin(account, login.id)?, Known::Known(true));
    Ok(Standing { login: login.clone(), membership, is_account_admin })
}
