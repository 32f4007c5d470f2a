//! The rules' questions answered from plain maps: what the database is compared with.

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Event, Invitation, InvitationId, InvitationState,
    Known, Login, LoginId, LoginStatus, Lookup, MemberState, Membership, MembershipId, Role, Row,
    Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
};

/// The present state of everything.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Model {
    pub logins: BTreeMap<LoginId, Login>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub admins: BTreeMap<(AccountId, LoginId), AccountAdmin>,
    pub workspaces: BTreeMap<WorkspaceId, Workspace>,
    pub memberships: BTreeMap<MembershipId, Membership>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
}

impl Model {
    /// Takes over the row after an event; nothing has to interpret the event.
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Account(it) => drop(self.accounts.insert(it.id, it)),
            Row::AccountAdmin(it) => drop(self.admins.insert((it.account, it.login), it)),
            Row::Workspace(it) => drop(self.workspaces.insert(it.id, it)),
            Row::Membership(it) => drop(self.memberships.insert(it.id, it)),
            Row::Invitation(it) => drop(self.invitations.insert(it.id, it)),
        }
    }

    pub fn apply(&mut self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.put(event.after));
    }
}

impl Lookup for Model {
    type Error = Infallible;

    fn login(&self, id: LoginId) -> Result<Option<Login>, Infallible> {
        Ok(self.logins.get(&id).cloned())
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, Infallible> {
        Ok(self.accounts.get(&id).cloned())
    }

    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, Infallible> {
        Ok(Known::Known(self.admins.get(&(account, login)).is_some_and(|it| it.active)))
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Infallible> {
        Ok(self.workspaces.get(&id).cloned())
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Infallible> {
        Ok(self.memberships.get(&id).cloned())
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Infallible> {
        let is_it = |it: &&Membership| {
            it.workspace == workspace && it.login == login && it.state.is_present()
        };
        Ok(self.memberships.values().find(is_it).cloned())
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Infallible> {
        let is_it = |it: &&Membership| {
            it.workspace == workspace && it.address == *address && it.state.is_present()
        };
        Ok(Known::Known(self.memberships.values().find(is_it).cloned()))
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Infallible> {
        let counts = |it: &&Membership| {
            it.workspace == workspace
                && it.state == MemberState::Active
                && it.until.is_none()
                && it.roles.has(role)
                && it.id != except
                && self.logins.get(&it.login).is_some_and(|it| it.status == LoginStatus::Active)
        };
        Ok(Known::Known(count(self.memberships.values().filter(counts))))
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, Infallible> {
        let counts = |it: &&Workspace| {
            it.account == account && it.status == WorkspaceStatus::Active && it.id != except
        };
        Ok(Known::Known(count(self.workspaces.values().filter(counts))))
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, Infallible> {
        let members = self
            .memberships
            .values()
            .filter(|it| it.workspace == workspace && it.state.is_present());
        let invited =
            self.invitations.values().filter(|it| it.workspace == workspace && it.is_open(now));
        Ok(Known::Known(count(members) + count(invited)))
    }

    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, Infallible> {
        Ok(self.invitations.get(&id).cloned())
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, Infallible> {
        let is_it = |it: &&Invitation| {
            it.workspace == workspace
                && it.address == *address
                && it.state == InvitationState::Open
                && it.is_open(now)
        };
        // An expired one may stand beside the open one; the open one ends last.
        Ok(Known::Known(
            self.invitations.values().filter(is_it).max_by_key(|it| it.expires).cloned(),
        ))
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).expect("few")
}
