//! [`Snapshot`], question by question to the module of its table.

use muster_domain::{AccountAdmin, AccountId, Address, Login, LoginId, MembershipId, WorkspaceId};
use muster_protocol::Stamped;

use super::{Session, StoreError, access, event, feed, lane, login, row};
use crate::store::{
    Administered, Chain, EventRow, Held, Lane, Reached, SessionRow, Snapshot, StoredOutcome,
    TokenHash,
};

impl Snapshot for Session<'_> {
    fn epoch(&self) -> Result<u64, StoreError> {
        let epoch = self.one("SELECT epoch FROM meta", [], |row| row::number(row, "epoch"))?;
        epoch.ok_or(StoreError::Unreadable { column: "meta.epoch" })
    }

    fn login_by_address(&self, address: &Address) -> Result<Option<Login>, StoreError> {
        login::by_address(self, address)
    }

    fn credential(&self, login: LoginId) -> Result<Option<String>, StoreError> {
        login::credential(self, login)
    }

    fn session(&self, token: &TokenHash) -> Result<Option<SessionRow>, StoreError> {
        login::session(self, token)
    }

    fn knows_device(&self, lane: Lane) -> Result<bool, StoreError> {
        login::knows_device(self, lane)
    }

    fn last_n(&self, lane: Lane) -> Result<u64, StoreError> {
        lane::last_n(self, lane)
    }

    fn outcome(&self, lane: Lane, n: u64) -> Result<Option<StoredOutcome>, StoreError> {
        lane::outcome(self, lane, n)
    }

    fn outcomes(&self, lane: Lane) -> Result<Vec<StoredOutcome>, StoreError> {
        lane::outcomes(self, lane)
    }

    fn head(&self, account: AccountId) -> Result<u64, StoreError> {
        access::head(self, account)
    }

    fn admins(&self, account: AccountId) -> Result<Vec<AccountAdmin>, StoreError> {
        access::admins(self, account)
    }

    fn admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Option<AccountAdmin>, StoreError> {
        access::admin(self, account, login)
    }

    fn administered(&self, login: LoginId) -> Result<Vec<Administered>, StoreError> {
        access::administered(self, login)
    }

    fn reached(&self, account: AccountId) -> Result<Vec<Reached>, StoreError> {
        access::reached(self, account)
    }

    fn reached_one(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Option<(AccountId, Reached)>, StoreError> {
        access::reached_one(self, workspace)
    }

    fn held(&self, login: LoginId) -> Result<Vec<Held>, StoreError> {
        access::held(self, login)
    }

    fn held_one(&self, login: LoginId, workspace: WorkspaceId) -> Result<Option<Held>, StoreError> {
        access::held_one(self, login, workspace)
    }

    fn membership_grant_seq(&self, id: MembershipId) -> Result<Option<u64>, StoreError> {
        access::membership_grant_seq(self, id)
    }

    fn workspace_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Option<Stamped>, StoreError> {
        feed::workspace_since(self, workspace, seq)
    }

    fn memberships_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::memberships_since(self, workspace, seq)
    }

    fn own_memberships_since(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::own_memberships_since(self, workspace, login, seq)
    }

    fn invitations_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::invitations_since(self, workspace, seq)
    }

    fn memberships_after(
        &self,
        workspace: WorkspaceId,
        after: Option<MembershipId>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::memberships_after(self, workspace, after, limit)
    }

    fn chain_tail(&self, chain: Chain) -> Result<[u8; 32], StoreError> {
        event::tail(self, chain)
    }

    fn chain(&self, chain: Chain) -> Result<Vec<EventRow>, StoreError> {
        event::chain(self, chain)
    }

    fn chains(&self, account: AccountId) -> Result<Vec<Chain>, StoreError> {
        event::chains(self, account)
    }

    fn accounts(&self) -> Result<Vec<AccountId>, StoreError> {
        access::all(self)
    }
}
