//! The handle that the app holds: one writer, many readers, two files.

use std::marker::PhantomData;
use std::path::Path;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Command, Decision, DeviceId, Invitation,
    InvitationId, Known, Login, LoginId, Lookup, Membership, MembershipId, Role, Timestamp,
    Workspace, WorkspaceId,
};
use muster_protocol::{Ask, Outcome, Say};

use crate::error::CacheError;
use crate::keys::Keys;
use crate::types::*;

/// The copy and the outbox of one login on this device.
pub struct Cache {}

/// One consistent view of the mirror, with unsent changes in it.
pub struct Mirror<'a> {
    _of: PhantomData<&'a ()>,
}

fn missing<T>() -> Result<T, CacheError> {
    Err(CacheError::Damaged)
}

#[expect(unused_variables, reason = "signatures first")]
impl Cache {
    /// Opens the two files in `dir`.
    pub fn open(
        dir: &Path,
        keys: &Keys,
        me: &Login,
        device: DeviceId,
    ) -> Result<Cache, CacheError> {
        missing()
    }
    /// How the mirror was found.
    pub fn opened(&self) -> Opened {
        Opened::New
    }
    /// The caller's own login as the server last told it.
    pub fn me(&self) -> Result<Login, CacheError> {
        missing()
    }
    /// Reads from one consistent view.
    pub fn read<T>(
        &self,
        f: impl FnOnce(&Mirror<'_>) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        missing()
    }
    /// Decides a command and keeps it if it is not refused.
    pub fn submit(
        &self,
        command: &Command,
        now: Timestamp,
        label: Label,
    ) -> Result<Submission, CacheError> {
        missing()
    }
    /// Decides a command; nothing is kept.
    pub fn predict(&self, command: &Command, now: Timestamp) -> Result<Decision, CacheError> {
        missing()
    }
    /// Takes back a command that was never sent.
    pub fn undo(&self, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
        missing()
    }
    /// Takes a refused command off the list of refused ones.
    pub fn discard(&self, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
        missing()
    }
    /// What waits for the server, oldest first.
    pub fn pending(&self) -> Result<Vec<OutboxEntry>, CacheError> {
        missing()
    }
    /// What was refused and not discarded, newest first.
    pub fn refused(&self) -> Result<Vec<OutboxEntry>, CacheError> {
        missing()
    }
    /// What was settled in the last 30 days, newest first.
    pub fn settled(&self, limit: u32) -> Result<Vec<OutboxEntry>, CacheError> {
        missing()
    }
    /// One command.
    pub fn entry(&self, n: u64) -> Result<Option<OutboxEntry>, CacheError> {
        missing()
    }
    /// How much waits.
    pub fn counts(&self) -> Result<PendingCounts, CacheError> {
        missing()
    }
    /// What the server said of a command.
    pub fn outcome(&self, n: u64) -> Result<Option<Outcome>, CacheError> {
        missing()
    }
    /// The next request to the server.
    pub fn request(&self, build: &str, budget: u32) -> Result<Vec<Ask>, CacheError> {
        missing()
    }
    /// The last request certainly did not reach the server.
    pub fn not_sent(&self) -> Result<(), CacheError> {
        missing()
    }
    /// Applies an answer.
    pub fn apply(&self, answer: &[Say], now: Timestamp) -> Result<Applied, CacheError> {
        missing()
    }
    /// The workspaces.
    pub fn workspaces(&self, query: &WorkspaceQuery) -> Result<WorkspaceWindow, CacheError> {
        missing()
    }
    /// One workspace.
    pub fn workspace(&self, id: WorkspaceId) -> Result<Option<WorkspaceEntry>, CacheError> {
        missing()
    }
    /// Members of one workspace.
    pub fn members(&self, query: &MemberWindowQuery) -> Result<MemberWindow, CacheError> {
        missing()
    }
    /// The ids of all members that match, in order.
    pub fn member_ids(&self, query: &MemberWindowQuery) -> Result<Vec<MembershipId>, CacheError> {
        missing()
    }
    /// One member.
    pub fn member(&self, id: MembershipId) -> Result<Option<MemberEntry>, CacheError> {
        missing()
    }
    /// The accounts.
    pub fn accounts(&self) -> Result<Vec<Account>, CacheError> {
        missing()
    }
    /// The Account Admins of an account, where they may be seen.
    pub fn admins(&self, account: AccountId) -> Result<Vec<AccountAdmin>, CacheError> {
        missing()
    }
    /// Open and expired invitations of a workspace, newest first, and how many there are.
    pub fn invitations(
        &self,
        workspace: WorkspaceId,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<Invitation>), CacheError> {
        missing()
    }
    /// Wants this workspace first, and remembers it as the last one open.
    pub fn prefer(&self, workspace: WorkspaceId) -> Result<(), CacheError> {
        missing()
    }
    /// The workspace that was open last, if it is still there.
    pub fn last_workspace(&self) -> Result<Option<WorkspaceId>, CacheError> {
        missing()
    }
    /// The last successful contact, server time.
    pub fn last_contact(&self) -> Result<Option<Timestamp>, CacheError> {
        missing()
    }
    /// Progress of the download; `None` when everything is here.
    pub fn loading(&self) -> Result<Option<Loading>, CacheError> {
        missing()
    }
    /// On sign-out: deletes both files of a folder that nobody has open.
    pub fn erase(dir: &Path) -> Result<(), CacheError> {
        missing()
    }
}

#[expect(unused_variables, reason = "signatures first")]
impl Lookup for Mirror<'_> {
    type Error = CacheError;
    fn login(&self, id: LoginId) -> Result<Option<Login>, CacheError> {
        missing()
    }
    fn account(&self, id: AccountId) -> Result<Option<Account>, CacheError> {
        missing()
    }
    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, CacheError> {
        missing()
    }
    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, CacheError> {
        missing()
    }
    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, CacheError> {
        missing()
    }
    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, CacheError> {
        missing()
    }
    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, CacheError> {
        missing()
    }
    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, CacheError> {
        missing()
    }
    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, CacheError> {
        missing()
    }
    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, CacheError> {
        missing()
    }
    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, CacheError> {
        missing()
    }
    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, CacheError> {
        missing()
    }
}
