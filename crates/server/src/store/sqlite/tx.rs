//! [`Tx`], write by write to the module of its table.

use muster_domain::{
    Account, AccountAdmin, AccountId, Invitation, Login, Membership, Timestamp, Workspace,
    WorkspaceId,
};

use super::{Session, StoreError, access, event, lane, login, write};
use crate::store::{AuditRow, EventRow, Lane, SessionRow, StoredOutcome, TokenHash, Tx};

impl Tx for Session<'_> {
    fn savepoint(&self) -> Result<(), StoreError> {
        Ok(self.execute_batch("SAVEPOINT command")?)
    }

    fn rollback_to(&self) -> Result<(), StoreError> {
        Ok(self.execute_batch("ROLLBACK TO command; RELEASE command")?)
    }

    fn release(&self) -> Result<(), StoreError> {
        Ok(self.execute_batch("RELEASE command")?)
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }

    fn draw(&self, account: AccountId) -> Result<u64, StoreError> {
        access::draw(self, account)
    }

    fn put_account(&self, account: &Account, seq: u64) -> Result<(), StoreError> {
        access::put_account(self, account, seq)
    }

    fn put_admin(&self, admin: &AccountAdmin, seq: u64, grant_seq: u64) -> Result<(), StoreError> {
        access::put_admin(self, admin, seq, grant_seq)
    }

    fn put_workspace(&self, workspace: &Workspace, seq: u64) -> Result<(), StoreError> {
        write::put_workspace(self, workspace, seq)
    }

    fn touch_workspace(&self, workspace: WorkspaceId, seq: u64) -> Result<(), StoreError> {
        write::touch_workspace(self, workspace, seq)
    }

    fn put_membership(
        &self,
        membership: &Membership,
        seq: u64,
        grant_seq: u64,
    ) -> Result<(), StoreError> {
        write::put_membership(self, membership, seq, grant_seq)
    }

    fn put_invitation(&self, invitation: &Invitation, seq: u64) -> Result<(), StoreError> {
        write::put_invitation(self, invitation, seq)
    }

    fn append_event(&self, event: &EventRow) -> Result<(), StoreError> {
        event::append(self, event)
    }

    fn append_audit(&self, line: &AuditRow) -> Result<(), StoreError> {
        event::append_audit(self, line)
    }

    fn add_login(&self, login: &Login, phc: &str, at: Timestamp) -> Result<(), StoreError> {
        login::add(self, login, phc, at)
    }

    fn add_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        login::add_session(self, session)
    }

    fn touch_session(&self, token: &TokenHash, at: Timestamp) -> Result<(), StoreError> {
        login::touch_session(self, token, at)
    }

    fn end_session(&self, token: &TokenHash) -> Result<bool, StoreError> {
        login::end_session(self, token)
    }

    fn put_outcome(&self, lane: Lane, outcome: &StoredOutcome) -> Result<(), StoreError> {
        lane::put(self, lane, outcome)
    }

    fn forget_outcomes(&self, lane: Lane, acked: u64) -> Result<(), StoreError> {
        lane::forget(self, lane, acked)
    }
}
