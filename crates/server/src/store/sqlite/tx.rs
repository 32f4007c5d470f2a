//! [`Tx`], write by write to the module of its table.

use muster_domain::mention::Act;
use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Content, Group, Invitation, Login, LoginId,
    Membership, OwnRole, Review, ReviewLine, RoleId, Timestamp, Workspace, WorkspaceId,
};
use muster_protocol::{LogOf, LoggedEvent};

use super::{
    Session, StoreError, access, account_wide, acts, appointment, erase, event, lane, login,
    people, post, review, row, tombstone, write,
};
use crate::store::{
    ActOf, AddressCode, Appointment, AuditRow, KeptName, Lane, Renaming, SessionRow, StoredOutcome,
    TokenHash, Tombstone, Tx,
};

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
        self.finish()
    }

    fn draw(&self, account: AccountId, above: u64) -> Result<u64, StoreError> {
        access::draw(self, account, above)
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

    fn renew_reach(&self, account: AccountId, seq: u64) -> Result<(), StoreError> {
        access::renew_reach(self, account, seq)
    }

    fn put_role(&self, role: &OwnRole, seq: u64, view_seq: u64) -> Result<(), StoreError> {
        write::put_role(self, role, seq, view_seq)
    }

    fn role_view_seq(&self, role: RoleId) -> Result<Option<u64>, StoreError> {
        const SQL: &str = "SELECT view_seq FROM own_roles WHERE id = ?1";
        self.one(SQL, [role.to_bytes()], |row| row::number(row, "view_seq"))
    }

    fn put_content(&self, content: &Content, seq: u64) -> Result<(), StoreError> {
        write::put_content(self, content, seq)
    }

    fn put_group(&self, group: &Group, seq: u64) -> Result<(), StoreError> {
        account_wide::put_group(self, group, seq)
    }

    fn put_review(&self, review: &Review, seq: u64) -> Result<(), StoreError> {
        review::put(self, review, seq)
    }

    fn put_review_line(&self, line: &ReviewLine, seq: u64) -> Result<(), StoreError> {
        review::put_line(self, line, seq)
    }

    fn forget(&self, tombstone: &Tombstone) -> Result<(), StoreError> {
        tombstone::forget(self, tombstone)
    }

    fn erase_workspace(&self, workspace: WorkspaceId) -> Result<(), StoreError> {
        erase::workspace(self, workspace)
    }

    fn erase_account(&self, account: AccountId, seq: u64) -> Result<(), StoreError> {
        erase::account(self, account, seq)
    }

    fn append_event(&self, event: &LoggedEvent) -> Result<(), StoreError> {
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

    fn put_login(&self, login: &Login) -> Result<(), StoreError> {
        login::put(self, login)
    }

    fn close_login(&self, login: LoginId) -> Result<Vec<TokenHash>, StoreError> {
        login::close(self, login)
    }

    fn rename_in(
        &self,
        renaming: &Renaming<'_>,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<(), StoreError> {
        people::rename_in(self, renaming, workspace, seq)
    }

    fn rename_in_account(
        &self,
        renaming: &Renaming<'_>,
        account: AccountId,
        seq: u64,
    ) -> Result<(), StoreError> {
        people::rename_in_account(self, renaming, account, seq)
    }

    fn put_act(&self, of: ActOf, act: Act, who: LoginId) -> Result<(), StoreError> {
        acts::put(self, of, act, who)
    }

    fn keep_name(&self, kept: &KeptName) -> Result<(), StoreError> {
        people::keep_name(self, kept)
    }

    fn drop_name(&self, kept: &KeptName) -> Result<(), StoreError> {
        people::drop_name(self, kept)
    }

    fn retell(&self, chain: LogOf, seq: u64) -> Result<(), StoreError> {
        people::retell(self, chain, seq)
    }

    fn put_address_code(
        &self,
        login: LoginId,
        address: &Address,
        code: Option<&AddressCode>,
    ) -> Result<(), StoreError> {
        login::put_address_code(self, login, address, code)
    }

    fn add_letter(&self, receiver: &str, letter: &str, now: Timestamp) -> Result<(), StoreError> {
        post::add(self, receiver, letter, now)
    }

    fn letter_sent(&self, id: i64) -> Result<(), StoreError> {
        post::sent(self, id)
    }

    fn letter_later(&self, id: i64, due: Timestamp) -> Result<(), StoreError> {
        post::again(self, id, due)
    }

    fn letter_failed(&self, id: i64) -> Result<(), StoreError> {
        post::failed(self, id)
    }

    fn put_appointment(
        &self,
        workspace: WorkspaceId,
        appointment: Option<&Appointment>,
    ) -> Result<(), StoreError> {
        appointment::put(self, workspace, appointment)
    }

    fn put_outcome(&self, lane: Lane, outcome: &StoredOutcome) -> Result<(), StoreError> {
        lane::put(self, lane, outcome)
    }

    fn forget_outcomes(&self, lane: Lane, acked: u64) -> Result<(), StoreError> {
        lane::forget(self, lane, acked)
    }
}
